"""Tests the directory's pages of a set of people: the same whether they are looked up by key or met on a walk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.settings import Settings
from companion.store.account import Account
from companion.store.ledger.queries import directory
from companion.store.ledger.queries.directory import SORTS, DirectoryQuery
from companion.stores import Stores
from tests.companion.web.town import NOW, settle
from tests.replica.people import ADA


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Account]:
    """Ada's account in the invented town."""
    stores = Stores.open(Settings(data=Path(tmp_path_factory.mktemp("town"))))
    account = Account(stores.notebook, stores.ledger, ADA.id)
    settle(account)
    yield account
    stores.close()


def everybody(town: Account) -> list[str]:
    """Return the pids of all who are listed."""
    return directory.pids(town.ledger, ADA.id, DirectoryQuery(now=NOW, limit=10_000))


def told(town: Account, query: DirectoryQuery) -> tuple[list[str], int]:
    """Return who stands on a page in order, and how many fit in all."""
    rows = directory.page(town.ledger, ADA.id, query).rows
    return [row.pid for row in rows], directory.count(town.ledger, ADA.id, query)


@settings(deadline=None, max_examples=60)
@given(data=st.data(), sort=st.sampled_from(sorted(SORTS)), turned=st.booleans(), limit=st.integers(1, 30))
def test_a_set_of_people_gives_the_same_page_by_key_and_by_walk(
    town: Account, data: st.DataObject, sort: str, turned: bool, limit: int
) -> None:
    chosen = data.draw(st.lists(st.sampled_from([*everybody(town), "99", "@nobody"]), unique=True, max_size=25))
    query = DirectoryQuery(now=NOW, sort=sort, turned=turned, limit=limit, within=(chosen,))
    with pytest.MonkeyPatch.context() as patch:
        by_key = told(town, query)
        patch.setattr(directory, "FEW", -1)
        assert told(town, query) == by_key
    assert set(by_key[0]) <= set(chosen)


def test_nobody_in_the_set_is_nobody_on_the_page(town: Account) -> None:
    assert told(town, DirectoryQuery(now=NOW, within=((),))) == ([], 0)


def test_two_sets_give_those_in_both_and_a_set_left_out_those_in_none(town: Account) -> None:
    one, two, three = everybody(town)[:3]
    both = DirectoryQuery(now=NOW, within=([one, two], [two, three]))
    assert told(town, both) == ([two], 1)
    assert two not in told(town, DirectoryQuery(now=NOW, without=([two],), limit=10_000))[0]


@settings(deadline=None, max_examples=60)
@given(
    text=st.sampled_from(["wren", "e", "REN", "@in", "o", "zebra", "a%", "_", " "]),
    sort=st.sampled_from(sorted(SORTS)),
    limit=st.integers(1, 30),
)
def test_a_text_looked_for_once_gives_the_same_page_as_looked_for_in_each_query(
    town: Account, text: str, sort: str, limit: int
) -> None:
    query = DirectoryQuery(now=NOW, sort=sort, limit=limit, text=text, named=everybody(town)[:1])
    known = replace(query, keys=directory.matching(town.ledger, ADA.id, text))
    assert told(town, known) == told(town, query)


def test_more_matches_than_are_kept_are_looked_for_in_each_query(
    town: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert directory.matching(town.ledger, ADA.id, "e")
    monkeypatch.setattr(directory, "MOST_KEYS", 0)
    assert directory.matching(town.ledger, ADA.id, "e") is None
    assert directory.matching(town.ledger, ADA.id, "zebrafinch") == []
