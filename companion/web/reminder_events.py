"""Turns what is due with whom into the events of a calendar."""

from __future__ import annotations

from companion.domain.dates import DAY
from companion.export.ics import CalendarEvent, calendar
from companion.machine_zone import MACHINE
from companion.practice import reminders
from companion.store.account import Account


def calendar_of(account: Account) -> bytes:
    """Return the calendar of all open steps that have a day, and of all rhythms."""
    found = reminders.everybody(account, MACHINE)
    return calendar([_event(account, one) for one in found], account.notebook.instance)


def _event(account: Account, one: reminders.Reminder) -> CalendarEvent:
    row = account.ledger.badge(account.owner, one.pid)
    name = (
        account.notebook.summary(one.pid, account.owner).alias or (row.name or row.handle if row else None) or one.pid
    )
    if one.item:
        return CalendarEvent(f"step {one.item}", one.day, f"{name}: {one.words}", "", one.at, one.rev)
    every = one.every.words if one.every else ""
    source = f", from {one.source}" if one.source else ""
    sequence = one.rev + one.at // DAY  # rises with each contact and each change
    return CalendarEvent(f"rhythm {one.pid}", one.day, f"Talk with {name}", f"{every}{source}", one.at, sequence)
