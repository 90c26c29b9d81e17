"""The fixtures of TinyDB's own tests, giving them a database of ours: fresh, and closed and opened again.

Copied as ``conftest.py`` over the one of TinyDB's tests; ``TDB_FACTORY`` names the function that opens a database.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tinydb import TinyDB
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import MemoryStorage


def make(path: Path) -> TinyDB:
    """Open the database at ``path``."""
    module, _, function = os.environ["TDB_FACTORY"].partition(":")
    opened: TinyDB = getattr(importlib.import_module(module), function)(path)
    return opened


@pytest.fixture(params=["live", "reopen"])
def db(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TinyDB]:
    """Three documents, as TinyDB's own fixture has them."""
    opened = make(tmp_path / "t.db")
    opened.drop_tables()
    opened.insert_multiple({"int": 1, "char": char} for char in "abc")
    if request.param == "reopen":
        opened.close()
        opened = make(tmp_path / "t.db")
    yield opened
    opened.close()


@pytest.fixture
def storage() -> object:
    """TinyDB's own storage, for the tests of its middleware."""
    return CachingMiddleware(MemoryStorage)()  # type: ignore[no-untyped-call]
