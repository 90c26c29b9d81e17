"""The queue of new followers to look at: those without a decision, oldest first, a few a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from companion.domain.dates import DAY
from companion.domain.sightings import Person
from companion.store.account import Account
from companion.store.ledger.reads import PeopleQuery
from companion.store.ledger.rows import BadgeRow
from companion.store.notebook.kinds.decision import KIND
from companion.vetting.decisions import Decision, decisions_of, fingerprint, is_settled

PAGE = 500
MOST = 500
"""Waiting people that are counted and sorted; with more, the count shows 500."""
SHOWN = 10
"""Returned at a time: a few a day, not a backlog."""
LISTED = 100
SELECTIONS = {"all": None, "not_followed": False, "followed": True}
"""Which followers a list shows -> whether the viewer follows them."""
ORDERS = {
    "oldest": ("first_seen", False),
    "newest": ("first_seen", True),
    "score": ("score", True),
    "contact": ("contact", True),
    "name": ("name", False),
}
"""Orders of that list -> the ledger's own, and whether the largest comes first."""
FOLLOW = "follow"
LOOKED_BACK = 5
"""Interactions searched for the follow."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One follower to look at: following since when, and an earlier decision that is worth making again."""

    row: BadgeRow
    since: int
    before: Decision | None


@dataclass(frozen=True, slots=True)
class Queue:
    """The next few, how many wait in all, and how many were decided today."""

    next: list[Waiting]
    waiting: int
    decided_today: int


def queue_of(account: Account, now: int, shown: int = SHOWN) -> Queue:
    """Return the next new followers to look at.

    People whom the viewer follows are left out, and people with a decision, unless a wait is over or bio, name or
    photo changed.

    Args:
        account: whose followers, and the notebook.
        now: epoch seconds UTC.
        shown: how many to return.
    """
    waiting: list[Waiting] = []
    today = 0
    for row in _followers(account):
        before = latest_decision(account, row.pid, now)
        today += before is not None and before.at // DAY == now // DAY
        if row.i_follow is not True and not is_settled(before) and len(waiting) < MOST:
            waiting.append(Waiting(row, _since(account, row), before))
    waiting.sort(key=lambda person: (person.since, person.row.pid))
    return Queue(waiting[:shown], len(waiting), today)


def followers_of(account: Account, show: str, sort: str, now: int) -> tuple[list[BadgeRow], int]:
    """Return up to ``LISTED`` of the followers that were seen, and how many there are.

    Args:
        account: whose followers.
        show: one of ``SELECTIONS``.
        sort: one of ``ORDERS``.
        now: epoch seconds UTC, which dates the score.
    """
    order, descending = ORDERS[sort]
    query = PeopleQuery(
        sort=order, descending=descending, limit=LISTED, follows_me=True, i_follow=SELECTIONS[show], now=now
    )
    page = account.ledger.people(account.owner, query)
    return [row for row in page.people if row.handle is not None], page.total


def latest_decision(account: Account, pid: str, now: int) -> Decision | None:
    """Return the latest decision about a person; costs about a microsecond where there is none."""
    if "decision" not in account.notebook.summary(pid, account.owner).marks:
        return None
    known = account.ledger.person(account.owner, pid)
    stored = account.notebook.about(pid, account.owner).others.get(KIND.name, [])
    decisions = decisions_of(stored, now, fingerprint(known.profile if known else Person()))
    return decisions[-1] if decisions else None


def _followers(account: Account) -> Iterator[BadgeRow]:
    offset = 0
    while True:
        query = PeopleQuery(sort="first_seen", descending=False, offset=offset, limit=PAGE, follows_me=True)
        page = account.ledger.people(account.owner, query).people
        yield from (row for row in page if row.handle is not None)
        if len(page) < PAGE:
            return
        offset += PAGE


def _since(account: Account, row: BadgeRow) -> int:
    """Return when they followed, if a notification or a list was seen, else when they were first seen."""
    acts = account.ledger.interactions(account.owner, row.pid, LOOKED_BACK) if row.acts else []
    follows = [act.at for act in acts if act.kind == FOLLOW and act.direction == "in"]
    return min(follows, default=row.first_seen)
