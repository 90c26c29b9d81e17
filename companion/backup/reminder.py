"""The reminder that there is no backup, or only an old one, for `mutuals doctor` and the companion's status."""

from __future__ import annotations

from companion.backup.history import read_history
from companion.domain.dates import DAY
from companion.settings import Settings
from companion.store.journal.snapshots import Snapshots

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
