"""What is remembered of backups: when and where the last was made, and that somebody was forgotten since."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from companion.settings import Settings
from companion.store.private_file import write_private

NAME = re.compile(r"mutuals-\d{4}-\d\d-\d\d-\d{6}(-\d+)?\.(zip|sealed)")
FOLDER = "backups"
KNOWN_FILE = "backups.json"


class Known(msgspec.Struct):
    """What is remembered of backups: when the last was made and where, and when somebody was forgotten last."""

    last_at: int | None = None
    last_path: str | None = None
    folders: list[str] = []
    forgotten_at: int | None = None


def backups_in(folder: Path) -> list[Path]:
    """Return the backups in a folder, newest first, by the time in their names."""
    found = [path for path in folder.glob("mutuals-*") if NAME.fullmatch(path.name) and path.is_file()]
    return sorted(found, key=lambda path: (path.name[:25], path.stat().st_mtime_ns), reverse=True)


def made_at(path: Path) -> int:
    """Return when a backup was made, by its name; epoch seconds."""
    moment = datetime.strptime(path.name[8:25], "%Y-%m-%d-%H%M%S")
    return int(moment.replace(tzinfo=UTC).timestamp())


def read_known(settings: Settings) -> Known:
    """Return what is remembered of backups."""
    try:
        return msgspec.json.decode((settings.data / KNOWN_FILE).read_bytes(), type=Known)
    except (FileNotFoundError, msgspec.MsgspecError):
        folder = settings.data / FOLDER
        latest = next(iter(backups_in(folder)), None) if folder.is_dir() else None
        return Known(made_at(latest), str(latest)) if latest else Known()


def write_known(settings: Settings, known: Known) -> None:
    """Remember it."""
    write_private(settings.data / KNOWN_FILE, msgspec.json.encode(known))


def note_forgotten(settings: Settings, now: int) -> None:
    """Let the next backup take away those made before; nothing about the person is remembered for it."""
    known = read_known(settings)
    known.forgotten_at = now
    write_known(settings, known)
