"""Name your followers: ten of them, one at a time; nothing of it is stored but the lines that the user writes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from companion.domain import limits
from companion.domain.dates import local_day
from companion.machine_zone import MACHINE
from companion.practice import quiz
from companion.store.documents import Document
from companion.store.ledger.queries import directory, samples, statistics
from companion.store.ledger.rows import BadgeRow
from companion.web import people_query
from companion.web.context import PageContext, done, new_op, page_context, required_field
from companion.web.person_rows import known_as

blueprint = Blueprint("quiz", __name__, url_prefix="/quiz")
PLACES, EACH, NOTED = 40, 3, 60
"""Places of the alphabet that followers are taken from, how many from each, and people with notes looked at."""
SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789_"
POSTS = 5


@dataclass(frozen=True, slots=True)
class Question:
    """One follower to name.

    Attributes:
        pid: their key.
        name: what they are called.
        handle: without @.
        bio: as X showed it.
        hints: (title, text) without their names.
        fits: whether what was typed names them, None where nothing was typed.
    """

    pid: str
    name: str
    handle: str
    bio: str
    hints: list[tuple[str, str]]
    fits: bool | None


@blueprint.get("")
def page_of_quiz() -> str:
    """Render the question at hand, the answer, or the end.

    The address carries whom it is about: a line that is written makes somebody known, which would choose others.
    """
    page = page_context()
    day = local_day(page.now, MACHINE).isoformat()
    asked = [pid for pid in request.args.get("who", "").split(",")[: quiz.QUESTIONS] if _was_seen(page, pid)]
    chosen = asked or page.figure(f"quiz {day}", lambda: _chosen(page, day))
    so_far = re.sub("[^yn]", "", request.args.get("so", ""))[: len(chosen)]
    over = len(so_far) == len(chosen) or len(chosen) < quiz.FEWEST
    guess, shown = request.args.get("guess", "").strip()[: limits.ALIAS], request.args.get("show") == "1"
    return render_template(
        "quiz.html",
        page=page,
        who=",".join(chosen),
        so_far=so_far,
        count=len(chosen),
        enough=len(chosen) >= quiz.FEWEST,
        question=None if over else _question(page, chosen[len(so_far)], guess),
        guess=guess,
        shown=shown or bool(guess),
        ends=[(pid, known_as(page, pid), sign == "y") for pid, sign in zip(chosen, so_far, strict=False)]
        if over
        else [],
        knew=so_far.count("y"),
    )


@blueprint.post("/line")
def line() -> Response:
    """Add a line to a follower's note and go on."""
    page = page_context()
    pid, words = required_field("pid"), required_field("words", limits.FACT)
    so_far, who = request.form.get("so", ""), request.form.get("who", "")
    notebook = page.account.notebook
    stored = notebook.about(pid, page.owner)
    before: Document = {"text": stored.note.text if stored.note else ""}
    text: Document = {"text": f"{before['text']}\n{words}".strip()}
    saved = notebook.write(new_op(), "note", pid, text, stored.note_rev or None, page.now, page.owner)
    return done(
        page, page.link("quiz.page_of_quiz", who=who, so=so_far), f"The line on {known_as(page, pid)} is saved.",
        lambda: notebook.write(new_op(), "note", pid, before, saved.rev, page.now, page.owner),
    )  # fmt: skip


def _chosen(page: PageContext, day: str) -> list[str]:
    """Return whom to ask about on a day; nobody whom the user decided against."""
    dice = Random(f"{page.owner} {day}")
    noted = sorted(people_query.noted(page))
    rows = directory.by_pids(page.account.ledger, page.owner, dice.sample(noted, min(NOTED, len(noted))))
    close = statistics.steady(page.account.ledger, page.owner, page.now, NOTED)
    known = {row.pid for row in (*rows.values(), *close) if row.follows_me and row.handle}
    places = sorted("".join(dice.choices(SIGNS, k=2)) for _ in range(PLACES))
    others = samples.followers_from(page.account.ledger, page.owner, ["", *places], EACH)
    talked = {row.pid for row in others if _both_wrote(row)}
    found = {row.pid for row in others} - known - talked
    fits = lambda pid: page.account.notebook.summary(pid, page.owner).marks.get("decision") != "no"  # noqa: E731
    return quiz.choose(filter(fits, known | talked), filter(fits, found), f"{page.owner} {day}")


def _was_seen(page: PageContext, pid: str) -> bool:
    return bool(pid) and page.account.ledger.badge(page.owner, pid) is not None


def _both_wrote(row: BadgeRow) -> bool:
    return row.tally.days_in > 0 and row.tally.days_out > 0


def _question(page: PageContext, pid: str, guess: str) -> Question:
    seen, about = page.account.ledger.person(page.owner, pid), page.account.notebook.about(pid, page.owner)
    profile = seen.profile if seen else None
    handle, name = (profile.handle or "", profile.name or "") if profile else ("", "")
    names = [text for text in (about.alias or "", name, handle) if text]
    posts = page.account.ledger.posts_of(page.owner, pid, POSTS)
    said = next((post.text for post in posts if post.text and post.repost_of is None), "") or ""
    note = about.note.text if about.note else ""
    hints = [("What they last said", quiz.hint(said, names)), ("Your note", quiz.hint(note, names))]
    return Question(
        pid, known_as(page, pid), handle, quiz.hint((profile.bio or "") if profile else "", names),
        [(title, text) for title, text in hints if text], quiz.names_them(guess, names) if guess else None,
    )  # fmt: skip
