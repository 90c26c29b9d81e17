"""SIGKILL at any moment of a backup or a restore: both stores are whole, and nothing readable is left lying."""

from __future__ import annotations

import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from companion.backup.create import back_up
from companion.backup.history import NAME, backups_in
from companion.backup.restore import restore
from companion.backup.work import sweep
from companion.stores import Stores
from tests.companion.backup import kill_worker
from tests.companion.export.folders import NOW, contents, fill, stores, traces

KILLS = 60


class Worker:
    """The process that forks workers."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", kill_worker.__name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def until_killed(self, data: Path, target: Path, backup: str, seconds: float) -> None:
        """Let a worker work for a moment that is tied to nothing, and kill it."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{data}\t{target}\t{backup}\n")
        self.process.stdin.flush()
        victim = int(self.process.stdout.readline())
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            os.sched_yield()
        os.kill(victim, signal.SIGKILL)
        while self.process.stdout.readline() != ".\n":
            pass


@pytest.fixture
def worker() -> Iterator[Worker]:
    started = Worker()
    yield started
    started.process.communicate()
    assert started.process.returncode == 0


def readable(folder: Path) -> list[str]:
    """Return what others than the owner could read or enter; files may come and go meanwhile."""
    found = []
    for path in [folder, *folder.rglob("*")]:
        with suppress(FileNotFoundError):
            if stat.S_IMODE(path.lstat().st_mode) & 0o077:
                found.append(str(path))
    return found


@pytest.mark.kill
def test_a_killed_backup_leaves_no_copy_and_with_a_passphrase_never_had_a_plain_one(
    tmp_path: Path, worker: Worker
) -> None:
    one, rng = fill(tmp_path / "one"), random.Random(20_261_129)
    before, sealed, mixed = contents(one), tmp_path / "sealed", tmp_path / "mixed"
    for folder in (sealed, mixed):
        folder.mkdir(mode=0o700)
    begun, leftovers = time.monotonic(), 0
    back_up(one, NOW - 1, folder=tmp_path / "first")
    usual = time.monotonic() - begun
    for kill in range(KILLS):
        target = sealed if kill % 2 else mixed
        worker.until_killed(one.data, target, "-", rng.uniform(0, 3 * usual))
        assert readable(tmp_path) == [] or readable(one.data) == readable(target) == []
        assert traces(sealed, "wrenwrites") == []
        leftovers += any(not NAME.fullmatch(path.name) for path in target.iterdir())
        leftovers += (one.data / ".backing-up").exists()
        if kill % 3 == 0:
            sweep(one)
            assert all(NAME.fullmatch(path.name) for path in target.iterdir())
            assert not (one.data / ".backing-up").exists()
    assert leftovers > KILLS // 4, "the kills came where nothing was lying"
    assert contents(one) == before
    back_up(one, NOW + 10**6, folder=mixed)
    assert all(NAME.fullmatch(path.name) for path in mixed.iterdir())


@pytest.mark.kill
def test_a_killed_restore_is_done_or_was_never_begun(tmp_path: Path, worker: Worker) -> None:
    one, rng = fill(tmp_path / "one"), random.Random(20_261_130)
    back_up(one, NOW, folder=tmp_path / "disk")
    old = contents(one)
    with stores(one.data) as (notebook, ledger):
        notebook.forget("2000001")
        ledger.forget("2000001")
    new, seen = contents(one), set()
    shutil.copytree(one.data, tmp_path / "new")
    begun = time.monotonic()
    restore(backups_in(tmp_path / "disk")[0], one, NOW)
    usual = time.monotonic() - begun
    for _ in range(KILLS):
        shutil.rmtree(one.data)
        shutil.copytree(tmp_path / "new", one.data)
        worker.until_killed(one.data, tmp_path, str(backups_in(tmp_path / "disk")[0]), rng.uniform(0, 4 * usual))
        Stores.open(one).close()
        found = contents(one)
        assert found in (old, new)
        seen.add(found == old)
        assert readable(one.data) == []
        assert not [path.name for path in one.data.iterdir() if path.name.startswith(".")]
        if found == new:
            assert traces(one.data, "Okafor") == []
    assert seen == {True, False}


def test_every_file_is_its_owners_alone_whatever_the_umask_and_the_mode_before(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        one = fill(tmp_path / "deep" / "one")
        back_up(one, NOW)
        stores_open = Stores.open(one)
        stores_open.ledger.owner_for("7", "ada", NOW)
        assert readable(one.data) == [], "while a companion runs, SQLite's own files included"
        stores_open.close()
        assert readable(tmp_path / "deep") == []
        assert (one.data / "ledger.db.previous").exists()
    finally:
        os.umask(before)
    (one.data / "stranger.txt").write_text("not Mutuals'")
    (one.data / "stranger.txt").chmod(0o644)
    for path in [one.data, *one.data.rglob("*")]:
        if path.name != "stranger.txt":
            path.chmod(0o755 if path.is_dir() else 0o644)
    Stores.open(one).close()
    assert readable(one.data) == [str(one.data / "stranger.txt")]


def test_what_earlier_versions_left_in_the_target_is_swept_and_a_live_backup_is_not(tmp_path: Path) -> None:
    one, disk = fill(tmp_path / "one"), tmp_path / "disk"
    back_up(one, NOW, folder=disk)
    (disk / ".mutuals-abc").mkdir()
    (disk / ".mutuals-abc" / "notes.json").write_text("wrenwrites")
    (disk / "holiday.jpg").write_text("the user's own")
    sweep(one)
    assert sorted(path.name for path in disk.iterdir()) == sorted([backups_in(disk)[0].name, "holiday.jpg"])


def test_leftovers_of_writing_are_swept_at_the_start(tmp_path: Path) -> None:
    one = fill(tmp_path / "one")
    names = [
        "notes.json.new",
        ".clients.json.0123abcd",
        "ledger.db.copy",
        "ledger.db.copy.part",
        ".restoring-x/notes.json",
    ]
    for name in [*names, "snapshots/notes-2026-01-01.json.new", "ledger.db.before-2.part"]:
        (one.data / name).parent.mkdir(exist_ok=True)
        (one.data / name).write_text("wrenwrites, half written")
    Stores.open(one).close()
    assert traces(one.data, "half written") == []
