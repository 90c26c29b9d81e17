"""Registers all pages of the dashboard, with their error pages and the variables that every template uses."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, make_response, render_template, request

from companion.api.endpoint import reply
from companion.errors import BodyError, ConflictError, GateError, MutualsError, StoreError, UnknownError
from companion.web import charts_page, circles, home, people, person, wording
from companion.web.context import PageContext, form_token, page_context
from companion.web.imports import archive_page, notes_page

PAGES = (home, people, person, circles, charts_page, archive_page, notes_page)
NAVIGATION = (
    ("home.home", "Home"),
    ("people.people", "People"),
    ("circles.circles", "Circles"),
    ("pictures.pictures", "Pictures"),
    ("importing.page", "Import"),
)


def add_pages(web: Blueprint) -> None:
    """Register the pages with the dashboard's blueprint."""
    for module in PAGES:
        web.register_blueprint(module.blueprint)
        for kind in (BodyError, UnknownError, ConflictError, StoreError):
            module.blueprint.register_error_handler(kind, _error_page)
        module.blueprint.register_error_handler(GateError, _refusal_page)
    web.context_processor(_template_variables)


def _template_variables() -> dict[str, object]:
    page = page_context()
    token = request.args.get("undo", "")
    return {
        "page": page,
        "form_token": form_token,
        "navigation": NAVIGATION,
        "words": wording,
        "undo": (token, page.state.undos.words(token, page.now)) if token else None,
        "said": request.args.get("said", ""),
        "accounts": _accounts(page),
    }


def _accounts(page: PageContext) -> list[tuple[str, str]]:
    """Return (key, display name) of the user's accounts."""
    people = [(owner, page.account.ledger.person(owner, owner)) for owner in page.owners]
    return [(owner, f"@{row.profile.handle}" if row and row.profile.handle else owner) for owner, row in people]


def _refusal_page(error: GateError) -> Response:
    """Return the page (or JSON, for a script) for a refused request, without any of the dashboard's content."""
    if not request.accept_mimetypes.accept_html:
        return reply(error.wire(), error.status)
    page = current_app.jinja_env.get_template("closed.html").render(message=error.message)
    return make_response(page, error.status)


def _error_page(error: MutualsError) -> Response:
    return make_response(render_template("sorry.html", message=error.message), error.status)
