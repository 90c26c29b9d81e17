"""Options of the whole suite."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.postgres_server import Server, running

os.environ["MUTUALS_LANGUAGE"] = "en"  # whatever the machine's locale is: tests read what commands print


settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")  # a property holds however busy the machine is


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--long``: the random tests of damage run their full thousand per file instead of a sample."""
    parser.addoption("--long", action="store_true", help="run the full thousand of random damage per file")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Escape halves of surrogate pairs in what a test wrote: a worker process can send its report in UTF-8 alone."""
    report = yield
    report.sections = [(name, text.encode("utf-8", "backslashreplace").decode()) for name, text in report.sections]
    return report


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> int:
    """How often a random test of damage damages each file."""
    return 1000 if request.config.getoption("--long") else 200


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server of this run's own; each test takes a database of its own there."""
    with running() as one:
        yield one
