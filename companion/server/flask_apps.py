"""Builds the two Flask apps of a companion, both behind the same gate; loaded when a request needs one of them."""

from __future__ import annotations

from collections.abc import Iterable
from types import ModuleType

from flask import Flask

from companion.access.gate import Gate
from companion.access.middleware import add_gate
from companion.api import pair
from companion.api.context import ApiContext
from companion.api.endpoint import add_error_handlers, add_resources
from companion.api.resources import PREFIX, Resource, resources_of


def first_app(everyday: Iterable[Resource], extensions: dict[str, object]) -> Flask:
    """Return the app of pairing and of the resources that the extension requests on every page."""
    app = _gated_app(extensions)
    app.register_blueprint(pair.blueprint, url_prefix=PREFIX)
    add_resources(app, everyday)
    return app


def second_app(extensions: dict[str, object]) -> Flask:
    """Return the app of the dashboard, the calendar feed and the rarely used resources."""
    from companion.web import calendar_feed, handed, vet_json
    from companion.web.imports import archive_page

    app = _gated_app(extensions)
    context = _context(extensions)
    archive_page.set_up(app, context.settings, context.stores, context.clock)
    for module in lazy_modules():
        add_resources(app, resources_of(module))
    assert vet_json.blueprint is handed.blueprint  # each adds its routes to the dashboard's
    app.register_blueprint(handed.blueprint, url_prefix="/web")
    app.register_blueprint(calendar_feed.blueprint)
    return app


def lazy_modules() -> tuple[ModuleType, ...]:
    """Return the modules of the resources that are loaded at their first request; add a new one here."""
    from companion.api import (
        chats,
        drafts,
        interactions,
        lists,
        page_health,
        queue,
        relationship,
        time_spent,
        vet,
        x_api,
    )

    return x_api, vet, queue, interactions, relationship, drafts, chats, lists, page_health, time_spent


def _gated_app(extensions: dict[str, object]) -> Flask:
    """Return an app without routes, behind the gate."""
    settings = _context(extensions).settings
    gate = extensions["mutuals.gate"]
    assert isinstance(gate, Gate)
    app = Flask("companion", static_folder=None, template_folder="web/templates")
    app.config.update(MAX_CONTENT_LENGTH=settings.max_body_bytes, PROVIDE_AUTOMATIC_OPTIONS=False)
    # Each path has exactly one spelling: no slash is merged or appended, and nothing redirects.
    app.url_map.merge_slashes = False
    app.url_map.strict_slashes = True
    app.url_map.redirect_defaults = False
    app.extensions = extensions
    add_gate(app, gate, settings.port)
    add_error_handlers(app)
    return app


def _context(extensions: dict[str, object]) -> ApiContext:
    context = extensions["mutuals"]
    assert isinstance(context, ApiContext)
    return context
