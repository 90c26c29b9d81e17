"""Turns what is due with whom, and the hours of chats, into the events of a calendar."""

from __future__ import annotations

from collections.abc import Callable

from companion.domain.chat_times import Session, next_sessions
from companion.domain.dates import DAY
from companion.export.ics import CalendarEvent, calendar
from companion.machine_zone import MACHINE
from companion.practice import reminders
from companion.practice.chats import all_chats
from companion.store.account import Account

COMING = 8
"""Sessions of each chat in the calendar."""


def calendar_of(account: Account, now: int, say: Callable[[str], str] = str) -> bytes:
    """Return the calendar of all open steps that have a day, of all rhythms, and of the next sessions of chats.

    Args:
        account: whose.
        now: epoch seconds.
        say: says our own words in the language of who asks; the user's stay as they are.
    """
    found = reminders.everybody(account, MACHINE)
    sessions = [_session(one) for chat in all_chats(account.notebook) for one in next_sessions(chat, now, COMING)]
    return calendar([*(_event(account, one, say) for one in found), *sessions], account.notebook.instance)


def _session(one: Session) -> CalendarEvent:
    """Return the event of a session, at its hour in UTC, so that no calendar takes it for an hour of its own zone."""
    key = f"chat {one.chat.key} {one.day.isoformat()}"
    return CalendarEvent(key, None, one.chat.tag, one.chat.words, start=one.start, minutes=one.chat.minutes)


def _event(account: Account, one: reminders.Reminder, say: Callable[[str], str]) -> CalendarEvent:
    row = account.ledger.badge(account.owner, one.pid)
    name = (
        account.notebook.summary(one.pid, account.owner).alias or (row.name or row.handle if row else None) or one.pid
    )
    if one.item:
        return CalendarEvent(f"step {one.item}", one.day, f"{name}: {one.words}", "", one.at, one.rev)
    every = one.every.words if one.every else ""
    source = f", from {one.source}" if one.source else ""
    sequence = one.rev + one.at // DAY  # rises with each contact and each change
    return CalendarEvent(
        f"rhythm {one.pid}", one.day, say(f"Talk with {name}"), say(f"{every}{source}"), one.at, sequence
    )
