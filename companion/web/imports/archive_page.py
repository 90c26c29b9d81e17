"""The import page: an X archive is sent in pieces, read in the background, and its counts are shown."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from flask import Blueprint, Flask, Response, current_app, render_template, request

from companion.api.endpoint import reply
from companion.errors import BodyError, MutualsError
from companion.settings import Settings
from companion.sources.archive.zip_file import NEEDED
from companion.stores import Stores
from companion.web.context import STATE, State, page_context
from companion.web.imports import wording
from companion.web.imports.job import Importer
from companion.web.imports.uploads import PART_BYTES

IMPORTER = "mutuals.importer"
blueprint = Blueprint("importing", __name__, url_prefix="/import")
calls = Blueprint("calls", __name__)
"""What the page's script asks; these answer in JSON, errors too."""


class ImportState(msgspec.Struct):
    """How the import stands, for the page to draw.

    Attributes:
        phase: see `companion.web.imports.job`.
        have: how far the file was sent, of ``size`` bytes.
        read: bytes read, of ``total``.
        done: how much of all the work is done, 0 to 1.
        left: seconds.
        counts: (what, how many) when it is done.
        problems: what was passed over, a sentence each.
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
    """Show the page; its script asks how things stand."""
    now = page_context()
    runs = [wording.past(run) for run in importer().runs()]
    return render_template(
        "import.html", page=now, runs=runs, unseen=wording.UNSEEN, kinds=sorted(NEEDED), part=PART_BYTES
    )


@calls.get("/state")
def state() -> Response:
    """Tell how the import stands."""
    return reply(_state())


@calls.post("/begin")
def begin() -> Response:
    """Make ready for the pieces of a file; answer with the upload's id and how far it is here already."""
    name = request.form.get("name", "")[:200] or "archive.zip"
    numbers = [_number(request.form.get(key, "")) for key in ("size", "modified", "sending")]
    job = importer()
    upload = job.begin(name, *numbers)
    return reply({"id": upload.id, "have": job.uploads.have or (upload.size if not job.uploads.current else 0)})


@calls.post("/part")
def part() -> Response:
    """Take in one piece, which is the body."""
    piece = request.get_data(cache=False)
    if len(piece) > PART_BYTES:
        raise BodyError(f"Send at most {PART_BYTES} bytes in one piece.", field="body")
    offset = _number(request.args.get("offset", ""))
    return reply({"have": importer().take(request.args.get("upload", ""), offset, piece)})


@calls.post("/<any(stop, discard, go_on):what>")
def steer(what: str) -> Response:
    """Stop, throw away or go on."""
    job = importer()
    {"stop": job.stop, "discard": job.discard, "go_on": job.go_on}[what]()
    return reply(_state())


@calls.errorhandler(MutualsError)
def _wrong(error: MutualsError) -> Response:
    return reply(error.wire(), error.status)


blueprint.register_blueprint(calls)


def set_up(app: Flask, settings: Settings, stores: Stores, clock: Callable[[], int]) -> None:
    """Give the app its importer, which ends before the stores close."""

    def ended() -> None:
        state: State = app.extensions.setdefault(STATE, State())
        state.kept.clear()  # the figures of the other pages are of before

    job = app.extensions[IMPORTER] = Importer(settings, stores, clock, ended)
    stores.before_closing.append(job.end)


def importer() -> Importer:
    """Return the one importer of this companion."""
    found: Importer = current_app.extensions[IMPORTER]
    return found


def _state() -> ImportState:
    job = importer()
    now, upload = job.stand, job.uploads.current
    summary = now.imported.summary if now.imported else None
    return ImportState(
        phase=now.phase,
        name=now.name,
        message=now.message,
        have=job.uploads.have,
        size=upload.size if upload else 0,
        read=now.progress.read,
        total=now.progress.total,
        done=now.progress.done,
        interactions=now.progress.interactions,
        left=now.left,
        counts=wording.told(now.imported) if now.imported else [],
        problems=summary.problems[:50] if summary else [],
    )


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        raise BodyError("A number is missing. Load the page again and choose the file once more.", field="offset")
    return int(text)
