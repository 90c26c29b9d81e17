"""The list of paired extensions: the origin of each and a hash of its token, in one private file.

Several processes share the file: ``mutuals unpair`` must lock out an extension while the companion runs. Every method
therefore checks first whether the file changed (one ``stat``, about 2 microseconds) and reads it again if it did.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from pathlib import Path
from threading import Lock

import msgspec

from companion.errors import NewerDataError, TornDataError
from companion.store.files import write_private

SCHEMA = 1
TOKEN_BYTES = 32


class Client(msgspec.Struct, frozen=True):
    """One paired extension; ``created`` is epoch seconds UTC. The token itself is never stored."""

    origin: str
    token_sha256: str
    client: str
    created: int


class _File(msgspec.Struct):
    schema: int = SCHEMA
    clients: list[Client] = []


Stamp = tuple[int, int, int] | None
"""Modification time (ns), size and inode of the file; None when there is no file."""


def token_hash(token: str) -> str:
    """Return the hash that is stored of a token: SHA-256 in hex. 256 random bits need no salt."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


class Clients:
    """The list of paired extensions, re-read whenever its file changes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._stamp: Stamp = None
        self._clients: dict[str, Client] = {}

    def paired(self, origin: str) -> bool:
        """Return whether this exact origin is paired."""
        return origin in self._current()

    def holds(self, origin: str, token: str) -> bool:
        """Return whether ``token`` is the one issued to ``origin``, compared in constant time."""
        client = self._current().get(origin)
        return client is not None and hmac.compare_digest(client.token_sha256, token_hash(token))

    def all(self) -> list[Client]:
        """Return the paired extensions, oldest first."""
        return sorted(self._current().values(), key=lambda client: client.created)

    def add(self, origin: str, client: str, now: int) -> str:
        """Pair ``origin`` and return its new token. The token is returned only here; an older one becomes invalid."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        with self._lock:
            clients = dict(self._read())
            clients[origin] = Client(origin, token_hash(token), client, now)
            self._write(clients)
        return token

    def remove(self, origin: str) -> bool:
        """Remove ``origin``; return whether it was paired."""
        with self._lock:
            clients = dict(self._read())
            if clients.pop(origin, None) is None:
                return False
            self._write(clients)
        return True

    def _current(self) -> dict[str, Client]:
        if self._file_stamp() != self._stamp:
            with self._lock:
                self._read()
        return self._clients

    def _file_stamp(self) -> Stamp:
        try:
            stat = self._path.stat()
        except FileNotFoundError:
            return None
        return stat.st_mtime_ns, stat.st_size, stat.st_ino

    def _read(self) -> dict[str, Client]:
        """Read the file; when it cannot be read, no extension counts as paired."""
        stamp = self._file_stamp()
        self._clients = {}
        self._clients = {client.origin: client for client in self._parse()} if stamp else {}
        self._stamp = stamp
        return self._clients

    def _parse(self) -> list[Client]:
        try:
            file = msgspec.json.decode(self._path.read_bytes(), type=_File)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise TornDataError(
                f"The list of paired extensions, {self._path}, is damaged. Delete that file, then run `mutuals pair`."
            ) from error
        if file.schema > SCHEMA:
            raise NewerDataError(f"{self._path} was written by a newer Mutuals. Update Mutuals, then start it again.")
        return file.clients

    def _write(self, clients: dict[str, Client]) -> None:
        write_private(self._path, msgspec.json.encode(_File(clients=list(clients.values()))))
        self._clients, self._stamp = clients, self._file_stamp()
