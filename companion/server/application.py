"""Puts one companion's application together: what answers without the web framework, and Flask for the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from companion.access.gate import Gate
from companion.api import badges, dashboard, forget, person, recent, search, sightings, status, tags, versions, writes
from companion.api.context import ApiContext
from companion.api.resources import Resource, resources_of
from companion.server.fast_path import FastPath
from companion.server.lazy_app import LazyApp
from companion.server.updated import Installed
from companion.settings import Settings
from companion.stores import Stores

EVERYDAY = (status, sightings, badges, person, writes, versions, search, recent, tags, forget, dashboard)
"""Modules of the resources that the extension requests on every page. Add a new one here, or in
`companion.server.flask_apps` if it is rarely used."""
LOOK_UPS = frozenset({"/v1/badges"})
"""Those of their paths that only compute (`companion.server.dispatcher`)."""


@dataclass(frozen=True, slots=True)
class Application:
    """What the server runs.

    Attributes:
        answer: the WSGI app.
        gate: lets each request in or refuses it.
        flask: the framework's apps, each built when a request needs it.
        unhindered: tells whether a look-up would find every lock free.
    """

    answer: FastPath
    gate: Gate
    flask: LazyApp
    unhindered: Callable[[], bool]


def application(
    settings: Settings, stores: Stores, clock: Callable[[], int], milliseconds: Callable[[], int] | None = None
) -> Application:
    """Return the application of one companion.

    Args:
        settings: its port and limits.
        stores: the opened stores; the caller closes them.
        clock: the time in epoch seconds UTC.
        milliseconds: the same in epoch milliseconds, to tell this run from the one before; from ``clock`` if left out.
    """
    gate = Gate(settings, stores.clients, stores.sessions, clock, milliseconds or (lambda: clock() * 1000))
    context = ApiContext(settings, stores, clock)
    everyday = everyday_resources()
    flask = LazyApp(context, gate, everyday, Installed())
    answer = FastPath(flask, gate, context, {resource.path: resource.respond for resource in everyday})
    return Application(answer, gate, flask, lambda: stores.notebook.warmed and stores.ledger.connections.unheld())


def everyday_resources() -> list[Resource]:
    """Return the resources that are answered without the framework."""
    return [resource for module in EVERYDAY for resource in resources_of(module)]
