"""Keeps spending on X's API under the user's daily cap: reserves the highest cost before a read, books it after.

X charges a resource once in a UTC day however often it is read, and nothing for a request it refused. Before a request
the most it can cost is reserved on disk; afterwards the actual cost replaces it. If the process is killed in between,
the larger amount remains, so the count never falls short of the bill.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from companion.domain.dates import DAY
from companion.domain.typed_json import decoded
from companion.errors import MutualsError
from companion.sources.x_api.prices import Prices, dollars, read_prices
from companion.store.files import write_private

CAP_FILE = "x-api-cap.json"
SPENT_FILE = "x-api-spent.json"


_LOCK = threading.Lock()
"""One for the whole process, because every request has a `Spending` of its own."""


class SpendingError(MutualsError):
    """A request would cost more than the user allowed for today."""

    code = "cap"
    status = 402


class Spent(msgspec.Struct, omit_defaults=True):
    """One UTC day (days since 1970): cost in millionths of a dollar, and the ids that were charged."""

    day: int = 0
    cost: int = 0
    aside: int = 0
    """Reserved for requests that have not ended, or whose end was not recorded."""
    posts: list[str] = []
    users: list[str] = []

    @property
    def total(self) -> int:
        """The amount that counts against the cap."""
        return self.cost + self.aside


@dataclass(frozen=True, slots=True)
class Reserved:
    """An amount reserved for one request of one day."""

    day: int
    amount: int
    owned: bool = False
    """Whether the posts are the viewer's own posts, mentions or likes, which cost less."""


class Spending:
    """The spending of one data folder. The holder of the folder's lock writes; the cap may be set at any time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def prices(self) -> Prices:
        """Return what reads cost now."""
        return read_prices(self._folder)

    def cap(self) -> int:
        """Return the daily cap in millionths of a dollar; 0, the default, is off. A damaged file is off too."""
        try:
            cap = decoded((self._folder / CAP_FILE).read_bytes(), int)
        except (FileNotFoundError, msgspec.MsgspecError):
            return 0
        return max(cap, 0)

    def set_cap(self, amount: int) -> None:
        """Set the daily cap, in millionths of a dollar."""
        write_private(self._folder / CAP_FILE, msgspec.json.encode(amount))

    def today(self, now: int) -> Spent:
        """Return what was spent in the UTC day of ``now``."""
        try:
            spent = decoded((self._folder / SPENT_FILE).read_bytes(), Spent)
        except FileNotFoundError:
            spent = Spent()
        except msgspec.MsgspecError:
            # What was spent is unknown, so everything may have been: nothing more is spent today.
            return Spent(now // DAY, cost=self.cap())
        return spent if spent.day == now // DAY else Spent(now // DAY)

    def left(self, now: int) -> int:
        """Return how much of today's cap is left."""
        return max(self.cap() - self.today(now).total, 0)

    def reserve(self, posts: int, users: int, now: int, *, owned: bool = False) -> Reserved:
        """Reserve the most that a request can cost.

        Raises:
            SpendingError: The cap is 0, or less than the amount is left of it; no request is made.
        """
        with _LOCK:
            spent, cap = self.today(now), self.cap()
            amount = self.prices().of(posts, users, owned=owned)
            if cap == 0:
                raise SpendingError("X's API is off: its daily cap is $0. Set one with `mutuals x-api cap 1.00`.")
            if spent.total + amount > cap:
                raise SpendingError(
                    f"This could cost up to {dollars(amount)}, and {dollars(spent.total)} of today's cap of "
                    f"{dollars(cap)} are spent. Raise it with `mutuals x-api cap`, or wait for the next day (UTC).",
                    spent=spent.total,
                    cap=cap,
                )
            spent.aside += amount
            self._write(spent)
        return Reserved(spent.day, amount, owned)

    def settle(self, reserved: Reserved, posts: Iterable[str], users: Iterable[str]) -> int:
        """Replace a reserved amount with the actual cost of the request, and return that cost.

        Args:
            reserved: what `reserve` gave.
            posts: ids of the posts in the answer; those read earlier in the same day cost nothing again.
            users: ids of the users in it, likewise.
        """
        with _LOCK:
            spent = self.today(reserved.day * DAY)
            new_posts = set(posts) - set(spent.posts)
            new_users = set(users) - set(spent.users)
            cost = self.prices().of(len(new_posts), len(new_users), owned=reserved.owned)
            if self._is_latest(reserved.day):
                spent.posts += sorted(new_posts)
                spent.users += sorted(new_users)
                spent.cost += cost
                spent.aside = max(spent.aside - reserved.amount, 0)
                self._write(spent)
        return cost

    def release(self, reserved: Reserved) -> None:
        """Release the amount reserved for a request that X refused: refused requests are free."""
        self.settle(reserved, (), ())

    def _is_latest(self, day: int) -> bool:
        """Return whether no later day was begun meanwhile; a past day needs no count any more."""
        try:
            return decoded((self._folder / SPENT_FILE).read_bytes(), Spent).day <= day
        except (FileNotFoundError, msgspec.MsgspecError):
            return True

    def _write(self, spent: Spent) -> None:
        write_private(self._folder / SPENT_FILE, msgspec.json.encode(spent))
