"""Builds the Flask app of one companion from its settings, stores and clock."""

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
from companion.server.fast_path import FastPath, Responder
from companion.server.lazy_app import LazyApp, add_lazy
from companion.server.updated import Installed
from companion.settings import Settings
from companion.stores import Stores

RESOURCES = (pair, status, sightings, badges, person, writes, versions, search, recent, tags, forget, dashboard)
"""Resources that the extension requests on every page. Each is a module with a ``blueprint``; add a new one here, or
in `companion.server.lazy_app` if it is rarely used."""

FAST_PATHS: dict[str, Responder] = {
    "/v1/badges": partial(endpoint.encoded_response, badges.badges, badges.BadgesRequest),
    "/v1/writes": partial(endpoint.encoded_response, writes.writes, writes.WriteRequest),
}
"""Resources answered before Flask (`companion.server.fast_path`): what every screenful asks for, and every save."""
LOOK_UPS = frozenset({"/v1/badges"})
"""Those of them that only compute (`companion.server.dispatcher`)."""


def create_app(
    settings: Settings, stores: Stores, clock: Callable[[], int], milliseconds: Callable[[], int] | None = None
) -> Flask:
    """Return the WSGI app of one companion.

    Args:
        settings: its port and limits.
        stores: the opened stores; the caller closes them.
        clock: the time in epoch seconds UTC.
        milliseconds: the same in epoch milliseconds, to tell this run from the one before; from ``clock`` if left out.
    """
    gate = Gate(settings, stores.clients, stores.sessions, clock, milliseconds or (lambda: clock() * 1000))
    context = ApiContext(settings, stores, clock)
    extensions: dict[str, object] = {"mutuals": context, "mutuals.gate": gate}
    app = _gated_app(settings, gate, extensions)
    for module in RESOURCES:
        app.register_blueprint(module.blueprint, url_prefix="/v1")
    paths = [rule.rule for rule in app.url_map.iter_rules()]
    build = lambda: add_lazy(_gated_app(settings, gate, extensions), settings, stores, clock)  # noqa: E731
    lazy = LazyApp(app.wsgi_app, paths, build, Installed())
    extensions["mutuals.lazy"] = lazy
    extensions["mutuals.look_ups"] = LOOK_UPS
    extensions["mutuals.unhindered"] = lambda: stores.notebook.warmed and stores.ledger.connections.unheld()
    # Flask's documented way to wrap an app in WSGI middleware
    app.wsgi_app = FastPath(lazy, gate, context, FAST_PATHS)  # type: ignore[method-assign]
    return app


def _gated_app(settings: Settings, gate: Gate, extensions: dict[str, object]) -> Flask:
    """Return an app without routes, behind the gate."""
    app = Flask("companion", static_folder=None, template_folder="web/templates")
    app.config.update(MAX_CONTENT_LENGTH=settings.max_body_bytes, PROVIDE_AUTOMATIC_OPTIONS=False)
    # Each path has exactly one spelling: no slash is merged or appended, and nothing redirects.
    app.url_map.merge_slashes = False
    app.url_map.strict_slashes = True
    app.url_map.redirect_defaults = False
    app.extensions = extensions
    add_gate(app, gate, settings.port)
    endpoint.add_error_handlers(app)
    return app
