"""One person: the judgement with its reasons, 26 weeks, what is written, the history, and touches off X."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from companion.domain.kinds import OFF_X_KINDS, act_words
from companion.domain.sightings import INBOUND
from companion.errors import BodyError, UnknownError
from companion.practice import deletion, timeline, touches
from companion.practice.circles import Circles
from companion.reciprocity.counters import Tally
from companion.reciprocity.judgement import judge
from companion.reciprocity.relationship import relationship_of
from companion.reciprocity.states import Judgement
from companion.reciprocity.sums import Sums
from companion.store.documents import Document, Json
from companion.store.ledger.rows import BadgeRow, InteractionRow
from companion.store.notebook.results import LATEST
from companion.vetting.topics import relevant
from companion.web import svg, wording
from companion.web.context import PageContext, done, needed, new_op, page_context
from companion.web.history import moments_of
from companion.web.person_rows import picture, shown_name, weeks_of

blueprint = Blueprint("person", __name__, url_prefix="/person/<pid>")
PAGE = 40
"""Interactions on one page of the history."""
COUNTED = 2000
"""Latest interactions from which answer rates and stages are counted."""


@blueprint.get("")
def person(pid: str) -> str:
    """Show one person."""
    now = page_context()
    row = _row(now, pid)
    acts = now.account.ledger.interactions(now.owner, pid, COUNTED)
    known = now.account.ledger.person(now.owner, pid)
    shown, older = timeline.page_of(now.account, pid, PAGE, request.args.get("before", None, type=int))
    judged = judge(row.sums, row.tally, now.now)
    weeks = weeks_of(now, [pid])[pid]
    shares = relevant(now.account.ledger, now.owner, pid, now.context.settings.data)
    return render_template(
        "person.html",
        page=now,
        pid=pid,
        row=row,
        name=shown_name(now, row),
        profile=known.profile if known else None,
        former=known.former if known else [],
        seen=(row.first_seen, row.last_seen),
        judged=judged,
        ring=svg.ring(judged.value, judged.confidence),
        reasons=_reasons(judged),
        bars=svg.spark(weeks),
        picture=picture(weeks),
        weeks=weeks,
        relation=relationship_of(acts, now.now, relevant=shares, seen_at=row.first_seen or None),
        about=now.account.notebook.about(pid, now.owner),
        colours={tag["name"]: tag["colour"] for tag in now.account.notebook.tags()},
        circles=Circles(now.account.notebook).by_hand(),
        mine=Circles(now.account.notebook).of(pid, now.owner),
        moments=moments_of(shown),
        older=older,
        touches=[(what, act_words(what, "both")) for what in OFF_X_KINDS],
        today=f"{datetime.fromtimestamp(now.now, UTC):%Y-%m-%d}",
    )


@blueprint.post("/touch")
def touch(pid: str) -> Response:
    """Write down contact off X."""
    now = page_context()
    row = _row(now, pid)
    what = needed("what")
    body: Document = {"what": what, "when": _when(now), "words": request.form.get("words", "").strip()}
    made = touches.add(now.account, pid, body, op=new_op(), at=now.now)
    told = f"{act_words(what, 'both')} with {shown_name(now, row)} is written down."
    take_back = lambda: touches.take_back(now.account, pid, str(made.item), op=new_op(), at=now.now)  # noqa: E731
    return done(now, now.link("person.person", pid), told, take_back)


@blueprint.post("/strike")
def delete(pid: str) -> Response:
    """Delete one interaction from the history."""
    now = page_context()
    way = needed("direction")
    key = (INBOUND if way == "both" else way, needed("kind"), needed("ref", 300))
    found = deletion.find(now.account, pid, key, request.form.get("at", 0, type=int))
    if found is None:
        raise UnknownError("This is not in the history any more. Load the page again.")
    item = touches.item_of(found.ref)
    told = next((one for one in _touches(now, pid) if one.get("item") == item), None) if item else None
    deletion.deletion(now.account, found, op=new_op(), now=now.now)
    act = act_words(found.kind, "both" if item else found.direction)
    return done(
        now, now.link("person.person", pid), f"Deleted: {act}, {wording.date(found.at)}.",
        lambda: _bring_back(now, found, told),
    )  # fmt: skip


@blueprint.post("/tags")
def tags(pid: str) -> Response:
    """Set the tags."""
    now = page_context()
    _row(now, pid)
    notebook = now.account.notebook
    before: list[Json] = list(notebook.about(pid, now.owner).tags)
    wanted: list[Json] = [part.strip() for part in request.form.get("tags", "").split(",") if part.strip()]
    notebook.write(new_op(), "tags", pid, {"tags": wanted}, LATEST, now.now, now.owner)
    return done(
        now, now.link("person.person", pid), "The tags are saved.",
        lambda: notebook.write(new_op(), "tags", pid, {"tags": before}, LATEST, now.now, now.owner),
    )  # fmt: skip


@blueprint.post("/circles")
def circles(pid: str) -> Response:
    """Set the circles a person is in."""
    now = page_context()
    _row(now, pid)
    kept = Circles(now.account.notebook)
    wanted = [kept.get(one).id for one in request.form.getlist("circle")]
    before = kept.put(pid, now.owner, wanted, op=new_op(), at=now.now)
    return done(
        now, now.link("person.person", pid), "The circles are saved.",
        lambda: kept.put(pid, now.owner, before, op=new_op(), at=now.now),
    )  # fmt: skip


def _row(now: PageContext, pid: str) -> BadgeRow:
    """Return what was seen of somebody; somebody only written about has an empty row."""
    found = now.account.ledger.badge(now.owner, pid)
    if found is None and now.account.notebook.knows(pid, now.owner):
        return BadgeRow(pid, pid.removeprefix("@"), None, None, None, None, *_NOTHING, 0, None, 0, 0)
    if found is None:
        raise UnknownError("Nobody with this address was seen by this account. Search for the name instead.")
    return found


_NOTHING = (Sums(), Tally())


def _reasons(judged: Judgement) -> list[str]:
    return [told for one in judged.reasons if (told := wording.reason(one)) is not None]


def _when(now: PageContext) -> int:
    """Return when a touch was: now for today, else the middle of that day (UTC)."""
    day = request.form.get("day", "")
    if not day:
        return now.now
    try:
        noon = int(datetime.fromisoformat(f"{day}T12:00:00+00:00").timestamp())
    except ValueError as error:
        raise BodyError("Give the day as year-month-day, such as 2026-03-09.", field="day") from error
    if noon > now.now + 86_400 or noon < 0:
        raise BodyError("A touch is written down once it happened; choose today or an earlier day.", field="day")
    return now.now if noon // 86_400 == now.now // 86_400 else min(noon, now.now)


def _touches(now: PageContext, pid: str) -> list[Document]:
    return now.account.notebook.about(pid, now.owner).others.get(touches.KIND, [])


def _bring_back(now: PageContext, found: InteractionRow, told: Document | None) -> None:
    if told is None:
        deletion.put_back(now.account, found, now.now)
        return
    body: Document = {name: told[name] for name in ("what", "when", "way", "words", "item") if name in told}
    touches.add(now.account, found.pid, body, op=new_op(), at=now.now)
