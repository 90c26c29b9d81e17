"""The blueprint of /web: all pages with their errors and variables, and the one-time link to a session cookie."""

from __future__ import annotations

import re

from flask import Blueprint, Response, current_app, make_response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from companion.access.headers import cookie_name
from companion.access.links import PAGE_PATTERN
from companion.access.middleware import PAGE_HEADERS
from companion.access.sessions import COOKIE_SECONDS
from companion.api.endpoint import api_context, reply
from companion.errors import BodyError, ConflictError, GateError, MutualsError, StoreError, UnknownError
from companion.practice.filters import quoted
from companion.web import (
    accounts,
    charts_page,
    chats_page,
    circles,
    faces,
    first_hour,
    home,
    language,
    meeting,
    mirror_page,
    outreach_page,
    pair_page,
    people,
    people_circle,
    people_export,
    person,
    person_belongs,
    person_facts,
    person_ties,
    person_writing,
    questions,
    quiz_page,
    referrals_page,
    reminders_page,
    sample_page,
    triage_page,
    wording,
    words_page,
    year_page,
)
from companion.web.context import PageContext, form_token, page_context
from companion.web.imports import archive_page, notes_page
from companion.web.language import add_languages, html_language, remember_language
from companion.web.static_files import add_static_files

blueprint = Blueprint("web", __name__)
PAGES = (
    home,
    people,
    people_circle,
    people_export,
    person,
    person_belongs,
    person_facts,
    person_ties,
    person_writing,
    quiz_page,
    referrals_page,
    year_page,
    chats_page,
    mirror_page,
    outreach_page,
    circles,
    charts_page,
    archive_page,
    notes_page,
    accounts,
    pair_page,
    words_page,
    language,
    questions,
    meeting,
    reminders_page,
    first_hour,
    triage_page,
    sample_page,
    faces,
)
NAVIGATION = (
    ("home.home", "Today"),
    ("people.people", "People"),
    ("circles.circles", "Circles"),
    ("chats.chats_page", "Chats"),
    ("mirror.mirror", "Mirror"),
    ("importing.page", "Import"),
)


@blueprint.after_request
def _page_headers(response: Response) -> Response:
    response.headers.extend(PAGE_HEADERS)
    return response


@blueprint.get("/enter/<secret>")
def enter(secret: str) -> AnyResponse:
    """Use a one-time link up: set the cookies, then load the page named by ``to``; ``language`` is the extension's.

    Who is in already needs no new cookie. The response is a page that navigates by itself, not a redirect: a browser
    that came from another site would follow a redirect without the SameSite cookie.
    """
    if request.method == "HEAD":
        raise GateError("method", 405, "Open the link in a browser.")
    context = api_context()
    sessions, now = context.stores.sessions, context.clock()
    cookie, name = sessions.enter(secret, now), cookie_name(context.settings.port)
    if cookie is None and not sessions.knows(request.cookies.get(name, ""), now):
        raise GateError(
            "session", 403, "This link was used or is too old. Run `mutuals open`, or use the panel, for a new one."
        )
    to = request.args.get("to", "/web")
    page = make_response(render_template("enter.html", to=to if re.fullmatch(PAGE_PATTERN, to) else "/web"))
    if cookie is not None:
        page.set_cookie(name, cookie, max_age=COOKIE_SECONDS, path="/web", httponly=True, samesite="Strict")
    remember_language(page, request.args.get("language", ""))
    return page


def _add_pages() -> None:
    """Register the pages with the blueprint."""
    for module in PAGES:
        blueprint.register_blueprint(module.blueprint)
        for kind in (BodyError, UnknownError, ConflictError, StoreError):
            module.blueprint.register_error_handler(kind, _error_page)
        module.blueprint.register_error_handler(GateError, _refusal_page)
    blueprint.context_processor(_template_variables)
    blueprint.before_request(sample_page.refuse_in_sample)
    blueprint.after_request(sample_page.without_links_to_x)


def _template_variables() -> dict[str, object]:
    page = page_context()
    token = request.args.get("undo", "")
    return {
        "page": page,
        "form_token": form_token,
        "navigation": NAVIGATION,
        "words": wording,
        "quoted": quoted,
        "undo": (token, page.state.undos.words(token, page.now)) if token else None,
        "said": request.args.get("said", ""),
        "accounts": _accounts(page),
        "back": request.full_path if request.method == "GET" else "",
        **html_language(),
    }


def _accounts(page: PageContext) -> list[tuple[str, str]]:
    """Return (key, display name) of the user's accounts."""
    people = [(owner, page.account.ledger.person(owner, owner)) for owner in page.owners]
    return [(owner, f"@{row.profile.handle}" if row and row.profile.handle else owner) for owner, row in people]


def _refusal_page(error: GateError) -> Response:
    """Return the page (or JSON, for a script) for a refused request, without any of the dashboard's content."""
    if not request.accept_mimetypes.accept_html:
        return reply(error.wire(), error.status)
    page = current_app.jinja_env.get_template("closed.html").render(message=error.message, **html_language())
    return make_response(page, error.status)


def _error_page(error: MutualsError) -> Response:
    return make_response(render_template("sorry.html", message=error.message), error.status)


_add_pages()
blueprint.record_once(lambda state: add_languages(state.app))
blueprint.record_once(lambda state: state.app.jinja_env.globals.update(face=faces.face))
add_static_files(blueprint)
