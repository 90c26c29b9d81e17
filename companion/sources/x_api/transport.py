"""HTTP adapter for tweepy's session: a time limit, no redirects, and another address in tests."""

from __future__ import annotations

from collections.abc import Mapping

import requests
from requests.adapters import HTTPAdapter

TWEEPY_HOST = "https://api.twitter.com"
"""The address that tweepy has built in; X answers there and at api.x.com alike."""
SECONDS = 30.0


class XApiAdapter(HTTPAdapter):
    """Sends requests with ``SECONDS`` as the read timeout, to ``base`` instead of X if it is set."""

    def __init__(self, base: str | None) -> None:
        self._base = base
        super().__init__()

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: float | tuple[float | None, float | None] | None = None,
        verify: bool | str = True,
        cert: bytes | str | tuple[bytes | str, bytes | str] | None = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Send one request; see `requests.adapters.HTTPAdapter.send`. Tweepy uses no client certificate."""
        through = dict(proxies or {})
        if self._base is not None and request.url:
            request.url = request.url.replace(TWEEPY_HOST, self._base, 1)
            through = {}
        return super().send(request, stream, timeout or SECONDS, verify, None, through)


def reach(session: requests.Session, base: str | None) -> None:
    """Mount the adapter on a tweepy session, so that it uses X's API, or ``base`` in its place."""
    session.max_redirects = 0
    session.mount(TWEEPY_HOST, XApiAdapter(base))
