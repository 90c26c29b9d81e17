"""The language of the dashboard: the one chosen on its pages, else the browser's; and the form that chooses it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from flask import Blueprint, g, redirect, request
from flask.sansio.app import App
from markupsafe import Markup
from werkzeug.wrappers import Response

from companion.access.links import PAGE_PATTERN
from companion.domain.facts import ROLES
from companion.errors import BodyError, MutualsError
from companion.i18n.catalogue import Catalogue, catalogue
from companion.i18n.languages import LANGUAGES, accepted, best, direction, tag
from companion.practice.circles import FIRST
from companion.web import wording

blueprint = Blueprint("language", __name__, url_prefix="/language")
COOKIE = "mutuals_language"
"""Holds nothing but the code of the chosen language."""
YEAR_SECONDS = 31_536_000
_FIRST_CIRCLES = frozenset(circle.name for circle in FIRST)


def chosen() -> str:
    """Return the code that was chosen in this browser; "" if the browser's own language is to be taken."""
    code = request.cookies.get(COOKIE, "")
    return code if code in LANGUAGES else ""


def spoken() -> Catalogue:
    """Return the catalogue of this request's language."""
    if "catalogue" not in g:
        g.catalogue = catalogue(chosen() or best(accepted(request.headers.get("Accept-Language", ""))))
    speaks: Catalogue = g.catalogue
    return speaks


def say(text: str) -> str:
    """Return an English text in this request's language."""
    return spoken().say(text)


def words_of(sentences: Iterable[str]) -> str:
    """Return a table from English sentences to those of this request's language, as JSON for a page's script."""
    told = {sentence: say(sentence) for sentence in sentences}
    return json.dumps({sentence: text for sentence, text in told.items() if text != sentence})


def spoken_error(error: MutualsError) -> dict[str, object]:
    """Return the JSON body of an error for a page's script, its sentence in this request's language."""
    return {**error.wire(), "message": say(error.message)}


@blueprint.post("")
def choose() -> Response:
    """Remember the chosen language, and go back to the page where it was chosen."""
    code, back = request.form.get("language", ""), request.form.get("back", "")
    if code and code not in LANGUAGES:
        raise BodyError("This is no language that Mutuals speaks.", field="language")
    answer = redirect(back if re.fullmatch(PAGE_PATTERN, back) else "/web", 303)
    if code:
        remember_language(answer, code)
    else:
        answer.delete_cookie(COOKIE, path="/web", httponly=True, samesite="Strict")
    return answer


def remember_language(answer: Response, code: str) -> None:
    """Let a response set the language of this browser, if ``code`` is one that is spoken."""
    if code in LANGUAGES:
        answer.set_cookie(COOKIE, code, max_age=YEAR_SECONDS, path="/web", httponly=True, samesite="Strict")


def add_languages(app: App) -> None:
    """Give the templates their words: ``_``, ``ngettext``, the filter ``say``, and what ``<html>`` needs."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.globals["gettext"] = lambda message: Markup(spoken().gettext(message))  # noqa: S704 (our catalogue's)
    app.jinja_env.globals["pgettext"] = lambda context, message: Markup(spoken().pgettext(context, message))  # noqa: S704
    app.jinja_env.globals["ngettext"] = _plural
    app.jinja_env.globals["draft_words"] = lambda: words_of(wording.DRAFTS_SCRIPT)
    app.jinja_env.filters.update(say=_said, circle=_circle, role=_role, parts=_parts)


def _plural(one: str, many: str, number: int) -> Markup:
    return Markup(spoken().ngettext(one, many, number))  # noqa: S704 (our catalogue's)


def _said(text: object) -> object:
    """Return a text in this request's language; what is no text, or is trusted HTML, stays."""
    return say(text) if type(text) is str else text


def _circle(name: str) -> str:
    """Return the name of a circle: one that is there from the start is translated, unless the user renamed it."""
    return say(name) if name in _FIRST_CIRCLES else name


def _role(name: str) -> str:
    """Return a role in this request's language, if it is one that is offered; a user may add any other."""
    return say(name) if name in ROLES else name


def _parts(text: str) -> str:
    """Return a list of words with commas between: those of ours in this request's language, the user's as they are."""
    return spoken().pgettext("list", ", ").join(say(part) for part in text.split(", "))


def html_language() -> dict[str, object]:
    """Return the variables of every template that concern the language."""
    code = spoken().language
    return {
        "language": tag(code), "direction": direction(code), "languages": LANGUAGES, "chosen_language": chosen(),
    }  # fmt: skip
