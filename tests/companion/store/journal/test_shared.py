"""Several threads and several processes: nothing is lost, and the second process is told who is first."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path

import pytest
from tinydb import where

from companion.errors import LockedError
from companion.store.journal.compaction import CompactionPolicy
from companion.store.journal.database import JournalDB, open_journal
from companion.store.lock import acquire_lock
from tests.companion.store.files_help import as_after_a_kill

HOLDER = """
import sys
from itertools import chain
from pathlib import Path
from companion.store.journal.database import open_journal
with open_journal(Path(sys.argv[1])) as db:
    for n in range(20):
        db.insert({"n": n})
    print("open", flush=True)
    sys.stdin.readline()
"""


def test_eight_threads_insert_into_two_tables_and_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "t.json"
    with JournalDB(path, compaction=CompactionPolicy(bytes=5_000)) as db:

        def insert_fifty(thread: int) -> list[int]:
            return [db.table(f"table{thread % 2}").insert({"thread": thread, "n": n}) for n in range(50)]

        with ThreadPoolExecutor(8) as threads:
            ids = list(threads.map(insert_fifty, range(8)))
        assert [sorted(chain(*ids[part::2])) for part in (0, 1)] == [list(range(1, 201))] * 2
        with db.storage.lock:  # so that the files are copied as of one moment
            copy = as_after_a_kill(path)
        for opened in (db, open_journal(copy)):
            for thread in range(8):
                rows = opened.table(f"table{thread % 2}").search(where("thread") == thread)
                assert [row["n"] for row in rows] == list(range(50))
        opened.close()


def test_readers_see_all_of_a_batch_or_nothing(tmp_path: Path) -> None:
    with open_journal(tmp_path / "t.json") as db:
        db.insert_multiple([{"n": 0}, {"n": 0}])
        done = False

        def read() -> set[int]:
            odd = set()
            while not done:
                rows = db.all()
                odd.add(rows[0]["n"] - rows[1]["n"])
            return odd

        with ThreadPoolExecutor(2) as threads:
            reading = threads.submit(read)
            for n in range(1, 200):
                with db.batch():
                    db.update({"n": n}, doc_ids=[1])
                    db.update({"n": n}, doc_ids=[2])
            done = True
            assert reading.result() <= {0}


def test_a_second_process_is_told_who_has_it_open_and_gets_it_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "t.json"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "open\n"
        with pytest.raises(LockedError, match=f"process {first.pid}") as refused:
            open_journal(path)
        assert refused.value.details["pid"] == first.pid
        first.communicate("\n")
    with open_journal(path) as db:
        assert [row["n"] for row in db] == list(range(20))


def test_opening_twice_in_one_process_is_refused_too(tmp_path: Path) -> None:
    with open_journal(tmp_path / "t.json"), pytest.raises(LockedError, match="this process"):
        open_journal(tmp_path / "t.json")


def test_the_lock_names_the_port_and_is_free_again_after_release(tmp_path: Path) -> None:
    with acquire_lock(tmp_path / "companion.lock", 17653) as held:
        with pytest.raises(LockedError, match="port 17653") as refused:
            acquire_lock(tmp_path / "companion.lock")
        assert refused.value.details["port"] == 17653
        held.write_holder(17654)
        with pytest.raises(LockedError, match="port 17654"):
            acquire_lock(tmp_path / "companion.lock")
    acquire_lock(tmp_path / "companion.lock").release()


def test_a_killed_process_gives_its_lock_back(tmp_path: Path) -> None:
    path = tmp_path / "t.json"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as first:
        assert first.stdout is not None
        first.stdout.readline()
        first.kill()
    with open_journal(path) as db:
        assert len(db) == 20
        assert db.warnings == []
