"""The first page: whom to talk with today, the people last in contact, who is really known, circles, losing touch."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response

from companion.domain.kinds import QUESTION_KINDS
from companion.domain.sightings import INBOUND
from companion.practice import today
from companion.practice.today import Faded, Said, Suggestion
from companion.reciprocity.judgement import judge
from companion.store.ledger.queries import statistics
from companion.store.ledger.queries.directory import RollQuery
from companion.store.ledger.queries.statistics import Followers
from companion.store.ledger.rows import BadgeRow
from companion.web import people_query, svg
from companion.web.context import PageContext, done, needed, page_context, with_parameter
from companion.web.person_rows import lines, shown_name

blueprint = Blueprint("home", __name__)
SHOWN = 12
"""People of the table on this page."""
WAITING = 12
"""People who wrote last that are looked at for an unanswered question."""
SILENT = 60
AROUND = 300
"""People last in contact, of whom the closest are drawn."""
LATER = "later"
"""The table of those the user said "later" about: pid, owner, until."""


@blueprint.get("")
def home() -> str:
    """Show the first page."""
    now = page_context()
    faded = now.figure("silent", lambda: _losing(now))
    spoken = statistics.spoken_today(now.account.ledger, now.owner, now.now)
    table = people_query.page_of(now, RollQuery(now=now.now, limit=SHOWN))
    return render_template(
        "home.html",
        page=now,
        spoken=[(row.pid, shown_name(now, row)) for row in spoken[: today.GOAL]],
        talked=len(spoken),
        goal=today.GOAL,
        suggestions=[_shown(now, one) for one in _suggestions(now, len(spoken), faded)],
        lines=lines(now, table.rows),
        more=table.later,
        known=now.figure("followers", lambda: _followers(now)),
        heads=svg.heads(_guests(now)),
        losing=[(one, shown_name(now, one.row), _quiet(one, now.now)) for one in faded[:5]],
        tones=range(svg.TONES),
    )


@blueprint.post("/later")
def later() -> Response:
    """Leave somebody out of the suggestions for a week."""
    now = page_context()
    pid = needed("pid")
    table = now.account.notebook.table(LATER)
    number = table.put({"pid": pid, "owner": now.owner, "until": now.now + today.LATER_DAYS * 86_400})
    row = now.account.ledger.badge(now.owner, pid)
    name = shown_name(now, row) if row else pid
    return done(now, now.link("home.home"), f"{name} is left out for a week.", lambda: table.remove(doc_ids=[number]))


@blueprint.post("/undo")
def undo() -> Response:
    """Take back what the page before said it did."""
    now = page_context()
    back = now.state.undos.use(needed("undo"), now.now)
    now.state.kept.clear()
    return redirect(with_parameter(back or now.link("home.home"), f"said={'undone' if back else 'late'}"), 303)


def _losing(now: PageContext) -> list[Faded]:
    rows = statistics.silent(now.account.ledger, now.owner, now.now, SILENT)
    return today.losing_touch(rows, now.now, SILENT)


def _followers(now: PageContext) -> Followers:
    return statistics.followers(now.account.ledger, now.owner, people_query.noted(now))


def _suggestions(now: PageContext, talked: int, faded: list[Faded]) -> list[Suggestion]:
    wanted = max(0, today.GOAL - talked)
    if not wanted:
        return []
    away = {str(row["pid"]) for row in now.account.notebook.table(LATER) if _still(row.get("until"), now.now)}
    rows = statistics.unanswered(now.account.ledger, now.owner, now.now, today.ASK_DAYS, WAITING + len(away))
    said = {row.pid: words for row in rows if (words := _said(now, row))}
    return today.suggestions(rows, said, faded, away, wanted, now.now)


def _still(until: object, now: int) -> bool:
    return isinstance(until, int) and until > now


def _said(now: PageContext, row: BadgeRow) -> Said | None:
    """Return what somebody said last, if it was said to the viewer in words."""
    ledger = now.account.ledger
    acts = ledger.interactions(now.owner, row.pid, 10)
    act = next(
        (one for one in acts if one.direction == INBOUND and one.kind in QUESTION_KINDS and not one.automatic), None
    )
    if act is None:
        return None
    posts = ledger.posts_of(now.owner, row.pid, 50) if act.post else []
    text = next((post.text for post in posts if post.id == act.post and post.text), "")
    return Said(act.post, act.at, "?" in text)


def _shown(now: PageContext, one: Suggestion) -> dict[str, str]:
    handle = one.row.handle or ""
    return {
        "pid": one.row.pid,
        "name": shown_name(now, one.row),
        "why": one.why,
        "do": "Answer" if one.post else "Say good morning",
        "to": f"https://x.com/i/status/{one.post}" if one.post else f"https://x.com/{handle}",
    }


def _guests(now: PageContext) -> list[svg.Guest]:
    """Return those who talk back of the people last in contact, for the circles."""
    places = sum(number for _, _, number in svg.RINGS)
    found = []
    for row in statistics.latest(now.account.ledger, now.owner, AROUND):
        judged = judge(row.sums, row.tally, now.now)
        if judged.value:
            found.append((judged.value, row))
    closest = sorted(found, key=lambda one: (-one[0], one[1].pid))[:places]
    return [
        svg.Guest(row.pid, shown_name(now, row), score, row.tally.days_out, row.tally.days_in) for score, row in closest
    ]


def _quiet(one: Faded, now: int) -> str:
    usual = f", usually every {today.span(one.usual_days * 86_400)}" if 1 < one.usual_days < 60 else ""
    return f"{today.span(now - one.since)}, was {one.was}{usual}"
