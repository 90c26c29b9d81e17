"""GET /calendar/SECRET/mutuals.ics: the calendar feed on loopback, for a calendar program on this computer."""

from __future__ import annotations

from hashlib import sha256

from flask import Blueprint, Response, request

from companion.api.endpoint import api_context, spoken
from companion.web.reminder_events import calendar_of

blueprint = Blueprint("calendar", __name__)


@blueprint.get("/calendar/<secret>/mutuals.ics")
def feed(secret: str) -> Response:
    """Return the calendar, or 304 if the program has it already; the gate has checked the secret."""
    context = api_context()
    owner = next(iter(context.stores.ledger.owners()), "")
    data = calendar_of(context.account(owner), context.clock(), spoken().say)
    tag = sha256(data).hexdigest()[:32]
    known = request.if_none_match.contains(tag)
    response = Response(status=304) if known else Response(data, content_type="text/calendar; charset=utf-8")
    response.set_etag(tag)
    return response
