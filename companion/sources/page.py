"""Understands what X's page showed: the JSON it loaded, operation known or not. DOM readings are in ``readings.py``."""

from __future__ import annotations

from companion.errors import SourceError
from companion.handles import same
from companion.sources import messages, notifications, wire
from companion.sources.drift import drift
from companion.sources.harvest import Harvest, harvest
from companion.sources.interactions import Thanks, interactions_of, no_thanks
from companion.sources.merging import Gathering
from companion.sources.operations import NOTIFICATIONS, asked_for, operation
from companion.sources.raw import MAX_BYTES, Json, Node, branch, nodes, parse, text_at
from companion.sources.readings import understand_reading
from companion.sources.sightings import Relation, Understanding
from companion.sources.timeline import Timeline, gone_people, list_page, promoted_posts, timeline_of
from companion.sources.users import user_handle, user_id

__all__ = ["understand", "understand_reading"]

_VIEWER_PATHS = (("data", "viewer", "user_results", "result"), ("data", "viewer_v2", "user_results", "result"))


def understand(
    text: str | bytes,
    *,
    op: str = "",
    url: str = "",
    viewer_id: str | None,
    viewer_handle: str | None = None,
    at: int,
    request: str = "",
    messages_wanted: bool = False,
    is_thanks: Thanks = no_thanks,
    max_bytes: int = MAX_BYTES,
) -> Understanding:
    """Understand one of X's JSON answers as the page received it.

    Args:
        text: the JSON.
        op: the operation's name (``Followers``, ``friendships/create``); taken from ``url`` if empty.
        url: the request's address.
        viewer_id: numeric id of the account that is logged in; None if not known.
        viewer_handle: its handle; None if not known.
        at: when the page received it, epoch seconds UTC.
        request: the request's body, or the variables of its address.
        messages_wanted: whether the user turned direct messages on; then who and when is read, never the text.
        is_thanks: tells automated thanks by their text.
        max_bytes: refuse more than this.

    Returns:
        What it told. ``problems`` name what could not be understood; an operation that is not known is understood by
        the shape of what it holds.

    Raises:
        SourceError: not JSON, cut off, too large or too deep. Nothing of it is to be stored.
    """
    root = parse(text, max_bytes)
    if not isinstance(root, (dict, list)):
        raise SourceError("This is not one of X's answers: an object was expected. Nothing was read.")
    name = operation(op, url)
    variables = asked_for(url, request)
    if messages.is_messages(name, url):
        acts = messages.interactions_in(root, viewer_id, at) if messages_wanted else []
        return Understanding(op=name, interactions=acts)
    understood = Understanding(op=name)
    if wire.is_act(name):
        understood = wire.understand_act(name, root, variables, at)
    else:
        found = harvest(root)
        timeline = timeline_of(found.instructions)
        _fill(understood, found, timeline, variables)
        _find_viewer(understood, root)
        who = _viewer(understood, viewer_id, viewer_handle)
        _relate(understood, timeline, root, viewer=who, at=at, is_thanks=is_thanks)
        understood.problems.extend(drift(name, len(text), found, timeline, understood))
    _note_errors(understood, root)
    return understood


def _fill(understood: Understanding, found: Harvest, timeline: Timeline, variables: Node) -> None:
    gathering = Gathering(found.promoted - found.organic | promoted_posts(timeline))
    gathering.add_users(found.users)
    gathering.add_posts(found.posts)
    gathering.add_gone(found.gone, gone_people(timeline))
    understood.people, understood.posts = gathering.people, gathering.posts
    understood.relations = gathering.relations
    page = list_page(understood.op, variables, timeline)
    understood.lists = [page] if page else []


def _relate(
    understood: Understanding,
    timeline: Timeline,
    root: Json,
    *,
    viewer: tuple[str | None, str | None],
    at: int,
    is_thanks: Thanks,
) -> None:
    """Derive what concerns the viewer: relations to others, interactions with others."""
    viewer_id, viewer_handle = viewer
    understood.relations = [
        relation for relation in understood.relations if viewer_id is None or relation.id != viewer_id
    ]
    _believe_own_lists(understood, viewer_id)
    is_notice = understood.op in NOTIFICATIONS
    understood.interactions = interactions_of(
        understood.posts,
        understood.relations,
        viewer_id,
        viewer_handle,
        notifications.SOURCE if is_notice else "page",
        at=at,
        is_thanks=is_thanks,
    )
    if is_notice:
        understood.interactions.extend(notifications.interactions_in(root, timeline, at))


def _believe_own_lists(understood: Understanding, viewer_id: str | None) -> None:
    """Take being in the viewer's own list as the answer where X left the flag out."""
    relations = {relation.id: relation for relation in understood.relations}
    shown = {person.id: person for person in understood.people if person.gone is None}
    for page in (page for page in understood.lists if page.owner_id == viewer_id):
        flag = "follows_me" if page.kind == "followers" else "i_follow"
        for number in page.ids:
            if number in shown:
                relation = relations.setdefault(number, Relation(id=number, handle=shown[number].handle))
                if getattr(relation, flag) is None:
                    setattr(relation, flag, True)
    understood.relations = list(relations.values())


def _viewer(understood: Understanding, number: str | None, handle: str | None) -> tuple[str | None, str | None]:
    """Return the viewer's id and handle, one completed from the people of the page where only the other is known."""
    number, handle = number or understood.viewer_id, handle or understood.viewer_handle
    for person in understood.people:
        if number is not None and person.id == number:
            handle = handle or person.handle
        elif number is None and same(person.handle, handle):
            number = person.id
    return number, handle


def _find_viewer(understood: Understanding, root: Json) -> None:
    """Read who is logged in, where an answer tells."""
    for path in _VIEWER_PATHS:
        node = branch(root, *path)
        if user_handle(node) is not None:
            understood.viewer_id, understood.viewer_handle = user_id(node), user_handle(node)
    if understood.op == "account/settings":
        understood.viewer_handle = text_at(root, "screen_name")


def _note_errors(understood: Understanding, root: Json) -> None:
    """Keep X's own error messages beside whatever data came with them."""
    for error in nodes(root, "errors")[:5]:
        message = text_at(error, "message") or "an error without words"
        understood.problems.append(f"X answered {understood.op or 'this request'} with an error: {message[:200]}")
        understood.partial = True
