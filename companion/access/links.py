"""Addresses of the dashboard."""

from __future__ import annotations

from urllib.parse import quote

HERE = r"^/web(/[A-Za-z0-9_~@%-][A-Za-z0-9_.~@%-]*)*/?(\?[A-Za-z0-9_.~@%=&+-]*)?$"
"""Pages of the dashboard, and no other address: a link may lead on to nothing else."""


def link(port: int, secret: str, path: str = "/web") -> str:
    """Return the address that lets a browser in once and leads on to ``path``."""
    return f"http://127.0.0.1:{port}/web/enter/{secret}?to={quote(path, safe='/')}"
