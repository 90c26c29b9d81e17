"""Turns JSON that X's page loaded into people, posts and interactions. For DOM readings see ``dom_readings.py``."""

from __future__ import annotations

from dataclasses import dataclass, replace

from companion.domain.handles import is_handle, same
from companion.domain.sightings import Person, Relation, Understanding
from companion.errors import SourceError
from companion.sources import messages, notifications, page_requests
from companion.sources.dom_readings import understand_reading
from companion.sources.drift import drift
from companion.sources.interactions import IsThanks, interactions_of, no_thanks
from companion.sources.json_tree import MAX_BYTES, Json, Node, branch, id_at, nodes, parse, text_at
from companion.sources.json_walk import CollectedObjects, collect_objects
from companion.sources.list_pages import read_list_page
from companion.sources.merging import SightingMerger
from companion.sources.operations import NOTIFICATIONS, operation, request_variables
from companion.sources.shown_on import mark_pages, replies_read
from companion.sources.timeline import Timeline, gone_people, promoted_posts, timeline_of
from companion.sources.users import user_handle, user_id

__all__ = ["understand", "understand_reading"]

_VIEWER_PATHS = (("data", "viewer", "user_results", "result"), ("data", "viewer_v2", "user_results", "result"))


@dataclass(frozen=True, slots=True)
class _Viewer:
    """The account that was logged in, and when the page was seen."""

    id: str | None
    handle: str | None
    at: int
    is_thanks: IsThanks


def understand(
    text: str | bytes,
    *,
    op: str = "",
    url: str = "",
    viewer_id: str | None,
    viewer_handle: str | None = None,
    at: int,
    request: str = "",
    is_thanks: IsThanks = no_thanks,
    max_bytes: int = MAX_BYTES,
) -> Understanding:
    """Turn one of X's JSON answers into people, posts and interactions; the operation may be an unknown one.

    Args:
        text: the JSON.
        op: the operation's name (``Followers``, ``friendships/create``); taken from ``url`` if empty.
        url: the request's address.
        viewer_id: numeric id of the account that is logged in, if known.
        viewer_handle: its handle, if known.
        at: when the page received it, epoch seconds UTC.
        request: the request's body, or the variables of its address.
        is_thanks: returns whether a post's text is an automated thanks.
        max_bytes: refuse more than this.

    Raises:
        SourceError: The text is not JSON, cut off, too large or too deep. Nothing of it may be stored.
    """
    root = _answer(text, max_bytes)
    name, variables = operation(op, url), request_variables(url, request)
    if messages.is_messages(name, url):
        return Understanding(op=name)
    viewer = _Viewer(viewer_id, viewer_handle, at, is_thanks)
    act = page_requests.understand_act(name, root, variables, at) if page_requests.is_act(name) else None
    understood = act or _understand_page(name, root, variables, len(text), viewer)
    _note_errors(understood, root)
    return understood


def _answer(text: str | bytes, max_bytes: int) -> Json:
    root = parse(text, max_bytes)
    if not isinstance(root, (dict, list)):
        raise SourceError("This is not one of X's answers: an object was expected. Nothing was read.")
    return root


def _understand_page(op: str, root: Json, variables: Node, size: int, viewer: _Viewer) -> Understanding:
    understood = Understanding(op=op)
    collected = collect_objects(root)
    timeline = timeline_of(collected.instructions)
    _fill(understood, collected, timeline, variables)
    _find_viewer(understood, root)
    viewer = _completed(viewer, understood)
    if viewer.id is not None:
        understood.relations = [relation for relation in understood.relations if relation.id != viewer.id]
    _trust_own_lists(understood, viewer.id)
    mark_pages(understood, timeline, variables)
    _add_interactions(understood, timeline, root, viewer)
    understood.problems.extend(drift(op, size, collected, timeline, understood))
    reader = replies_read(understood, timeline, variables, viewer.at)
    understood.people.extend([reader] if reader else [])
    return understood


def _fill(understood: Understanding, collected: CollectedObjects, timeline: Timeline, variables: Node) -> None:
    merger = SightingMerger(collected.promoted - collected.organic | promoted_posts(timeline))
    merger.add_users(collected.users)
    merger.add_posts(collected.posts)
    merger.add_gone(collected.gone, gone_people(timeline))
    understood.people, understood.posts = merger.people, merger.posts
    understood.relations = merger.relations
    if collected.gone and not understood.people and not collected.instructions:
        understood.people = _gone_as_asked(collected, variables)
    ids = {number for node in collected.users if (number := user_id(node))}
    page, doubt = read_list_page(understood.op, variables, timeline, ids)
    understood.lists = [page] if page else []
    understood.problems.extend([doubt] if doubt else [])


def _gone_as_asked(collected: CollectedObjects, variables: Node) -> list[Person]:
    """Return the unavailable person named by the request: X's answer about a suspended account may name nobody."""
    number, handle = id_at(variables, "userId"), text_at(variables, "screen_name")
    if number is None and not is_handle(handle):
        return []
    reason = text_at(collected.gone[0][0], "reason") or "Unavailable"
    return [Person(id=number, handle=None if number else handle, gone=reason, rich=False)]


def _add_interactions(understood: Understanding, timeline: Timeline, root: Json, viewer: _Viewer) -> None:
    """Derive the interactions between the viewer and others."""
    is_notice = understood.op in NOTIFICATIONS
    understood.interactions = interactions_of(
        understood.posts,
        understood.relations,
        viewer.id,
        viewer.handle,
        notifications.SOURCE if is_notice else "page",
        at=viewer.at,
        is_thanks=viewer.is_thanks,
    )
    if is_notice:
        understood.interactions.extend(notifications.interactions_in(root, timeline, viewer.at))


def _trust_own_lists(understood: Understanding, viewer_id: str | None) -> None:
    """Set a relation that X left out, for people in the viewer's own followers or following list."""
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


def _completed(viewer: _Viewer, understood: Understanding) -> _Viewer:
    """Return the viewer with id and handle, where the page's people tell the missing one of the two."""
    number, handle = viewer.id or understood.viewer_id, viewer.handle or understood.viewer_handle
    for person in understood.people:
        if number is not None and person.id == number:
            handle = handle or person.handle
        elif number is None and same(person.handle, handle):
            number = person.id
    return replace(viewer, id=number, handle=handle)


def _find_viewer(understood: Understanding, root: Json) -> None:
    """Set the account that is logged in, if the answer names it."""
    for path in _VIEWER_PATHS:
        node = branch(root, *path)
        if user_handle(node) is not None:
            understood.viewer_id, understood.viewer_handle = user_id(node), user_handle(node)
    if understood.op == "account/settings":
        understood.viewer_handle = text_at(root, "screen_name")


def _note_errors(understood: Understanding, root: Json) -> None:
    """Add X's own error messages, which may come beside data, to the problems."""
    for error in nodes(root, "errors")[:5]:
        message = text_at(error, "message") or "an error without words"
        understood.problems.append(f"X answered {understood.op or 'this request'} with an error: {message[:200]}")
        understood.partial = True
