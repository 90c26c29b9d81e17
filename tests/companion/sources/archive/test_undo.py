"""An import that is undone leaves everything as it would be without it, whatever was seen or imported since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain.sightings import Interaction, Person, Relation, Understanding
from companion.errors import UnknownError
from companion.settings import Settings
from companion.sources.archive.importing import ArchiveImport
from companion.sources.archive.ledger_writer import LedgerWriter
from companion.sources.archive.undo import undo
from companion.store.import_runs import Imports, Run
from companion.store.ledger.dump import tables_of
from companion.stores import Stores
from tests.companion.sources.archive.archives import OWNER, like, mention, script, tweet, write_archive

NOW = 1_790_000_000
PEOPLE = {"2000001": "wrenwrites", "2000002": "inesmakes", "2000003": "tomoturns"}
FIRST_POST = 1_900_000_000_000_000_000
Told = Sequence[tuple[str, int]]
"""(person, number of the post)."""
TOLD = st.lists(st.tuples(st.sampled_from(sorted(PEOPLE)), st.integers(0, 5)), max_size=6)
FOLLOWING = st.sets(st.sampled_from(sorted(PEOPLE)))


@contextmanager
def home() -> Iterator[tuple[Stores, Imports, Path]]:
    with TemporaryDirectory() as folder:
        place = Settings(data=Path(folder) / "data")
        stores = Stores.open(place)
        try:
            yield stores, Imports(place.imports_path), Path(folder)
        finally:
            stores.close()


def archive(folder: Path, name: str, told: Told, following: set[str]) -> Path:
    records = [
        tweet(
            str(FIRST_POST + number),
            f"@{PEOPLE[person]} hello",
            f"Fri Mar {number + 1:02} 13:02:05 +0000 2026",
            entities={"user_mentions": [mention(person, PEOPLE[person], 0)], "urls": []},
            in_reply_to_user_id_str=person,
            in_reply_to_screen_name=PEOPLE[person],
        )
        for person, number in told
    ]
    follows = [{"following": {"accountId": person}} for person in sorted(following)]
    likes = [like(str(FIRST_POST + 50), "https://twitter.com/kilnhouse/status/1900000000000000050")]
    files = {
        "tweets.js": script("tweets", records),
        "following.js": script("following", follows),
        "like.js": script("like", likes if told else []),
    }
    return write_archive(folder / name, files)


def take(stores: Stores, imports: Imports, path: Path) -> str:
    ArchiveImport(stores.ledger, stores.notebook, imports, NOW).run(path)
    found = imports.latest(path.name)
    assert found is not None
    return found[0]


def see(stores: Stores, told: Told, following: set[str], at: int) -> None:
    stores.ledger.owner_for(OWNER, "adaquill", at)
    acts = [
        Interaction("out", "reply", 1_772_800_000 + number, str(FIRST_POST + number), id=person, handle=PEOPLE[person],
                    post=str(FIRST_POST + number), source="page")
        for person, number in told
    ]  # fmt: skip
    people = [Person(person, PEOPLE[person], "A name") for person in sorted(following)]
    relations = [Relation(person, PEOPLE[person], follows_me=True) for person in sorted(following)]
    stores.ledger.record(OWNER, Understanding("UserTweets", people, relations=relations, interactions=acts), at)


def rows(stores: Stores, *names: str) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of these tables, of all but the one of viewers if none is named."""
    with stores.ledger.connections.snapshot() as connection:
        tables = [
            one.name for one in tables_of(connection) if one.name in names or (not names and one.name != "viewer")
        ]
        return {name: sorted(map(tuple, connection.execute(f"select * from {name}")), key=repr) for name in tables}


def same_contacts(stores: Stores, other: Stores) -> None:
    assert rows(stores, "event", "relation", "contact_day") == rows(other, "event", "relation", "contact_day")
    assert stores.ledger.recount() == []


@settings(max_examples=40, deadline=None)
@given(before=TOLD, followed=FOLLOWING, told=TOLD, following=FOLLOWING)
def test_all_is_as_it_was_before(before: Told, followed: set[str], told: Told, following: set[str]) -> None:
    with home() as (stores, imports, folder):
        see(stores, before, followed, NOW - 900)
        was = rows(stores)
        digest = take(stores, imports, archive(folder, "a.zip", told, following))
        undo(stores.ledger, stores.notebook, imports, digest)
        assert rows(stores) == was
        assert stores.ledger.recount() == []


@settings(max_examples=40, deadline=None)
@given(told=TOLD, following=FOLLOWING, since=TOLD, followed=FOLLOWING)
def test_what_was_seen_since_stays(told: Told, following: set[str], since: Told, followed: set[str]) -> None:
    with home() as (stores, imports, folder), home() as (without, _, _):
        digest = take(stores, imports, archive(folder, "a.zip", told, following))
        for one in (stores, without):
            see(one, since, followed, NOW + 900)
        undo(stores.ledger, stores.notebook, imports, digest)
        assert {row[1:5] for row in rows(stores, "event")["event"]} == {
            row[1:5] for row in rows(without, "event")["event"]
        }
        assert rows(stores, "relation") == rows(without, "relation")
        assert stores.ledger.recount() == []


