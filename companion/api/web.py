"""GET /web: the dashboard's pages, for a browser of this machine that came by a one-time link."""

from __future__ import annotations

import re

from flask import Blueprint, Response, make_response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from companion.api.desk import Desk
from companion.api.people import badge_of_row
from companion.api.search import find_people
from companion.api.wire import desk
from companion.card_shapes import Badge
from companion.doors import COOKIE_SECONDS
from companion.errors import GateError
from companion.guard import PAGE_HEADERS, cookie_name
from companion.store.ledger_reads import PeopleQuery

blueprint = Blueprint("web", __name__, static_folder="../web/static", static_url_path="/static")
PAGE = 50
"""People on one page of the list."""
WITHIN = re.compile(r"/web(?:[/?][\w/.~@%?=&-]*)?", re.ASCII)
"""Where a link may lead on to: the dashboard, and no other site."""


@blueprint.after_request
def _page_headers(response: Response) -> Response:
    response.headers.extend(PAGE_HEADERS)
    return response


@blueprint.get("/enter/<secret>")
def enter(secret: str) -> AnyResponse:
    """Use a one-time link up: set the cookie and lead on.

    It answers with a page that moves on by itself and not with a redirect: a browser that came from another site would
    follow a redirect without the SameSite cookie.
    """
    here = desk()
    cookie = here.stores.doors.enter(secret, here.clock())
    if cookie is None:
        raise GateError(
            "door", 403, "This link was used or is too old. Run `mutuals open`, or use the panel, for a new one."
        )
    to = request.args.get("to", "/web")
    page = make_response(render_template("enter.html", to=to if WITHIN.fullmatch(to) else "/web"))
    page.set_cookie(
        cookie_name(here.settings.port), cookie, max_age=COOKIE_SECONDS, path="/web", httponly=True, samesite="Strict"
    )
    return page


@blueprint.get("")
def people() -> str:
    """List the people of one of the viewer's accounts, or those a search finds."""
    here = desk()
    owners = here.stores.ledger.owners()
    asked = request.args.get("viewer", "")
    owner = asked if asked in owners else next(iter(owners), "")
    q = request.args.get("q", "").strip()[:200]
    start = min(request.args.get("from", 0, type=int), 10**9)
    found, total = _list(here, owner, q, max(start, 0))
    return render_template(
        "people.html", people=found, total=total, q=q, owner=owner, owners=owners, start=max(start, 0), page=PAGE
    )


def _list(here: Desk, owner: str, q: str, start: int) -> tuple[list[Badge], int]:
    """Return one page of people and how many there are in all."""
    if not owner:
        return [], 0
    if q:
        found = find_people(here, owner, q, PAGE)
        return list(found), len(found)
    page = here.stores.ledger.people(owner, PeopleQuery(limit=PAGE, offset=start, now=here.clock()))
    return [badge_of_row(here, owner, row) for row in page.people], page.total
