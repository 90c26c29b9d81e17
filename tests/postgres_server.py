"""Runs a PostgreSQL server of its own in a temporary folder.

The server refuses to run as root: then it runs as the system's user for nobody.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from companion.share.postgres import address
from companion.share.postgres.driver import Session, connect
from tests.companion_process import free_port
from tests.postgres_programs import folder_of_programs

NOBODY = "nobody"
ADMIN, PASSWORD = "keeper", "a login's own words"
SETTINGS = {
    "listen_addresses": "127.0.0.1", "fsync": "off", "full_page_writes": "off",
    "shared_buffers": "16MB", "max_connections": "60", "log_min_messages": "warning", "autovacuum": "off",
}  # fmt: skip


class Server:
    """One server with an administrator who is reached through its socket, and logins with passwords over TCP."""

    def __init__(self, folder: Path, programs: Path, settings: Mapping[str, str] = SETTINGS) -> None:
        self.folder, self._programs, self.port = folder, programs, free_port()
        self._serials, self._settings, self._free = count(1), settings, list[str]()
        self._process: subprocess.Popen[bytes] | None = None
        self.user: str | None = NOBODY if _is_root() else None
        self._group = _group() if _is_root() else None
        self._more: list[str] | None = [] if _is_root() else None
        self._run("initdb", "-D", str(self.data), "-U", ADMIN, "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C")
        (self.data / "pg_hba.conf").write_text(
            "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n", encoding="ascii"
        )

    @property
    def data(self) -> Path:
        """The server's data folder."""
        return self.folder / "data"

    def start(self) -> Server:
        """Start and return once it answers."""
        words = [f"-c{name}={value}" for name, value in self._settings.items()]
        command = [str(self._programs / "postgres"), "-D", str(self.data), "-p", str(self.port), "-k", str(self.folder)]
        log = (self.folder / "server.log").open("ab")
        self._process = subprocess.Popen([*command, *words], stdout=log, stderr=log, cwd="/", user=self.user,
                                         group=self._group, extra_groups=self._more)  # fmt: skip
        log.close()
        self.wait_for(self.port, self.folder)
        return self

    def wait_for(self, port: int, folder: Path) -> None:
        """Return once somebody answers at a socket in a folder: this server, or a pooler before it."""
        self._run("pg_isready", "-h", str(folder), "-p", str(port), "-U", ADMIN, "-t", "10", tries=200)

    def stop(self, *, immediately: bool = False) -> None:
        """End it, as a service manager or (immediately) a power cut would."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT if immediately else signal.SIGINT)
            self._process.wait(30)
            self._process = None

    @property
    def pid(self) -> int:
        """The running server."""
        assert self._process is not None
        return self._process.pid

    def database(self, *logins: str) -> str:
        """Make an empty database, and logins in it; return the database's name."""
        name = self._free.pop() if self._free else ""
        with self.admin("postgres") as session:
            if not name:
                name = f"notes{next(self._serials)}"
                session.rows(f"create database {name}")
            for login in logins:
                session.rows(f"create role {login} login password '{PASSWORD.replace(chr(39), chr(39) * 2)}'")
        return name

    def release(self, database: str) -> None:
        """Empty a database that nobody uses any more, for the next test: making one writes seven megabytes."""
        with self.admin(database) as session:
            session.script("drop schema if exists mutuals cascade; drop table if exists device_old, line_old")
        self._free.append(database)

    def login(self) -> str:
        """Return a name that no login has yet."""
        return f"login{next(self._serials)}"

    @contextmanager
    def admin(self, database: str) -> Iterator[Session]:
        """A connection of the administrator."""
        session = connect(address.read(self.place(ADMIN, database, socket=True)))
        try:
            yield session
        finally:
            session.close()

    def place(self, login: str, database: str, *, socket: bool = False, port: int = 0) -> str:
        """The address of a database for a login, or that of a pooler at a port."""
        host = f"?host={self.folder}" if socket else ""
        return f"postgresql://{login}@{'' if socket else '127.0.0.1'}:{port or self.port}/{database}{host}"

    def _run(self, program: str, *words: str, tries: int = 1) -> None:
        for _ in range(tries):
            done = subprocess.run([str(self._programs / program), *words], capture_output=True, text=True, check=False,
                                  cwd="/", user=self.user, group=self._group, extra_groups=self._more)  # fmt: skip
            if done.returncode == 0:
                return
        raise RuntimeError(done.stdout + done.stderr)


@contextmanager
def running(settings: Mapping[str, str] = SETTINGS) -> Iterator[Server]:
    """A server that is gone afterwards, with everything it wrote."""
    programs = folder_of_programs()
    if programs is None:
        raise FileNotFoundError("PostgreSQL 15 or newer (initdb, postgres)")
    folder = Path(tempfile.mkdtemp(prefix="mutuals-pg-"))
    if _is_root():
        shutil.chown(folder, NOBODY, _group())
    try:
        server = Server(folder, programs, settings).start()
        try:
            yield server
        finally:
            server.stop(immediately=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _is_root() -> bool:
    return os.name == "posix" and os.geteuid() == 0


def _group() -> str:
    import grp
    import pwd

    return grp.getgrgid(pwd.getpwnam(NOBODY).pw_gid).gr_name
