"""POST /v1/pair: exchanges the code that the user typed for a token (row 7 of the gate's table)."""

from __future__ import annotations

from typing import Annotated

import msgspec
from flask import Blueprint, Response, request
from msgspec import Meta

from companion import API_VERSION, __version__
from companion.access.gate import wrong_code
from companion.api.endpoint import api_context, decode, describe, reply
from companion.errors import BodyError

blueprint = Blueprint("pair", __name__)


class PairRequest(msgspec.Struct):
    """The code as typed, and a name for the list of `mutuals clients`."""

    code: Annotated[str, Meta(max_length=32)]
    client: Annotated[str, Meta(max_length=200)] = ""


class PairResponse(msgspec.Struct):
    """The token, returned only here, and the data folder's id, which every write must name."""

    token: str
    instance: str
    api: int
    version: str


def pair() -> Response:
    """Exchange the code that `mutuals pair` printed for this extension's token.

    Every failure has the same response, also for a malformed body: none reveals whether a window is open.
    """
    context = api_context()
    now = context.clock()
    try:
        body = decode(PairRequest, request.get_data(cache=False))
    except BodyError as error:
        context.stores.pairing.take("", now)
        raise wrong_code() from error
    if not context.stores.pairing.take(body.code, now):
        raise wrong_code()
    token = context.stores.clients.add(request.headers["Origin"], body.client, now)
    return reply(PairResponse(token, context.stores.notebook.instance, API_VERSION, __version__))


describe(pair, pair.__doc__ or "", PairRequest, PairResponse)
blueprint.add_url_rule("/pair", view_func=pair, methods=["POST"])
