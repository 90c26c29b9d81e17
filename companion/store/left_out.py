"""Keeps how much the extension left out today of what X's page handed over, for `mutuals doctor`.

The companion may be running while the doctor looks, so that this lies in a small file of its own.
"""

from __future__ import annotations

import logging
from pathlib import Path

import msgspec

from companion.domain.dates import DAY
from companion.domain.limits import PAGE
from companion.store.files import write_private

log = logging.getLogger(__name__)
FILE = "left_out.json"


class LeftOut(msgspec.Struct):
    """Answers left out in one day (days since 1970, UTC)."""

    day: int = 0
    answers: int = 0


def read(data: Path, now: int) -> int:
    """Return how many answers were left out today; 0 if nothing readable says so."""
    kept = _kept(data)
    return kept.answers if kept.day == now // DAY else 0


def note(data: Path, answers: int, now: int) -> None:
    """Keep the number if it is higher than what today had: several browsers each count for themselves."""
    if answers <= read(data, now):
        return
    try:
        write_private(data / FILE, msgspec.json.encode(LeftOut(now // DAY, answers)))
    except OSError as error:  # never the reason why a sighting fails
        log.warning("What was left out could not be noted (%s).", error)


def words(data: Path, now: int) -> tuple[bool, str]:
    """Return whether all was taken in today, and a sentence with the limits."""
    minute, day, left = PAGE["minute"], PAGE["day"], read(data, now)
    most = f"{minute['answers']} answers a minute and {day['answers']:,} a day"
    if not left:
        return True, f"X's page may hand over {most}; nothing was left out today."
    return False, (
        f"X's page handed over more than {most}: {left:,} of today were left out. Reload the tabs of X; if it comes "
        "again, a script in the page or another extension makes them up."
    )


def _kept(data: Path) -> LeftOut:
    try:
        return msgspec.json.decode((data / FILE).read_bytes(), type=LeftOut)
    except (OSError, msgspec.MsgspecError):
        return LeftOut()
