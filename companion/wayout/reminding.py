"""Says when the last backup is old: in `mutuals doctor`, and in the companion's status."""

from __future__ import annotations

from companion.settings import Settings
from companion.store.snapshots import Snapshots
from companion.wayout.backups import read_known

DAY = 86_400
OLD_DAYS = 14
SETTLED_DAYS = 7
"""Days of use, by the notebook's daily copies, after which having no backup at all is worth a word."""


def backup_warning(settings: Settings, now: int) -> str | None:
    """Return a sentence if there is something to lose and no backup of the last fortnight, else None."""
    if not settings.notebook_path.exists():
        return None
    last = read_known(settings).last_at
    if last is None:
        days_used = len(Snapshots(settings.notebook_path, settings.snapshots).daily())
        return "There is no backup yet. Run `mutuals backup`." if days_used >= SETTLED_DAYS else None
    days = (now - last) // DAY
    return f"The last backup is {days} days old. Run `mutuals backup`." if days > OLD_DAYS else None
