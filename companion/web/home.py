"""The first page: whom to talk with today, the week, what is due, new followers, who is relevant, who fell silent."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from companion.domain.dates import DAY, local_day, span
from companion.domain.decisions import WAIT_DAYS
from companion.domain.sightings import Person
from companion.errors import BodyError
from companion.machine_zone import MACHINE, machine_day
from companion.practice import new_followers, reminders, today, week
from companion.practice.today import Faded
from companion.reciprocity.judgement import judge
from companion.store.documents import Document
from companion.store.ledger.queries import statistics
from companion.store.ledger.queries.directory import DirectoryQuery, by_pids
from companion.store.notebook.results import LATEST
from companion.vetting.decisions import fingerprint
from companion.web import people_query, svg
from companion.web.context import PageContext, done, new_op, page_context, required_field, with_parameter
from companion.web.meeting import person_to_meet
from companion.web.person_rows import shown_name
from companion.web.questions import open_questions
from companion.web.today_cards import LATER, cards, relevant, suggested
from companion.web.week_view import week_so_far

blueprint = Blueprint("home", __name__)
SILENT = 60
AROUND = 300
"""Latest contacts, of whom the closest are drawn."""
FOLLOWERS_A_DAY = 6
"""New followers that are looked at in a day; the rest wait."""
ANSWERS = ("wait", "no")
"""What can be decided about a new follower here; following back is X's own button."""


@blueprint.get("")
def home() -> str:
    """Render the first page."""
    page = page_context()
    faded = page.figure("silent", lambda: _losing(page))
    passed = week_so_far(page)
    daily, weekly = week.aims(page.account.notebook)
    wanted = max(daily - len(passed.today), 1 if "more" in request.args else 0)
    suggestions = suggested(page, faded, wanted)
    named = {one.row.pid for one in suggestions}
    return render_template(
        "home.html",
        page=page,
        anybody=bool(people_query.page_of(page, _anybody(page)).rows),
        spoken=[(pid, name) for pid, name in _names(page, passed.today).items()],
        goal=daily,
        aim=weekly,
        goals=today.GOALS,
        week=passed,
        cards=cards(page, suggestions),
        due=_due(page),
        day=local_day(page.now, MACHINE),
        follower=_follower(page, request.args.get("skip", 0, type=int)),
        relevant=[(one, shown_name(page, one.row)) for one in relevant(page) if one.row.pid not in named][:3],
        questions=[one for one in open_questions(page) if one[0].pid not in named],
        meet=person_to_meet(page),
        heads=svg.heads(_closest(page)),
        losing=[(person, shown_name(page, person.row), _silence_words(person, page.now)) for person in faded[:5]],
        visible=page.account.ledger.coverage(page.owner) is not None,
    )


@blueprint.post("/later")
def later() -> Response:
    """Leave somebody out of the suggestions for a week."""
    page = page_context()
    pid = required_field("pid")
    table = page.account.notebook.table(LATER)
    number = table.put({"pid": pid, "owner": page.owner, "until": page.now + today.LATER_DAYS * DAY})
    row = page.account.ledger.badge(page.owner, pid)
    name = shown_name(page, row) if row else pid
    return done(page, page.link("home.home"), f"{name} is left out for a week.", lambda: table.remove(doc_ids=[number]))


@blueprint.post("/aim")
def aim() -> Response:
    """Set how many people to talk with in a day and in a week."""
    page = page_context()
    notebook, before = page.account.notebook, week.aims(page.account.notebook)
    week.set_aims(notebook, request.form.get("day", 0, type=int), request.form.get("week", 0, type=int))
    back = page.link("first.first") if request.form.get("from") == "first" else page.link("home.home")
    return done(page, back, "The aims are kept.", lambda: week.set_aims(notebook, *before))


@blueprint.post("/follower")
def follower() -> Response:
    """Decide about a new follower: wait, or no."""
    page = page_context()
    pid, decision = required_field("pid"), required_field("decision")
    if decision not in ANSWERS:
        raise BodyError("Decide wait or no here; to follow back, open their profile.", field="decision")
    known = page.account.ledger.person(page.owner, pid)
    body: Document = {"decision": decision, "looked_at": fingerprint(known.profile if known else Person())}
    if decision == "wait":
        body["days"] = WAIT_DAYS
    notebook = page.account.notebook
    item = notebook.write(new_op(), "decision", pid, body, LATEST, page.now, page.owner).item
    words = f"You look again in {WAIT_DAYS} days." if decision == "wait" else "Decided: no."
    gone: Document = {"item": item, "gone": True}
    return done(
        page, page.link("home.home"), words,
        lambda: notebook.write(new_op(), "decision", pid, gone, LATEST, page.now, page.owner),
    )  # fmt: skip


@blueprint.post("/undo")
def undo() -> Response:
    """Undo the action that the previous page reported."""
    page = page_context()
    back = page.state.undos.use(required_field("undo"), page.now)
    page.state.figures.clear()
    return redirect(with_parameter(back or page.link("home.home"), f"said={'undone' if back else 'late'}"), 303)


def _anybody(page: PageContext) -> DirectoryQuery:
    return DirectoryQuery(now=page.now, limit=1, written=page.account.notebook.people())


def _names(page: PageContext, pids: tuple[str, ...]) -> dict[str, str]:
    rows = by_pids(page.account.ledger, page.owner, pids)
    return {pid: shown_name(page, rows[pid]) if pid in rows else pid for pid in pids}


def _due(page: PageContext) -> list[tuple[reminders.Reminder, str]]:
    """Return what is due today or before, each with the person's name, the oldest first."""
    found = reminders.due(reminders.everybody(page.account, MACHINE), local_day(page.now, MACHINE))
    rows = [(one, page.account.ledger.badge(page.owner, one.pid)) for one in found]
    alias = page.account.notebook.summary
    return [(one, shown_name(page, row) if row else alias(one.pid, page.owner).alias or one.pid) for one, row in rows]


def _losing(page: PageContext) -> list[Faded]:
    rows = statistics.silent(page.account.ledger, page.owner, page.now, SILENT)
    return today.losing_touch(rows, page.now, SILENT)


def _follower(page: PageContext, skip: int) -> dict[str, object] | None:
    """Return the new follower to look at, the ``skip``-th of today's; None if there is none or it is enough."""
    queue = new_followers.queue_of(page.account, page.now, FOLLOWERS_A_DAY)
    open_today = queue.next[: max(0, FOLLOWERS_A_DAY - queue.decided_today)]
    if not open_today:
        return None
    one = open_today[skip % len(open_today)]
    known = page.account.ledger.person(page.owner, one.row.pid)
    return {
        "row": one.row, "name": shown_name(page, one.row), "since": one.since,
        "bio": known.profile.bio if known else "", "before": one.before,
        "decided": queue.decided_today, "of": queue.decided_today + len(open_today), "skip": skip,
    }  # fmt: skip


def _closest(page: PageContext) -> list[svg.Guest]:
    """Return the people with a score among the latest contacts, closest first, for the drawing."""
    places = sum(number for _, _, number in svg.RINGS)
    scored = []
    for row in statistics.latest(page.account.ledger, page.owner, AROUND):
        judged = judge(row.sums, row.tally, page.now, day_of=machine_day)
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
