"""An account with both stores, opened on an empty folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.store.account import Account
from companion.store.ledger.ledger import Ledger
from companion.store.notebook.notebook import Notebook
from tests.companion.store.ledger_help import ADA


@pytest.fixture
def account(tmp_path: Path) -> Iterator[Account]:
    """Ada's account."""
    with Notebook.open(tmp_path / "notes.json") as notebook:
        ledger = Ledger.open(tmp_path / "ledger.db")
        ledger.owner_for(ADA, "adaquill", 1)
        yield Account(notebook, ledger, ADA)
        ledger.close()
