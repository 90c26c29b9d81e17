"""The suggestion to meet somebody in person, for the first page: one a month, and not again once it was put off."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from companion.domain.dates import local_day
from companion.machine_zone import MACHINE
from companion.practice.meeting import month_of, to_meet
from companion.reciprocity.judgement import judge
from companion.store.ledger.queries import statistics
from companion.store.ledger.rows import BadgeRow
from companion.web.context import PageContext, done, page_context, required_field
from companion.web.person_rows import shown_name

blueprint = Blueprint("one_meeting", __name__, url_prefix="/meeting")
TABLE = "meet_later"
"""Notebook table of whom the user does not want to be told to meet: pid, owner, month."""
AROUND = 300
"""Latest contacts among whom the close ones are looked for."""


@blueprint.post("/later")
def later() -> Response:
    """Suggest no meeting for the rest of this month."""
    page = page_context()
    row = {"pid": required_field("pid"), "owner": page.owner, "month": month_of(local_day(page.now, MACHINE))}
    table = page.account.notebook.table(TABLE)
    number = table.put(dict(row))
    return done(page, page.link("home.home"), "Not this month.", lambda: table.remove(doc_ids=[number]))


def person_to_meet(page: PageContext) -> tuple[str, str, int] | None:
    """Return (pid, name, score) of whom to meet this month; None if nobody is close and unmet, or it was put off."""
    day = local_day(page.now, MACHINE)
    rows = page.account.notebook.table(TABLE)
    if any(row.get("owner") == page.owner and row.get("month") == month_of(day) for row in rows):
        return None
    close: list[tuple[str, int, BadgeRow]] = page.figure("close", lambda: _close(page))
    notebook = page.account.notebook
    met = {pid for pid, _, _ in close if notebook.summary(pid, page.owner).marks.get("met") is True}
    scores = {pid: score for pid, score, _ in close}
    row = to_meet(close, met, day)
    return (row.pid, shown_name(page, row), scores[row.pid]) if row else None


def _close(page: PageContext) -> list[tuple[str, int, BadgeRow]]:
    rows = statistics.latest(page.account.ledger, page.owner, AROUND)
    judged = [(row, judge(row.sums, row.tally, page.now).value) for row in rows]
    return [(row.pid, value, row) for row, value in judged if value is not None]
