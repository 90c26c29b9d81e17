"""What the tests of X's API share: the stand-in server with two people, an access to it, and stores in a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from companion.sources.x_api.client import XApi
from companion.sources.x_api.fetching import Fetcher
from companion.sources.x_api.keys import Keys
from companion.sources.x_api.prices import MICRO
from companion.sources.x_api.spending import Spending
from companion.store.ledger.ledger import Ledger
from companion.store.notebook.notebook import Notebook
from tests.companion.sources.x_api.stand_in import NOW, StandIn, user


@pytest.fixture
def x() -> Iterator[StandIn]:
    """X's API on this machine, with the viewer @adaquill and @wrenwrites."""
    with StandIn() as stand_in:
        stand_in.users = {
            "adaquill": user("1000001", "adaquill"),
            "wrenwrites": user("2000001", "wrenwrites", public_metrics={"followers_count": 7}),
        }
        yield stand_in


@pytest.fixture
def spending(tmp_path: Path) -> Spending:
    """A cap of ten dollars a day."""
    spending = Spending(tmp_path)
    spending.set_cap(10 * MICRO)
    return spending


@pytest.fixture
def api(x: StandIn, spending: Spending) -> XApi:
    """An access with a bearer token."""
    return XApi(Keys(bearer="secret-token"), spending, lambda: NOW, base=x.base)


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[tuple[Ledger, Notebook]]:
    """A ledger and a notebook in the same folder."""
    ledger, notebook = Ledger.open(tmp_path / "ledger.db"), Notebook.open(tmp_path / "notes.json")
    ledger.owner_for("1000001", "adaquill", NOW)
    yield ledger, notebook
    ledger.close()
    notebook.close()


@pytest.fixture
def fetcher(api: XApi, stores: tuple[Ledger, Notebook], tmp_path: Path) -> Callable[[], Fetcher]:
    """Make a fetcher as a new run of the command would."""
    return lambda: Fetcher(
        XApi(api.keys, api.spending, api.clock, base=api.base), stores[0], stores[1], tmp_path, lambda: NOW
    )
