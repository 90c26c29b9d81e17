"""The page for other tools' notes: a file is looked at first, then taken in as one step that can be taken back."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from threading import Lock

import msgspec
from flask import Blueprint, Response, current_app, redirect, render_template, request
from werkzeug.wrappers import Response as Answer

from companion.api.endpoint import reply
from companion.errors import BodyError, MutualsError, UnknownError
from companion.sources.other_tools.merging import CONFLICT, NEW, SAME, SKIPPED, Merged, NotesImport
from companion.sources.other_tools.notes import Parsed
from companion.sources.other_tools.parse import KNOWN, parse
from companion.sources.other_tools.undo import latest_run, undo
from companion.web import wording
from companion.web.context import PageContext, done, needed, page_context, with_parameter
from companion.web.imports import wording as import_wording
from companion.web.imports.uploads import PART_BYTES

LOOKS = "mutuals.notes"
SHOWN = 200
"""People listed of a file; those of whom something would change come first."""
MOST_KEPT = 3
KEPT_SECONDS = 3600

blueprint = Blueprint("notes", __name__, url_prefix="/import/notes")
calls = Blueprint("calls", __name__)
"""What the page's script asks; it answers in JSON, errors too."""


@dataclass(frozen=True, slots=True)
class Look:
    """A file that was looked at and waits for the user's word."""

    name: str
    parsed: Parsed
    ends: int


@dataclass(slots=True)
class Looks:
    """The files that wait, in memory alone; the oldest goes first."""

    _lock: Lock = field(default_factory=Lock)
    _kept: dict[str, Look] = field(default_factory=dict)

    def keep(self, look: Look) -> str:
        """Keep a file and return the token it is found by."""
        token = secrets.token_urlsafe(9)
        with self._lock:
            latest = list(self._kept.items())[1 - MOST_KEPT :]
            self._kept = {**dict(latest), token: look}
        return token

    def get(self, token: str, now: int) -> Look:
        """Return a file; ``UnknownError`` if it waits no more."""
        look = self._kept.get(token)
        if look is None or look.ends < now:
            raise UnknownError("This file was looked at too long ago. Choose it again.")
        return look


class Looked(msgspec.Struct):
    """Where the page is that shows what a file holds."""

    address: str


@blueprint.get("")
def page() -> str:
    """Show what a file would bring if one was looked at, else ask for one."""
    now, token = page_context(), request.args.get("look", "")
    look = _looks().get(token, now.now) if token else None
    merged = _importing(now).preview(look.parsed) if look else None
    run = latest_run(now.account.notebook)
    return render_template(
        "notes.html", page=now, look=look, token=token, known=KNOWN, part=PART_BYTES,
        counts=_counts(merged) if merged else {},
        people=import_wording.outcomes(merged.people)[:SHOWN] if merged else [],
        problems=merged.problems[:50] if merged else [], total=len(merged.people) if merged else 0,
        latest={"name": run["name"], "tool": run["tool"], "date": wording.date(int(str(run["at"])))} if run else None,
    )  # fmt: skip


@calls.post("/look")
def look_at() -> Response:
    """Look at a file, which is the body."""
    now = page_context()
    data = request.get_data(cache=False)
    if len(data) > PART_BYTES:
        raise BodyError("This file is larger than 4 MB. Take it in with `mutuals import notes FILE`.", field="body")
    name = request.args.get("name", "")[:200] or "notes"
    token = _looks().keep(Look(name, parse(data, name), now.now + KEPT_SECONDS))
    return reply(Looked(now.link("notes.page", look=token)))


@blueprint.post("/take")
def take() -> Answer:
    """Take in what was looked at."""
    now = page_context()
    look = _looks().get(needed("look"), now.now)
    merged = _importing(now).merge(look.parsed, look.name)
    back = now.link("notes.page")
    if merged.run is None:
        return redirect(back, 303)
    count = merged.count(NEW) + merged.count(CONFLICT)
    told = f"Took in notes about {count:,} {'person' if count == 1 else 'people'} from {look.name}."
    notebook, run = now.account.notebook, merged.run
    return done(now, back, told, lambda: undo(notebook, now.now, now.owner, run))


@blueprint.post("/back")
def take_back() -> Answer:
    """Take the latest import back, however long ago it was."""
    now = page_context()
    undo(now.account.notebook, now.now, now.owner)
    now.state.kept.clear()
    return redirect(with_parameter(now.link("notes.page"), "said=undone"), 303)


@calls.errorhandler(MutualsError)
def _wrong(error: MutualsError) -> Response:
    return reply(error.wire(), error.status)


blueprint.register_blueprint(calls)


def _importing(now: PageContext) -> NotesImport:
    account = now.account
    return NotesImport(account.notebook, account.ledger, now.context.settings, now.now, account.owner)


def _looks() -> Looks:
    found: Looks = current_app.extensions.setdefault(LOOKS, Looks())
    return found


def _counts(merged: Merged) -> dict[str, int]:
    return {outcome: merged.count(outcome) for outcome in (NEW, SAME, CONFLICT, SKIPPED)}
