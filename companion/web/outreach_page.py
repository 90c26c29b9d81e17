"""The pages of outreach and goals: what came of first words, and the board of each goal."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from companion.domain.dates import DAY
from companion.errors import UnknownError
from companion.practice import goals, outreach
from companion.practice.goals import Goal
from companion.reciprocity.mirror import Acts
from companion.store.ledger.queries import directory, own_practice
from companion.store.ledger.rows import BadgeRow
from companion.vetting.word_lists import found_words
from companion.web import people_query
from companion.web.context import PageContext, done, page_context, required_field
from companion.web.person_rows import known_as, shown_name

blueprint = Blueprint("outreach", __name__, url_prefix="/outreach")
BACK, SHOWN, BOARD = 90 * DAY, 30, 100
"""Seconds of outreach that are shown, rows of a list, and people of one board."""


@blueprint.get("")
def page_of_outreach() -> str:
    """Render what came of first words."""
    page = page_context()
    acts: Acts = page.figure(
        "outreach", lambda: own_practice.acts_since(page.account.ledger, page.owner, page.now - BACK)
    )
    seen_since = page.account.ledger.coverage(page.owner)
    begun = outreach.first_words(acts, page.now, seen_since)
    thankers, rate = outreach.thankers_answer(acts, page.now, seen_since)
    return render_template(
        "outreach.html",
        page=page,
        begun=[(one, known_as(page, one.pid)) for one in begun[:SHOWN]],
        more=max(0, len(begun) - SHOWN),
        rate=outreach.rate_of(begun),
        thankers=thankers,
        thankers_rate=rate,
        seen_since=seen_since,
    )


@blueprint.get("/goals")
def board() -> str:
    """Render the goals and the board of the chosen one."""
    page = page_context()
    named = goals.all_goals(page.account.notebook)
    chosen = next((one for one in named if one.tag == request.args.get("goal")), next(iter(named), None))
    return render_template(
        "goals.html", page=page, goals=named, chosen=chosen, columns=_columns(page, chosen) if chosen else []
    )


@blueprint.post("/goal")
def save_goal() -> Response:
    """Set a goal."""
    page, tag = page_context(), required_field("tag")
    notebook = page.account.notebook
    before = goals.save(notebook, tag, request.form.get("topics", ""))
    return done(
        page, page.link("outreach.board", goal=" ".join(tag.split())), "The goal is saved.",
        lambda: goals.save(notebook, before.tag, ", ".join(before.topics)) if before else goals.drop(notebook, tag),
    )  # fmt: skip


@blueprint.post("/goal/drop")
def drop_goal() -> Response:
    """Drop a goal; its people keep the tag."""
    page = page_context()
    dropped = goals.drop(page.account.notebook, required_field("tag"))
    if dropped is None:
        raise UnknownError("This goal is not there any more. Load the page again.")
    back, topics = page.link("outreach.board"), ", ".join(dropped.topics)
    return done(page, back, "The goal is dropped.", lambda: goals.save(page.account.notebook, dropped.tag, topics))


def _columns(page: PageContext, goal: Goal) -> list[tuple[str, list[tuple[BadgeRow, str, list[str]]]]]:
    """Return (title, people) of the board: to begin with, begun, talked, each with the goal's topics in their bio."""
    pids = people_query.tagged(page, goal.tag)[:BOARD]
    rows = directory.by_pids(page.account.ledger, page.owner, pids)
    titles = ("Nothing said yet", "You wrote", "They wrote", "You talk")
    found: dict[str, list[tuple[BadgeRow, str, list[str]]]] = {title: [] for title in titles}
    for row in sorted(rows.values(), key=lambda row: -(row.contact_at or 0)):
        you, they = row.tally.days_out > 0, row.tally.days_in > 0
        found[titles[you + 2 * they]].append((row, shown_name(page, row), _shared(page, row.pid, goal)))
    return list(found.items())


def _shared(page: PageContext, pid: str, goal: Goal) -> list[str]:
    seen = page.account.ledger.person(page.owner, pid)
    return list(found_words((seen.profile.bio or "") if seen else "", list(goal.topics)))
