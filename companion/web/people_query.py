"""The people table's question: what the address asks for, as conditions, sets of pids and one page of the ledger."""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, replace

import msgspec
from werkzeug.datastructures import MultiDict

from companion.errors import BodyError
from companion.practice.circles import Circles
from companion.practice.filters import Condition, parse
from companion.store.ledger.queries import directory, statistics
from companion.store.ledger.queries.directory import Cursor, RollPage, RollQuery
from companion.store.notebook.results import Summary
from companion.web.context import PageContext

PAGE = 50
MOST_NAMED = 2000
"""People found by what is written about them, in one search."""
MOST_AT_ONCE = 2000
"""People that one bulk change may be about."""
Place = tuple[int, Cursor]
"""The time that dates a walk's scores, and where a page ended."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for; ``wrong`` says which filter was not understood, and then nobody is left out by it."""

    text: str
    filter: str
    conditions: list[Condition]
    sort: str
    turned: bool
    after: Place | None = None
    before: Place | None = None
    wrong: str = ""


def asked(args: MultiDict[str, str]) -> Asked:
    """Read what an address asks for; whatever makes no sense in it is left out."""
    told, wrong = " ".join(args.get("filter", "").split())[:500], ""
    try:
        conditions = parse(told)
    except BodyError as error:
        conditions, wrong = [], error.message
    sort = args.get("sort", "contact")
    return Asked(
        text=args.get("q", "").strip()[:200],
        filter=told,
        conditions=conditions,
        sort=sort if sort in directory.SORTS else "contact",
        turned=args.get("turned") == "1",
        after=_place(args.get("after", "")),
        before=_place(args.get("before", "")),
        wrong=wrong,
    )


def query_of(page: PageContext, ask: Asked, limit: int = PAGE) -> RollQuery:
    """Return the ledger's query; scores of one walk are all as of its first page."""
    start = ask.before or ask.after
    numbers = [(one.what, one.sign, one.number, one.negated) for one in ask.conditions if one.sign]
    flags = [(one.what, one.negated) for one in ask.conditions if one.what in directory.FLAGS]
    sets = [(_pids(page, one), one.negated) for one in ask.conditions if one.what in PEOPLE]
    return RollQuery(
        now=start[0] if start else page.now,
        sort=ask.sort,
        turned=ask.turned,
        limit=limit,
        after=ask.after[1] if ask.after and not ask.before else None,
        before=ask.before[1] if ask.before else None,
        text=ask.text,
        named=_named(page, ask.text),
        numbers=numbers,
        flags=flags,
        within=[pids for pids, negated in sets if not negated],
        without=[pids for pids, negated in sets if negated],
        written=page.account.notebook.people(),
    )


def page_of(page: PageContext, query: RollQuery) -> RollPage:
    """Return the page."""
    return directory.page(page.account.ledger, page.owner, query)


def total_of(page: PageContext, ask: Asked, query: RollQuery) -> int:
    """Return how many people fit, a minute old at most."""
    question = f"count {ask.filter} / {ask.text}"
    plain = replace(query, now=page.now, after=None, before=None)
    return page.figure(question, lambda: directory.count(page.account.ledger, page.owner, plain))


def all_of(page: PageContext, ask: Asked) -> list[str]:
    """Return the pids of everybody who fits, for a bulk change."""
    query = query_of(page, replace(ask, after=None, before=None), MOST_AT_ONCE)
    return directory.pids(page.account.ledger, page.owner, query)


def mark(now: int, cursor: Cursor | None) -> str:
    """Write a place into an address."""
    return urlsafe_b64encode(msgspec.json.encode((now, cursor))).decode().rstrip("=") if cursor else ""


def _place(text: str) -> Place | None:
    try:
        return msgspec.json.decode(urlsafe_b64decode(text + "=" * (-len(text) % 4)), type=Place) if text else None
    except (msgspec.DecodeError, binascii.Error, UnicodeError):
        return None


def _named(page: PageContext, text: str) -> list[str]:
    if not text:
        return []
    return [found.pid for found in page.account.notebook.search(text, MOST_NAMED, page.owner)]


def _pids(page: PageContext, condition: Condition) -> list[str]:
    return PEOPLE[condition.what](page, condition.name)


def _met(page: PageContext, _name: str) -> list[str]:
    return [pid for pid, told in _written(page) if told.marks.get("met") is True]


def noted(page: PageContext, _name: str = "") -> list[str]:
    """Return everybody about whom there is a note."""
    return [pid for pid, told in _written(page) if told.note]


def _tagged(page: PageContext, name: str) -> list[str]:
    if not name:
        return [pid for pid, told in _written(page) if told.tags]
    wanted = name.casefold()
    few = [(pid, told) for pid, told in _written(page) if told.tags]
    return [
        pid for pid, told in few
        if wanted in map(str.casefold, told.tags if len(told.tags) < 3 else _all_tags(page, pid))
    ]  # fmt: skip


def _all_tags(page: PageContext, pid: str) -> list[str]:
    return page.account.notebook.about(pid, page.owner).tags


def _in_circle(page: PageContext, name: str) -> list[str]:
    circles = Circles(page.account.notebook)
    found = next((one for one in circles.all() if name.casefold() in {one.name.casefold(), one.id}), None)
    if found is None:
        return []
    if found.fills_itself:
        rows = statistics.filled(page.account.ledger, page.owner, *found.fills_itself, limit=MOST_NAMED)
        return [row.pid for row in rows]
    return circles.members(page.owner)[found.id]


def _written(page: PageContext) -> list[tuple[str, Summary]]:
    notebook = page.account.notebook
    return [(pid, notebook.summary(pid, page.owner)) for pid in notebook.people()]


PEOPLE: dict[str, Callable[[PageContext, str], list[str]]] = {
    "met": _met, "note": noted, "tagged": _tagged, "tag": _tagged, "circle": _in_circle,
}  # fmt: skip
"""Conditions that the notebook answers, each with the people for whom it holds."""
