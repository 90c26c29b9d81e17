"""Faces on the pages: the pictures that are kept here, else letters on a colour; nothing is fetched to show them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, g, make_response

from companion.errors import UnknownError
from companion.store.faces import face_of, faces_kept
from companion.web import svg
from companion.web.context import PageContext, page_context

blueprint = Blueprint("faces", __name__, url_prefix="/face")


@dataclass(frozen=True, slots=True)
class Face:
    """How a person is drawn: ``address`` of the picture kept here, empty without one; then letters on a tone."""

    address: str
    letters: str
    tone: int


def face(page: PageContext, pid: str, name: str) -> Face:
    """Return the face of a person; the pictures kept are listed once per request."""
    if "faces" not in g:
        g.faces = faces_kept(page.account.notebook)
    seen: int | None = g.faces.get(pid)
    return Face(
        page.link("faces.picture", pid, seen=seen) if seen is not None else "", svg.initials(name), svg.tone_of(pid)
    )


@blueprint.get("/<pid>")
def picture(pid: str) -> Response:
    """Serve the picture that is kept of a person; the browser keeps no copy, which would outlive forgetting them."""
    found = face_of(page_context().account.notebook, pid)
    if found is None:
        raise UnknownError("No picture of this person is kept here.")
    answer = make_response(found)
    answer.headers["Content-Type"] = "image/jpeg"
    return answer
