"""The one place that knows psycopg: connects, runs statements, waits for notices, and says errors in words."""

from __future__ import annotations

import select
import socket
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TypeAlias, cast

from companion.errors import CarrierError, SettingError
from companion.share.postgres.address import Address

if TYPE_CHECKING:
    from psycopg import Connection, Error, Notify

Row: TypeAlias = Sequence[object]
Value: TypeAlias = object
LIMIT_SECONDS = 60.0
"""A server that accepted a statement and says nothing for so long (it hangs, or was stopped) is left."""


class Session:
    """One open connection in autocommit mode; every method raises `CarrierError` when it is of no use any more."""

    def __init__(self, connection: Connection[Row], address: Address) -> None:
        self._connection, self._address = connection, address
        self._told: list[tuple[str, str]] = []

    @property
    def version(self) -> int:
        """The server's version, such as 150018."""
        return cast("int", self._connection.info.server_version)

    @property
    def socket(self) -> int:
        """The connection's socket, to be waited on."""
        return cast("int", self._connection.fileno())

    def rows(self, statement: str, values: Mapping[str, Value] | None = None) -> list[Row]:
        """Run a statement and return its rows, none if it gives none."""
        with self._limited(), self._connection.cursor(binary=True) as cursor:
            cursor.execute(statement.encode(), values)
            return list(cursor.fetchall()) if cursor.description else []

    def script(self, text: str) -> None:
        """Run several statements without values, of which all count or none."""
        with self._limited(), self._connection.transaction():
            self._connection.execute(text.encode())

    @contextmanager
    def transaction(self, *, serializable: bool = False) -> Iterator[None]:
        """Run several statements of which all count or none."""
        with self._said(), self._connection.transaction():
            if serializable:
                self._connection.execute(b"set transaction isolation level serializable")
            yield

    def heard(self) -> list[tuple[str, str]]:
        """Return the (channel, payload) of the notices of other connections that came since the last call."""
        with self._said():
            server = self._connection.pgconn
            server.consume_input()
            found = [one for one in iter(server.notifies, None) if one.be_pid != server.backend_pid]
        told, self._told = [*self._told, *((one.relname.decode(), one.extra.decode()) for one in found)], []
        return told

    def listen(self, channel: str) -> None:
        """Hear a channel from now on."""
        self._connection.add_notify_handler(self._take)
        self.rows(f"listen {channel}")

    def wait(self, seconds: float) -> None:
        """Wait until the server sends something, or for some seconds."""
        select.select([self.socket], [], [], seconds)

    def _take(self, notice: Notify) -> None:
        """Keep a notice that came beside the rows of a statement."""
        if notice.pid != self._connection.pgconn.backend_pid:
            self._told.append((notice.channel, notice.payload))

    def hears_itself(self, channel: str, seconds: float) -> bool:
        """Return whether a notice to oneself arrives, waiting for it at most some seconds."""
        heard, end = list[str](), time.monotonic() + seconds
        own = self._connection.pgconn.backend_pid
        self._connection.add_notify_handler(lambda notice: heard.append(notice.channel) if notice.pid == own else None)
        self.rows(f"listen {channel}")
        self.rows("select pg_notify(%(channel)s, '')", {"channel": channel})
        while channel not in heard and time.monotonic() < end:
            self.wait(max(0.0, end - time.monotonic()))
            self.rows("select 1")  # notices come with the rows
        self.rows(f"unlisten {channel}")
        return channel in heard

    def close(self) -> None:
        """End the connection."""
        self._connection.close()

    def cut(self) -> None:
        """Break the connection off from another thread; a statement that is running there fails."""
        with suppress(OSError), socket.socket(fileno=socket.dup(self.socket)) as twin:
            twin.shutdown(socket.SHUT_RDWR)

    @contextmanager
    def _limited(self) -> Iterator[None]:
        watch = threading.Timer(LIMIT_SECONDS, self.cut)
        watch.daemon = True
        watch.start()
        try:
            with self._said():
                yield
        finally:
            watch.cancel()

    @contextmanager
    def _said(self) -> Iterator[None]:
        import psycopg

        try:
            yield
        except psycopg.Error as error:
            raise CarrierError(_words(error, self._address), state=error.sqlstate or "") from None


def connect(address: Address, password: str | None = None) -> Session:
    """Return an open connection.

    Args:
        address: whither.
        password: the password; None leaves it to libpq's passfile and environment.

    Raises:
        SettingError: the optional part of Mutuals is not installed.
        CarrierError: the server is away or refuses the login.
    """
    try:
        import psycopg
    except ImportError:
        raise SettingError(
            'Sharing through PostgreSQL needs one more package: `pip install "mutuals[postgres]"`.'
        ) from None
    secret = {} if password is None else {"password": password}
    try:
        connection = psycopg.connect("", autocommit=True, prepare_threshold=None, **address.parameters(), **secret)
    except psycopg.Error as error:
        raise CarrierError(_words(error, address), state=error.sqlstate or "") from None
    return Session(connection, address)


def _words(error: Error, address: Address) -> str:
    first = str(error).strip().partition("\n")[0].rpartition("failed: ")[2]
    return f"{address.host} says: {first}." if error.sqlstate else f"{address.host} cannot be used ({first})."
