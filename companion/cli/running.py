"""Requests to the running companion, with a session from a one-time link, as a browser of this user would make them."""

from __future__ import annotations

import http.client
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

import msgspec

from companion.access.headers import FORM_HEADER
from companion.cli.exit_codes import NotRunningError
from companion.cli.open_stores import Handed
from companion.cli.options import clock
from companion.errors import BodyError
from companion.settings import Settings
from companion.stores import sessions

SECONDS = 20
COMMAND_SECONDS = 3600
"""An archive takes minutes; a sync that waits for X's limits longer."""
HANDED = ("sync", "import", "forget", "sample")
"""Commands that the running companion carries out; it has the stores open."""
FORGET, IMPORT = "forget", "import"


class Running:
    """A session of the dashboard of the companion on a port."""

    def __init__(self, settings: Settings, port: int, seconds: float = SECONDS) -> None:
        """Enter with a fresh link; raises ``NotRunningError`` if the companion does not answer."""
        self._port, name = port, sessions(settings).published_name()
        self._headers = {"Host": f"{name or '127.0.0.1'}:{port}"}
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
        secret = sessions(settings).issue(clock())
        self.get(f"/web/enter/{quote(secret)}")

    def __enter__(self) -> Running:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def get(self, path: str) -> tuple[int, bytes]:
        """Return the status and body of a page."""
        return self._ask("GET", path, None, {})

    def post(self, path: str, body: bytes, token: str) -> tuple[int, bytes]:
        """Send a form with its token; return the status and body of the reply."""
        return self._ask("POST", path, body, {FORM_HEADER: token, "Content-Type": "application/json"})

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> tuple[int, bytes]:
        try:
            self._connection.request(method, path, body, {**self._headers, **headers})
            response = self._connection.getresponse()
            data = response.read()
        except (OSError, http.client.HTTPException) as error:
            raise NotRunningError(
                f"The companion does not answer on port {self._port} ({error}). Restart it."
            ) from error
        cookie = response.getheader("Set-Cookie")
        if cookie:
            self._headers["Cookie"] = cookie.partition(";")[0]
        return response.status, data


def hand_over(settings: Settings, port: int, words: Sequence[str]) -> Handed:
    """Let the running companion carry out a command and return what it printed.

    Raises:
        NotRunningError: it does not answer.
        BodyError: it is of another version.
    """
    files = words[2:] if words[0] == IMPORT else ()  # the companion was started in another folder
    arguments = [str(Path(word).resolve()) if word in files and Path(word).exists() else word for word in words]
    arguments += ["--yes"] if arguments[0] == FORGET else []  # asked already, before the data folder was opened
    with Running(settings, port, COMMAND_SECONDS) as running:
        try:
            token = msgspec.json.decode(running.get("/web/handed")[1], type=dict[str, str])["form_token"]
            return msgspec.json.decode(
                running.post("/web/handed", msgspec.json.encode(arguments), token)[1], type=Handed
            )
        except (msgspec.MsgspecError, KeyError) as error:
            raise BodyError("The companion's answer cannot be read. Update it to this version.") from error
