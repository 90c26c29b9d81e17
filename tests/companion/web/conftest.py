"""The real app on an invented town, entered by a one-time link."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.server.app import create_app
from companion.settings import Settings
from companion.store.account import Account
from companion.stores import Stores
from tests.companion.web.browser import Browser
from tests.companion.web.town import NOW, settle
from tests.replica.people import ADA


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    """Empty stores."""
    opened = Stores.open(Settings(data=tmp_path))
    yield opened
    opened.close()


@pytest.fixture
def account(stores: Stores) -> Account:
    """Ada's account in the town."""
    account = Account(stores.notebook, stores.ledger, ADA.id)
    settle(account)
    return account


@pytest.fixture
def empty(stores: Stores, tmp_path: Path) -> Browser:
    """A browser in a dashboard where nobody was seen."""
    return Browser(create_app(Settings(data=tmp_path), stores, lambda: NOW), stores)


@pytest.fixture
def web(account: Account, stores: Stores, tmp_path: Path) -> Browser:
    """A browser in the town's dashboard."""
    return Browser(create_app(Settings(data=tmp_path), stores, lambda: NOW), stores)
