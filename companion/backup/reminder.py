"""Says when the last backup is old: in `mutuals doctor`, and in the companion's status."""

from __future__ import annotations

from companion.backup.history import read_known
from companion.domain.dates import DAY
from companion.settings import Settings
from companion.store.journal.snapshots import Snapshots

OLD_DAYS = 14
SETTLED_DAYS = 7
"""Days of use, by the notebook's daily copies, after which having no backup at all is worth a word."""


def backup_words(settings: Settings, now: int) -> list[str]:
    """Return a sentence if there is something to lose and no backup of the last fortnight, else none."""
    if not settings.notebook_path.exists():
        return []
    last = read_known(settings).last_at
    if last is None:
        days_used = len(Snapshots(settings.notebook_path, settings.snapshots).daily())
        return ["There is no backup yet. Run `mutuals backup`."] if days_used >= SETTLED_DAYS else []
    days = (now - last) // DAY
    return [f"The last backup is {days} days old. Run `mutuals backup`."] if days > OLD_DAYS else []
