"""The page of reminders: what comes when, rhythms of circles and tags, the calendar as a file and as a feed."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, current_app, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from companion.access.calendar_feed import PATH, CalendarFeed
from companion.access.gate import Gate
from companion.domain.dates import local_day
from companion.machine_zone import MACHINE
from companion.practice import reminders as practice
from companion.practice import rhythms
from companion.practice.circles import Circles
from companion.web.context import PageContext, done, page_context, required_field
from companion.web.language import say
from companion.web.person_rows import shown_name
from companion.web.reminder_events import calendar_of

blueprint = Blueprint("reminders", __name__, url_prefix="/reminders")
SHOWN = 100
"""Reminders on the page; the calendar has all of them."""


@blueprint.get("")
def reminders() -> str:
    """Render the page."""
    page = page_context()
    found = practice.everybody(page.account, MACHINE)
    notebook = page.account.notebook
    every = {one.whom: one for one in rhythms.all_rhythms(notebook)}
    return render_template(
        "reminders.html",
        page=page,
        today=local_day(page.now, MACHINE),
        soon=local_day(page.now, MACHINE) + timedelta(days=7),
        found=[(one, _name(page, one.pid)) for one in found[:SHOWN]],
        more=max(0, len(found) - SHOWN),
        circles=[(circle, every.get(f"circle:{circle.id}")) for circle in Circles(notebook).by_hand()],
        tags=[one for one in every.values() if one.kind == rhythms.TAG],
        offered=[tag["name"] for tag in notebook.tags()[:50]],
        feed=_address(page),
    )


@blueprint.post("/rhythm")
def rhythm() -> AnyResponse:
    """Set how often to be in touch with everybody in a circle or with a tag."""
    page = page_context()
    kind, group, every = required_field("kind"), required_field("group"), request.form.get("every", "")
    day, notebook = local_day(page.now, MACHINE), page.account.notebook
    before = rhythms.set_rhythm(notebook, kind, group, every, day)
    take_back = lambda: rhythms.set_rhythm(notebook, kind, group, before, day)  # noqa: E731
    return done(page, page.link("reminders.reminders"), "The rhythm is saved.", take_back)


@blueprint.get("/file")
def file() -> Response:
    """Return the calendar as a file."""
    heads = {"Content-Disposition": 'attachment; filename="mutuals.ics"'}
    page = page_context()
    return Response(
        calendar_of(page.account, page.now, say), content_type="text/calendar; charset=utf-8", headers=heads
    )


@blueprint.post("/feed")
def feed() -> AnyResponse:
    """Make a new address for the feed, or take it back."""
    page = page_context()
    if request.form.get("do") == "revoke":
        _feed().revoke()
        return redirect(page.link("reminders.reminders"), 303)
    _feed().make()
    return done(page, page.link("reminders.reminders"), "The calendar has an address.", _feed().revoke)


def _feed() -> CalendarFeed:
    gate: Gate = current_app.extensions["mutuals.gate"]
    return gate.calendar


def _address(page: PageContext) -> str:
    secret = _feed().secret()
    return f"http://127.0.0.1:{page.context.settings.port}{PATH}{secret}/mutuals.ics" if secret else ""


def _name(page: PageContext, pid: str) -> str:
    row = page.account.ledger.badge(page.owner, pid)
    return shown_name(page, row) if row else page.account.notebook.summary(pid, page.owner).alias or pid
