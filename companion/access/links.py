"""Builds the one-time link that opens the dashboard."""

from __future__ import annotations

from urllib.parse import quote

PAGE_PATTERN = r"^/web(/[A-Za-z0-9_~@%-][A-Za-z0-9_.~@%-]*)*/?(\?[A-Za-z0-9_.~@%=&+-]*)?$"
"""Matches paths of the dashboard only: a link redirects nowhere else."""


def link(name: str, port: int, secret: str, path: str = "/web") -> str:
    """Return the address that starts a session in a browser, once, and redirects to ``path``."""
    return f"http://{name}:{port}/web/enter/{secret}?to={quote(path, safe='/')}"
