"""Settings of the companion: every path, port and limit, in one dataclass."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

from companion.domain import limits

DEFAULT_PORT = 17653
"""Below Linux's ephemeral range and not on the browsers' blocked list."""


def default_data_folder() -> Path:
    """Return the data folder: ``MUTUALS_DATA`` if set, else the system's folder for user data."""
    named = os.environ.get("MUTUALS_DATA")
    return Path(named) if named else Path(platformdirs.user_data_dir("mutuals", appauthor=False))


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of one companion process; every field has a default that suits most users."""

    data: Path = field(default_factory=default_data_folder)
    port: int = DEFAULT_PORT
    max_body_bytes: int = 8 * 1024 * 1024
    """One request: a page of X's JSON is about 1 MB."""
    max_sighting_bytes: int = 6 * 1024 * 1024
    """One JSON text that the page received."""
    max_handles: int = limits.HANDLES
    """Handles in one badge lookup: about a screenful."""
    note_characters: int = limits.NOTE
    tag_characters: int = limits.TAG
    alias_characters: int = limits.ALIAS
    pairing_seconds: int = 900
    """How long a pairing code works if it is not used."""
    post_text_days: int = 180
    """Post texts older than this are dropped; the counts stay."""
    posts_per_person: int = 400
    remembered_ops: int = 10_000
    """Write ids kept so that a repeat from the outbox changes nothing."""
    snapshots: int = 7
    threads: int = 4

    @property
    def notebook_path(self) -> Path:
        """File of the notebook (what the user wrote)."""
        return self.data / "notes.json"

    @property
    def ledger_path(self) -> Path:
        """File of the ledger (what was seen)."""
        return self.data / "ledger.db"

    @property
    def clients_path(self) -> Path:
        """File of the paired extensions (with the secret shared with each)."""
        return self.data / "clients.json"

    @property
    def imports_path(self) -> Path:
        """File of the archive import runs and how far each came."""
        return self.data / "imports.json"

    @property
    def uploads_path(self) -> Path:
        """Folder of the archive that the dashboard is importing; deleted afterwards."""
        return self.data / "uploads"

    @property
    def share_path(self) -> Path:
        """File that says with which folder the notebook is shared, and holds the key."""
        return self.data / "share.json"

    @property
    def lock_path(self) -> Path:
        """Lock file of a running companion."""
        return self.data / "companion.lock"

    @property
    def log_path(self) -> Path:
        """File in which a running companion says what happened; nothing that the user wrote, no handle, no name."""
        return self.data / "log" / "companion.log"
