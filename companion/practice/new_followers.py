"""The queue of new followers to look at: those without a decision, oldest first, a few a day."""

from __future__ import annotations

from dataclasses import dataclass

from companion.domain.dates import day_start, local_day
from companion.domain.sightings import Person
from companion.machine_zone import MACHINE
from companion.store.account import Account
from companion.store.ledger.queries import directory, new_followers
from companion.store.ledger.queries.directory import FOLLOWERS, DirectoryQuery
from companion.store.ledger.rows import BadgeRow
from companion.store.notebook.kinds.decision import KIND
from companion.vetting.decisions import Decision, decisions_of, fingerprint, is_settled

MOST = 500
"""Waiting people that are counted and sorted; with more, the count shows 500."""
SHOWN = 10
"""Returned at a time: a few a day, not a backlog."""
LISTED = 100
SELECTIONS = {
    "all": (FOLLOWERS,),
    "not_followed": (FOLLOWERS, ("i do not follow", False)),
    "followed": (FOLLOWERS, ("i follow", False)),
}
"""Which followers a list shows -> the directory's flags."""
FOLLOWED = {"all": None, "not_followed": False, "followed": True}
"""The same -> whether the viewer follows them, None for either."""
ORDERS = {
    "oldest": ("new", True),
    "newest": ("new", False),
    "score": ("score", False),
    "contact": ("contact", False),
    "name": ("name", False),
}
"""Orders of that list -> the directory's sort, and whether it is reversed."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One follower to look at: following since when, and an earlier decision that is worth making again."""

    row: BadgeRow
    since: int
    before: Decision | None


@dataclass(frozen=True, slots=True)
class Queue:
    """The next few, how many wait in all, how many were decided today, and whether all followers were seen."""

    next: list[Waiting]
    waiting: int
    decided_today: int
    whole: bool


def queue_of(account: Account, now: int, shown: int = SHOWN) -> Queue:
    """Return the next new followers to look at.

    People whom the viewer follows are left out, and people with a decision, unless a wait is over or bio, name or
    photo changed.

    Args:
        account: whose followers, and the notebook.
        now: epoch seconds UTC.
        shown: how many to return.
    """
    undecided: list[tuple[BadgeRow, Decision | None]] = []
    for row in new_followers.not_followed_back(account.ledger, account.owner):
        before = latest_decision(account, row.pid, now)
        if not is_settled(before):
            undecided.append((row, before))
        if len(undecided) == MOST:
            break
    followed = new_followers.followed_at(account.ledger, account.owner, [row.pid for row, _ in undecided if row.acts])
    waiting = [Waiting(row, followed.get(row.pid, row.first_seen), before) for row, before in undecided]
    waiting.sort(key=lambda person: (person.since, person.row.pid))
    whole = new_followers.list_is_whole(account.ledger, account.owner)
    return Queue(waiting[:shown], len(waiting), _decided_today(account, now), whole)


def followers_of(account: Account, show: str, sort: str, now: int) -> tuple[list[BadgeRow], int]:
    """Return up to ``LISTED`` of the followers that were seen, and how many there are.

    Args:
        account: whose followers.
        show: one of ``SELECTIONS``.
        sort: one of ``ORDERS``.
        now: epoch seconds UTC, which dates the score.
    """
    order, turned = ORDERS[sort]
    query = DirectoryQuery(now=now, sort=order, turned=turned, limit=LISTED, flags=SELECTIONS[show])
    rows = directory.page(account.ledger, account.owner, query).rows
    total = new_followers.count(account.ledger, account.owner, followed=FOLLOWED[show])
    return [row for row in rows if row.handle is not None], total


def latest_decision(account: Account, pid: str, now: int) -> Decision | None:
    """Return the latest decision about a person; costs about a microsecond where there is none."""
    if "decision" not in account.notebook.summary(pid, account.owner).marks:
        return None
    known = account.ledger.person(account.owner, pid)
    stored = account.notebook.about(pid, account.owner).others.get(KIND.name, [])
    decisions = decisions_of(stored, now, fingerprint(known.profile if known else Person()))
    return decisions[-1] if decisions and not _is_stale(account, pid, decisions[-1]) else None


def _is_stale(account: Account, pid: str, decision: Decision) -> bool:
    """Return whether "you followed back" is over: later it was seen that the viewer does not follow."""
    follows = (
        account.ledger.relation(account.owner, pid).get("i_follow") if decision.decision == "follow_back" else None
    )
    return follows is not None and follows[0] is False and follows[2] > decision.at


def _decided_today(account: Account, now: int) -> int:
    """Return how many followers were decided about on this day."""
    today = day_start(local_day(now, MACHINE), MACHINE)
    written = account.notebook.written_since(today)
    latest = {pid: latest_decision(account, pid, now) for pid in written}
    decided = [pid for pid, decision in latest.items() if decision and decision.at >= today]
    badges = directory.by_pids(account.ledger, account.owner, decided)
    return sum(row.follows_me is True and row.handle is not None for row in badges.values())
