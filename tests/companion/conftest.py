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

from companion.access.wire import SEALED
from companion.server.app import create_app
from companion.settings import Settings
from companion.store.account import Account
from companion.store.ledger.ledger import Ledger
from companion.store.notebook.notebook import Notebook
from companion.stores import Stores
from tests.companion.store.ledger_help import ADA
from tests.sealed_client import SealedClient

NOW = 1_790_000_000
PORT = 17653
ORIGIN = "chrome-extension://abcdefghijklmnopabcdefghijklmnop"
VIEWER = {"id": "1000001", "handle": "adaquill"}
SECRET = bytes(range(32))
HOST = f"127.0.0.1:{PORT}"
WREN = {"id": "2000001", "handle": "wrenwrites"}


@dataclass
class House:
    """The app, its stores and its clock; ``ask`` speaks as the paired extension."""

    settings: Settings
    stores: Stores
    app: Flask
    client: FlaskClient
    time: list[int] = field(default_factory=lambda: [NOW])
    secret: bytes = SECRET
    serial: int = 0

    @property
    def sealed(self) -> SealedClient:
        """The paired extension's keys."""
        return SealedClient(self.secret, ORIGIN, HOST)

    def request(self, path: str, data: bytes, method: str = "POST", **fixed: str) -> tuple[dict[str, str], bytes]:
        """Headers and sealed body of a proper request, made now by this companion's clock."""
        return self.sealed.request(path, data, method, **{"time": str(self.time[0] * 1000), **fixed})

    def raw(self, path: str, body: object = None, method: str = "POST", **changed: str | None) -> TestResponse:
        """Send one request with some headers changed (None leaves one out); a sealed reply is opened."""
        data = body if isinstance(body, bytes) else json.dumps({} if body is None else body).encode()
        usual, sealed = self.request(path, data, method)
        named = {name.replace("_", "-"): value for name, value in changed.items()}
        headers = {name: value for name, value in {**usual, **named}.items() if value is not None}
        headers.pop("Content-Length")  # werkzeug counts for itself
        answer = self.client.open(path, method=method, headers=headers, data=sealed)
        return self.opened(answer, usual["X-Mutuals-Nonce"])

    def opened(self, answer: TestResponse, nonce: str) -> TestResponse:
        """The same reply in clear, where it was sealed for this request."""
        if answer.headers.get("Content-Type") == SEALED:
            answer.set_data(self.sealed.open(nonce, answer.status_code, answer.get_data()))
        return answer

    def plain(self, path: str, body: object, origin: str = ORIGIN) -> TestResponse:
        """Send JSON as it is, as pairing does."""
        headers = {"Host": HOST, "Origin": origin, "Content-Type": "application/json"}
        return self.client.post(path, headers=headers, data=json.dumps(body).encode())

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
    stores.clients.add(ORIGIN, "test", made.secret, NOW)
    yield made
    stores.close()


@pytest.fixture
def account(tmp_path: Path) -> Iterator[Account]:
    """Ada's account."""
    with Notebook.open(tmp_path / "notes.json") as notebook:
        ledger = Ledger.open(tmp_path / "ledger.db")
        ledger.owner_for(ADA, "adaquill", 1)
        yield Account(notebook, ledger, ADA)
        ledger.close()
