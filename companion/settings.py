"""Every path, port and limit of the companion, in one place."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

DEFAULT_PORT = 17653
"""Below Linux's ephemeral range and not on the browsers' blocked list."""


def default_data_folder() -> Path:
    """Return the data folder: ``MUTUALS_DATA`` if set, else the system's own place for user data."""
    named = os.environ.get("MUTUALS_DATA")
    return Path(named) if named else Path(platformdirs.user_data_dir("mutuals", appauthor=False))


@dataclass(frozen=True, slots=True)
class Settings:
    """What one companion process works with; every field has a default that a user can leave alone."""

    data: Path = field(default_factory=default_data_folder)
    port: int = DEFAULT_PORT
    max_body_bytes: int = 8 * 1024 * 1024
    """One request: a page of X's JSON is about 1 MB."""
    max_sighting_bytes: int = 6 * 1024 * 1024
    """One JSON text that the page received."""
    max_handles: int = 40
    """Handles in one badge lookup: about a screenful."""
    note_characters: int = 10_000
    tag_characters: int = 40
    alias_characters: int = 60
    pairing_seconds: int = 120
    pairing_tries: int = 5
    post_text_days: int = 180
    """Post texts older than this are dropped; the counts stay."""
    posts_per_person: int = 400
    remembered_ops: int = 10_000
    """Write ids kept so that a repeat from the outbox changes nothing."""
    snapshots: int = 7
    threads: int = 4

    @property
    def notebook_path(self) -> Path:
        """Where the notebook (what the user wrote) lies."""
        return self.data / "notes.json"

    @property
    def ledger_path(self) -> Path:
        """Where the ledger (what was seen) lies."""
        return self.data / "ledger.db"

    @property
    def clients_path(self) -> Path:
        """Where the paired extensions are kept (hashed tokens only)."""
        return self.data / "clients.json"

    @property
    def imports_path(self) -> Path:
        """Where the runs of archive imports are remembered."""
        return self.data / "imports.json"

    @property
    def uploads_path(self) -> Path:
        """Where an archive lies while the dashboard's import takes it in; removed afterwards."""
        return self.data / "uploads"

    @property
    def lock_path(self) -> Path:
        """The file that a running companion holds locked."""
        return self.data / "companion.lock"
