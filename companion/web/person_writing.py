"""What the user writes on a person's page: the note, an own name, next steps, how often to be in touch, outcomes."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response

from companion.api.endpoint import reply
from companion.domain import limits
from companion.domain.dates import local_day
from companion.errors import BodyError, ConflictError, UnknownError
from companion.machine_zone import MACHINE
from companion.practice import reminders
from companion.store.documents import Document
from companion.web import wording
from companion.web.context import PageContext, came_from, new_op, page_context, required_field
from companion.web.context import done as reported
from companion.web.person import row_of
from companion.web.person_documents import add_item, item_of, put_item, put_single, remove_item

blueprint = Blueprint("writing", __name__, url_prefix="/person/<pid>")
REST = timedelta(days=7)
"""For how long something is put off where the form says nothing else."""
REMOVABLE = frozenset({"outcome", "step", "channel", "suited", "favour", "referral", "vouch", "asking"})


@blueprint.post("/note")
def note(pid: str) -> Response:
    """Save the note; where another text was stored meanwhile, show both."""
    page = page_context()
    row_of(page, pid)
    text, base = request.form.get("text", ""), request.form.get("base", 0, type=int)
    before = page.account.notebook.about(pid, page.owner).note
    try:
        stored = page.account.notebook.write(new_op(), "note", pid, {"text": text}, base or None, page.now, page.owner)
    except ConflictError as error:
        return reply(error.wire(), error.status) if _from_script() else _both(pid, text, error)
    if _from_script():
        page.state.figures.clear()
        return reply({"rev": stored.rev})
    old: Document = {"text": before.text if before else ""}
    return reported(
        page, page.link("person.person", pid), "The note is saved.",
        lambda: page.account.notebook.write(new_op(), "note", pid, old, stored.rev, page.now, page.owner),
    )  # fmt: skip


@blueprint.post("/name")
def name(pid: str) -> Response:
    """Set the user's own name for a person; an empty one takes it away."""
    alias: Document = {"alias": request.form.get("alias", "")}
    return put_single(pid, "alias", alias, {"alias": ""}, "The name is saved.")


@blueprint.post("/cadence")
def cadence(pid: str) -> Response:
    """Set how often to be in touch."""
    body: Document = {"every": request.form.get("every", ""), "since": _today(page_context()).isoformat()}
    return put_single(pid, reminders.CADENCE, body, {"every": ""}, "The rhythm is saved.")


@blueprint.post("/rest")
def rest(pid: str) -> Response:
    """Put contact off: its rhythm is the person's own, or that of a circle or tag."""
    page = page_context()
    stored = next(iter(page.account.notebook.about(pid, page.owner).others.get(reminders.CADENCE, [])), None)
    if reminders.for_person(page.account, pid, MACHINE)[1] is None:
        raise UnknownError("No rhythm is set any more. Load the page again.")
    until = _until(page)
    days: Document = {"later": until.isoformat(), "said": _today(page).isoformat()}
    body = {"every": "", **(reminders.fields(stored) if stored else {}), **days}
    return put_single(pid, reminders.CADENCE, body, {"every": ""}, f"Left until {wording.day(until.isoformat())}.")


@blueprint.post("/step")
def step(pid: str) -> Response:
    """Add a next step."""
    body: Document = {"words": required_field("words", limits.STEP)}
    for field in ("day", "every"):
        body[field] = request.form.get(field, "").strip()
    return add_item(pid, reminders.STEP, {**body, "start": body["day"]}, "The step is written down.")


@blueprint.post("/done")
def done(pid: str) -> Response:
    """Mark a step as done: it is over, or moves to its next day."""
    page = page_context()
    return _change(page, pid, lambda stored: reminders.done(stored, _today(page)), "Done.")


@blueprint.post("/later")
def later(pid: str) -> Response:
    """Put one occurrence of a step off: until tomorrow, for a week, or until a day."""
    page = page_context()
    until = _until(page)
    told = f"Left until {wording.day(until.isoformat())}."
    return _change(page, pid, lambda stored: reminders.put_off(stored, until), told)


@blueprint.post("/edit")
def edit(pid: str) -> Response:
    """Change the words, day or repetition of a step; that ends a "later"."""
    page = page_context()
    body: Document = {"words": required_field("words", limits.STEP)}
    for field in ("day", "every"):
        body[field] = request.form.get(field, "").strip()
    return _change(page, pid, lambda stored: {**body, "start": body["day"]}, "The step is changed.")


@blueprint.post("/outcome")
def outcome(pid: str) -> Response:
    """Add something that came of knowing a person."""
    body: Document = {field: request.form.get(field, "").strip() for field in ("what", "day", "words", "worth")}
    return add_item(pid, "outcome", body, "The outcome is written down.")


@blueprint.post("/remove")
def remove(pid: str) -> Response:
    """Remove a step, an outcome or a fact."""
    kind = required_field("kind")
    if kind not in REMOVABLE:
        raise BodyError("This is not removed here.", field="kind")
    return remove_item(pid, kind)


def _from_script() -> bool:
    """Return whether the page's script saves while the user writes, and wants the new revision, not a page."""
    return request.accept_mimetypes.best == "application/json"


def _today(page: PageContext) -> date:
    return local_day(page.now, MACHINE)


def _until(page: PageContext) -> date:
    """Return the day that the form puts something off to: a number of days from today, or a day to come."""
    text, today = request.form.get("until", ""), _today(page)
    if not text:
        return today + REST
    try:
        until = today + timedelta(days=int(text)) if text.isdecimal() and len(text) < 4 else date.fromisoformat(text)
    except ValueError as error:
        raise BodyError("Give the day as year-month-day, such as 2026-03-09.", field="until") from error
    if until <= today:
        raise BodyError("Choose a day to come.", field="until")
    return until


def _both(pid: str, mine: str, error: ConflictError) -> Response:
    stored = error.details["stored"]
    told = stored if isinstance(stored, dict) else {}
    text = render_template("conflict.html", pid=pid, mine=mine, stored=told.get("text", ""), rev=told.get("rev", 0))
    return make_response(text, error.status)


def _change(page: PageContext, pid: str, change: reminders.Change, words: str) -> Response:
    item, stored = item_of(page, pid, reminders.STEP)
    put_item(page, pid, reminders.STEP, item, change(stored))
    return reported(page, came_from(page, pid), words, lambda: put_item(page, pid, reminders.STEP, item, stored))
