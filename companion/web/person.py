"""The page of one person: score and reasons, 26 weeks, notes and tags, history, and touches off X."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from companion.domain.dates import local_day, moment_of
from companion.domain.facts import CHANNELS, CONTEXTS, FITNESS, HOW_MET
from companion.domain.handles import profile_address
from companion.domain.kinds import OFF_X_KINDS, act_words
from companion.domain.outcomes import FAVOURS, OUTCOMES, WAYS
from companion.domain.sightings import INBOUND
from companion.domain.talk_places import PLACES
from companion.errors import BodyError, UnknownError
from companion.machine_zone import MACHINE, machine_day
from companion.practice import deletion, reminders
from companion.practice.circles import Circles
from companion.practice.draft_facts import drafts_for
from companion.reciprocity.counters import Tally, by_year
from companion.reciprocity.judgement import judge
from companion.reciprocity.relationship import Relationship, relationship_of
from companion.reciprocity.states import Judgement
from companion.reciprocity.sums import Sums
from companion.store import touches
from companion.store.documents import Document, Json
from companion.store.ledger.queries import statistics, talks
from companion.store.ledger.rows import BadgeRow, InteractionRow
from companion.store.notebook.contacts import Contacts
from companion.store.notebook.results import LATEST
from companion.vetting.service import habits_seen
from companion.vetting.topics import relevant
from companion.web import svg, wording
from companion.web.belongs_view import together
from companion.web.context import PageContext, came_from, done, new_op, page_context, required_field
from companion.web.facts_view import facts_of
from companion.web.history_written import with_changes
from companion.web.person_history import history_of
from companion.web.person_rows import picture, shown_name, weeks_of
from companion.web.ties_view import ties_of

blueprint = Blueprint("person", __name__, url_prefix="/person/<pid>")
FIRST_YEAR = 1971
"""No touch is older; epoch seconds are not negative."""
COUNTED = 2000
"""Latest interactions that answer rates and stages are counted from."""


@blueprint.get("")
def person(pid: str) -> str:
    """Render one person."""
    page = page_context()
    row = row_of(page, pid)
    known = page.account.ledger.person(page.owner, pid)
    habits, software = habits_seen(page.account, pid, page.now, page.context.settings.data)
    judged = judge(row.sums, row.tally, page.now, answers=not software, day_of=machine_day)
    weeks = weeks_of(page, [pid])[pid]
    return render_template(
        "person.html",
        page=page,
        pid=pid,
        row=row,
        name=shown_name(page, row),
        profile=known.profile if known else None,
        former=known.former if known else [],
        seen=(row.first_seen, row.last_seen),
        judged=judged,
        habits=habits,
        theirs_visible=row.tally.inbound_seen_since is not None,
        ring=svg.ring(judged.value, judged.confidence),
        reasons=_reasons(judged),
        bars=svg.spark(weeks),
        picture=picture(weeks, visible=row.tally.inbound_seen_since is not None),
        weeks=weeks,
        relation=_relation(page, row),
        places=_places(page, pid),
        years=_years(page, pid, weeks),
        address=profile_address(pid, row.handle),
        colours={tag["name"]: tag["colour"] for tag in page.account.notebook.tags()},
        circles=Circles(page.account.notebook).by_hand(),
        mine=Circles(page.account.notebook).of(pid, page.owner),
        together=together(page, row),
        touches=[(what, act_words(what, "both")) for what in OFF_X_KINDS],
        today=local_day(page.now, MACHINE).isoformat(),
        drafts=drafts_for(page.account, pid, page.context.settings.data, page.now),
        **_written(page, pid, row),
    )


def _written(page: PageContext, pid: str, row: BadgeRow) -> dict[str, object]:
    """Return what the user wrote: note and versions, steps, rhythm, outcomes, decisions, facts, ties."""
    about, versions = page.account.notebook.about(pid, page.owner), page.account.notebook.versions(pid, page.owner)
    return {
        "about": about,
        "versions": with_changes(versions),
        **history_of(page, pid, about, versions),
        "first_note": page.account.notebook.note_count() == 0,
        "shared": page.account.notebook.shared.device is not None,
        "authors": page.account.notebook.shared.lines.authors(),
        "team": Contacts(page.account.notebook).of(pid),
        "open_steps": reminders.open_steps(about.others.get(reminders.STEP, [])),
        "contact": reminders.for_person(page.account, pid, MACHINE)[1],
        "outcomes": [(one, OUTCOMES[str(one["what"])]) for one in about.others.get("outcome", [])],
        "outcome_kinds": OUTCOMES,
        "facts": facts_of(about, page.account.ledger.interactions(page.owner, pid, COUNTED)),
        "ways": HOW_MET,
        "contexts": CONTEXTS,
        "channel_kinds": CHANNELS,
        "fitness": FITNESS,
        "ties": ties_of(page, pid, shown_name(page, row), row.handle, about),
        "help_ways": WAYS,
        "help_kinds": FAVOURS,
    }


@blueprint.post("/touch")
def touch(pid: str) -> Response:
    """Record a touch: a call, a meal, a meeting or talk elsewhere."""
    page = page_context()
    row = row_of(page, pid)
    what = required_field("what")
    body: Document = {"what": what, **_when(page), "words": request.form.get("words", "").strip()}
    written = touches.add(page.account, pid, body, op=new_op(), at=page.now)
    message = f"{act_words(what, 'both')} with {shown_name(page, row)} is written down."
    take_back = lambda: touches.take_back(page.account, pid, str(written.item), op=new_op(), at=page.now)  # noqa: E731
    return done(page, came_from(page, pid), message, take_back)


@blueprint.post("/delete")
def delete(pid: str) -> Response:
    """Delete one interaction from the history."""
    page = page_context()
    way = required_field("direction")
    key = (INBOUND if way == "both" else way, required_field("kind"), required_field("ref", 300))
    row = deletion.find(page.account, pid, key, request.form.get("at", 0, type=int))
    if row is None:
        raise UnknownError("This is not in the history any more. Load the page again.")
    item = touches.item_of(row.ref)
    touch = next((document for document in _touches(page, pid) if document.get("item") == item), None) if item else None
    deletion.deletion(page.account, row, op=new_op(), now=page.now)
    act = act_words(row.kind, "both" if item else row.direction)
    return done(
        page, page.link("person.person", pid), f"Deleted: {act}, {wording.date(row.at)}.",
        lambda: _undo_deletion(page, row, touch),
    )  # fmt: skip


@blueprint.post("/tags")
def tags(pid: str) -> Response:
    """Set the tags."""
    page = page_context()
    row_of(page, pid)
    notebook = page.account.notebook
    before: list[Json] = list(notebook.about(pid, page.owner).tags)
    wanted: list[Json] = [part.strip() for part in request.form.get("tags", "").split(",") if part.strip()]
    notebook.write(new_op(), "tags", pid, {"tags": wanted}, LATEST, page.now, page.owner)
    return done(
        page, page.link("person.person", pid), "The tags are saved.",
        lambda: notebook.write(new_op(), "tags", pid, {"tags": before}, LATEST, page.now, page.owner),
    )  # fmt: skip


@blueprint.post("/circles")
def circles(pid: str) -> Response:
    """Set the circles a person is in."""
    page = page_context()
    row_of(page, pid)
    store = Circles(page.account.notebook)
    wanted = [store.get(circle_id).id for circle_id in request.form.getlist("circle")]
    before = store.put(pid, page.owner, wanted, op=new_op(), at=page.now)
    return done(
        page, page.link("person.person", pid), "The circles are saved.",
        lambda: store.put(pid, page.owner, before, op=new_op(), at=page.now),
    )  # fmt: skip


def row_of(page: PageContext, pid: str) -> BadgeRow:
    """Return the ledger's row of a person; an empty one for somebody only written about."""
    row = page.account.ledger.badge(page.owner, pid)
    if row is None and page.account.notebook.knows(pid, page.owner):
        return BadgeRow(pid, pid.removeprefix("@"), None, None, None, None, *_NOTHING, 0, None, 0, 0)
    if row is None:
        raise UnknownError("Nobody with this address was seen by this account. Search for the name instead.")
    return row


