"""Reads one page of a follower or following list, only if the page is understood as a whole.

Who is missing from a list is concluded from its pages, so a page that X writes in a new form must not look like a
short or empty one: whatever was not positively understood makes the page no page of a list, and a sentence says so.
"""

from __future__ import annotations

from companion.domain.handles import is_id
from companion.domain.sightings import ListPage
from companion.sources.json_tree import Node, text_at
from companion.sources.timeline import Cursor, Entry, Opaque, Timeline, id_in
from companion.sources.users import user_id

LISTS = {"Followers": "followers", "Following": "following"}
"""Operations whose pages, chained from first to last, make a complete list."""
START, END = "-1|", "0|"
"""How the Top cursor of a list's first page, and the Bottom cursor of its last page, begin (all saved answers)."""
SUGGESTIONS = "who-to-follow"
"""Name of the modules that X puts into lists of people who are not on them."""


def read_list_page(
    op: str, variables: Node, timeline: Timeline, people: set[str]
) -> tuple[ListPage | None, str | None]:
    """Return one page of a follower or following list, and what of it was not understood.

    A ``TimelineTerminateTimeline`` does not mark the end of a people list: X puts both on the first page of each. The
    end is a page whose Bottom cursor starts with ``0|``.

    Args:
        op: the operation's name.
        variables: the request's variables (``userId``, ``cursor``).
        timeline: the answer's entries and cursors.
        people: ids of all people anywhere in the answer.

    Returns:
        (None, None) if it is not such a list or its owner is unknown; (None, sentence) if X changed its form.
    """
    owner_id = text_at(variables, "userId")
    if op not in LISTS or owner_id is None or not is_id(owner_id):
        return None, None
    top, bottom = _cursor(timeline, "Top"), _cursor(timeline, "Bottom")
    page = ListPage(owner_id, LISTS[op], text_at(variables, "cursor"), bottom, _listed(timeline))
    doubt = _doubt(page, timeline, top, people)
    if doubt is not None:
        return None, f"X changed: {op} {doubt}; nothing is concluded from this list."
    page.end = bottom is not None and bottom.startswith(END)
    return page, None


def _cursor(timeline: Timeline, kind: str) -> str | None:
    return next((entry.value for entry in timeline if isinstance(entry, Cursor) and entry.kind == kind), None)


def _listed(timeline: Timeline) -> list[str]:
    """Return the ids of the people on the page, those included whom X names and does not show."""
    entries = [entry for entry in timeline if isinstance(entry, Entry) and not entry.module_id]
    ids = [user_id(entry.user) or id_in(entry.entry_id) for entry in entries]
    return list(dict.fromkeys(number for number in ids if number))


def _doubt(page: ListPage, timeline: Timeline, top: str | None, people: set[str]) -> str | None:
    """Return why the page cannot be taken as a whole page of the list, None if it can."""
    entries = [entry for entry in timeline if not isinstance(entry, Cursor)]
    suggested = {user_id(entry.user) for entry in entries if isinstance(entry, Entry) and _is_suggestion(entry)}
    named = [entry for entry in entries if isinstance(entry, Entry) and not _is_suggestion(entry)]
    if any(isinstance(entry, Opaque) for entry in entries) or len(page.ids) < len(named):
        return "has entries that are not understood"
    if people - suggested - {*page.ids, page.owner_id}:
        return "shows people outside its list"
    if page.cursor_out is None:
        return "does not say where it goes on"
    if page.cursor_in is None and not (top or "").startswith(START):
        return "does not say where it begins"
    if not page.ids and not page.cursor_out.startswith(END):
        return "shows nobody and goes on"
    return None


def _is_suggestion(entry: Entry) -> bool:
    return entry.module_id.startswith(SUGGESTIONS)
