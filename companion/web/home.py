"""The home page: whom to talk with today, the latest contacts, shares of followers, the closest, the fading."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response

from companion.domain.dates import DAY, day_start, local_day, span
from companion.domain.handles import profile_address
from companion.domain.kinds import QUESTION_KINDS
from companion.domain.sightings import INBOUND
from companion.machine_zone import MACHINE
from companion.practice import reminders, today
from companion.practice.today import Faded, Suggestion, Unanswered
from companion.reciprocity.judgement import judge
from companion.store.ledger.queries import statistics
from companion.store.ledger.queries.directory import DirectoryQuery
from companion.store.ledger.queries.statistics import Followers
from companion.store.ledger.rows import BadgeRow
from companion.web import people_query, svg
from companion.web.context import PageContext, done, page_context, required_field, with_parameter
from companion.web.person_rows import shown_name, table_rows

blueprint = Blueprint("home", __name__)
SHOWN = 12
"""Rows of this page's table."""
WAITING = 12
"""Latest writers that are checked for an unanswered question."""
SILENT = 60
AROUND = 300
"""Latest contacts, of whom the closest are drawn."""
LATER = "later"
"""Notebook table of people left out of the suggestions: pid, owner, until."""


@blueprint.get("")
def home() -> str:
    """Render the home page."""
    page = page_context()
    faded = page.figure("silent", lambda: _losing(page))
    spoken = statistics.spoken_since(page.account.ledger, page.owner, _midnight(page.now))
    table = people_query.page_of(page, DirectoryQuery(now=page.now, limit=SHOWN))
    return render_template(
        "home.html",
        page=page,
        spoken=[(row.pid, shown_name(page, row)) for row in spoken[: today.GOAL]],
        talked=len(spoken),
        goal=today.GOAL,
        suggestions=[_suggestion_row(page, suggestion) for suggestion in _suggestions(page, len(spoken), faded)],
        due=_due(page),
        day=local_day(page.now, MACHINE).isoformat(),
        lines=table_rows(page, table.rows),
        more=table.later,
        seen_since=page.account.ledger.coverage(page.owner),
        known=page.figure("followers", lambda: _followers(page)),
        heads=svg.heads(_closest(page)),
        losing=[(person, shown_name(page, person.row), _silence_words(person, page.now)) for person in faded[:5]],
        tones=range(svg.TONES),
    )


@blueprint.post("/later")
def later() -> Response:
    """Leave somebody out of the suggestions for a week."""
    page = page_context()
    pid = required_field("pid")
    table = page.account.notebook.table(LATER)
    number = table.put({"pid": pid, "owner": page.owner, "until": page.now + today.LATER_DAYS * 86_400})
    row = page.account.ledger.badge(page.owner, pid)
    name = shown_name(page, row) if row else pid
    return done(page, page.link("home.home"), f"{name} is left out for a week.", lambda: table.remove(doc_ids=[number]))


@blueprint.post("/undo")
def undo() -> Response:
    """Undo the action that the previous page reported."""
    page = page_context()
    back = page.state.undos.use(required_field("undo"), page.now)
    page.state.figures.clear()
    return redirect(with_parameter(back or page.link("home.home"), f"said={'undone' if back else 'late'}"), 303)


def _midnight(now: int) -> int:
    """Return when the user's day began."""
    return day_start(local_day(now, MACHINE), MACHINE)


def _due(page: PageContext) -> list[tuple[reminders.Reminder, str]]:
    """Return what is due today or before, each with the person's name, the oldest first."""
    found = reminders.due(reminders.everybody(page.account, MACHINE), local_day(page.now, MACHINE))
    rows = [(one, page.account.ledger.badge(page.owner, one.pid)) for one in found]
    alias = page.account.notebook.summary
    return [(one, shown_name(page, row) if row else alias(one.pid, page.owner).alias or one.pid) for one, row in rows]


def _losing(page: PageContext) -> list[Faded]:
    rows = statistics.silent(page.account.ledger, page.owner, page.now, SILENT)
    return today.losing_touch(rows, page.now, SILENT)


def _followers(page: PageContext) -> Followers:
    return statistics.followers(page.account.ledger, page.owner, people_query.noted(page))


def _suggestions(page: PageContext, talked: int, faded: list[Faded]) -> list[Suggestion]:
    wanted = max(0, today.GOAL - talked)
    if not wanted:
        return []
    away = {str(row["pid"]) for row in page.account.notebook.table(LATER) if _not_over(row.get("until"), page.now)}
    rows = statistics.unanswered(page.account.ledger, page.owner, page.now, today.ASK_DAYS, WAITING + len(away))
    messages = {row.pid: words for row in rows if (words := _last_message(page, row))}
    return today.suggestions(rows, messages, faded, away, wanted, page.now)


def _not_over(until: object, now: int) -> bool:
    return isinstance(until, int) and until > now


def _last_message(page: PageContext, row: BadgeRow) -> Unanswered | None:
    """Return the latest message of a person to the viewer, None if their latest acts had no words."""
    ledger = page.account.ledger
    acts = ledger.interactions(page.owner, row.pid, 10)
    act = next(
        (row for row in acts if row.direction == INBOUND and row.kind in QUESTION_KINDS and not row.automatic), None
    )
    if act is None:
        return None
    posts = ledger.posts_of(page.owner, row.pid, 50) if act.post else []
    text = next((post.text for post in posts if post.id == act.post and post.text), "")
    return Unanswered(act.post, act.at, "?" in text)


def _suggestion_row(page: PageContext, suggestion: Suggestion) -> dict[str, str]:
    address = profile_address(suggestion.row.pid, suggestion.row.handle)
    return {
        "pid": suggestion.row.pid,
        "name": shown_name(page, suggestion.row),
        "why": suggestion.why,
        "do": "Answer" if suggestion.post else "Say good morning",
        "to": f"https://x.com/i/status/{suggestion.post}" if suggestion.post else address or "https://x.com/home",
    }


def _closest(page: PageContext) -> list[svg.Guest]:
    """Return the people with a score among the latest contacts, closest first, for the drawing."""
    places = sum(number for _, _, number in svg.RINGS)
    scored = []
    for row in statistics.latest(page.account.ledger, page.owner, AROUND):
        judged = judge(row.sums, row.tally, page.now)
        if judged.value:
            scored.append((judged.value, row))
    closest = sorted(scored, key=lambda pair: (-pair[0], pair[1].pid))[:places]
    return [
        svg.Guest(row.pid, shown_name(page, row), score, row.tally.days_out, row.tally.days_in)
        for score, row in closest
    ]


def _silence_words(faded: Faded, now: int) -> str:
    usual = f", usually every {span(faded.usual_days * DAY)}" if 1 < faded.usual_days < 60 else ""
    return f"{span(now - faded.since)}, was {faded.was}{usual}"
