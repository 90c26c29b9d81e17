"""Downloads the people that a filter finds, as a table, as cards for an address book, or as Markdown."""

from __future__ import annotations

from flask import Blueprint, Response, request

from companion.errors import BodyError
from companion.export.people import everybody
from companion.export.readable import FORMS, readable
from companion.store.readonly import open_read_only
from companion.web import people_query
from companion.web.context import page_context
from companion.web.people_query import table_view

blueprint = Blueprint("export", __name__, url_prefix="/people/export")
MOST = 200_000
"""Most people in one file."""


@blueprint.get("")
def export() -> Response:
    """Return the file of those who fit the filter and search of the address."""
    page, form = page_context(), request.args.get("as", "")
    if form not in FORMS:
        raise BodyError(f"Choose one of {', '.join(FORMS)}.", field="as")
    view = table_view(request.args)
    if view.wrong:
        raise BodyError(view.wrong, field="filter")
    pids = frozenset(people_query.all_of(page, view, MOST))
    with open_read_only(page.context.settings) as stores:
        data = b"".join(readable(everybody(stores, page.now, pids), form, page.now))
    ending, media = FORMS[form]
    heads = {"Content-Disposition": f'attachment; filename="mutuals-people.{ending}"'}
    return Response(data, mimetype=media, headers=heads)
