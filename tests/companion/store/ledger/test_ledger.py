"""The ledger's file: migrations, damage, kills, threads, and forgetting without a trace."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from companion.domain.dates import DAY
from companion.domain.sightings import Interaction, Person, Post, Relation, Understanding
from companion.errors import NewerDataError, StoreError
from companion.store.ledger import connections, schema
from companion.store.ledger.ledger import Ledger
from companion.store.ledger.queries import directory
from companion.store.ledger.queries.directory import FOLLOWERS, DirectoryQuery
from tests.companion.store.ledger_help import ADA, INES, NOW, TOMO, WREN, page, reply, wren

KILLS = 12
WRITER = """
import sys
from pathlib import Path
from companion.domain.sightings import Interaction, Person, Understanding
from companion.store.ledger.ledger import Ledger
ledger = Ledger.open(Path(sys.argv[1]))
turn = ledger.counts("1000001").interactions // 2
while True:
    people = [Person(str(i), f"person{i}", f"Person {turn}", "A bio.") for i in range(turn, turn + 40)]
    acts = [Interaction("in", "reply", 1_700_000_000 + turn, f"{turn}-{n}", id=str(turn)) for n in (1, 2)]
    ledger.record("1000001", Understanding(people=people, interactions=acts), 1_760_000_000 + turn)
    print(turn, flush=True)
    turn += 1
