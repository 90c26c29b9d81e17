"""Gives the whole application of a companion as a Flask app, for whoever asks it without the server."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from companion.server.application import Application, application
from companion.settings import Settings
from companion.stores import Stores

WHOLE = "mutuals.application"


def create_app(settings: Settings, stores: Stores, clock: Callable[[], int]) -> Flask:
    """Return an app whose test client asks the whole application; it has no routes of its own.

    For the arguments see `companion.server.application.application`.
    """
    whole = application(settings, stores, clock)
    app = Flask("companion", static_folder=None)
    app.extensions = whole.flask.extensions
    app.extensions[WHOLE] = whole
    app.wsgi_app = whole.answer  # type: ignore[method-assign]  # Flask's documented way to wrap an app
    return app


def whole_of(app: Flask) -> Application:
    """Return the application that such an app asks."""
    whole: Application = app.extensions[WHOLE]
    return whole
