"""GET and POST /web/handed: carries out a command, such as `mutuals import`, for another process of this user."""

from __future__ import annotations

import msgspec
from flask import Response, current_app, request

from companion.api.endpoint import api_context, reply
from companion.domain.typed_json import decoded
from companion.errors import BodyError
from companion.web.blueprint import blueprint
from companion.web.context import STATE, DashboardState, form_token

__all__ = ["blueprint"]

COMMANDS = frozenset({"sync", "import", "forget", "sample"})


@blueprint.get("/handed")
def token() -> Response:
    """Return the token that the command has to carry."""
    return reply({"form_token": form_token()})


@blueprint.post("/handed")
def carry_out() -> Response:
    """Carry out a command, given as its words, and return its exit code and what it printed.

    Raises:
        BodyError: the words are no command that is carried out here.
    """
    try:
        words = decoded(request.get_data(cache=False), list[str])
    except msgspec.MsgspecError as error:
        raise BodyError("Send the words of a command.", field="body") from error
    runs = api_context().stores.runs
    if not words or words[0] not in COMMANDS or not runs:
        raise BodyError("The running companion carries out sync, import, forget and sample.", field="body")
    done = runs[0](words)
    state: DashboardState = current_app.extensions.setdefault(STATE, DashboardState())
    state.figures.clear()  # cached figures are from before
    return reply(done)
