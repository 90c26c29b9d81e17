"""The kept count of followers is what counting them gives, whatever is recorded, merged or forgotten."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain.sightings import Person, Relation
from companion.store.ledger.ledger import Ledger
from companion.store.ledger.queries.new_followers import count
from tests.companion.store.ledger_help import ADA, NOW, page

FLAG = st.one_of(st.none(), st.booleans())
STEP = st.one_of(
    st.tuples(st.just("see"), st.integers(0, 5), FLAG, FLAG, st.booleans()),
    st.tuples(st.just("forget"), st.integers(0, 5), st.none(), st.none(), st.just(value=False)),
)


def counted(ledger: Ledger, condition: str) -> int:
    sql = "select count(*) from badge b join viewer v using (owner) where v.name = ? and follows_me = 1 and"
    return int(ledger.connections.reading().execute(f"{sql} {condition}", (ADA,)).fetchone()[0])


def agrees(ledger: Ledger) -> bool:
    told = (count(ledger, ADA), count(ledger, ADA, followed=True), count(ledger, ADA, followed=False))
    return told == (counted(ledger, "true"), counted(ledger, "i_follow = 1"), counted(ledger, "i_follow = 0"))


@given(st.lists(STEP, max_size=25))
@settings(max_examples=40, deadline=None)
def test_it_agrees_after_every_step(steps: list[tuple[str, int, bool | None, bool | None, bool]]) -> None:
    with TemporaryDirectory() as here:
        ledger = Ledger.open(Path(here) / "ledger.db")
        ledger.owner_for(ADA, "adaquill", NOW)
        for at, (what, number, theirs, mine, by_handle) in enumerate(steps, NOW):
            pid, handle = str(2_000_001 + number), f"wren{number}"
            if what == "forget":
                ledger.forget(pid)
            elif by_handle:  # somebody known by handle alone, who turns out to be the one with the id
                ledger.record(ADA, page(relations=[Relation(None, handle, theirs, mine)]), at)
            else:
                ledger.record(ADA, page([Person(pid, handle)], relations=[Relation(pid, handle, theirs, mine)]), at)
            assert agrees(ledger)
        ledger.close()


def test_a_ledger_of_an_older_version_is_counted_once(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    ledger = Ledger.open(path)
    ledger.owner_for(ADA, "adaquill", NOW)
    people = [Person(str(2_000_001 + n), f"wren{n}") for n in range(3)]
    relations = [Relation(one.id, one.handle, follows_me=True, i_follow=one is people[0]) for one in people]
    ledger.record(ADA, page(people, relations=relations), NOW)
    ledger.close()
    with closing(sqlite3.connect(path)) as connection, connection:
        for name in ("follower_came", "follower_went", "follower_lost", "follower_won"):
            connection.execute(f"drop trigger {name}")
        connection.execute("drop table follower_count")
        connection.execute("update meta set value = '4' where key = 'schema'")
    again = Ledger.open(path)
    assert (count(again, ADA), count(again, ADA, followed=True)) == (3, 1)
    again.close()


def test_a_removed_account_leaves_no_count(tmp_path: Path) -> None:
    ledger = Ledger.open(tmp_path / "ledger.db")
    ledger.owner_for(ADA, "adaquill", NOW)
    told = [Relation("2000001", "wren", follows_me=True)]
    ledger.record(ADA, page([Person("2000001", "wren")], relations=told), NOW)
    ledger.forget_viewer(ADA)
    assert ledger.connections.reading().execute("select count(*) from follower_count").fetchone()[0] == 0
    ledger.close()
