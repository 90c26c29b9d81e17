"""The page that goes through a list one person at a time, by keys."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from companion.domain.dates import local_day
from companion.domain.decisions import REASONS
from companion.domain.handles import profile_address
from companion.machine_zone import MACHINE, machine_day
from companion.practice import triage
from companion.practice.circles import Circles
from companion.reciprocity.judgement import judge
from companion.store.documents import Document
from companion.store.ledger.queries.directory import by_pids
from companion.store.notebook.kinds.sorted import CHOICES, SNOOZED
from companion.web import svg, wording
from companion.web.context import PageContext, new_op, page_context, required_field, with_parameter
from companion.web.person_rows import shown_name

blueprint = Blueprint("triage", __name__, url_prefix="/triage")
SAID = {
    "promote": "is in {up} now",
    "keep": "stays",
    "drop": "is dropped from the list",
    "snooze": "comes back in {days} days",
}
OFFERED = tuple(name for name, told in REASONS.items() if told)
"""Reasons for dropping, in the order of the keys 1 to 8."""


@blueprint.get("")
def triage_page() -> str:
    """Render the next person of a list."""
    page = page_context()
    circle_id = request.args.get("list", "favorited")
    pile = triage.pile_of(page.account, circle_id, local_day(page.now, MACHINE))
    return render_template(
        "triage.html",
        page=page,
        pile=pile,
        one=_card(page, pile.waiting[0]) if pile.waiting else None,
        reasons=[(name, REASONS[name]) for name in OFFERED],
        days=triage.SNOOZE_DAYS,
        lists=[circle for circle in Circles(page.account.notebook).all() if circle.id != circle_id],
    )


@blueprint.post("")
def decide() -> Response:
    """Carry out one decision; the undo leads back to this person, and offers the undo before it."""
    page = page_context()
    circle_id, pid, what = required_field("list"), required_field("pid"), required_field("what")
    decision: Document = {"what": what, "reason": request.form.get("reason", "")}
    if what == SNOOZED:
        decision["until"] = (local_day(page.now, MACHINE) + timedelta(days=triage.SNOOZE_DAYS)).isoformat()
    before = triage.decide(page.account, pid, circle_id, decision, ops=(new_op(), new_op()), at=page.now)
    pile = triage.pile_of(page.account, circle_id, local_day(page.now, MACHINE))
    told = SAID[what].format(up=pile.up.name if pile.up else "", days=triage.SNOOZE_DAYS) if what in CHOICES else ""
    row = page.account.ledger.badge(page.owner, pid)
    here, earlier = page.link("triage.triage_page", list=circle_id), request.form.get("earlier", "")
    back = with_parameter(here, f"undo={earlier}") if earlier.replace("-", "").replace("_", "").isalnum() else here
    words = f"{shown_name(page, row) if row else pid} {told}."
    take_back = lambda: triage.take_back(  # noqa: E731
        page.account, pid, circle_id, before, ops=(new_op(), new_op()), at=page.now
    )
    page.state.figures.clear()
    return redirect(with_parameter(here, f"undo={page.state.undos.offer(words, take_back, back, page.now)}"), 303)


def _card(page: PageContext, pid: str) -> dict[str, object]:
    row = by_pids(page.account.ledger, page.owner, [pid]).get(pid)
    known = page.account.ledger.person(page.owner, pid)
    about = page.account.notebook.about(pid, page.owner)
    judged = judge(row.sums, row.tally, page.now, day_of=machine_day) if row else None
    names = {circle.id: circle.name for circle in Circles(page.account.notebook).all()}
    return {
        "pid": pid,
        "name": shown_name(page, row) if row else about.alias or pid,
        "handle": row.handle if row else None,
        "address": profile_address(pid, row.handle if row else None),
        "state": wording.state(judged) if judged else "not seen by this account",
        "ring": svg.ring(judged.value, judged.confidence) if judged else None,
        "bio": known.profile.bio if known else "",
        "last": wording.since_spoken(row.contact_at, page.now) if row else "",
        "note": about.note.text if about.note else "",
        "tags": about.tags,
        "circles": [names[each] for each in Circles(page.account.notebook).of(pid, page.owner) if each in names],
        "posts": [post.text for post in page.account.ledger.posts_of(page.owner, pid, 3) if post.text][:2],
    }
