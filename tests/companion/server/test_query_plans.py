"""No request reads all that is kept of a user where it asks for single posts, names or acts: in a young ledger too.

SQLite has no statistics of a ledger that was never closed. It then takes the first column of a key, the owner, for as
good as a post's id, and what is read to draw a page grows with the square of what is kept.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from companion.store.account import Account
from companion.store.ledger import connections
from scripts.benchmarks import crowd
from scripts.benchmarks.grow_requests import BUSY, PAGES, asks
from tests.companion.conftest import House
from tests.companion.web.browser import Browser
from tests.companion.web.town import NOW, settle
from tests.replica.people import ADA, WREN

ALL_OF_AN_OWNER = re.compile(r"^(?:SEARCH|SCAN) (\S+) USING PRIMARY KEY \(owner=\?\)$")
MEANT = {
    "badge": "one row for each person: lists and filters go through them",
    "follower_count": "a row or two",
    "import_change": "asked whether there is one",
    "list_member": "emptied of somebody who is forgotten",
}
"""Table that may be read through for an owner -> why."""
FACE = "/web/face/<pid>"
"""Nobody in the town has a picture."""
IN_THE_TOWN = {
    crowd.pid_of(BUSY): WREN.id, crowd.handle_of(BUSY): WREN.handle,
    crowd.VIEWER["id"]: ADA.id, crowd.VIEWER["handle"]: ADA.handle,
}  # fmt: skip
"""Whom the benchmark's requests name -> who stands there in the town."""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is asked of ledgers that are opened from here on, with its values."""
    told: list[str] = []
    connect = connections._connect

    def traced(path: Path, busy_milliseconds: int | None = None) -> sqlite3.Connection:
        connection = connect(path, busy_milliseconds)
        connection.set_trace_callback(told.append)
        return connection

    monkeypatch.setattr(connections, "_connect", traced)
    return told


def steps(asked: Sequence[str], house: House) -> Iterator[tuple[str, str]]:
    """Yield each statement about rows, and each step of how this ledger answers it."""
    connection = house.stores.ledger.connections.reading()
    connection.set_trace_callback(None)
    for statement in dict.fromkeys(asked):
        if re.match(r"(?:select|with|insert|update|delete)\b", statement):
            for step in connection.execute(f"explain query plan {statement}"):
                yield statement, step[3]


def in_the_town(text: str) -> str:
    """Return an address or a body with the town's people in it."""
    for name, neighbour in IN_THE_TOWN.items():
        text = text.replace(str(name), neighbour)
    return text


def test_a_single_post_name_or_act_is_found_by_its_own_key(asked: list[str], house: House) -> None:
    house.time[0] = NOW
    settle(Account(house.stores.notebook, house.stores.ledger, ADA.id))
    web = Browser(house.app, house.stores)
    for page in PAGES:
        assert web.get(in_the_town(page.address)).status == (404 if page.rule == FACE else 200), page.address
    for ask in asks(house.stores.notebook.instance):
        house.ask(ask.resource, json.loads(in_the_town(json.dumps(ask.body(1)))))
    found = list(steps(asked, house))
    assert len(found) > 500
    through = [(step, ALL_OF_AN_OWNER.match(step), statement) for statement, step in found]
    assert not [(step, statement) for step, match, statement in through if match and match[1] not in MEANT]
