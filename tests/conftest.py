"""Options of the whole suite."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--long``: the random tests of damage run their full thousand per file instead of a sample."""
    parser.addoption("--long", action="store_true", help="run the full thousand of random damage per file")


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> int:
    """How often a random test of damage damages each file."""
    return 1000 if request.config.getoption("--long") else 200
