"""Questions left open, for the first page: who asked, what the user asked, and answers they have not reacted to."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from companion.practice.questions import OpenQuestion, open_question
from companion.store.ledger.queries import statistics, talks
from companion.store.ledger.rows import BadgeRow
from companion.web.context import PageContext, done, page_context, required_field
from companion.web.person_rows import shown_name

blueprint = Blueprint("questions", __name__, url_prefix="/questions")
LET_BE = "let_be"
"""Notebook table of what the user let be: pid, owner, at (of the words, epoch seconds)."""
PEOPLE = 40
"""People last in contact that are looked at."""
ACTS = 30
SHOWN = 5
Found = list[tuple[BadgeRow, str, OpenQuestion]]


@blueprint.post("/let-be")
def let_be() -> Response:
    """Leave a question open for good."""
    page = page_context()
    pid, at = required_field("pid"), request.form.get("at", 0, type=int)
    table = page.account.notebook.table(LET_BE)
    number = table.put({"pid": pid, "owner": page.owner, "at": at})
    return done(page, page.link("home.home"), "Left as it is.", lambda: table.remove(doc_ids=[number]))


def open_questions(page: PageContext) -> Found:
    """Return (person, name, what is open), the latest first."""
    found = page.figure("questions", lambda: _found(page))
    rows = page.account.notebook.table(LET_BE)
    left = {(str(row["pid"]), row.get("at")) for row in rows if row.get("owner") == page.owner}
    return [one for one in found if (one[0].pid, one[2].at) not in left][:SHOWN]


def _found(page: PageContext) -> Found:
    ledger, owner = page.account.ledger, page.owner
    visible, found = ledger.coverage(owner) is not None, Found()
    for row in statistics.latest(ledger, owner, PEOPLE):
        acts = ledger.interactions(owner, row.pid, ACTS)
        texts = talks.words_of(ledger, owner, [act.post for act in acts if act.post])
        one = open_question(acts, texts, page.now, visible=visible)
        if one is not None:
            found.append((row, shown_name(page, row), one))
    return sorted(found, key=lambda each: -each[2].at)
