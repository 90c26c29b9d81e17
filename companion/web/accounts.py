"""Removes one of the user's accounts with everything seen for it, after the user confirmed it."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from companion.backup.forget import forget_account
from companion.errors import BodyError, UnknownError
from companion.web.context import page_context, required_field, with_parameter
from companion.web.imports.archive_page import importer

blueprint = Blueprint("accounts", __name__, url_prefix="/account")


@blueprint.post("/remove")
def remove() -> Response:
    """Delete what was seen for an account and what is kept apart for it; shared notes stay."""
    page, owner = page_context(), required_field("account")
    if request.form.get("sure") != "1":
        raise BodyError("Tick that you are sure: this cannot be taken back.", field="sure")
    importer().refuse_while_reading()
    if owner not in page.owners or not forget_account(page.context.stores, page.context.settings, owner, page.now):
        raise UnknownError("This account is not here any more.")
    page.state.figures.clear()
    return redirect(with_parameter(url_for("web.importing.page"), "said=removed"), 303)
