"""The import page for other tools' notes: preview of a file, import as one step, undo."""

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
from companion.web.context import PageContext, done, page_context, required_field, with_parameter
from companion.web.imports import wording as import_wording
from companion.web.imports.uploads import PART_BYTES
from companion.web.language import spoken_error, words_of

EXTENSION = "mutuals.notes"
SHOWN = 200
"""Most people listed in a preview; those with a change come first."""
MOST_KEPT = 3
KEPT_SECONDS = 3600

blueprint = Blueprint("notes", __name__, url_prefix="/import/notes")
calls = Blueprint("calls", __name__)
"""Calls of the page's script; all responses are JSON, errors too."""


@dataclass(frozen=True, slots=True)
class PreviewedFile:
    """A parsed file that waits for the user to confirm its import."""

    name: str
    parsed: Parsed
    ends: int


@dataclass(slots=True)
class PreviewedFiles:
    """The waiting files, in memory only; a further one replaces the oldest."""

    _lock: Lock = field(default_factory=Lock)
    _files: dict[str, PreviewedFile] = field(default_factory=dict)

    def add(self, file: PreviewedFile) -> str:
        """Store a file and return its token."""
        token = secrets.token_urlsafe(9)
        with self._lock:
            latest = list(self._files.items())[1 - MOST_KEPT :]
            self._files = {**dict(latest), token: file}
        return token

    def get(self, token: str, now: int) -> PreviewedFile:
        """Return the file of a token. Raises `UnknownError` if it is unknown or expired."""
        file = self._files.get(token)
        if file is None or file.ends < now:
            raise UnknownError("This file was looked at too long ago. Choose it again.")
        return file


class PreviewResponse(msgspec.Struct):
    """The address of the page that previews the file."""

    address: str


@blueprint.get("")
def page() -> str:
    """Render the preview of a file, or the form that asks for one."""
    page, token = page_context(), request.args.get("look", "")
    file = _previewed_files().get(token, page.now) if token else None
    merged = _importing(page).preview(file.parsed) if file else None
    run = latest_run(page.account.notebook)
    return render_template(
        "notes.html", page=page, look=file, token=token, known=KNOWN, part=PART_BYTES,
        script_words=words_of(import_wording.NOTES_SCRIPT),
        counts=_counts(merged) if merged else {},
        people=import_wording.outcomes(merged.people)[:SHOWN] if merged else [],
        problems=merged.problems[:50] if merged else [], total=len(merged.people) if merged else 0,
        latest={"name": run["name"], "tool": run["tool"], "date": wording.date(int(str(run["at"])))} if run else None,
    )  # fmt: skip


@calls.post("/look")
def look_at() -> Response:
    """Parse a file, which is the body, for the preview."""
    page = page_context()
    data = request.get_data(cache=False)
    if len(data) > PART_BYTES:
        raise BodyError("This file is larger than 4 MB. Take it in with `mutuals import notes FILE`.", field="body")
    name = request.args.get("name", "")[:200] or "notes"
    token = _previewed_files().add(PreviewedFile(name, parse(data, name), page.now + KEPT_SECONDS))
    return reply(PreviewResponse(page.link("notes.page", look=token)))


@blueprint.post("/take")
def take() -> Answer:
    """Import the previewed file."""
    page = page_context()
    file = _previewed_files().get(required_field("look"), page.now)
    merged = _importing(page).merge(file.parsed, file.name)
    back = page.link("notes.page")
    if merged.run is None:
        return redirect(back, 303)
    count = merged.count(NEW) + merged.count(CONFLICT)
    message = f"Took in notes about {count:,} {'person' if count == 1 else 'people'} from {file.name}."
    notebook, run = page.account.notebook, merged.run
    return done(page, back, message, lambda: undo(notebook, page.now, page.owner, run))


@blueprint.post("/back")
def take_back() -> Answer:
    """Undo the latest import, however long ago it was."""
    page = page_context()
    undo(page.account.notebook, page.now, page.owner)
    page.state.figures.clear()
    return redirect(with_parameter(page.link("notes.page"), "said=undone"), 303)


@calls.errorhandler(MutualsError)
def _wrong(error: MutualsError) -> Response:
    return reply(spoken_error(error), error.status)


blueprint.register_blueprint(calls)


def _importing(page: PageContext) -> NotesImport:
    account = page.account
    return NotesImport(account.notebook, account.ledger, page.context.settings, page.now, account.owner)


def _previewed_files() -> PreviewedFiles:
    files: PreviewedFiles = current_app.extensions.setdefault(EXTENSION, PreviewedFiles())
    return files


def _counts(merged: Merged) -> dict[str, int]:
    return {outcome: merged.count(outcome) for outcome in (NEW, SAME, CONFLICT, SKIPPED)}
