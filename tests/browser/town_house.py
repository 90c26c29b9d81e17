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
    """Yield a running companion whose stores hold the town as of now."""
    house = House(folder)
    house.process.stop()
    stores = Stores.open(house.process.settings)
    settle(Account(stores.notebook, stores.ledger, ADA.id), int(time.time()))
    stores.ledger.record(ADA.id, Understanding("HomeTimeline"), int(time.time()) + 1)
    stores.close()
    house.start()
    try:
        yield house
    finally:
        house.kill()