@settings(max_examples=40, deadline=None)
@given(first=TOLD, followed=FOLLOWING, second=TOLD, following=FOLLOWING, later_first=st.booleans())
def test_a_later_import_keeps_all_of_its_own(
    first: Told, followed: set[str], second: Told, following: set[str], later_first: bool
) -> None:
    with home() as (stores, imports, folder), home() as (alone, its_imports, _):
        one, other = (
            archive(folder, "a.zip", first, followed),
            archive(folder, "b.zip", [*second, ("2000001", 9)], following),
        )
        digests = [take(stores, imports, one), take(stores, imports, other)]
        if later_first:
            digests.reverse()
        undo(stores.ledger, stores.notebook, imports, digests[0])
        take(alone, its_imports, one if later_first else other)
        same_contacts(stores, alone)
        undo(stores.ledger, stores.notebook, imports, digests[1])
        assert not any(rows(stores).values())


def test_the_same_archive_can_be_imported_again(tmp_path: Path) -> None:
    with home() as (stores, imports, folder):
        path = archive(folder, "a.zip", [("2000001", 1), ("2000002", 2)], {"2000001"})
        digest = take(stores, imports, path)
        was = rows(stores)
        undone = undo(stores.ledger, stores.notebook, imports, digest)
        assert (undone.interactions, undone.account, imports.runs()) == (3, True, [])
        assert stores.ledger.owners() == []
        assert take(stores, imports, path) == digest
        assert rows(stores) == was


def test_who_is_written_about_stays_known_by_name() -> None:
    with home() as (stores, imports, folder):
        digest = take(stores, imports, archive(folder, "a.zip", [("2000001", 1)], set()))
        stores.notebook.write("op-1", "note", "2000001", {"text": "Paper"}, None, NOW, OWNER)
        undone = undo(stores.ledger, stores.notebook, imports, digest)
        assert (stores.ledger.find(OWNER, handle="wrenwrites"), undone.account) == ("2000001", False)
        assert stores.ledger.counts(OWNER).interactions == 0


def test_what_was_seen_of_a_handle_stays_with_the_id_that_the_import_showed() -> None:
    with home() as (stores, imports, folder):
        stores.ledger.owner_for(OWNER, "adaquill", NOW - 900)
        act = Interaction("in", "reply", NOW - 5000, "77", handle="wrenwrites", source="page")
        stores.ledger.record(OWNER, Understanding("HomeTimeline", interactions=[act]), NOW - 900)
        stores.notebook.write("op-1", "note", "@wrenwrites", {"text": "Paper"}, None, NOW, OWNER)
        digest = take(stores, imports, archive(folder, "a.zip", [("2000001", 1)], set()))
        undo(stores.ledger, stores.notebook, imports, digest)
        assert [row.ref for row in stores.ledger.interactions(OWNER, "2000001")] == ["77"]
        assert stores.notebook.about("2000001", OWNER).note is not None
        assert stores.ledger.find(OWNER, handle="wrenwrites") == "2000001"


def test_whoever_is_forgotten_is_not_brought_back_by_an_undo() -> None:
    with home() as (stores, imports, folder):
        see(stores, [("2000001", 1)], {"2000001"}, NOW - 900)
        digest = take(stores, imports, archive(folder, "a.zip", [("2000001", 1), ("2000001", 2)], {"2000001"}))
        stores.ledger.forget("2000001")
        undo(stores.ledger, stores.notebook, imports, digest)
        assert stores.ledger.person(OWNER, "2000001") is None
        assert b"wrenwrites" not in stores.ledger.connections.path.read_bytes()


def test_an_import_of_an_earlier_version_is_said_to_have_no_record(tmp_path: Path) -> None:
    with home() as (stores, imports, _):
        imports.note("digest", Run("old.zip", OWNER, started_at=NOW))
        with pytest.raises(UnknownError, match=r"old\.zip was imported by an earlier version"):
            undo(stores.ledger, stores.notebook, imports)
        with pytest.raises(UnknownError, match="No import of an archive"):
            undo(stores.ledger, stores.notebook, imports, "nothing")


def test_an_import_that_was_killed_half_way_is_undone_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with home() as (stores, imports, folder):
        see(stores, [("2000001", 1)], {"2000001"}, NOW - 900)
        was = rows(stores)
        path = archive(folder, "a.zip", [("2000001", 1), ("2000001", 2), ("2000002", 3)], {"2000003"})
        with monkeypatch.context() as patch:
            patch.setattr(LedgerWriter, "finish", killed)
            with pytest.raises(KeyboardInterrupt):
                take(stores, imports, path)
        undone = undo(stores.ledger, stores.notebook, imports)
        assert (undone.run.finished, imports.runs()) == (False, [])
        assert rows(stores) == was
        take(stores, imports, path)
        assert stores.ledger.counts(OWNER).interactions == 4
        assert stores.ledger.recount() == []
