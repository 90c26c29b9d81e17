"""A companion that knows the invented town as of this morning, for the dashboard in a browser, at any hour."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from companion.domain.sightings import Understanding
from companion.machine_zone import MACHINE
from companion.store.account import Account
from companion.stores import Stores
from tests.browser.house import House
from tests.companion.web.town import settle
from tests.replica.people import ADA


def this_morning() -> int:
    """Return when today began: nobody has been talked with yet, so that Today suggests people at every hour."""
    return int(datetime.combine(datetime.now(MACHINE), datetime.min.time(), MACHINE).timestamp())


@contextmanager
def town_house(folder: Path) -> Iterator[House]:
    """Yield a running companion whose stores hold the town."""
    house = House(folder)
    house.process.stop()
    stores = Stores.open(house.process.settings)
    settle(Account(stores.notebook, stores.ledger, ADA.id), this_morning())
    stores.ledger.record(ADA.id, Understanding("HomeTimeline"), int(time.time()) + 1)
    stores.close()
    house.start()
    try:
        yield house
    finally:
        house.kill()
