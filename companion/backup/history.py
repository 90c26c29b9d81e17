"""The history of backups: when and where the last was made, the folders used, and when a person was last forgotten."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from companion.domain.dates import DAY
from companion.settings import Settings
from companion.store.files import write_private
from companion.store.journal.snapshots import Snapshots

NAME = re.compile(r"mutuals-\d{4}-\d\d-\d\d-\d{6}(-\d+)?\.(zip|sealed)")
FOLDER = "backups"
HISTORY_FILE = "backups.json"


class BackupHistory(msgspec.Struct):
    """The stored history of backups (times in epoch seconds).

    Attributes:
        last_at: when the last backup was made.
        last_path: its path.
        folders: every folder that backups were written to.
        forgotten_at: when a person was forgotten last; backups from before then are deleted with the next one.
    """

    last_at: int | None = None
    last_path: str | None = None
    folders: list[str] = []
    forgotten_at: int | None = None


def backups_in(folder: Path) -> list[Path]:
    """Return the backups in a folder, newest first by the time in their names."""
    backups = [path for path in folder.glob("mutuals-*") if NAME.fullmatch(path.name) and path.is_file()]
    return sorted(backups, key=lambda path: (path.name[:25], path.stat().st_mtime_ns), reverse=True)


def made_at(path: Path) -> int:
    """Return the time in a backup's name, epoch seconds."""
    moment = datetime.strptime(path.name[8:25], "%Y-%m-%d-%H%M%S")
    return int(moment.replace(tzinfo=UTC).timestamp())


def read_history(settings: Settings) -> BackupHistory:
    """Return the stored history; without a readable one, that of the newest backup in the default folder."""
    try:
        return msgspec.json.decode((settings.data / HISTORY_FILE).read_bytes(), type=BackupHistory)
    except (FileNotFoundError, msgspec.MsgspecError, RecursionError):
        folder = settings.data / FOLDER
        latest = next(iter(backups_in(folder)), None) if folder.is_dir() else None
        return BackupHistory(made_at(latest), str(latest)) if latest else BackupHistory()


def write_history(settings: Settings, history: BackupHistory) -> None:
    """Store the history."""
    write_private(settings.data / HISTORY_FILE, msgspec.json.encode(history))


def mark_forgotten(settings: Settings, now: int) -> None:
    """Mark all backups made until now for deletion with the next one; nothing about the person is stored for it."""
    history = read_history(settings)
    history.forgotten_at = now
    write_history(settings, history)


OLD_DAYS = 14
"""Age in days from which the last backup is called old."""
SETTLED_DAYS = 7
"""Days of use, counted by the notebook's daily copies, after which a missing backup is reported."""


def backup_words(settings: Settings, now: int) -> list[str]:
    """Return one sentence if there is data but no backup of the last ``OLD_DAYS`` days, else none."""
    if not settings.notebook_path.exists():
        return []
    last = read_history(settings).last_at
    if last is None:
        days_used = len(Snapshots(settings.notebook_path, settings.snapshots).daily())
        return ["There is no backup yet. Run `mutuals backup`."] if days_used >= SETTLED_DAYS else []
    days = (now - last) // DAY
    return [f"The last backup is {days} days old. Run `mutuals backup`."] if days > OLD_DAYS else []
