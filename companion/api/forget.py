"""POST /v1/forget: everything about one person is deleted, seen and written."""

from __future__ import annotations

import msgspec
from flask import Blueprint

from companion.api.context import ApiContext
from companion.api.endpoint import resource
from companion.api.presenters import find, owner_of
from companion.api.schemas import Op, PersonRef, Viewer, key_of, named
from companion.backup.history import mark_forgotten

blueprint = Blueprint("forget", __name__)


class ForgetRequest(msgspec.Struct):
    """Whom to forget; ``op`` makes a repeat recognisable (forgetting twice is harmless)."""

    op: Op
    viewer: Viewer
    person: PersonRef


class ForgetResponse(msgspec.Struct):
    """Nothing about them is left."""

    forgotten: bool


@resource(blueprint, "/forget", ForgetRequest, ForgetResponse)
def forget(context: ApiContext, ask: ForgetRequest) -> ForgetResponse:
    """Delete what was seen and written of a person, for every viewer of this data folder."""
    named(ask.person, "person")
    pids = {find(context, owner_of(context, ask.viewer), ask.person), key_of(ask.person)}
    for pid in pids:
        context.stores.notebook.forget(pid)
        context.stores.ledger.forget(pid)
    mark_forgotten(context.settings, context.clock())
    return ForgetResponse(True)
