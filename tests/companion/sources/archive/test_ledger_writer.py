"""An archive that is taken in at once leaves the ledger as if every act had been seen one by one."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from companion.domain.dates import DAY
from companion.domain.sightings import Interaction, Person, Relation, Understanding
from companion.reciprocity.sums import Sums
from companion.sources.archive.ledger_writer import LedgerWriter
from companion.store.ingest import take
from companion.store.ledger.ledger import Ledger
from tests.companion.sources.archive.archives import OWNER

AT = 1_790_000_000
TABLES = {
    "person": "pid, handle, handle_since, handle_at, held, name, first_seen, last_seen",
    "handle_was": "hkey, pid, handle, since, until",
    "event": "pid, direction, kind, ref, at, last, gone, partial, automatic, post, source, chat",
    "contact_day": "pid, day, direction, talk, light",
    "badge": "pid, hkey, handle, was, follows_me, i_follow, "
    "days_in, days_out, two_way_days, light_days_in, light_days_out, n_in, n_out, "
    "last_in, last_out, first_seen_contact, acts, contact_at, first_seen, last_seen",
    "relation": "pid, field, value, source, at",
    "merge_due": "stub, pid",
}
NAMES: list[tuple[str | None, str | None]] = [
    *(("5", handle) for handle in ("wren", "Wren", "quill")),
    *(("6", handle) for handle in ("tomo", "quill")),
    *(("7", handle) for handle in ("ines", None)),
    *((None, handle) for handle in ("wren", "ines", "zoe")),
]
"""Two people had the handle "quill". It is never told without an id: whom it would mean depends on the order."""
names = st.sampled_from(NAMES)
any_act = st.builds(
    lambda name, **more: Interaction(id=name[0], handle=name[1], source="archive", **more),
    names,
    direction=st.sampled_from(["in", "out"]),
    kind=st.sampled_from(["reply", "mention", "repost", "dm", "group", "like"]),
    at=st.integers(AT - 20 * DAY, AT + 60).map(lambda at: at // 3600 * 3600),
    ref=st.sampled_from(["11", "12", "13", "dm:9", "like:14"]),
    post=st.sampled_from([None, "11", "12"]),
    partial=st.booleans(),
    automatic=st.booleans(),
    chat=st.sampled_from([None, "c", "d"]),
)
plain_act = st.builds(
    lambda name, **more: Interaction("out", id=name[0], handle=name[1], **more),
    names,
    kind=st.sampled_from(["reply", "mention"]),
    at=st.integers(AT - 400 * DAY, AT),
    ref=st.integers(100, 130).map(str),
    source=st.sampled_from(["archive", "page"]),
)
acts = any_act | plain_act
relations = st.builds(
    Relation,
    id=st.sampled_from(["5", "6", "7", "8"]),
    follows_me=st.sampled_from([None, True]),
    i_follow=st.sampled_from([None, True]),
    blocking=st.sampled_from([None, True]),
)
pages = st.builds(
    lambda told, seen, related: Understanding(
        op="TweetDetail", people=[Person(id=i, handle=h) for i, h in told], interactions=seen, relations=related
    ),
    st.lists(names, max_size=3),
    st.lists(acts, max_size=6),
    st.lists(relations.map(lambda one: structs.replace(one, follows_me=False)), max_size=2),
)


class Notes:
    """A notebook that nobody wrote in."""

    def merge(self, stub: str, pid: str) -> None:
        """Nothing is there to be moved."""


def told(ledger: Ledger) -> dict[str, list[tuple[object, ...]]]:
    read = ledger.connections.reading()
    return {
        table: read.execute(f"select {columns} from {table} order by {columns}").fetchall()
        for table, columns in TABLES.items()
    }


def sums(ledger: Ledger) -> dict[tuple[str, int], float]:
    """Return (person, which sum) -> its value a day later."""
    pids = [str(row[0]) for row in ledger.connections.reading().execute("select pid from person")]
    return {
        (pid, which): value
        for pid in pids
        for which, value in enumerate(values_of(ledger.sums_and_tally(OWNER, pid)[0].advanced(AT + DAY)))
    }


def values_of(one: Sums) -> tuple[float, ...]:
    return (one.talk_in_7, one.talk_in_90, one.talk_out_7, one.talk_out_90, one.light_in, one.light_out)


def one_by_one(folder: Path, page: Understanding, told_acts: list[Interaction], related: list[Relation]) -> Ledger:
    ledger = opened(folder, "one", page)
    take(ledger, Notes(), OWNER, Understanding(op="archive", interactions=told_acts, relations=related), AT)
    return ledger


def opened(folder: Path, name: str, page: Understanding) -> Ledger:
    ledger = Ledger.open(folder / f"{name}.sqlite")
    ledger.owner_for(OWNER, "adaquill", AT)
    take(ledger, Notes(), OWNER, page, AT - 5 * DAY)
    return ledger


@settings(max_examples=25, deadline=None)
@given(
    pages,
    st.lists(acts, max_size=30),
    st.lists(relations, max_size=4, unique_by=lambda one: one.id),
    st.integers(1, 30),
    st.booleans(),
)
def test_all_at_once_is_one_by_one(
    page: Understanding, all_acts: list[Interaction], related: list[Relation], size: int, again: bool
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        single, bulk = one_by_one(folder, page, all_acts, related), opened(folder, "bulk", page)
        try:
            for _ in range(1 + again):
                taking = LedgerWriter(bulk, Notes(), OWNER, AT)
                taking.take(Understanding(op="archive", relations=related), write=True)
                for start in range(0, len(all_acts), size):
                    taking.take(Understanding(op="archive", interactions=all_acts[start : start + size]), write=True)
                taking.finish(lambda _part: None)
            assert told(bulk) == told(single)
            assert sums(bulk) == pytest.approx(sums(single), abs=1e-9)
            assert bulk.recount() == []
            assert not again or taking.interactions == 0
        finally:
            single.close()
            bulk.close()


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_a_stub_becomes_the_id_that_had_its_handle_in_whatever_order_an_archive_tells_it(
    tmp_path: Path, order: tuple[int, ...]
) -> None:
    page = Understanding(op="TweetDetail", people=[Person(handle="wren")])
    then = AT - 20 * DAY
    names = [("quill", then + 60), ("wren", then), ("wren", then - 400 * DAY)]
    every = [Interaction("in", "reply", at, str(at), id="5", handle=handle, source="archive") for handle, at in names]
    acts = [every[place] for place in order]
    single, bulk = one_by_one(tmp_path, page, acts, []), opened(tmp_path, "bulk", page)
    writer = LedgerWriter(bulk, Notes(), OWNER, AT)
    writer.take(Understanding(op="archive", interactions=acts), write=True)
    writer.finish(lambda _part: None)
    assert told(bulk) == told(single)
    for ledger in (single, bulk):
        person = ledger.person(OWNER, "5")
        assert person is not None
        assert person.profile.handle == "quill"
        assert ledger.person(OWNER, "@wren") is None, "it became 5"
        ledger.close()
