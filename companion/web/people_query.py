"""Translates an address of the people table into a query of the directory, with the notebook's conditions resolved."""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import msgspec
from werkzeug.datastructures import MultiDict

from companion.domain.facts import CHANNELS, HOW_MET
from companion.errors import BodyError
from companion.practice.circles import Circles
from companion.practice.filters import Condition, parse
from companion.reciprocity import own_posts
from companion.store.documents import Document
from companion.store.ledger.queries import directory, statistics
from companion.store.ledger.queries.directory import Cursor, DirectoryPage, DirectoryQuery
from companion.store.ledger.queries.speaking_posts import speaking_posts
from companion.store.notebook.index import fold
from companion.store.notebook.kinds.roles import names
from companion.store.notebook.results import Summary
from companion.web.context import PageContext

PAGE = 50
MOST_MATCHES = 2000
"""Most matches taken from the notebook in one search."""
MOST_AT_ONCE = 2000
"""Most people in one bulk change."""
Place = tuple[int, Cursor]
"""The time as of which all pages of one listing are scored, and the cursor where a page ended."""


@dataclass(frozen=True, slots=True)
class TableView:
    """The search, filter, order and position in an address; ``wrong`` is the error of a filter that was ignored."""

    text: str
    filter: str
    conditions: list[Condition]
    sort: str
    turned: bool
    after: Place | None = None
    before: Place | None = None
    wrong: str = ""


def table_view(args: MultiDict[str, str]) -> TableView:
    """Parse the parameters of an address; invalid ones are ignored."""
    text, wrong = " ".join(args.get("filter", "").split())[:500], ""
    try:
        conditions = parse(text)
    except BodyError as error:
        conditions, wrong = [], error.message
    sort = args.get("sort", "contact")
    return TableView(
        text=args.get("q", "").strip()[:200],
        filter=text,
        conditions=conditions,
        sort=sort if sort in directory.SORTS else "contact",
        turned=args.get("turned") == "1",
        after=_place(args.get("after", "")),
        before=_place(args.get("before", "")),
        wrong=wrong,
    )


def query_of(page: PageContext, view: TableView, limit: int = PAGE) -> DirectoryQuery:
    """Return the directory's query; all pages of one listing are scored as of its first page."""
    start = view.before or view.after
    numbers = [
        (condition.what, condition.sign, condition.number, condition.negated)
        for condition in view.conditions
        if condition.sign
    ]
    flags = [(condition.what, condition.negated) for condition in view.conditions if condition.what in directory.FLAGS]
    sets = [(_pids(page, condition), condition.negated) for condition in view.conditions if condition.what in PEOPLE]
    return DirectoryQuery(
        now=start[0] if start else page.now,
        sort=view.sort,
        turned=view.turned,
        limit=limit,
        after=view.after[1] if view.after and not view.before else None,
        before=view.before[1] if view.before else None,
        text=view.text,
        keys=directory.matching(page.account.ledger, page.owner, view.text),
        named=_named(page, view.text),
        numbers=numbers,
        flags=flags,
        within=[pids for pids, negated in sets if not negated],
        without=[pids for pids, negated in sets if negated],
        written=page.account.notebook.people(),
    )


def page_of(page: PageContext, query: DirectoryQuery) -> DirectoryPage:
    """Return one page of the directory."""
    return directory.page(page.account.ledger, page.owner, query)


def total_of(page: PageContext, view: TableView, query: DirectoryQuery) -> int:
    """Return how many people match, counted at most a minute ago."""
    question = f"count {view.filter} / {view.text}"
    plain = replace(query, now=page.now, after=None, before=None)
    return page.figure(question, lambda: directory.count(page.account.ledger, page.owner, plain))


def all_of(page: PageContext, view: TableView, most: int = MOST_AT_ONCE) -> list[str]:
    """Return the pids of all who match, for a bulk change or an export."""
    query = query_of(page, replace(view, after=None, before=None), most)
    return directory.pids(page.account.ledger, page.owner, query)


