"""Puts many people of the table into a circle at once, or takes them out; one undo for all of them."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from companion.errors import BodyError
from companion.practice.circles import Circles
from companion.store.ledger.queries import directory
from companion.web import people_query
from companion.web.context import PageContext, done, new_op, page_context, required_field
from companion.web.people_query import table_view

blueprint = Blueprint("people_circle", __name__, url_prefix="/people/circle")


@blueprint.post("")
def circle_many() -> Response:
    """Put the ticked people, or all that fit, into a circle, or take them out."""
    page = page_context()
    view = table_view(request.form)
    circle = Circles(page.account.notebook).get(required_field("circle"))
    if circle.fills_itself:
        raise BodyError("This circle fills itself. Choose one of your own.", field="circle")
    ticked = request.form.getlist("pid")[: people_query.MOST_AT_ONCE]
    pids = people_query.all_of(page, view) if request.form.get("all") else ticked
    if not pids:
        raise BodyError("Choose people first: tick their boxes, or all that fit the filter.", field="pid")
    before = _moved(page, pids, circle.id, into=request.form.get("circle_do") != "remove")
    count = f"{len(before)} {'person is' if len(before) == 1 else 'people are'}"
    way = "no longer in" if request.form.get("circle_do") == "remove" else "now in"
    back = page.link("people.people", q=view.text, filter=view.filter, sort="" if view.sort == "contact" else view.sort)
    return done(page, back, f"{count} {way} {circle.name}.", lambda: _put(page, before))


def _moved(page: PageContext, pids: list[str], circle: str, *, into: bool) -> dict[str, list[str]]:
    """Change the circles of those whom it changes; return what they were in before."""
    notebook, circles = page.account.notebook, Circles(page.account.notebook)
    known = directory.by_pids(page.account.ledger, page.owner, pids)
    before: dict[str, list[str]] = {}
    for pid in dict.fromkeys(pids):
        mine = circles.of(pid, page.owner)
        if (circle in mine) is not into and (pid in known or notebook.knows(pid, page.owner)):
            before[pid] = mine
    after = {pid: [*mine, circle] if into else [one for one in mine if one != circle] for pid, mine in before.items()}
    _put(page, after)
    return before


def _put(page: PageContext, wanted: dict[str, list[str]]) -> None:
    """Write the circles of many people in one batch: all or none."""
    circles = Circles(page.account.notebook)
    with page.account.notebook.batch():
        for pid, ids in wanted.items():
            circles.put(pid, page.owner, ids, op=new_op(), at=page.now)
