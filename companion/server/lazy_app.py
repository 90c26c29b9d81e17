"""The parts of the app that are made when they are first asked for: the dashboard, vetting, the queue, X's API.

Together they are a third of all that there is to load, and most browsing needs none of them. What the extension asks
for on every page answers from the first app; any other path goes to the second, which is made then and is guarded by
the same gate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import Lock
from types import ModuleType
from typing import TYPE_CHECKING

from flask import Flask

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from companion.settings import Settings
    from companion.stores import Stores


class LazyApp:
    """Hands calls to the first app or to the second, which it makes at its first call.

    Args:
        first: answers the paths that it knows; others never reach it.
        paths: those paths, each in its one spelling.
        make: makes the second app.
    """

    def __init__(self, first: WSGIApplication, paths: Iterable[str], make: Callable[[], Flask]) -> None:
        self._first = first
        self._paths = frozenset(paths)
        self._make = make
        self._made: Flask | None = None
        self._lock = Lock()

    def app(self) -> Flask:
        """Return the second app."""
        with self._lock:
            if self._made is None:
                self._made = self._make()
            return self._made

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one call."""
        known = environ.get("PATH_INFO") in self._paths
        return (self._first if known else self.app())(environ, start_response)


def lazy_resources() -> tuple[ModuleType, ...]:
    """Return the nouns under /v1 that are loaded when first asked for; a new one is one more name here."""
    from companion.api import interactions, queue, relationship, vet, x_api

    return x_api, vet, queue, interactions, relationship


def add_lazy(app: Flask, settings: Settings, stores: Stores, clock: Callable[[], int]) -> Flask:
    """Give an app, guarded already, everything that is made later."""
    from companion.web import vet_json
    from companion.web.imports import archive_page

    archive_page.set_up(app, settings, stores, clock)
    for module in lazy_resources():
        app.register_blueprint(module.blueprint, url_prefix="/v1")
    app.register_blueprint(vet_json.blueprint, url_prefix="/web")
    return app
