"""The forms of the facts on a person's page: how you met, roles, context, channels, manner, suitability."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from companion.store.documents import Document, Json
from companion.web.person_documents import add_item, put_single

blueprint = Blueprint("facts", __name__, url_prefix="/person/<pid>")


def _fields(*names: str) -> Document:
    """Return fields of the form, trimmed."""
    return {name: request.form.get(name, "").strip() for name in names}


@blueprint.post("/origin")
def origin(pid: str) -> Response:
    """Save how you met; what the user saves here is no guess any more."""
    body = _fields("how", "words", "day")
    return put_single(pid, "origin", body, {"how": ""}, "How you met is saved.")


@blueprint.post("/roles")
def roles(pid: str) -> Response:
    """Save the ticked roles and those of the user's own, which have commas between."""
    own = request.form.get("own", "").split(",")
    named: list[Json] = [role.strip() for role in (*request.form.getlist("role"), *own) if role.strip()]
    return put_single(pid, "roles", {"roles": named}, {"roles": []}, "The roles are saved.")


@blueprint.post("/context")
def context(pid: str) -> Response:
    """Save personal, business or both."""
    return put_single(pid, "context", _fields("context"), {"context": ""}, "The context is saved.")


@blueprint.post("/channel")
def channel(pid: str) -> Response:
    """Add an address elsewhere."""
    return add_item(pid, "channel", _fields("what", "address"), "The address is written down.")


@blueprint.post("/manner")
def manner(pid: str) -> Response:
    """Save how they are online and in person."""
    return put_single(pid, "manner", _fields("online", "in_person"), {}, "Their manner is saved.")


@blueprint.post("/suited")
def suited(pid: str) -> Response:
    """Add whether they suit a purpose, with its basis."""
    return add_item(pid, "suited", _fields("purpose", "fits", "basis"), "What they suit is written down.")
