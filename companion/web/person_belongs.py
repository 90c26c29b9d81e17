"""Says on a person's page whom an account belongs to, or sets it apart again."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from companion.practice.one_owner import KIND
from companion.store.documents import Document
from companion.web.person_documents import put_single

blueprint = Blueprint("belongs", __name__, url_prefix="/person/<pid>")


@blueprint.post("/belongs")
def belongs(pid: str) -> Response:
    """Say whom an account belongs to; an empty name sets it apart again."""
    name = request.form.get("name", "").strip()
    body: Document = {"name": name, "what": request.form.get("what", "person")}
    words = "These accounts belong together." if name else "This account stands alone again."
    return put_single(pid, KIND, body, {"name": "", "what": "person"}, words)
