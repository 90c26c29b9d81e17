"""The user's week for the pages that show it, by their own days."""

from __future__ import annotations

from companion.domain.dates import day_start, local_day
from companion.machine_zone import MACHINE
from companion.practice import week
from companion.practice.week import Week
from companion.store.ledger.queries import talks
from companion.web.context import PageContext


def week_so_far(page: PageContext) -> Week:
    """Return the user's week in their own zone."""
    day = local_day(page.now, MACHINE)
    since = day_start(week.monday_of(day), MACHINE)
    return week.week_of(talks.said_since(page.account.ledger, page.owner, since), day, MACHINE)
