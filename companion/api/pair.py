"""POST /v1/pair: a code typed by the user becomes a token; the other half of row 7 of the gate's table."""

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
    """The code as the user typed it, and a name for the list of `mutuals clients`."""

    code: Annotated[str, Meta(max_length=32)]
    client: Annotated[str, Meta(max_length=200)] = ""


class PairResponse(msgspec.Struct):
    """The token is told this once; the instance goes into every write."""

    token: str
    instance: str
    api: int
    version: str


def pair() -> Response:
    """Exchange the code that `mutuals pair` printed for this extension's token.

    Every failure has the same answer, a body of the wrong shape included: none tells whether a window is open.
    """
    page = api_context()
    now = page.clock()
    try:
        ask = decode(PairRequest, request.get_data(cache=False))
    except BodyError as error:
        page.stores.pairing.take("", now)
        raise wrong_code() from error
    if not page.stores.pairing.take(ask.code, now):
        raise wrong_code()
    token = page.stores.clients.add(request.headers["Origin"], ask.client, now)
    return reply(PairResponse(token, page.stores.notebook.instance, API_VERSION, __version__))


describe(pair, pair.__doc__ or "", PairRequest, PairResponse)
blueprint.add_url_rule("/pair", view_func=pair, methods=["POST"])
