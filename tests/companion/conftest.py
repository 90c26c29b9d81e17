"""One companion in this process: real stores in a fresh folder, a clock that a test sets, a paired extension."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from companion.server.app import create_app
from companion.settings import Settings
from companion.stores import Stores

NOW = 1_790_000_000
PORT = 17653
ORIGIN = "chrome-extension://abcdefghijklmnopabcdefghijklmnop"
VIEWER = {"id": "1000001", "handle": "adaquill"}
WREN = {"id": "2000001", "handle": "wrenwrites"}


@dataclass
class House:
    """The app, its stores and its clock; ``ask`` speaks as the paired extension."""

    settings: Settings
    stores: Stores
    app: Flask
    client: FlaskClient
    time: list[int] = field(default_factory=lambda: [NOW])
    token: str = ""
    serial: int = 0

    def headers(self, **changed: str | None) -> dict[str, str]:
        """The headers of a proper request; a name given as None is left out."""
        usual: dict[str, str | None] = {
            "Host": f"127.0.0.1:{PORT}",
            "Origin": ORIGIN,
            "Content-Type": "application/json",
            "Authorization": f"Bearer {self.token}",
            "X-Mutuals-Api": "1",
        }
        named = {name.replace("_", "-"): value for name, value in changed.items()}
        return {name: value for name, value in {**usual, **named}.items() if value is not None}

    def raw(self, path: str, body: object = None, method: str = "POST", **changed: str | None) -> TestResponse:
        """Send one request with some headers changed."""
        data = body if isinstance(body, bytes) else json.dumps({} if body is None else body).encode()
        return self.client.open(path, method=method, headers=self.headers(**changed), data=data)

    def ask(self, resource: str, body: object, expect: int = 200) -> dict[str, object]:
        """Request a resource and return the answer, which must have the expected status."""
        answer = self.raw(f"/v1/{resource}", body)
        assert answer.status_code == expect, f"{answer.status_code}: {answer.get_data(as_text=True)}"
        reply: dict[str, object] = json.loads(answer.get_data())
        return reply

    def write(
        self, kind: str, body: dict[str, object], base: int | None = None, expect: int = 200, **more: object
    ) -> dict[str, object]:
        """Write something about Wren under a fresh op id."""
        self.serial += 1
        ask = {
            "instance": self.stores.notebook.instance, "viewer": VIEWER, "op": f"op-{self.serial:06}", "kind": kind,
            "person": WREN, "body": body, "base": base, "at": self.time[0],
        }  # fmt: skip
        return self.ask("writes", ask | more, expect)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A companion whose one client is paired."""
    settings = Settings(data=tmp_path / "data", port=PORT)
    settings.data.mkdir(mode=0o700)
    stores = Stores.open(settings)
    time = [NOW]
    app = create_app(settings, stores, lambda: time[0])
    made = House(settings, stores, app, app.test_client(), time)
    made.token = stores.clients.add(ORIGIN, "test", NOW)
    yield made
    stores.close()
