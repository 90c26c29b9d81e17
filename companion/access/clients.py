"""The list of paired extensions: the origin of each and the secret shared with it, in one private file.

Several processes share the file: ``mutuals unpair`` must lock out an extension while the companion runs. Every method
but ``held_keys`` therefore checks first whether the file changed (one ``stat``, about 2 microseconds) and reads it
again if it did.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from threading import Lock

import msgspec

from companion.access.wire import SECRET_BYTES, Keys, secret_of_token
from companion.domain.typed_json import decoded
from companion.errors import MutualsError, NewerDataError, TornDataError
from companion.store.files import write_private

SCHEMA = 2
"""Schema 1 held ``token_sha256`` instead of ``secret``: both sides derive the secret of such a pairing from it."""


class Client(msgspec.Struct, frozen=True):
    """One paired extension; ``created`` is epoch seconds UTC, ``secret`` is the pairing's secret in hex."""

    origin: str
    client: str
    created: int
    secret: str = ""
    token_sha256: str = ""

    def keys(self) -> Keys:
        """Return the keys of this pairing; raises ValueError if the file does not hold 32 bytes in hex."""
        secret = bytes.fromhex(self.secret or self.token_sha256)
        if len(secret) != SECRET_BYTES:
            raise ValueError("The secret of a pairing has 32 bytes.")
        return Keys.of(secret if self.secret else secret_of_token(secret))


class _File(msgspec.Struct):
    schema: int = SCHEMA
    clients: list[Client] = []


Stamp = tuple[int, int, int] | None
"""Modification time (ns), size and inode of the file; None when there is no file."""


class Clients:
    """The list of paired extensions, re-read whenever its file changes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = os.fspath(path)
        self._lock = Lock()
        self._stamp: Stamp = None
        self._clients: dict[str, Client] = {}
        self._keys: dict[str, Keys] = {}

    def paired(self, origin: str) -> bool:
        """Return whether this exact origin is paired."""
        return origin in self._current()

    def keys(self, origin: str) -> Keys | None:
        """Return the keys of the pairing with this exact origin, or None."""
        self._current()
        return self.held_keys(origin)

    def held_keys(self, origin: str) -> Keys | None:
        """Return the same as of the last look at the file, for who has just looked."""
        return self._keys.get(origin)

    def all(self) -> list[Client]:
        """Return the paired extensions, oldest first."""
        return sorted(self._current().values(), key=lambda client: client.created)

    def add(self, origin: str, client: str, secret: bytes, now: int) -> None:
        """Pair ``origin`` by the secret agreed with it; an older secret becomes invalid."""
        with self._lock:
            clients = dict(self._read())
            clients[origin] = Client(origin, client, now, secret.hex())
            self._write(clients)

    def remove(self, origin: str) -> bool:
        """Remove ``origin``; return whether it was paired."""
        with self._lock:
            clients = dict(self._read())
            if clients.pop(origin, None) is None:
                return False
            self._write(clients)
        return True

    def _current(self) -> dict[str, Client]:
        if self._file_stamp() != self._stamp and self._path.parent.is_dir():
            with self._lock:
                self._read()
        return self._clients  # where the whole folder vanished nobody was unpaired: its loss is told to who asks

    def _file_stamp(self) -> Stamp:
        try:
            stat = os.stat(self._file)  # noqa: PTH116 - each request waits for it, and a Path takes half as long again
        except FileNotFoundError:
            return None
        return stat.st_mtime_ns, stat.st_size, stat.st_ino

    def _read(self) -> dict[str, Client]:
        """Read the file; when it cannot be read, no extension counts as paired."""
        stamp = self._file_stamp()
        try:
            self._hold(self._parse() if stamp else [])
        except MutualsError:
            self._hold([])
            raise
        self._stamp = stamp
        return self._clients

    def _parse(self) -> list[Client]:
        try:
            file = decoded(self._path.read_bytes(), _File)
            for client in file.clients if file.schema <= SCHEMA else ():
                client.keys()
        except (msgspec.DecodeError, ValueError) as error:
            raise TornDataError(
                f"The list of paired extensions, {self._path}, is damaged. Delete that file, then run `mutuals pair`."
            ) from error
        if file.schema > SCHEMA:
            raise NewerDataError(f"{self._path} was written by a newer Mutuals. Update Mutuals, then start it again.")
        return file.clients

    def _write(self, clients: dict[str, Client]) -> None:
        write_private(self._path, msgspec.json.encode(_File(clients=list(clients.values()))))
        self._hold(clients.values())
        self._stamp = self._file_stamp()

    def _hold(self, clients: Iterable[Client]) -> None:
        self._clients = {client.origin: client for client in clients}
        self._keys = {origin: client.keys() for origin, client in self._clients.items()}
