"""WSGI app that loads Flask, and builds its apps, at the first request that needs them.

Most browsing needs neither: `companion.server.fast_path` answers what the extension asks on every page. What that hands
on (a refusal, an error, pairing) goes to a first app, any other path to a second one: the dashboard, vetting, the
queue, X's API. docs/performance.md has what Flask takes of the start and of the memory at rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from threading import Lock
from typing import TYPE_CHECKING

from companion.access.gate import PAIR_PATHS, Gate
from companion.api.context import ApiContext
from companion.api.resources import Resource
from companion.server.updated import Installed

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment
    from flask import Flask


class LazyApp:
    """Dispatches each request to the first app, or to the second one; each is built when needed.

    Args:
        context: what the views work with.
        gate: the gate before both apps.
        everyday: the resources of the first app; their paths never reach the second one.
        installed: the installation; nothing is loaded from another one.
    """

    def __init__(self, context: ApiContext, gate: Gate, everyday: Sequence[Resource], installed: Installed) -> None:
        self.installed = installed
        self.extensions: dict[str, object] = {"mutuals": context, "mutuals.gate": gate}
        """What both apps know as their ``extensions``."""
        self._everyday = everyday
        self._paths = frozenset({resource.path for resource in everyday} | PAIR_PATHS)
        self._lock = Lock()
        self._first: Flask | None = None
        self._second: Flask | None = None

    def first(self) -> Flask:
        """Return the app of pairing and of the everyday resources, built at the first call."""
        with self._lock:
            if self._first is None:
                from companion.server.flask_apps import first_app

                self._first = first_app(self._everyday, self.extensions)
            return self._first

    def second(self) -> Flask:
        """Return the app of everything else, built at the first call."""
        with self._lock:
            if self._second is None:
                from companion.server.flask_apps import second_app

                self._second = second_app(self.extensions)
            return self._second

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        known = environ.get("PATH_INFO") in self._paths
        if not (known and self._first) and self.installed.replaced():
            return self.installed.answer(environ, start_response)
        app = self.first() if known else self.second()
        return app(environ, start_response)
