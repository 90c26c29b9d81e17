"""Puts the invented people in and wipes them; while they are there, the dashboard shows them instead of the user's."""

from __future__ import annotations

import re

from flask import Blueprint, redirect, request
from flask import Response as FlaskResponse
from werkzeug.wrappers import Response

from companion.api.endpoint import api_context
from companion.errors import ConflictError
from companion.sample import folder
from companion.web.context import page_context

blueprint = Blueprint("sample", __name__, url_prefix="/sample")
CLOSED = ("web.importing.", "web.notes.", "web.export.", "web.accounts.", "web.reminders.file", "web.reminders.feed")
"""Pages that bring something in or give something out: they work on the user's own people alone."""
_TO_X = re.compile(r' href="https://x\.com/[^"]*"')


@blueprint.post("/load")
def load() -> Response:
    """Put the invented people in, and show the first page with them."""
    context = api_context()
    folder.load(context.settings, context.clock())
    return redirect(page_context().link("home.home"), 303)


@blueprint.post("/wipe")
def wipe() -> Response:
    """Delete the invented people with whatever was done to them."""
    folder.wipe(api_context().settings)
    return redirect(page_context().link("first.first"), 303)


def refuse_in_sample() -> None:
    """Refuse a page of `CLOSED` while the invented people are there.

    Raises:
        ConflictError: they are there.
    """
    if (request.endpoint or "").startswith(CLOSED) and folder.is_loaded(api_context().settings):
        raise ConflictError("The invented people are here, and nothing of yours is mixed with them. Wipe them first.")


def without_links_to_x(response: FlaskResponse) -> FlaskResponse:
    """Take the links to X out of a page of the sample: nobody of it is there."""
    if response.mimetype == "text/html" and folder.is_loaded(api_context().settings):
        response.set_data(_TO_X.sub("", response.get_data(as_text=True)))
    return response
