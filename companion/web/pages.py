"""All pages of the dashboard in the order of the navigation; a new page is one more module here."""

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
    """Put the pages under the dashboard's blueprint, with what all their templates use."""
    for module in PAGES:
        web.register_blueprint(module.blueprint)
        for expected in (BodyError, UnknownError, ConflictError, StoreError):
            module.blueprint.register_error_handler(expected, _sorry)
        module.blueprint.register_error_handler(GateError, _closed)
    web.context_processor(_shared)


def _shared() -> dict[str, object]:
    now = page_context()
    token = request.args.get("undo", "")
    return {
        "page": now,
        "form_token": form_token,
        "navigation": NAVIGATION,
        "words": wording,
        "undo": (token, now.state.undos.words(token, now.now)) if token else None,
        "said": request.args.get("said", ""),
        "accounts": _accounts(now),
    }


def _accounts(now: PageContext) -> list[tuple[str, str]]:
    """Return (key, what it is called) of the user's accounts."""
    people = [(owner, now.account.ledger.person(owner, owner)) for owner in now.owners]
    return [(owner, f"@{one.profile.handle}" if one and one.profile.handle else owner) for owner, one in people]


def _closed(error: GateError) -> Response:
    """Tell somebody whom the gate turned away what to do, with nothing of the dashboard on the page."""
    if not request.accept_mimetypes.accept_html:
        return reply(error.wire(), error.status)
    page = current_app.jinja_env.get_template("closed.html").render(message=error.message)
    return make_response(page, error.status)


def _sorry(error: MutualsError) -> Response:
    return make_response(render_template("sorry.html", message=error.message), error.status)
