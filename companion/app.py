"""Wires the companion's Flask app together; everything it works with is handed in."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from companion.api import (
    badges,
    dashboard,
    forget,
    interactions,
    pair,
    person,
    queue,
    recent,
    relationship,
    search,
    sightings,
    status,
    tags,
    versions,
    vet,
    web_vet,
    wire,
    writes,
    x_api,
)
from companion.api.desk import Desk
from companion.gate import Gate
from companion.guard import guard
from companion.settings import Settings
from companion.stores import Stores
from companion.web import importing

NOUNS = (
    pair, status, sightings, badges, person, writes, versions, search, recent, tags, forget, dashboard, x_api, vet,
    queue, interactions, relationship,
)  # fmt: skip
"""Everything under /v1: a noun is a file with a ``blueprint``; a new one is one more name here."""


def create_app(settings: Settings, stores: Stores, clock: Callable[[], int]) -> Flask:
    """Return the app of one companion.

    Args:
        settings: its port and limits.
        stores: the opened stores; whoever opened them closes them.
        clock: the time in epoch seconds UTC.
    """
    app = Flask("companion", static_folder=None, template_folder="web/templates")
    app.config.update(MAX_CONTENT_LENGTH=settings.max_body_bytes, PROVIDE_AUTOMATIC_OPTIONS=False)
    # A path has one spelling: nothing is merged, appended or redirected before the gate or after it.
    app.url_map.merge_slashes = False
    app.url_map.strict_slashes = True
    app.url_map.redirect_defaults = False
    app.extensions["mutuals"] = Desk(settings, stores, clock)
    app.extensions["mutuals.gate"] = gate = Gate(settings, stores.clients, stores.pairing, stores.doors, clock)
    guard(app, gate, settings.port)
    importing.set_up(app, settings, stores, clock)
    wire.answer_errors(app)
    for module in NOUNS:
        app.register_blueprint(module.blueprint, url_prefix="/v1")
    app.register_blueprint(web_vet.blueprint, url_prefix="/web")
    return app
