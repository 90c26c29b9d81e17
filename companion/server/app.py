"""Wires the companion's Flask app together; everything it works with is handed in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import Flask

from companion.access.gate import Gate
from companion.access.middleware import add_gate
from companion.api import (
    badges,
    dashboard,
    endpoint,
    forget,
    pair,
    person,
    recent,
    search,
    sightings,
    status,
    tags,
    versions,
    writes,
)
from companion.api.context import ApiContext
from companion.server.fast_path import Answer, FastPath
from companion.server.lazy_app import LazyApp, add_lazy
from companion.settings import Settings
from companion.stores import Stores

RESOURCES = (pair, status, sightings, badges, person, writes, versions, search, recent, tags, forget, dashboard)
"""What the extension asks for on every page. A noun is a file with a ``blueprint``; a new one is one more name here, or
in `companion.server.lazy_app` if most days can do without it."""

FAST_PATHS: dict[str, Answer] = {"/v1/badges": partial(endpoint.answered, badges.badges, badges.BadgesRequest)}
"""What is asked for with every screenful, answered without the framework (`companion.server.fast_path`)."""


def create_app(
    settings: Settings, stores: Stores, clock: Callable[[], int], milliseconds: Callable[[], int] | None = None
) -> Flask:
    """Return the app of one companion.

    Args:
        settings: its port and limits.
        stores: the opened stores; whoever opened them closes them.
        clock: the time in epoch seconds UTC.
        milliseconds: the same in epoch milliseconds, to tell this run from the one before; from ``clock`` if left out.
    """
    gate = Gate(settings, stores.clients, stores.sessions, clock, milliseconds or (lambda: clock() * 1000))
    context = ApiContext(settings, stores, clock)
    extensions: dict[str, object] = {"mutuals": context, "mutuals.gate": gate}
    app = _guarded(settings, gate, extensions)
    for module in RESOURCES:
        app.register_blueprint(module.blueprint, url_prefix="/v1")
    paths = [rule.rule for rule in app.url_map.iter_rules()]
    lazy = LazyApp(app.wsgi_app, paths, lambda: add_lazy(_guarded(settings, gate, extensions), settings, stores, clock))
    extensions["mutuals.lazy"] = lazy
    # Flask's own way to put something before an app
    extensions["mutuals.quick"] = frozenset(FAST_PATHS)
    app.wsgi_app = FastPath(lazy, gate, context, FAST_PATHS)  # type: ignore[method-assign]
    return app


def _guarded(settings: Settings, gate: Gate, extensions: dict[str, object]) -> Flask:
    """Return an app without a single path, behind the gate."""
    app = Flask("companion", static_folder=None, template_folder="web/templates")
    app.config.update(MAX_CONTENT_LENGTH=settings.max_body_bytes, PROVIDE_AUTOMATIC_OPTIONS=False)
    # A path has one spelling: nothing is merged, appended or redirected before the gate or after it.
    app.url_map.merge_slashes = False
    app.url_map.strict_slashes = True
    app.url_map.redirect_defaults = False
    app.extensions = extensions
    add_gate(app, gate, settings.port)
    endpoint.answer_errors(app)
    return app
