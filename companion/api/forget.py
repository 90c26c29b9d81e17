"""POST /v1/forget: deletes everything about one person, both seen and written."""

from __future__ import annotations

import msgspec

from companion.api.context import ApiContext
from companion.api.presenters import find, owner_of
from companion.api.resources import Resources, resource
from companion.api.schemas import Op, PersonRef, Viewer, check_named, key_of
from companion.backup.forget import forget_keys

resources = Resources()


class ForgetRequest(msgspec.Struct):
    """Whom to forget; ``op`` identifies a repeat (forgetting twice is harmless)."""

    op: Op
    viewer: Viewer
    person: PersonRef


class ForgetResponse(msgspec.Struct):
    """Always true: nothing about this person is left."""

    forgotten: bool


@resource(resources, "/forget", ForgetRequest, ForgetResponse)
def forget(context: ApiContext, body: ForgetRequest) -> ForgetResponse:
    """Delete what was seen and written of a person, for every viewer of this data folder."""
    check_named(body.person, "person")
    pids = {find(context, owner_of(context, body.viewer), body.person), key_of(body.person)}
    forget_keys(context.stores, context.settings, pids, context.clock())
    return ForgetResponse(True)