def mark(now: int, cursor: Cursor | None) -> str:
    """Encode a position for an address."""
    return urlsafe_b64encode(msgspec.json.encode((now, cursor))).decode().rstrip("=") if cursor else ""


def _place(text: str) -> Place | None:
    try:
        return msgspec.json.decode(urlsafe_b64decode(text + "=" * (-len(text) % 4)), type=Place) if text else None
    except (msgspec.DecodeError, binascii.Error, UnicodeError):
        return None


def _named(page: PageContext, text: str) -> list[str]:
    if not text:
        return []
    return [match.pid for match in page.account.notebook.search(text, MOST_MATCHES, page.owner)]


def _pids(page: PageContext, condition: Condition) -> list[str]:
    return PEOPLE[condition.what](page, condition.name)


def _met(page: PageContext, _name: str) -> list[str]:
    return [pid for pid, summary in _written(page) if summary.marks.get("met") is True]


def noted(page: PageContext, _name: str = "") -> list[str]:
    """Return everyone with a note."""
    return [pid for pid, summary in _written(page) if summary.note]


def tagged(page: PageContext, name: str) -> list[str]:
    """Return everyone with a tag, with any if ``name`` is empty."""
    if not name:
        return [pid for pid, summary in _written(page) if summary.tags]
    wanted = fold(name)
    tagged = [(pid, summary) for pid, summary in _written(page) if summary.tags]
    return [
        pid for pid, summary in tagged
        if wanted in map(fold, summary.tags if len(summary.tags) < 3 else _all_tags(page, pid))
    ]  # fmt: skip


def _all_tags(page: PageContext, pid: str) -> list[str]:
    return page.account.notebook.about(pid, page.owner).tags


def _in_circle(page: PageContext, name: str) -> list[str]:
    circles = Circles(page.account.notebook)
    circle = next(
        (candidate for candidate in circles.all() if name.casefold() in {candidate.name.casefold(), candidate.id}), None
    )
    if circle is None:
        return []
    if circle.fills_itself:
        rows = statistics.filled(page.account.ledger, page.owner, *circle.fills_itself, limit=MOST_MATCHES)
        return [row.pid for row in rows]
    return circles.members(page.owner)[circle.id]


def _discusses(page: PageContext, _name: str) -> list[str]:
    """Return those of the people last in contact who say more than they link."""
    ledger, owner = page.account.ledger, page.owner
    return page.figure("discusses", lambda: own_posts.discussing(speaking_posts(ledger, owner)) if owner else [])


def with_fact(what: str, page: PageContext, name: str) -> list[str]:
    """Return everyone with a fact of that name: a role, a context, a way you met, a channel, a purpose suited for."""
    kind, matches = FACTS[what]
    wanted = fold(name)
    found = page.account.notebook.of_kind(kind, page.owner)
    return [pid for pid, document in found if matches(document, wanted)]


def _written(page: PageContext) -> list[tuple[str, Summary]]:
    notebook = page.account.notebook
    return [(pid, notebook.summary(pid, page.owner)) for pid in notebook.people()]


FACTS: dict[str, tuple[str, Callable[[Document, str], bool]]] = {
    "role": ("roles", lambda document, name: name in map(fold, names(document))),
    "context": ("context", lambda document, name: document["context"] in (name, "both")),
    "how": ("origin", lambda document, name: name in (document["how"], fold(HOW_MET[str(document["how"])]))),
    "channel": ("channel", lambda document, name: name in (document["what"], fold(CHANNELS[str(document["what"])]))),
    "suited": ("suited", lambda document, name: fold(str(document["purpose"])) == name and document["fits"] == "yes"),
}
"""Condition on a fact -> (kind, whether a document fits the folded name)."""

PEOPLE: dict[str, Callable[[PageContext, str], list[str]]] = {
    "met": _met, "note": noted, "tagged": tagged, "tag": tagged, "circle": _in_circle,
    "discusses": _discusses,
    **{what: partial(with_fact, what) for what in FACTS},
}  # fmt: skip
"""Conditions that the notebook resolves, each with the people who satisfy it."""
