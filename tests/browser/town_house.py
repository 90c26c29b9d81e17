"""A companion that knows the invented town, for tests of the dashboard in a browser."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from companion.domain.sightings import Understanding
from companion.store.account import Account
from companion.stores import Stores
from tests.browser.house import House
from tests.companion.web.town import settle
from tests.replica.people import ADA


@contextmanager
def town_house(folder: Path) -> Iterator[House]:
    """Yield a running companion whose stores hold the town as of last midnight: nobody was talked with today yet."""
    house = House(folder)
    house.process.stop()
    stores = Stores.open(house.process.settings)
    settle(Account(stores.notebook, stores.ledger, ADA.id), midnight())
    stores.ledger.record(ADA.id, Understanding("HomeTimeline"), int(time.time()) + 1)
    stores.close()
    house.start()
    try:
        yield house
    finally:
        house.kill()


def midnight() -> int:
    """Return when this day began here, epoch seconds; what is shown of today is then the same at every hour."""
    today = time.localtime()
    return int(time.mktime((today.tm_year, today.tm_mon, today.tm_mday, 0, 0, 0, 0, 0, -1)))
