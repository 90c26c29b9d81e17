"""The user's own time on X by kind of page and day, as each browser measured it; kept beside the data."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

import msgspec

from companion.store.files import write_private

FILE = "time_spent.json"
BROWSERS = 20
"""Browsers whose time is kept, the latest to tell: a new profile of a browser is a new one."""
Days = dict[str, dict[str, int]]
"""Day such as 2026-11-29 -> kind of page -> seconds."""
_writing = Lock()


class TimeSpent(msgspec.Struct):
    """All of it, by browser."""

    browsers: dict[str, Days] = {}


def read_time(data: Path) -> Days:
    """Return the time of all browsers together; nothing if there is none, or its file is damaged: it is told again."""
    total: Days = {}
    for days in _read(data).browsers.values():
        for day, sources in days.items():
            sums = total.setdefault(day, {})
            for source, seconds in sources.items():
                sums[source] = sums.get(source, 0) + seconds
    return total


def replace_time(data: Path, browser: str, days: Days) -> None:
    """Keep what a browser measured in place of all that it told before; nothing takes it away."""
    with _writing:
        browsers = _read(data).browsers
        browsers.pop(browser, None)
        if days:
            browsers[browser] = days
        kept = dict(list(browsers.items())[-BROWSERS:])
        write_private(data / FILE, msgspec.json.encode(TimeSpent(kept)))


def _read(data: Path) -> TimeSpent:
    try:
        return msgspec.json.decode((data / FILE).read_bytes(), type=TimeSpent)
    except (FileNotFoundError, msgspec.MsgspecError, RecursionError):
        return TimeSpent()
