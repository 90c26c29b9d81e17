"""GET /web/pair: the page that hands the open pairing window to the extension, and says how to load that."""

from __future__ import annotations

from flask import Blueprint, render_template

from companion.access.pairing import fingerprint
from companion.api.endpoint import api_context

blueprint = Blueprint("pair", __name__, url_prefix="/pair")


@blueprint.get("")
def pair() -> str:
    """Show the page; the extension's script on it takes the window's secret, which is in no address."""
    context = api_context()
    secret = context.stores.pairing.secret(context.clock())
    return render_template(
        "pair.html",
        secret=secret.hex() if secret else "",
        fingerprint=fingerprint(secret) if secret else "",
        minutes=context.settings.pairing_seconds // 60,
        paired=len(context.stores.clients.all()),
    )
