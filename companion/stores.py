"""Opens and closes the stores of one data folder: notebook, ledger, paired clients, pairing window and sessions."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from companion.access.clients import Clients
from companion.access.pairing import Pairing
from companion.access.sessions import Sessions
from companion.settings import Settings
from companion.store import touches
from companion.store.ingest import carry_over
from companion.store.ledger.ledger import Ledger
from companion.store.leftovers import put_in_order
from companion.store.notebook.notebook import Notebook


@dataclass(frozen=True, slots=True)
class Stores:
    """The open stores that views and commands read and write."""

    notebook: Notebook
    ledger: Ledger
    clients: Clients
    pairing: Pairing
    sessions: Sessions
    before_closing: list[Callable[[], None]] = field(default_factory=list)
    """Functions called before the files are closed, such as one that stops a running import."""
    runs: list[Callable[[list[str]], object]] = field(default_factory=list)
    """The function that carries out a command with these stores, where a companion runs; else none."""

    @classmethod
    def open(cls, settings: Settings) -> Stores:
        """Open the stores of a data folder; this process must hold its lock (`companion.store.lock`).

        Raises:
            StoreError: a store is damaged beyond its earlier generations, or newer than this Mutuals.
        """
        put_in_order(settings)
        clients = paired_clients(settings)
        clients.all()
        notebook = Notebook.open(settings)
        ledger = Ledger.open(
            settings.ledger_path, posts_per_person=settings.posts_per_person, post_text_days=settings.post_text_days
        )
        carry_over(ledger, notebook)  # a crash may have come between the ledger's merge of a stub and the notebook's
        if ledger.recovered:  # the notebook still has the calls and meals that the user logged
            touches.restore(notebook, ledger, int(time.time()))
        return cls(notebook, ledger, clients, pairing_window(settings), sessions(settings))

    @property
    def warnings(self) -> list[str]:
        """Sentences for the user about damage that was found, at opening and since, and how it was repaired."""
        return [*self._vanished(), *self.notebook.warnings, *self.ledger.warnings]

    def _vanished(self) -> list[str]:
        folder = self.ledger.connections.path.parent
        if folder.is_dir():
            return []
        return [
            f"The data folder {folder} is gone, so nothing can be saved. Put it back (or its disk in), then restart "
            "Mutuals; or restart it now to begin a new one."
        ]

    def close(self) -> None:
        """Write everything to the disk and close the files."""
        for end in self.before_closing:
            end()
        try:
            self.ledger.close()
        finally:
            self.notebook.close()


def paired_clients(settings: Settings) -> Clients:
    """Return the paired extensions of this data folder; needs no lock."""
    return Clients(settings.clients_path)


def pairing_window(settings: Settings) -> Pairing:
    """Return the pairing window of this data folder; needs no lock."""
    return Pairing(pairing_path(settings), settings.pairing_seconds)


def pairing_path(settings: Settings) -> Path:
    """Return the path of the pairing window's file."""
    return settings.data / "pairing.json"


def sessions(settings: Settings) -> Sessions:
    """Return the dashboard sessions of this data folder; needs no lock."""
    return Sessions(settings.data / "links", settings.data / "dashboard-name")
