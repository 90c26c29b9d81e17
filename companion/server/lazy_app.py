"""WSGI app that builds the rarely used routes at their first request: the dashboard, vetting, the queue, X's API.

They are a third of the code to load, and most browsing needs none of them. Requests that the extension makes on every
page are answered by a first app; any other path goes to a second app, which is built then, behind the same gate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import Lock
from types import ModuleType
from typing import TYPE_CHECKING

from flask import Flask

from companion.server.updated import Installed

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from companion.settings import Settings
    from companion.stores import Stores


class LazyApp:
    """Dispatches each request to the first app, or to the second one, which it builds when needed.

    Args:
        first: the app for ``paths``; other paths never reach it.
        paths: the exact paths of the first app.
        build: builds the second app.
        installed: the installation; nothing is loaded from another one.
    """

    def __init__(
        self, first: WSGIApplication, paths: Iterable[str], build: Callable[[], Flask], installed: Installed
    ) -> None:
        self.installed = installed
        self._first = first
        self._paths = frozenset(paths)
        self._build = build
        self._second: Flask | None = None
        self._lock = Lock()

    def app(self) -> Flask:
        """Return the second app, built at the first call."""
        with self._lock:
            if self._second is None:
                self._second = self._build()
            return self._second

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        known = environ.get("PATH_INFO") in self._paths
        if not known and self.installed.replaced():
            return self.installed.answer(environ, start_response)
        return (self._first if known else self.app())(environ, start_response)


def lazy_resources() -> tuple[ModuleType, ...]:
    """Return the resources under /v1 that are loaded at their first request; add a new one here."""
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


def add_lazy(app: Flask, settings: Settings, stores: Stores, clock: Callable[[], int]) -> Flask:
    """Register the rarely used routes with an app that has the gate already."""
    from companion.web import calendar_feed, handed, vet_json
    from companion.web.imports import archive_page

    archive_page.set_up(app, settings, stores, clock)
    for module in lazy_resources():
        app.register_blueprint(module.blueprint, url_prefix="/v1")
    assert vet_json.blueprint is handed.blueprint  # each adds its routes to the dashboard's
    app.register_blueprint(handed.blueprint, url_prefix="/web")
    app.register_blueprint(calendar_feed.blueprint)
    return app
