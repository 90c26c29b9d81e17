"""The import page and its JSON calls: upload of an X archive in pieces, progress, and the counts at the end."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from flask import Blueprint, Flask, Response, current_app, redirect, render_template, request
from werkzeug.wrappers import Response as Answer

from companion.api.endpoint import reply
from companion.errors import BodyError, MutualsError
from companion.settings import Settings
from companion.sources.archive.zip_file import NEEDED
from companion.stores import Stores
from companion.web.context import STATE, DashboardState, page_context, required_field, with_parameter
from companion.web.imports import wording
from companion.web.imports.job import Importer, ImportStatus
from companion.web.imports.uploads import PART_BYTES
from companion.web.language import say, spoken_error, words_of

IMPORTER = "mutuals.importer"
blueprint = Blueprint("importing", __name__, url_prefix="/import")
calls = Blueprint("calls", __name__)
"""Calls of the page's script; all responses are JSON, errors too."""


class ImportState(msgspec.Struct):
    """The progress of the import.

    Attributes:
        phase: see `companion.web.imports.job`.
        have: bytes of the file received, of ``size``.
        read: bytes read, of ``total``.
        done: share of the work that is done, 0 to 1.
        left: estimated seconds left.
        counts: (what, how many) when it is done.
        problems: a sentence for each part that was skipped.
    """

    phase: str
    name: str
    message: str
    have: int
    size: int
    read: int
    total: int
    done: float
    interactions: int
    left: int | None
    counts: list[tuple[str, str]]
    problems: list[str]


@blueprint.get("")
def page() -> str:
    """Render the page; its script requests the progress."""
    page = page_context()
    runs = [wording.past(digest, run) for digest, run in importer().runs()]
    return render_template(
        "import.html", page=page, runs=runs, unseen=wording.UNSEEN, kinds=sorted(NEEDED), part=PART_BYTES,
        script_words=words_of(wording.ARCHIVE_SCRIPT),
    )  # fmt: skip


@calls.get("/state")
def state() -> Response:
    """Return the progress of the import."""
    return reply(_state())


@calls.post("/begin")
def begin() -> Response:
    """Begin an upload or continue one; return its id and how many bytes are here already."""
    name = request.form.get("name", "")[:200] or "archive.zip"
    numbers = [_number(request.form.get(key, "")) for key in ("size", "modified", "sending")]
    job = importer()
    upload = job.begin(name, *numbers, look=request.form.get("look") == "1")
    return reply({"id": upload.id, "have": job.uploads.have or (upload.size if not job.uploads.current else 0)})


@calls.post("/part")
def part() -> Response:
    """Store one piece of the file, which is the body."""
    piece = request.get_data(cache=False)
    if len(piece) > PART_BYTES:
        raise BodyError(f"Send at most {PART_BYTES} bytes in one piece.", field="body")
    offset = _number(request.args.get("offset", ""))
    return reply({"have": importer().take(request.args.get("upload", ""), offset, piece)})


@calls.post("/<any(stop, discard, go_on):what>")
def steer(what: str) -> Response:
    """Stop, discard or continue the import."""
    job = importer()
    {"stop": job.stop, "discard": job.discard, "go_on": job.go_on}[what]()
    return reply(_state())


@blueprint.post("/undo")
def undo() -> Answer:
    """Undo a past import, however long ago it was."""
    importer().undo(required_field("run"))
    return redirect(with_parameter(page_context().link("importing.page"), "said=undone"), 303)


@calls.errorhandler(MutualsError)
def _wrong(error: MutualsError) -> Response:
    return reply(spoken_error(error), error.status)


blueprint.register_blueprint(calls)


def set_up(app: Flask, settings: Settings, stores: Stores, clock: Callable[[], int]) -> None:
    """Add the importer to the app; it ends before the stores close."""

    def ended() -> None:
        state: DashboardState = app.extensions.setdefault(STATE, DashboardState())
        state.figures.clear()  # cached figures are from before the import

    job = app.extensions[IMPORTER] = Importer(settings, stores, clock, ended)
    stores.before_closing.append(job.end)


def importer() -> Importer:
    """Return the importer of this companion."""
    job: Importer = current_app.extensions[IMPORTER]
    return job


def _state() -> ImportState:
    job = importer()
    progress, upload = job.status, job.uploads.current
    summary = progress.imported.summary if progress.imported else progress.looked
    return ImportState(
        phase=progress.phase,
        name=progress.name,
        message=say(progress.message),
        have=job.uploads.have,
        size=upload.size if upload else 0,
        read=progress.progress.read,
        total=progress.progress.total,
        done=progress.progress.done,
        interactions=progress.progress.interactions,
        left=progress.left,
        counts=_counts(progress),
        problems=[say(problem) for problem in summary.problems[:50]] if summary else [],
    )


def _counts(progress: ImportStatus) -> list[tuple[str, str]]:
    if progress.imported:
        counts = wording.import_counts(progress.imported)
    else:
        counts = wording.shown(progress.looked) if progress.looked else []
    return [(say(what), say(count)) for what, count in counts]


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        raise BodyError("A number is missing. Load the page again and choose the file once more.", field="offset")
    return int(text)