def _relation(page: PageContext, row: BadgeRow) -> Relationship:
    acts = page.account.ledger.interactions(page.owner, row.pid, COUNTED)
    shares = relevant(page.account, row.pid, page.context.settings.data)
    since = row.tally.inbound_seen_since
    return relationship_of(
        acts, page.now, relevant=shares, seen_at=row.first_seen or None, inbound_since=since, day_of=machine_day
    )


def _places(page: PageContext, pid: str) -> list[tuple[str, int]]:
    """Return where the two talk: (its words, how often), the most first."""
    acts = page.account.ledger.interactions(page.owner, pid, COUNTED)
    return [(PLACES[name], count) for name, count in talks.places_of(page.account.ledger, page.owner, acts)]


def _years(page: PageContext, pid: str, weeks: list[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """Return (year, days they wrote, days you wrote), latest first; empty where the 26 weeks show all of it."""
    days = statistics.talk_days(page.account.ledger, page.owner, [pid], 0, machine_day)[pid]
    shown = sum(they + you for they, you in weeks)
    return by_year(days) if len(days) > shown else []


_NOTHING = (Sums(), Tally())


def _reasons(judged: Judgement) -> list[str]:
    return [sentence for reason in judged.reasons if (sentence := wording.reason(reason)) is not None]


def _when(page: PageContext) -> Document:
    """Return when a touch was: its day as the user chose it, and the time, which is now if it was today."""
    today, text = local_day(page.now, MACHINE), request.form.get("day", "")
    try:
        day = date.fromisoformat(text) if text else today
    except ValueError as error:
        raise BodyError("Give the day as year-month-day, such as 2026-03-09.", field="day") from error
    if day > today or day.year < FIRST_YEAR:
        raise BodyError("A touch is written down once it happened; choose today or an earlier day.", field="day")
    return {"when": page.now if day == today else moment_of(day, MACHINE), "day": day.isoformat()}


def _touches(page: PageContext, pid: str) -> list[Document]:
    return page.account.notebook.about(pid, page.owner).others.get(touches.KIND, [])


def _undo_deletion(page: PageContext, interaction: InteractionRow, touch: Document | None) -> None:
    if touch is None:
        deletion.put_back(page.account, interaction, page.now)
        return
    body: Document = {name: touch[name] for name in ("what", "when", "day", "way", "words", "item") if name in touch}
    touches.add(page.account, interaction.pid, body, op=new_op(), at=page.now)
