"""The table of all people: search, filters, sorting, filters kept by name, tags for many at once."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from companion.errors import BodyError
from companion.practice.filters import FLAGS, NUMBERS, Condition, write
from companion.store.documents import Document, Json
from companion.store.ledger.queries import directory
from companion.store.ledger.queries.directory import SORTS
from companion.store.notebook.results import LATEST
from companion.web import people_query
from companion.web.context import PageContext, done, needed, new_op, page_context
from companion.web.people_query import Asked, asked
from companion.web.person_rows import lines

blueprint = Blueprint("people", __name__, url_prefix="/people")
FILTERS = "filters"
"""The table of kept filters: name, filter, q, sort, owner."""
NAME_CHARACTERS = 40
SUGGESTED = ("score > 60 and not met", "they > 0 and you < 1", "quiet > 90 and both > 4", "follows me and not i follow")
"""Filters to begin with: warm but never met, unanswered, silent friends, followers not followed."""
TITLES = {
    "contact": "Last contact",
    "score": "Reciprocity",
    "name": "Person",
    "they": "They",
    "you": "You",
    "new": "New",
}


@blueprint.get("")
def people() -> str:
    """Show one page of the table."""
    now = page_context()
    ask = asked(request.args)
    query = people_query.query_of(now, ask)
    page = people_query.page_of(now, query)
    return render_template(
        "people.html",
        page=now,
        ask=ask,
        lines=lines(now, page.rows),
        total=people_query.total_of(now, ask, query),
        everybody=_everybody(now),
        earlier=page.earlier and people_query.mark(query.now, page.first),
        later=page.later and people_query.mark(query.now, page.last),
        without=[(str(one), _without(ask, one)) for one in ask.conditions],
        kept=_kept(now),
        suggested=SUGGESTED,
        sorts=[(name, TITLES[name]) for name in SORTS],
        words=[*NUMBERS, *FLAGS],
        only_written=_only_written(now, ask) if not (page.earlier or page.later) else [],
    )


@blueprint.post("/filters")
def keep_filter() -> Response:
    """Keep the filter that is shown, under a name."""
    now = page_context()
    ask = asked(request.form)
    name = needed("name", NAME_CHARACTERS)
    if ask.wrong or not (ask.filter or ask.text):
        raise BodyError(ask.wrong or "Filter or search for something first, then give it a name.", field="filter")
    row: Document = {"name": name, "filter": ask.filter, "q": ask.text, "sort": ask.sort, "owner": now.owner}
    table = now.account.notebook.table(FILTERS)
    number = table.put(row)
    return done(now, _address(now, ask), f"The filter is kept as {name}.", lambda: table.remove(doc_ids=[number]))


@blueprint.post("/filters/drop")
def drop_filter() -> Response:
    """Drop a kept filter."""
    now = page_context()
    table = now.account.notebook.table(FILTERS)
    name = needed("name", NAME_CHARACTERS)
    dropped = [row for row in table if row["name"] == name and row["owner"] == now.owner]
    table.remove(doc_ids=[row.doc_id for row in dropped])
    return done(
        now, now.link("people.people"), f"The filter {name} is dropped.",
        lambda: [table.put(dict(row)) for row in dropped],
    )  # fmt: skip


@blueprint.post("/tags")
def tag_many() -> Response:
    """Give a tag to many people, or take it from them."""
    now = page_context()
    ask = asked(request.form)
    tag = " ".join(needed("tag", now.context.settings.tag_characters).split())
    adds = request.form.get("do") != "remove"
    pids = (
        people_query.all_of(now, ask)
        if request.form.get("all")
        else request.form.getlist("pid")[: people_query.MOST_AT_ONCE]
    )
    if not pids:
        raise BodyError("Choose people first: tick their boxes, or all that fit the filter.", field="pid")
    before = _retag(now, pids, tag, adds=adds)
    count = f"{len(before)} {'person' if len(before) == 1 else 'people'}"
    told = f"Tagged {count} “{tag}”." if adds else f"Took “{tag}” from {count}."
    return done(now, _address(now, ask), told, lambda: _set_tags(now, before))


def _retag(now: PageContext, pids: list[str], tag: str, *, adds: bool) -> dict[str, list[str]]:
    """Change the tags of those whose tags change at all; return what theirs were."""
    notebook, key = now.account.notebook, tag.casefold()
    known = directory.by_pids(now.account.ledger, now.owner, pids)
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    for pid in dict.fromkeys(pids):
        tags = notebook.about(pid, now.owner).tags if pid in known or notebook.knows(pid, now.owner) else None
        if tags is not None and (key in map(str.casefold, tags)) is not adds:
            before[pid] = tags
            after[pid] = [*tags, tag] if adds else [one for one in tags if one.casefold() != key]
    _set_tags(now, after)
    return before


def _set_tags(now: PageContext, wanted: dict[str, list[str]]) -> None:
    """Write many people's tags as one: all of them or none."""
    with now.account.notebook.batch():
        for pid, tags in wanted.items():
            listed: list[Json] = list(tags)
            now.account.notebook.write(new_op(), "tags", pid, {"tags": listed}, LATEST, now.now, now.owner)


def _everybody(now: PageContext) -> int:
    plain = asked(MultiDict())
    return people_query.total_of(now, plain, people_query.query_of(now, plain))


def _address(now: PageContext, ask: Asked) -> str:
    return now.link("people.people", q=ask.text, filter=ask.filter, sort="" if ask.sort == "contact" else ask.sort,
                    turned=int(ask.turned) or "")  # fmt: skip


def _without(ask: Asked, condition: Condition) -> str:
    return write(one for one in ask.conditions if one != condition)


def _kept(now: PageContext) -> list[Document]:
    return [dict(row) for row in now.account.notebook.table(FILTERS) if row["owner"] == now.owner]


def _only_written(now: PageContext, ask: Asked) -> list[tuple[str, str, str]]:
    """Return (pid, where, excerpt) of people whom only the notebook knows."""
    if not ask.text or ask.conditions:
        return []
    found = now.account.notebook.search(ask.text, people_query.PAGE, now.owner)
    seen = directory.by_pids(now.account.ledger, now.owner, [one.pid for one in found])
    return [(one.pid, one.where, one.excerpt) for one in found if one.pid not in seen]
