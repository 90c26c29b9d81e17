"""Data folders that share through a carried folder, of which each may have its own copy."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from companion.settings import Settings
from companion.share.folder import file_of
from companion.share.inbox import Inbox
from companion.share.link import FolderLink
from companion.share.membership import Meeting, Membership
from companion.share.postgres import address, space
from companion.share.postgres.driver import connect
from companion.share.postgres.link import PostgresLink
from companion.share.space import NAME, enter
from companion.store.ledger.ledger import Ledger
from companion.store.notebook.forgotten import hashed
from companion.store.notebook.notebook import Notebook
from tests.postgres_server import PASSWORD

ADA, NOW = "1000001", 1_790_000_000
WREN, INES = "2000001", "2000002"
PASSPHRASE = "four plain words here"


class Laptop:
    """One data folder with its own copy of the carried folder."""

    def __init__(self, home: Path, name: str, carried: Path | None = None) -> None:
        self.home, self.name = home / name, name
        self.carried = carried or home / name / "carried"
        self.carried.mkdir(parents=True, exist_ok=True)
        self.meeting, self.ops, self.passphrase = Meeting(), 0, PASSPHRASE
        self._link: FolderLink | PostgresLink | None = None
        self.start()

    def start(self) -> None:
        """Open the stores."""
        settings = Settings(data=self.home / "data")
        self.notebook = Notebook.open(settings, clock=lambda: float(NOW))
        self.ledger = Ledger.open(settings.ledger_path)
        self._link = None

    def stop(self) -> None:
        """Close the link and the stores."""
        if self._link is not None:
            self._link.close()
        self.ledger.close()
        self.notebook.close()

    def join(self) -> None:
        """Join the space in the carried folder, or make it one."""
        seal = enter(self.carried, self.passphrase, cost=2)
        membership = Membership(f"folder:{self.carried}", seal.space, seal.key, self.name, older=seal.older)
        self._link = FolderLink(membership, self.notebook, self.ledger, lambda: None, lambda: NOW)

    def meet(self) -> Meeting:
        """Meet the others in the carried folder."""
        if self._link is None:
            self.join()
        assert self._link is not None
        self.meeting = self._link.meet(self.meeting)
        return self.meeting

    @property
    def link(self) -> FolderLink | PostgresLink:
        """The link, once it joined."""
        assert self._link is not None
        return self._link

    def write(self, kind: str, pid: str, body: dict[str, object], at: int = 0) -> None:
        """Write as a client that has the present text in view."""
        self.ops += 1
        self.notebook.write(f"{self.name}-{self.ops:08}", kind, pid, body, -1, NOW + at, ADA)

    def note(self, text: str, pid: str = WREN, at: int = 0) -> None:
        """Write a note."""
        self.write("note", pid, {"text": text}, at)

    def forget(self, pid: str, act: str) -> None:
        """Forget somebody by hand."""
        self.notebook.forget(pid, act)
        self.notebook.forgotten.mark(hashed(pid), act)

    def text(self, pid: str = WREN) -> str | None:
        """Return the note that is shown."""
        note = self.notebook.about(pid).note
        return note.text if note else None

    def view(self) -> dict[str, Any]:
        """Return what a user sees of everybody, and every earlier text."""
        shown: dict[str, Any] = {"forgotten": self.notebook.forgotten.acts()}
        for pid in sorted(self.notebook.forgotten.holds()):
            about = self.notebook.about(pid)
            texts = {(version.text, version.at) for version in self.notebook.versions(pid)}
            seen = (about.note.text if about.note else None, about.tags, about.alias, texts)
            if any(seen):
                shown[pid] = seen
        return shown


class Seat(Laptop):
    """One data folder that shares through a database."""

    def __init__(self, home: Path, name: str, place: str, *, listens: bool = True) -> None:
        self.place, self.listens = place, listens
        self.membership: Membership | None = None
        super().__init__(home, name)

    def join(self) -> None:
        """Join the space in the database; the first owner chooses the passphrase."""
        if self.membership is None:
            session = connect(address.read(self.place), PASSWORD)
            seal = space.enter(session, space.look(session), self.passphrase, cost=2)
            session.close()
            self.membership = Membership(self.place, seal.space, seal.key, self.name, older=seal.older)
        inbox = Inbox(self.notebook, self.ledger, lambda: None, lambda: NOW)
        self._link = PostgresLink(self.membership, inbox, lambda: NOW, listens=self.listens)


Make = Callable[[str], Laptop]
"""Makes a laptop with a name that sees the one carried folder of a test."""


def settle(*laptops: Laptop) -> None:
    """Let everybody meet until nothing is new."""
    for _ in range(2):
        for laptop in laptops:
            laptop.meet()


def own_file(laptop: Laptop) -> Path:
    """Return the file of a laptop's device."""
    device = laptop.notebook.shared.device
    assert device is not None
    return file_of(laptop.carried, device.id)


def carry(one: Laptop, two: Laptop) -> None:
    """Bring every file of the folder that is newer on one side to the other: each device's own file is its own's."""
    for name in [NAME, *(path.name for path in one.carried.glob("mutuals-*.log"))]:
        source, target = one.carried / name, two.carried / name
        if source.exists() and (not target.exists() or target.stat().st_size < source.stat().st_size):
            shutil.copyfile(source, target)
