"""The first hour: pairing, five cards, the archive, your years, what is seen so far; nothing of it has to be done."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from companion.domain.handles import profile_address
from companion.practice import week
from companion.store.import_runs import Imports
from companion.store.ledger.queries import years as queries
from companion.store.ledger.queries.directory import DirectoryQuery, by_pids, count
from companion.vetting.user_lists import set_topics, topics_of
from companion.web.context import PageContext, page_context
from companion.web.person_rows import shown_name
from companion.web.years import BEST, LASTING_YEARS, LONGEST, Years, years_of

blueprint = Blueprint("first", __name__, url_prefix="/first")


@dataclass(frozen=True, slots=True)
class Known:
    """Who a pid is on this page: the name, and X's address where no name was seen."""

    name: str
    address: str
    named: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: its place on the page, its words, and whether it is done."""

    id: str
    words: str
    done: bool


@blueprint.get("")
def first() -> str:
    """Render the page."""
    page = page_context()
    ledger, stores = page.account.ledger, page.context.stores
    drawn = page.figure("years", lambda: _years(page))
    pids = {piece.pid for piece in drawn.pieces} | {each[0] for each in drawn.longest}
    runs = Imports(page.context.settings.imports_path).runs()
    paired = len(stores.clients.all())
    return render_template(
        "first.html",
        page=page,
        steps=(
            Step("pair", "Pair", paired > 0),
            Step("cards", "Five cards", bool(topics_of(page.context.settings.data))),
            Step("archive", "Your archive", bool(runs)),
            Step("years", "Your years", bool(drawn.pieces)),
        ),
        paired=paired,
        aims=week.aims(page.account.notebook),
        topics=", ".join(topics_of(page.context.settings.data)),
        years=drawn,
        who=_known(page, pids),
        table=_table(drawn),
        people=count(ledger, page.owner, DirectoryQuery(now=page.now, written=page.account.notebook.people())),
        seen_since=ledger.coverage(page.owner) if page.owner else None,
        runs=runs,
    )


@blueprint.post("/topics")
def topics() -> Response:
    """Store the topics that the third card asks for: with commas between them."""
    page = page_context()
    set_topics(page.context.settings.data, [part for part in request.form.get("topics", "").split(",") if part.strip()])
    page.state.figures.clear()
    return redirect(page.link("first.first") + "#cards", 303)


def _years(page: PageContext) -> Years:
    found = queries.days_by_year(page.account.ledger, page.owner, BEST, LASTING_YEARS, LONGEST)
    return years_of(found.days, found.people)


def _known(page: PageContext, pids: set[str]) -> dict[str, Known]:
    rows = by_pids(page.account.ledger, page.owner, sorted(pids)) if pids else {}
    found = {}
    for pid in pids:
        row = rows.get(pid)
        alias = page.account.notebook.summary(pid, page.owner).alias
        name = shown_name(page, row) if row else alias or pid
        handle = row.handle if row else None
        found[pid] = Known(name, profile_address(pid, handle) or "", named=name != pid)
    return found


def _table(drawn: Years) -> list[tuple[int, list[tuple[str, int]]]]:
    """Return the drawing as a table: (year, [(pid, days)])."""
    return [
        (year, [(piece.pid, piece.days) for piece in drawn.pieces if piece.year == year]) for year, _ in drawn.years
    ]
