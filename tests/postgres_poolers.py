"""Poolers before a PostgreSQL server that lend each transaction any of a login's connections to it.

PgBouncer is one, where it is installed. The other is a small one of our own that lends in the same way, so that the
tests hold everywhere: it passes the login on, then each transaction to the connection that was used longest ago.
"""

from __future__ import annotations

import queue
import select
import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from tests.companion_process import free_port
from tests.postgres_server import NOBODY, PASSWORD, Server

PROGRAM = shutil.which("pgbouncer", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin:/opt/homebrew/bin")
ENCRYPTION = (80877103, 80877104)
"""What a client asks for before its login, by TLS or GSSAPI; between processes of one machine neither is needed."""
Pooler = Callable[[Server, tuple[str, ...]], AbstractContextManager[int]]


@contextmanager
def pgbouncer(server: Server, logins: tuple[str, ...]) -> Iterator[int]:
    """Yield the port of a PgBouncer in transaction mode."""
    assert PROGRAM is not None
    folder, port = Path(tempfile.mkdtemp(prefix="mutuals-pool-")), free_port()
    users, settings = folder / "users.txt", folder / "pgbouncer.ini"
    users.write_text("".join(f'"{login}" "{PASSWORD}"\n' for login in logins), encoding="ascii")
    settings.write_text(
        f"[databases]\n* = host=127.0.0.1 port={server.port}\n[pgbouncer]\nlisten_addr = 127.0.0.1\n"
        f"listen_port = {port}\nunix_socket_dir = {folder}\nauth_type = scram-sha-256\nauth_file = {users}\n"
        "pool_mode = transaction\ndefault_pool_size = 2\nserver_round_robin = 1\nlogfile =\n",
        encoding="ascii",
    )
    for path in (folder, users, settings) if server.user is not None else ():
        shutil.chown(path, NOBODY)
    process = subprocess.Popen([PROGRAM, str(settings)], stderr=subprocess.DEVNULL, cwd="/", user=server.user)
    try:
        server.wait_for(port, folder)
        yield port
    finally:
        process.terminate()
        process.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def lender(server: Server, logins: tuple[str, ...]) -> Iterator[int]:
    """Yield the port of our own pooler."""
    pools: dict[bytes, queue.Queue[socket.socket]] = {}
    with socket.create_server(("127.0.0.1", 0)) as door:
        threading.Thread(target=_serve, args=(door, server.port, pools), daemon=True).start()
        yield int(door.getsockname()[1])
        door.shutdown(socket.SHUT_RDWR)
    for pool in pools.values():
        while not pool.empty():
            pool.get().close()


POOLERS: dict[str, Pooler] = {"lender": lender, **({"pgbouncer": pgbouncer} if PROGRAM else {})}


def _serve(door: socket.socket, port: int, pools: dict[bytes, queue.Queue[socket.socket]]) -> None:
    with suppress(OSError):  # until the door is shut
        while True:
            client = door.accept()[0]
            threading.Thread(target=_attend, args=(client, port, pools), daemon=True).start()


def _attend(client: socket.socket, port: int, pools: dict[bytes, queue.Queue[socket.socket]]) -> None:
    with client, suppress(OSError, EOFError):
        first = _first(client)
        own = socket.create_connection(("127.0.0.1", port))
        own.sendall(first)
        _log_in(client, own)
        pool = pools.setdefault(first[8:], queue.Queue())
        pool.put(own)
        while True:
            kind, message = _message(client)
            if kind == b"X":
                return
            lent = pool.get()
            try:
                _transact(client, lent, kind, message)
            finally:
                pool.put(lent)


def _first(client: socket.socket) -> bytes:
    """Return what a client says first, once it asks for no encryption: who it is and which database it wants."""
    while True:
        size = _exactly(client, 4)
        words = _exactly(client, int.from_bytes(size) - 4)
        if int.from_bytes(words[:4]) not in ENCRYPTION:
            return size + words
        client.sendall(b"N")


def _log_in(client: socket.socket, server: socket.socket) -> None:
    """Pass a login on; the client is told another process than the server's: no pooler can know which one it gets."""
    kind = b""
    while kind != b"Z":
        kind, message = _message(server)
        client.sendall(message[:5] + bytes(4) + message[9:] if kind == b"K" else message)
        if kind == b"R" and int.from_bytes(message[5:9]) in (10, 11):  # SCRAM goes on
            server.sendall(_message(client)[1])


def _transact(client: socket.socket, server: socket.socket, kind: bytes, message: bytes) -> None:
    """Pass messages on until the server says that no transaction is open."""
    while select.select([server], [], [], 0)[0]:
        _message(server)  # a notice for whoever listened on this connection: it reaches nobody
    while True:
        server.sendall(message)
        if kind in b"QS":
            answered, answer = b"", b""
            while answered != b"Z":
                answered, answer = _message(server)
                client.sendall(answer)
            if answer[5:6] == b"I":
                return
        kind, message = _message(client)


def _message(peer: socket.socket) -> tuple[bytes, bytes]:
    head = _exactly(peer, 5)
    return head[:1], head + _exactly(peer, int.from_bytes(head[1:]) - 4)


def _exactly(peer: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        more = peer.recv(size - len(data))
        if not more:
            raise EOFError
        data += more
    return data
