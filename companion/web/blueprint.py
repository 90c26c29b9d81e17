"""The blueprint of /web, and the page that exchanges a one-time link for a session cookie."""

from __future__ import annotations

import re

from flask import Blueprint, Response, make_response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from companion.access.links import PAGE_PATTERN
from companion.access.middleware import PAGE_HEADERS, cookie_name
from companion.access.sessions import COOKIE_SECONDS
from companion.api.endpoint import api_context
from companion.errors import GateError
from companion.web.pages import add_pages
from companion.web.static_files import add_static_files

blueprint = Blueprint("web", __name__)


@blueprint.after_request
def _page_headers(response: Response) -> Response:
    response.headers.extend(PAGE_HEADERS)
    return response


@blueprint.get("/enter/<secret>")
def enter(secret: str) -> AnyResponse:
    """Use a one-time link up: set the cookie, then load the page named by ``to``.

    The response is a page that navigates by itself, not a redirect: a browser that came from another site would follow
    a redirect without the SameSite cookie.
    """
    context = api_context()
    cookie = context.stores.sessions.enter(secret, context.clock())
    if cookie is None:
        raise GateError(
            "session", 403, "This link was used or is too old. Run `mutuals open`, or use the panel, for a new one."
        )
    to = request.args.get("to", "/web")
    page = make_response(render_template("enter.html", to=to if re.fullmatch(PAGE_PATTERN, to) else "/web"))
    page.set_cookie(
        cookie_name(context.settings.port),
        cookie,
        max_age=COOKIE_SECONDS,
        path="/web",
        httponly=True,
        samesite="Strict",
    )
    return page


add_pages(blueprint)
add_static_files(blueprint)
