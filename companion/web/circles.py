"""The circles page: the members of each circle, and whom to review when one is full."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from companion.errors import BodyError
from companion.machine_zone import machine_day
from companion.practice import triage
from companion.practice.circles import FIRST, Circle, Circles
from companion.reciprocity.judgement import judge
from companion.store.ledger.queries import directory, statistics
from companion.store.ledger.rows import BadgeRow
from companion.web import wording
from companion.web.context import PageContext, done, new_op, page_context, required_field
from companion.web.person_rows import shown_name

blueprint = Blueprint("circles", __name__, url_prefix="/circles")
FILLED = 15
"""Members shown of an automatic circle, the latest first; the table of people has all."""
MEMBERS = 200
WATCHLIST, SMALLEST = "watchlist", "say-things"
RISING = 60
"""The score (close) from which somebody in The Watchlist is suggested for People Who Say Things."""
FIRST_IDS = frozenset(circle.id for circle in FIRST)
PROMOTED = 35
"""The score (warm) from which a member of an automatic circle is suggested for The Watchlist."""


@dataclass(frozen=True, slots=True)
class Member:
    """One person in a circle."""

    pid: str
    name: str
    handle: str
    score: int | None
    state: str
    last: str
    times: int = 0
    elsewhere: tuple[str, ...] = ()
    """Names of the manual circles that they are in."""
    elsewhere_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CircleSection:
    """One circle with its members; ``weakest`` are listed for review when it is full."""

    circle: Circle
    size: int
    state: str
    members: list[Member]
    weakest: list[Member]
    rising: list[Member] = field(default_factory=list)
    """Members who could go on to the smallest circle; the user decides."""
    own: bool = False


@blueprint.get("")
def circles() -> str:
    """Render all circles."""
    page = page_context()
    store = Circles(page.account.notebook)
    filled = store.members(page.owner)
    return render_template(
        "circles.html",
        page=page,
        by_hand=[_by_hand(page, circle, filled[circle.id]) for circle in store.by_hand()],
        by_itself=[_by_itself(page, circle) for circle in store.all() if circle.fills_itself],
        first=store.by_hand()[0],
        promoted=PROMOTED,
        smallest=store.get(SMALLEST).name,
    )


@blueprint.post("")
def define() -> Response:
    """Create a circle, or change the name or size of one."""
    page = page_context()
    store = Circles(page.account.notebook)
    circle_id, size = request.form.get("circle") or None, request.form.get("cap", "").strip()
    if size and not (size.isascii() and size.isdigit()):
        raise BodyError("The size is a number of people; leave it empty for none.", field="cap")
    before = store.get(circle_id) if circle_id else None
    made = store.define(circle_id, required_field("name", 40), int(size) if size else None)
    take_back = lambda: store.define(before.id, before.name, before.cap) if before else store.drop(made.id)  # noqa: E731
    message = f"{made.name} is {'changed' if before else 'a new circle'}."
    return done(page, page.link("circles.circles"), message, take_back)


@blueprint.post("/delete")
def delete() -> Response:
    """Delete a circle of the user's own."""
    page = page_context()
    store = Circles(page.account.notebook)
    circle = store.drop(required_field("circle"))
    message = f"{circle.name} is deleted. Nobody in it is."
    return done(page, page.link("circles.circles"), message, lambda: store.bring_back(circle))


@blueprint.post("/members")
def move() -> Response:
    """Add a person to a circle, or remove them."""
    page = page_context()
    store = Circles(page.account.notebook)
    circle, pid = store.get(required_field("circle")), required_field("pid")
    if circle.fills_itself:
        raise BodyError("This circle fills itself. Choose one of your own.", field="circle")
    before = store.of(pid, page.owner)
    into = request.form.get("do") != "remove"
    wanted = [*before, circle.id] if into else [other for other in before if other != circle.id]
    store.put(pid, page.owner, wanted, op=new_op(), at=page.now)
    row = page.account.ledger.badge(page.owner, pid)
    message = f"{shown_name(page, row) if row else pid} is {'now in' if into else 'no longer in'} {circle.name}."
    size = len(store.members(page.owner)[circle.id])
    if into and circle.state(size) != "room":
        message += f" It is meant for {circle.cap} and has {size}: see who could be looked at again."
    return done(
        page,
        page.link("circles.circles"),
        message,
        lambda: store.put(pid, page.owner, before, op=new_op(), at=page.now),
    )


def _by_hand(page: PageContext, circle: Circle, pids: list[str]) -> CircleSection:
    members = _members(page, dict.fromkeys(pids, 0))
    members.sort(key=lambda member: (member.name.casefold(), member.pid))
    state = circle.state(len(pids))
    weakest = sorted(members, key=lambda member: (member.score if member.score is not None else -1, member.name))
    rising = [one for one in reversed(weakest) if (one.score or 0) >= RISING and SMALLEST not in one.elsewhere_ids]
    return CircleSection(
        circle, len(pids), state, members[:MEMBERS], weakest[:5] if state != "room" else [],
        rising[:3] if circle.id == WATCHLIST else [], circle.id not in FIRST_IDS,
    )  # fmt: skip


def _by_itself(page: PageContext, circle: Circle) -> CircleSection:
    assert circle.fills_itself is not None
    gone = triage.dropped(page.account, circle.id)
    found = statistics.filled(page.account.ledger, page.owner, *circle.fills_itself, FILLED + len(gone))
    filled = [row for row in found if row.pid not in gone][:FILLED]
    return CircleSection(circle, len(filled), "room", _members(page, {row.pid: row.times for row in filled}), [])


def _members(page: PageContext, times: Mapping[str, int]) -> list[Member]:
    """Return these people as members, each with the count that put them into an automatic circle."""
    store = Circles(page.account.notebook)
    names = {circle.id: circle.name for circle in store.by_hand()}
    rows = directory.by_pids(page.account.ledger, page.owner, list(times))
    return [
        _member(page, rows.get(pid), Member(
            pid, pid, pid.removeprefix("@"), None, "not seen by this account", "–", count,
            tuple(names[circle_id] for circle_id in store.of(pid, page.owner) if circle_id in names),
            tuple(store.of(pid, page.owner)),
        ))
        for pid, count in times.items()
    ]  # fmt: skip


def _member(page: PageContext, row: BadgeRow | None, known: Member) -> Member:
    if row is None:
        return known
    judged = judge(row.sums, row.tally, page.now, day_of=machine_day)
    last = max((at for at in (row.tally.last_in, row.tally.last_out) if at is not None), default=None)
    return replace(
        known, name=shown_name(page, row), handle=row.handle or "", score=judged.value, state=wording.state(judged),
        last=wording.since(last, page.now),
    )  # fmt: skip
