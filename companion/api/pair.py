"""POST /v1/pair: a code typed by the user becomes a token; the other half of row 7 of the gate's table."""

from __future__ import annotations

from typing import Annotated

import msgspec
from flask import Blueprint, Response, request
from msgspec import Meta

from companion import API_VERSION, __version__
from companion.access.gate import wrong_code
from companion.api.endpoint import decode, describe, desk, reply
from companion.errors import BodyError

blueprint = Blueprint("pair", __name__)


class PairAsk(msgspec.Struct):
    """The code as the user typed it, and a name for the list of `mutuals clients`."""

    code: Annotated[str, Meta(max_length=32)]
    client: Annotated[str, Meta(max_length=200)] = ""


class PairAnswer(msgspec.Struct):
    """The token is told this once; the instance goes into every write."""

    token: str
    instance: str
    api: int
    version: str


def pair() -> Response:
    """Exchange the code that `mutuals pair` printed for this extension's token.

    Every failure has the same answer, a body of the wrong shape included: none tells whether a window is open.
    """
    here = desk()
    now = here.clock()
    try:
        ask = decode(PairAsk, request.get_data(cache=False))
    except BodyError as error:
        here.stores.pairing.take("", now)
        raise wrong_code() from error
    if not here.stores.pairing.take(ask.code, now):
        raise wrong_code()
    token = here.stores.clients.add(request.headers["Origin"], ask.client, now)
    return reply(PairAnswer(token, here.stores.notebook.instance, API_VERSION, __version__))


describe(pair, pair.__doc__ or "", PairAsk, PairAnswer)
blueprint.add_url_rule("/pair", view_func=pair, methods=["POST"])
