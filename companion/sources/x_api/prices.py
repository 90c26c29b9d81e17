"""Prices of reads from X's API: X's published table, or the user's own in the data folder if there is one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from importlib import resources
from pathlib import Path

import msgspec

from companion.domain.typed_json import decoded
from companion.errors import SettingError

FILE = "x-api-prices.json"
MICRO = 1_000_000
"""Money is counted in millionths of a dollar, so that sums are exact."""
MOST_DOLLARS = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class Prices:
    """Millionths of a dollar per post and per user that an answer holds; ``owned`` per own post, mention or like."""

    post: int
    user: int
    owned: int

    def of(self, posts: int, users: int, *, owned: bool = False) -> int:
        """Return the cost of that many, in millionths of a dollar."""
        return posts * (self.owned if owned else self.post) + users * self.user


def read_prices(folder: Path) -> Prices:
    """Return the prices: the user's own table in the data folder, else those that X published.

    Raises:
        SettingError: The user's table cannot be read; nothing is spent on a guess.
    """
    own = folder / FILE
    data = own.read_bytes() if own.exists() else published()
    try:
        table = decoded(data, dict[str, object])
        post = micro(str(table["post_read"]))
        owned = micro(str(table["owned_read"])) if "owned_read" in table else post
        return Prices(post, micro(str(table["user_read"])), owned)
    except (msgspec.MsgspecError, UnicodeDecodeError, KeyError, SettingError) as error:
        raise SettingError(
            f"{own} is not a price table. It needs `post_read` and `user_read` in dollars, such as `0.005`; "
            "delete it to use the published prices."
        ) from error


def published() -> bytes:
    """Return X's published prices as shipped in the package."""
    return (resources.files("companion.sources") / "data" / "x_api_prices.json").read_bytes()


def micro(dollars: str) -> int:
    """Return an amount in dollars as millionths.

    Raises:
        SettingError: The text is no amount between 0 and 10,000.
    """
    try:
        amount = Decimal(dollars.strip().removeprefix("$"))
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or not 0 <= amount <= MOST_DOLLARS:
        raise SettingError(f"{dollars!r} is not an amount in dollars; write it like 1.50.")
    return int((amount * MICRO).to_integral_value())


def dollars(amount: int) -> str:
    """Return millionths as dollars to read, with as many places as it needs but at least two."""
    text = f"{Decimal(amount) / MICRO:.6f}".rstrip("0")
    whole, _, places = text.partition(".")
    return f"${whole}.{places.ljust(2, '0')}"
