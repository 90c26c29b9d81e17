"""POST /v1/forget: everything about one person is deleted, seen and written."""

from __future__ import annotations

import msgspec
from flask import Blueprint

from companion.api.context import Desk
from companion.api.endpoint import noun
from companion.api.presenters import find, owner_of
from companion.api.schemas import Op, PersonRef, Viewer, key_of, named
from companion.backup.history import note_forgotten

blueprint = Blueprint("forget", __name__)


class ForgetAsk(msgspec.Struct):
    """Whom to forget; ``op`` makes a repeat recognisable (forgetting twice is harmless)."""

    op: Op
    viewer: Viewer
    person: PersonRef


class ForgetAnswer(msgspec.Struct):
    """Nothing about them is left."""

    forgotten: bool


@noun(blueprint, "/forget", ForgetAsk, ForgetAnswer)
def forget(desk: Desk, ask: ForgetAsk) -> ForgetAnswer:
    """Delete what was seen and written of a person, for every viewer of this data folder."""
    named(ask.person, "person")
    pids = {find(desk, owner_of(desk, ask.viewer), ask.person), key_of(ask.person)}
    for pid in pids:
        desk.stores.notebook.forget(pid)
        desk.stores.ledger.forget(pid)
    note_forgotten(desk.settings, desk.clock())
    return ForgetAnswer(True)
