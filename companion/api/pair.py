"""POST /v1/pair and /v1/pair/confirm: a code typed by the user becomes a key; row 7 of the gate's table."""

from __future__ import annotations

from typing import Annotated

import msgspec
from flask import Blueprint, Response, request
from msgspec import Meta

from companion import API_VERSION
from companion.access.cpace import WeakPointError
from companion.access.pairing import channel
from companion.access.wire import seal
from companion.api.endpoint import api_context, reply
from companion.api.resources import ENCODER, PREFIX, Described, decode
from companion.errors import BodyError, GateError

blueprint = Blueprint("pair", __name__)

Point = Annotated[str, Meta(pattern="^[0-9a-f]{64}$", description="32 bytes in hex")]


class PairRequest(msgspec.Struct):
    """The extension's share of the exchange (CPace); the code itself is never sent."""

    share: Point


class PairResponse(msgspec.Struct):
    """The companion's share, the proof that it knows the code, and a ticket to send back with the extension's proof."""

    share: Point
    proof: Point
    ticket: Annotated[str, Meta(max_length=512)]


class ConfirmRequest(msgspec.Struct):
    """The extension's proof that it knows the code, and a name for the list of `mutuals clients`."""

    ticket: Annotated[str, Meta(pattern="^([0-9a-f]{2})*$", max_length=512)]
    proof: Point
    client: Annotated[str, Meta(max_length=200)] = ""


class ConfirmResponse(msgspec.Struct):
    """A `PairedView` in hex, encrypted with a key of the exchange."""

    sealed: str


class PairedView(msgspec.Struct):
    """What the extension keeps besides the key; the instance goes into every write."""

    instance: str
    api: int


def pair() -> Response:
    """Answer the extension's share with the companion's; the reply is the same in kind whether a window is open or not.

    The code that `mutuals pair` printed is 10 characters. Each request tries one code, with a proof that only the same
    code makes right. An extension that finds the companion's proof wrong stops there.
    """
    context = api_context()
    try:
        body = decode(PairRequest, request.get_data(cache=False))
        offer = context.stores.pairing.offer(bytes.fromhex(body.share), _channel(), context.clock())
    except (BodyError, WeakPointError) as error:
        raise wrong_code() from error
    return reply(PairResponse(offer.share.hex(), offer.proof.hex(), offer.ticket.hex()))


def confirm() -> Response:
    """Finish pairing: a right proof uses the window up. Every failure has the same reply."""
    context = api_context()
    now = context.clock()
    try:
        body = decode(ConfirmRequest, request.get_data(cache=False))
    except BodyError as error:
        raise wrong_code() from error
    agreed = context.stores.pairing.confirm(bytes.fromhex(body.ticket), bytes.fromhex(body.proof), _channel(), now)
    if agreed is None:
        raise wrong_code()
    context.stores.clients.add(request.headers["Origin"], body.client, agreed.secret, now)
    paired = ENCODER.encode(PairedView(context.stores.notebook.instance, API_VERSION))
    return reply(ConfirmResponse(seal(agreed.reply_key, paired, b"paired").hex()))


def wrong_code() -> GateError:
    """Return row 7's refusal: the same for a wrong code and for no open window."""
    return GateError("pairing", 403, "That code does not work. Run `mutuals pair` for a new one and type it in time.")


def _channel() -> bytes:
    return channel(request.environ.get("HTTP_HOST", ""), request.environ.get("HTTP_ORIGIN", ""))


blueprint.add_url_rule("/pair", view_func=pair, methods=["POST"])
blueprint.add_url_rule("/pair/confirm", view_func=confirm, methods=["POST"])
described = (
    Described(f"{PREFIX}/pair", pair.__doc__ or "", PairRequest, PairResponse),
    Described(f"{PREFIX}/pair/confirm", confirm.__doc__ or "", ConfirmRequest, ConfirmResponse),
)
