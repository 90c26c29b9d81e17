"""The page of a year: what came of knowing people, by whom and through whom, to read, to print, and as a table."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, render_template, request

from companion.domain.csv_cells import harmless
from companion.domain.dates import local_day
from companion.domain.outcomes import OUTCOMES
from companion.export.csv_file import line
from companion.machine_zone import MACHINE
from companion.practice import ties
from companion.practice.year import Outcome, Year, year_of, years_of
from companion.web.context import PageContext, page_context
from companion.web.person_rows import known_as

blueprint = Blueprint("year", __name__, url_prefix="/year")
HEADINGS = ("day", "what", "from", "through", "words", "worth", "id")


@blueprint.get("")
def year() -> str:
    """Render a year, this one if none is named."""
    page = page_context()
    shown, years = _shown(page)
    through = _through(page, shown)
    rows = [(one, OUTCOMES[one.what], known_as(page, one.pid), through[one.pid]) for one in shown.outcomes]
    return render_template("year.html", page=page, year=shown, years=years, rows=rows)


@blueprint.get("/table")
def table() -> Response:
    """Return the year's outcomes as CSV."""
    page = page_context()
    shown, _ = _shown(page)
    through = _through(page, shown)
    cells = (_cells(page, one, through[one.pid]) for one in shown.outcomes)
    data = b"\xef\xbb\xbf" + line(HEADINGS) + b"".join(line(map(harmless, row)) for row in cells)
    heads = {"Content-Disposition": f'attachment; filename="mutuals-{shown.year}.csv"'}
    return Response(data, mimetype="text/csv; charset=utf-8", headers=heads)


def _shown(page: PageContext) -> tuple[Year, list[int]]:
    outcomes, favours = (page.account.notebook.of_kind(kind, page.owner) for kind in ("outcome", ties.FAVOUR))
    this = local_day(page.now, MACHINE).year
    years = sorted({this, *years_of(outcomes, favours)}, reverse=True)
    wanted = request.args.get("year", this, type=int)
    return year_of(wanted if wanted in years else this, outcomes, favours), years


def _through(page: PageContext, shown: Year) -> dict[str, str]:
    """Return person -> the names of those who sent them."""
    sent = list(_senders(page))
    names = {who: known_as(page, who) for who, _ in sent}
    return {one.pid: ", ".join(names[who] for who, whom in sent if whom == one.pid) for one in shown.outcomes}


def _senders(page: PageContext) -> Iterator[tuple[str, str]]:
    for who, listed in ties.who_sent_whom(page.account).items():
        yield from ((who, whom) for whom in listed)


def _cells(page: PageContext, one: Outcome, through: str) -> list[str]:
    return [one.day, OUTCOMES[one.what], known_as(page, one.pid), through, one.words, one.worth, one.pid]
