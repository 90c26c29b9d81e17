"""The page of templates: the user's own, twenty supplied ones, and both ways as a file."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from companion.domain import limits
from companion.domain.templates import FIELDS
from companion.errors import BodyError
from companion.practice import own_templates
from companion.practice.drafts import ACTIONS
from companion.practice.own_templates import Template
from companion.practice.supplied_words import SUPPLIED
from companion.web.context import PageContext, done, page_context, required_field
from companion.web.language import say

blueprint = Blueprint("words", __name__, url_prefix="/words")


@blueprint.get("")
def words() -> str:
    """Render the page."""
    page = page_context()
    own = own_templates.all_templates(page.account.notebook)
    names = {one.name.casefold() for one in own}
    return render_template(
        "words.html",
        page=page,
        own=own,
        actions=ACTIONS,
        supplied=[(name, text) for name, text in SUPPLIED if not {name.casefold(), say(name).casefold()} & names],
        fields=FIELDS,
    )


@blueprint.post("")
def save() -> AnyResponse:
    """Keep a template."""
    page = page_context()
    text = required_field("text", limits.TEMPLATE)
    template = Template(required_field("name", limits.TEMPLATE_NAME), text, request.form.get("action", ""))
    before = own_templates.save(page.account.notebook, template)
    return done(page, page.link("words.words"), f"{template.name} is kept.", lambda: _back(page, template.name, before))


@blueprint.post("/drop")
def drop() -> AnyResponse:
    """Remove a template."""
    page = page_context()
    name = required_field("name", limits.TEMPLATE_NAME)
    before = own_templates.drop(page.account.notebook, name)
    return done(page, page.link("words.words"), f"{name} is dropped.", lambda: _back(page, name, before))


@blueprint.get("/file")
def file() -> Response:
    """Return the user's templates as a file."""
    data = own_templates.as_file(page_context().account.notebook)
    heads = {"Content-Disposition": 'attachment; filename="mutuals-templates.json"'}
    return Response(data, mimetype="application/json", headers=heads)


@blueprint.post("/take")
def take() -> AnyResponse:
    """Take in a file of templates; one of a name that is here is replaced."""
    page = page_context()
    sent = request.files.get("file")
    if sent is None:
        raise BodyError("Choose a file of templates.", field="file")
    incoming = own_templates.read_file(sent.read())
    with page.account.notebook.batch():
        before = [(one.name, own_templates.save(page.account.notebook, one)) for one in incoming]
    count = f"{len(before)} {'template is' if len(before) == 1 else 'templates are'} taken in."
    return done(page, page.link("words.words"), count, lambda: _all_back(page, before))


def _back(page: PageContext, name: str, before: Template | None) -> None:
    if before is None:
        own_templates.drop(page.account.notebook, name)
    else:
        own_templates.save(page.account.notebook, before)


def _all_back(page: PageContext, before: list[tuple[str, Template | None]]) -> None:
    for name, template in before:
        _back(page, name, template)
