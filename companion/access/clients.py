"""The paired extensions: who they are and a hash of each one's token, in one private file.

The file is shared by processes: ``mutuals unpair`` must shut out an extension while the companion runs. So every
question first looks whether the file changed (one ``stat``, about 2 microseconds) and reads it again if so.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from pathlib import Path
from threading import Lock

import msgspec

from companion.errors import NewerDataError, TornDataError
from companion.store.private_file import write_private

SCHEMA = 1
TOKEN_BYTES = 32


class Client(msgspec.Struct, frozen=True):
    """One paired extension; ``created`` is epoch seconds UTC and the token itself is kept nowhere."""

    origin: str
    token_sha256: str
    client: str
    created: int


class _File(msgspec.Struct):
    schema: int = SCHEMA
    clients: list[Client] = []


Stamp = tuple[int, int, int] | None


def token_hash(token: str) -> str:
    """Return the form in which a token is kept: SHA-256 in hex; 256 random bits need no salt."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


class Clients:
    """The list of paired extensions, always as the file has it now."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._stamp: Stamp = None
        self._known: dict[str, Client] = {}

    def paired(self, origin: str) -> bool:
        """Return whether this exact origin is paired."""
        return origin in self._current()

    def holds(self, origin: str, token: str) -> bool:
        """Return whether ``token`` is the one given to ``origin``, compared in constant time."""
        client = self._current().get(origin)
        return client is not None and hmac.compare_digest(client.token_sha256, token_hash(token))

    def all(self) -> list[Client]:
        """Return the paired extensions, oldest first."""
        return sorted(self._current().values(), key=lambda client: client.created)

    def add(self, origin: str, client: str, now: int) -> str:
        """Pair ``origin`` anew and return its token, the only time it is ever told; an older token of it dies."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        with self._lock:
            known = dict(self._read())
            known[origin] = Client(origin, token_hash(token), client, now)
            self._write(known)
        return token

    def remove(self, origin: str) -> bool:
        """Forget ``origin``; return whether it was paired."""
        with self._lock:
            known = dict(self._read())
            if known.pop(origin, None) is None:
                return False
            self._write(known)
        return True

    def _current(self) -> dict[str, Client]:
        if self._look() != self._stamp:
            with self._lock:
                self._read()
        return self._known

    def _look(self) -> Stamp:
        try:
            seen = self._path.stat()
        except FileNotFoundError:
            return None
        return seen.st_mtime_ns, seen.st_size, seen.st_ino

    def _read(self) -> dict[str, Client]:
        """Read the file; whatever cannot be read lets nobody in."""
        stamp = self._look()
        self._known = {}
        self._known = {client.origin: client for client in self._parse()} if stamp else {}
        self._stamp = stamp
        return self._known

    def _parse(self) -> list[Client]:
        try:
            schema = msgspec.json.decode(self._path.read_bytes(), type=_File)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise TornDataError(
                f"The list of paired extensions, {self._path}, is damaged. Delete that file, then run `mutuals pair`."
            ) from error
        if schema.schema > SCHEMA:
            raise NewerDataError(f"{self._path} was written by a newer Mutuals. Update Mutuals, then start it again.")
        return schema.clients

    def _write(self, known: dict[str, Client]) -> None:
        write_private(self._path, msgspec.json.encode(_File(clients=list(known.values()))))
        self._known, self._stamp = known, self._look()
