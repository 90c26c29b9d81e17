"""Serves the dashboard's scripts and styles at addresses that change with their content, so that browsers keep them."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, send_from_directory

FOLDER = Path(__file__).parent / "static"
KEEP = "private, max-age=31536000, immutable"
"""A year: other content has another address. Private, for only who came by a one-time link may read it."""


@lru_cache(maxsize=1)
def version() -> str:
    """Return a hash of all files together, 12 hex digits: scripts import each other, so they share one version."""
    total = hashlib.sha256()
    for path in sorted(FOLDER.iterdir()):
        total.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:12]


def add_static_files(web: Blueprint) -> None:
    """Put the files under the dashboard's blueprint; templates name them by ``url_for("web.static", filename=…)``."""
    web.add_url_rule("/static/<digest>/<path:filename>", "static", _static)
    web.url_defaults(_versioned)


def _versioned(endpoint: str, values: dict[str, object]) -> None:
    if endpoint == "web.static":
        values.setdefault("digest", version())


def _static(digest: str, filename: str) -> Response:
    """Serve a file; a page made before an upgrade gets the present one for its old address, and does not keep it."""
    response = send_from_directory(FOLDER, filename)
    if digest == version():
        response.headers["Cache-Control"] = KEEP
    return response