"""


def test_what_was_recorded_is_there_after_closing(tmp_path: Path) -> None:
    path = tmp_path / "data" / "ledger.db"
    ledger = Ledger.open(path)
    ledger.record(ADA, page([wren()], [reply("11")]), NOW)
    ledger.close()
    again = Ledger.open(path)
    assert again.badges(ADA, ["wrenwrites"])["wrenwrites"].acts == 1
    assert again.check() == []
    again.close()
    assert path.stat().st_mode & 0o077 == 0


def test_a_newer_ledger_is_refused_in_words_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    Ledger.open(path).close()
    with sqlite3.connect(path) as raw:
        raw.execute("update meta set value = '999' where key = 'schema'")
    raw.close()
    before = path.read_bytes()
    with pytest.raises(NewerDataError, match=r"newer Mutuals .*Update Mutuals"):
        Ledger.open(path)
    assert path.read_bytes() == before


def damage(path: Path) -> None:
    path.write_bytes(b"not a database, " * 500)


def test_a_damaged_ledger_is_set_aside_the_daily_copy_takes_its_place_and_it_says_so(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    ledger = Ledger.open(path)
    ledger.record(ADA, page([wren()], [reply("11")]), NOW)
    ledger.close()
    damage(path)
    again = Ledger.open(path)
    assert again.badges(ADA, ["wrenwrites"])["wrenwrites"].acts == 1
    assert "took its place" in again.warnings[0]
    again.close()
    assert (tmp_path / "ledger.db.damaged-1").read_bytes().startswith(b"not a database")


def test_a_damaged_ledger_without_a_copy_begins_anew_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    damage(path)
    ledger = Ledger.open(path)
    assert ledger.owners() == []
    assert "A new one was begun" in ledger.warnings[0]
    ledger.close()


def test_a_ledger_that_another_program_holds_is_not_taken_for_a_damaged_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ledger.db"
    monkeypatch.setattr(connections, "BUSY_MILLISECONDS", 10)
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("begin exclusive")
        with pytest.raises(StoreError, match="no other program"):
            Ledger.open(path)
    other.close()
    assert not (tmp_path / "ledger.db.damaged-1").exists()


def test_the_copy_is_made_once_a_day(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    ledger = Ledger.open(path)
    ledger.close()
    copy = tmp_path / "ledger.db.previous"
    first = copy.stat().st_mtime_ns
    Ledger.open(path).close()
    assert copy.stat().st_mtime_ns == first
    os.utime(copy, (0, 0))
    Ledger.open(path).close()
    assert copy.stat().st_mtime > 0


def test_a_migration_keeps_a_copy_first_and_goes_on_after_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    Ledger.open(path).close()
    raw = sqlite3.connect(path, isolation_level=None)
    newest = schema.MIGRATIONS[-1].number
    broken = (*schema.MIGRATIONS, schema.Migration(newest + 1, ("create table extra (a integer)", "no sql at all")))
    with pytest.raises(sqlite3.OperationalError):
        schema.upgrade(raw, path, broken)
    assert schema.schema_number(raw) == newest
    assert path.with_name(f"ledger.db.before-{newest + 1}").exists()
    schema.upgrade(raw, path, (*schema.MIGRATIONS, schema.Migration(newest + 1, ("create table extra (a integer)",))))
    assert schema.schema_number(raw) == newest + 1
    raw.execute("select a from extra")
    raw.close()


def test_sums_made_with_other_weights_are_counted_again_when_opened(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    ledger = Ledger.open(path)
    ledger.record(ADA, page([wren()], [reply("11")]), NOW)
    before = ledger.sums_and_tally(ADA, WREN)
    ledger.close()
    with sqlite3.connect(path) as raw:
        raw.execute("update badge set talk_in_7 = 5, talk_in_90 = 5")
        raw.execute("update meta set value = 'other weights' where key = 'score'")
    raw.close()
    again = Ledger.open(path)
    again.settled()
    assert again.sums_and_tally(ADA, WREN) == before
    again.close()


@pytest.mark.kill
def test_a_killed_recording_leaves_whole_pages_and_a_sound_file(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    for kill in range(KILLS):
        process = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        told = [int(process.stdout.readline()) for _ in range(3 + kill)]
        os.kill(process.pid, signal.SIGKILL)
        told += [int(line) for line in process.stdout.read().split("\n") if line]
        process.stdout.close()
        process.wait()
        ledger = Ledger.open(path)
        ledger.inspect()
        assert (ledger.check(), ledger.warnings) == ([], [])
        assert ledger.counts(ADA).interactions in {2 * (told[-1] + 1), 2 * (told[-1] + 2)}
        assert ledger.recount() == []
        ledger.close()


def test_readers_see_whole_recordings_while_others_write(ledger: Ledger) -> None:
    """Each recording gives three people the same name; a reader in one transaction never sees two names."""
    pids = [WREN, INES, TOMO]
    done, wrong = threading.Event(), list[object]()

    def write(start: int) -> None:
        for turn in range(start, start + 60):
            ledger.record(ADA, page([Person(pid, f"h{pid}", f"Name {turn}") for pid in pids]), NOW + turn)

    def read() -> None:
        while not done.is_set():
            rows = ledger.badges(ADA, [f"h{pid}" for pid in pids]).values()
            if len({row.name for row in rows}) > 1:
                wrong.append(rows)

    readers = [threading.Thread(target=read) for _ in range(3)]
    writers = [threading.Thread(target=write, args=(start,)) for start in (0, 1000)]
    for thread in readers + writers:
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    for thread in readers:
        thread.join()
    assert not wrong
    assert ledger.badges(ADA, [f"h{WREN}"])[f"h{WREN}"].name == "Name 1059"


def test_nothing_of_a_refused_recording_is_stored(ledger: Ledger) -> None:
    broken = page([wren()], [reply("11"), reply("12", post=object())])
    with pytest.raises(sqlite3.Error):
        ledger.record(ADA, broken, NOW)
    assert ledger.counts(ADA).people == 0
    assert ledger.record(ADA, page([wren()]), NOW).people == 1


def test_a_full_disk_changes_nothing_says_so_and_passes(ledger: Ledger) -> None:
    ledger.owner_for(ADA, "adaquill", NOW)
    crowd = page([Person(str(3_000_000 + n), f"crowd{n}", bio="ink " * 60) for n in range(300)])
    with ledger.connections.writing() as connection:
        pages = connection.execute("pragma page_count").fetchone()[0]
        connection.execute(f"pragma max_page_count = {pages + 2}")
    with pytest.raises(StoreError, match="nothing was changed"):
        ledger.record(ADA, crowd, NOW)
    assert ledger.find(ADA, handle="crowd7") is None
    with ledger.connections.writing() as connection:
        connection.execute(f"pragma max_page_count = {2**30}")
    ledger.record(ADA, crowd, NOW)
    assert ledger.find(ADA, handle="crowd7") == "3000007"


def test_forgetting_leaves_no_trace_in_any_file(tmp_path: Path) -> None:
    ledger = Ledger.open(tmp_path / "ledger.db")
    told = page(
        [wren(bio="Ink and rain, quite unmistakable.", location="Leeds"), Person(id=INES, handle="inesmakes")],
        [reply("11")],
        [Relation(WREN, follows_me=True)],
        [
            Post("11", author_id=WREN, author_handle="wrenwrites", text="Unmistakable words.", at=NOW),
            Post("12", author_id=INES, author_handle="inesmakes", text="Listen to @wrenwrites!", at=NOW),
        ],
    )
    for owner in (ADA, "1000002"):
        ledger.record(owner, told, NOW)
        ledger.record(owner, page([wren(handle="wrenokafor")]), NOW + DAY)
        ledger.record(owner, page([wren()]), NOW + 2 * DAY)
    for copy in ("before-2", "previous", "damaged-1"):
        (tmp_path / f"ledger.db.{copy}").write_bytes(b"wrenwrites, in a copy")
    assert ledger.forget(WREN)
    assert not ledger.forget(WREN)
    for owner in (ADA, "1000002"):
        assert (ledger.person(owner, WREN), ledger.badges(owner, ["wrenwrites"])) == (None, {})
    left = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    present = ["ledger.db", "ledger.db-shm", "ledger.db-wal", "ledger.db.sums"]
    assert sorted(path.name for path in tmp_path.iterdir()) == present
    for trace in (WREN, "wrenwrites", "wrenokafor", "Wren Okafor", "nmistakable", "Leeds"):
        assert trace.encode() not in left
    assert b"inesmakes" in left
    ledger.close()


def test_forgetting_what_is_old_keeps_what_was_entered_and_who_is_kept(ledger: Ledger) -> None:
    old, new = NOW - 900 * DAY, NOW
    ledger.record(ADA, page([wren(), Person(id=INES, handle="inesmakes"), Person(id=TOMO)], [reply("1", old)]), old)
    ledger.add_interactions(ADA, WREN, [reply("call-1", old, source="you")], new)
    ledger.record(ADA, page(acts=[reply("2", new)]), new)
    assert ledger.forget_older_than(NOW - 365 * DAY, keep=[INES]) > 0
    assert {row.ref for row in ledger.interactions(ADA, WREN)} == {"call-1", "2"}
    assert ledger.person(ADA, INES) is not None
    assert ledger.person(ADA, TOMO) is None
    assert ledger.recount() == []


def crowd(ledger: Ledger) -> None:
    """Record Wren (follows, answers), Ines (answers more), Tomo (only seen)."""
    ines = [reply(f"i{n}", NOW - n * DAY, id=INES, handle="inesmakes") for n in range(1, 20)]
    people = [wren(), Person(id=INES, handle="inesmakes", name="Ines Duarte"), Person(id=TOMO, handle="tomoreads")]
    told = Understanding(people=people, interactions=[reply("w"), *ines], relations=[Relation(WREN, follows_me=True)])
    ledger.record(ADA, told, NOW)


def test_the_people_last_in_contact_come_first(ledger: Ledger) -> None:
    crowd(ledger)
    assert [row.pid for row in ledger.recent(ADA)] == [WREN, INES]


def test_search_finds_beginnings_first_and_then_what_is_inside(ledger: Ledger) -> None:
    crowd(ledger)
    assert [row.pid for row in ledger.search(ADA, "@Wren")] == [WREN]
    assert [row.pid for row in ledger.search(ADA, "ines d")] == [INES]
    assert [row.pid for row in ledger.search(ADA, "akes")] == [INES]
    assert [row.pid for row in ledger.search(ADA, "t")] == [TOMO, INES, WREN]
    assert ledger.search(ADA, "%") == ledger.search(ADA, "@") == []


def test_people_are_listed_sorted_filtered_and_in_pages(ledger: Ledger) -> None:
    crowd(ledger)

    def listed(**asked: object) -> list[str]:
        query = DirectoryQuery(now=NOW, **asked)  # type: ignore[arg-type]
        return [row.pid for row in directory.page(ledger, ADA, query).rows]

    assert listed(sort="score") == [INES, WREN]
    assert listed(sort="score", turned=True) == [INES, WREN], "whoever shows no score comes last"
    assert listed(sort="name", written=[TOMO]) == [INES, WREN, TOMO], "whoever has no name comes last"
    assert listed(sort="contact", written=[TOMO]) == [WREN, INES, TOMO]
    assert listed(sort="new", flags=[FOLLOWERS]) == [WREN]
    assert listed(flags=[("i do not follow", False)]) == [], "what was never seen is not a no"
    assert listed(text="DUART") == [INES]
    assert directory.count(ledger, ADA, DirectoryQuery(now=NOW)) == 2


def test_people_who_never_wrote_are_ordered_by_my_own_days_with_them_on_every_page(ledger: Ledger) -> None:
    ids = [str(3_000_001 + n) for n in range(6)]
    people = [Person(id=pid, handle=f"friend{9 - n}") for n, pid in enumerate(ids)]
    mine = [
        Interaction("out", "reply", NOW - day * DAY, f"{pid}-{day}", id=pid)
        for n, pid in enumerate(ids[:5])
        for day in range(1, n + 2)
    ]
    ledger.record(ADA, Understanding(people=people, interactions=mine), NOW)
    expected = list(reversed(ids[:5]))

    def walked(turned: bool) -> list[str]:
        shown: list[str] = []
        after: directory.Cursor | None = None
        while True:
            query = DirectoryQuery(now=NOW, sort="score", turned=turned, limit=2, after=after)
            found = directory.page(ledger, ADA, query)
            if after:
                before = directory.page(ledger, ADA, replace(query, after=None, before=found.first))
                assert [row.pid for row in before.rows] == shown[-2:]
            shown += [row.pid for row in found.rows]
            if not found.later:
                return shown
            after = found.last

    assert walked(False) == walked(True) == expected


def test_an_unknown_viewer_has_seen_nobody(ledger: Ledger) -> None:
    assert ledger.badges("77", ["wrenwrites"]) == {}
    assert ledger.person("77", WREN) is None
    assert directory.page(ledger, "77", DirectoryQuery(now=NOW)).rows == []
    assert ledger.counts("77").last_seen is None
