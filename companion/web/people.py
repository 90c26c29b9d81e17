"""The table of all people: search, filters, sorting, saved filters, tagging many at once."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from companion.domain import limits
from companion.errors import BodyError
from companion.practice.circles import Circles
from companion.practice.filters import FLAGS, NAMES, NUMBERS, Condition, write
from companion.store.documents import Document, Json
from companion.store.ledger.queries import directory
from companion.store.ledger.queries.directory import SORTS
from companion.store.notebook.results import LATEST
from companion.web import people_query
from companion.web.context import PageContext, done, new_op, page_context, required_field
from companion.web.people_query import TableView, table_view
from companion.web.person_rows import table_rows

blueprint = Blueprint("people", __name__, url_prefix="/people")
FILTERS = "filters"
"""Notebook table of saved filters: name, filter, q, sort, owner."""
SUGGESTED = ("score > 60 and not met", "they > 0 and you < 1", "quiet > 90 and both > 4", "follows me and not i follow")
"""Suggested filters: warm but never met, unanswered, silent friends, followers not followed."""
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
    """Render one page of the table."""
    page = page_context()
    view = table_view(request.args)
    query = people_query.query_of(page, view)
    table = people_query.page_of(page, query)
    return render_template(
        "people.html",
        page=page,
        view=view,
        lines=table_rows(page, table.rows),
        total=people_query.total_of(page, view, query),
        everybody=_everybody(page),
        earlier=table.earlier and people_query.mark(query.now, table.first),
        later=table.later and people_query.mark(query.now, table.last),
        without=[(str(condition), _without(view, condition)) for condition in view.conditions],
        kept=_saved_filters(page),
        suggested=SUGGESTED,
        sorts=[(name, TITLES[name]) for name in SORTS],
        words=[*NUMBERS, *FLAGS],
        circles=Circles(page.account.notebook).by_hand(),
        named=NAMES.values(),
        only_written=_only_written(page, view) if not (table.earlier or table.later) else [],
    )


@blueprint.post("/filters")
def keep_filter() -> Response:
    """Save the current filter under a name."""
    page = page_context()
    view = table_view(request.form)
    name = required_field("name", limits.FILTER_NAME)
    if view.wrong or not (view.filter or view.text):
        raise BodyError(view.wrong or "Filter or search for something first, then give it a name.", field="filter")
    row: Document = {"name": name, "filter": view.filter, "q": view.text, "sort": view.sort, "owner": page.owner}
    table = page.account.notebook.table(FILTERS)
    number = table.put(row)
    return done(page, _address(page, view), f"The filter is kept as {name}.", lambda: table.remove(doc_ids=[number]))


@blueprint.post("/filters/drop")
def drop_filter() -> Response:
    """Delete a saved filter."""
    page = page_context()
    table = page.account.notebook.table(FILTERS)
    name = required_field("name", limits.FILTER_NAME)
    dropped = [row for row in table if row["name"] == name and row["owner"] == page.owner]
    table.remove(doc_ids=[row.doc_id for row in dropped])
    return done(
        page, page.link("people.people"), f"The filter {name} is dropped.",
        lambda: [table.put(dict(row)) for row in dropped],
    )  # fmt: skip


@blueprint.post("/tags")
def tag_many() -> Response:
    """Add a tag to many people, or remove it."""
    page = page_context()
    view = table_view(request.form)
    tag = " ".join(required_field("tag", page.context.settings.tag_characters).split())
    adds = request.form.get("do") != "remove"
    pids = (
        people_query.all_of(page, view)
        if request.form.get("all")
        else request.form.getlist("pid")[: people_query.MOST_AT_ONCE]
    )
    if not pids:
        raise BodyError("Choose people first: tick their boxes, or all that fit the filter.", field="pid")
    before = _retag(page, pids, tag, adds=adds)
    count = f"{len(before)} {'person' if len(before) == 1 else 'people'}"
    message = f"Tagged {count} “{tag}”." if adds else f"Took “{tag}” from {count}."
    return done(page, _address(page, view), message, lambda: _set_tags(page, before))


def _retag(page: PageContext, pids: list[str], tag: str, *, adds: bool) -> dict[str, list[str]]:
    """Change the tags of people who lack or have the tag; return their previous tags."""
    notebook, key = page.account.notebook, tag.casefold()
    known = directory.by_pids(page.account.ledger, page.owner, pids)
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    for pid in dict.fromkeys(pids):
        tags = notebook.about(pid, page.owner).tags if pid in known or notebook.knows(pid, page.owner) else None
        if tags is not None and (key in map(str.casefold, tags)) is not adds:
            before[pid] = tags
            after[pid] = [*tags, tag] if adds else [other for other in tags if other.casefold() != key]
    _set_tags(page, after)
    return before


def _set_tags(page: PageContext, wanted: dict[str, list[str]]) -> None:
    """Write the tags of many people in one batch: all or none."""
    with page.account.notebook.batch():
        for pid, tags in wanted.items():
            listed: list[Json] = list(tags)
            page.account.notebook.write(new_op(), "tags", pid, {"tags": listed}, LATEST, page.now, page.owner)


def _everybody(page: PageContext) -> int:
    plain = table_view(MultiDict())
    return people_query.total_of(page, plain, people_query.query_of(page, plain))


def _address(page: PageContext, view: TableView) -> str:
    return page.link("people.people", q=view.text, filter=view.filter, sort="" if view.sort == "contact" else view.sort,
                    turned=int(view.turned) or "")  # fmt: skip


def _without(view: TableView, condition: Condition) -> str:
    return write(other for other in view.conditions if other != condition)


def _saved_filters(page: PageContext) -> list[Document]:
    return [dict(row) for row in page.account.notebook.table(FILTERS) if row["owner"] == page.owner]


def _only_written(page: PageContext, view: TableView) -> list[tuple[str, str, str]]:
    """Return (pid, where, excerpt) of matches that are in the notebook only."""
    if not view.text or view.conditions:
        return []
    matches = page.account.notebook.search(view.text, people_query.PAGE, page.owner)
    seen = directory.by_pids(page.account.ledger, page.owner, [match.pid for match in matches])
    return [(match.pid, match.where, match.excerpt) for match in matches if match.pid not in seen]
