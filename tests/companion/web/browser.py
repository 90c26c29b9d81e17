"""A browser without a window for the dashboard: enters by a link, reads pages, fills in and sends their forms."""

from __future__ import annotations

from flask import Flask
from selectolax.lexbor import LexborHTMLParser, LexborNode
from werkzeug.test import TestResponse

from companion.settings import DEFAULT_PORT
from companion.stores import Stores
from tests.companion.web.town import NOW

NAME = "mutuals-of-the-tests.localhost"
BASE = f"http://{NAME}:{DEFAULT_PORT}"


class Page:
    """One answer.

    Attributes:
        status: of HTTP.
        html: as served.
    """

    def __init__(self, status: int, html: str, address: str) -> None:
        self.status, self.html, self.address = status, html, address
        self._tree = LexborHTMLParser(html)

    def all(self, css: str) -> list[LexborNode]:
        """Return all nodes that match."""
        return self._tree.css(css)

    def one(self, css: str) -> LexborNode:
        """Return the only node that matches."""
        found = self._tree.css(css)
        assert len(found) == 1, f"{len(found)} of {css}"
        return found[0]

    def texts(self, css: str) -> list[str]:
        """Return the texts of all nodes that match, with single spaces."""
        return [" ".join(node.text().split()) for node in self._tree.css(css)]

    @property
    def text(self) -> str:
        """All of its text."""
        return " ".join(self._tree.body.text().split()) if self._tree.body else ""


class Browser:
    """A cookie jar with an app.

    Attributes:
        language: what it sends as Accept-Language.
    """

    language = "en"

    def __init__(self, app: Flask, stores: Stores) -> None:
        self._client = app.test_client()
        stores.sessions.name = NAME
        self.get(f"/web/enter/{stores.sessions.issue(NOW)}")

    def get(self, address: str) -> Page:
        """Open a page of the dashboard."""
        answer = self.fetch(address)
        return Page(answer.status_code, answer.get_data(as_text=True), address)

    def leave(self) -> None:
        """Forget the session's cookie, as another browser never had it."""
        self._client = self._client.application.test_client()

    def fetch(self, address: str) -> TestResponse:
        """Return the answer as it is, unread."""
        return self._client.get(address, base_url=BASE, follow_redirects=True, headers=self._headers())

    def _headers(self) -> dict[str, str]:
        return {"Accept": "text/html", "Accept-Language": self.language}

    def send(self, page: Page, form: str, **fields: str | list[str]) -> Page:
        """Send the form whose action ends with ``form``: its own values, then the given ones."""
        node = next(
            one
            for one in page.all("form[method=post]")
            if (one.attributes["action"] or "").split("?")[0].endswith(form)
        )
        data: dict[str, str | list[str]] = {}
        for field in node.css("input[type=hidden], input[value]"):
            name, kind = field.attributes.get("name"), field.attributes.get("type")
            if name and (kind not in ("checkbox", "radio") or "checked" in field.attributes):
                data[name] = field.attributes.get("value") or ""
        return self.post(node.attributes["action"] or "", {**data, **fields})

    def post(self, address: str, data: dict[str, str | list[str]]) -> Page:
        """Send a form as it is and follow where it leads."""
        answer = self._client.post(address, data=data, base_url=BASE, follow_redirects=True, headers=self._headers())
        return Page(answer.status_code, answer.get_data(as_text=True), answer.request.full_path.rstrip("?"))

    def ask(self, address: str, data: dict[str, str]) -> TestResponse:
        """Send a form as a page's script does, which wants JSON."""
        return self._client.post(address, data=data, base_url=BASE, headers={"Accept": "application/json"})
