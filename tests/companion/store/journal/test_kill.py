"""SIGKILL at any moment: in a save, in an edit that shrinks, in a compaction. What was acknowledged is found again."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

from companion.settings import Settings
from companion.store.notebook.notebook import Notebook
from tests.companion.store.journal import kill_writer
from tests.companion.store.journal.kill_writer import REMEMBERED_OPS

KILLS = 220
KILLS_PER_FOLDER = 20
MOST_ACKNOWLEDGED = 40
Said: TypeAlias = dict[str, object]


class Writer:
    """The process that forks writers, and what they say."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", kill_writer.__name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def until_killed(self, folder: Path, seed: int, rng: random.Random) -> list[Said]:
        """Let a writer write, kill it after some acknowledgements, and return all that it said."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{folder} {seed}\n")
        self.process.stdin.flush()
        victim = int(str(self.said()["writer"]))
        before_the_kill = [self.said() for _ in range(rng.randrange(MOST_ACKNOWLEDGED))]
        for _ in range(rng.randrange(20_000)):  # a moment that is not tied to a line of its output
            pass
        os.kill(victim, signal.SIGKILL)
        return [*before_the_kill, *iter(self.said, {"ended": victim})]

    def said(self) -> Said:
        """Return the next line."""
        assert self.process.stdout is not None
        line: Said = json.loads(self.process.stdout.readline())
        return line

    def end(self) -> None:
        self.process.communicate()
        assert self.process.returncode == 0


@pytest.fixture
def writer() -> Iterator[Writer]:
    started = Writer()
    yield started
    started.end()


def check(folder: Path, acknowledged: dict[tuple[str, str], Said], latest: list[Said]) -> int:
    """Open what the kill left and compare it with what was acknowledged; return how many writes were looked for.

    A write that was under way may be there though nobody acknowledged it. It is taken over as what the next kill is
    compared with, because that one may leave a write of its own.
    """
    with Notebook.open(Settings(data=folder, remembered_ops=REMEMBERED_OPS)) as notebook:
        assert notebook.warnings == []
        for said in latest[-REMEMBERED_OPS:]:  # on a fast disk more than these are acknowledged before the kill
            repeat = notebook.write(
                str(said["op"]), str(said["kind"]), str(said["pid"]), {"text": "not again"}, None, 1, "1000001"
            )
            assert (repeat.rev, repeat.repeated) == (said["rev"], True)
        for key, said in acknowledged.items():
            stored = stored_body(notebook, str(said["pid"]), str(said["kind"]))
            rev = int(str(said["rev"]))
            assert rev <= stored[0] <= rev + 1, "only the one write that was under way may be there unacknowledged"
            assert stored[0] != rev or stored[1] == said["body"]
            acknowledged[key] = {**said, "rev": stored[0], "body": stored[1]}
        for said in latest:
            if said["kind"] == "note":
                assert said["body"] in [{"text": version.text} for version in notebook.versions(str(said["pid"]))]
    return len(latest)


def generation(folder: Path) -> int:
    """Return how often the notebook was compacted."""
    plain = folder / "notes.json"
    return int(json.loads(plain.read_bytes())["_journal"]["1"]["generation"]) if plain.exists() else 0


def stored_body(notebook: Notebook, pid: str, kind: str) -> tuple[int, Said]:
    about = notebook.about(pid)
    if kind == "note":
        return about.note_rev, {"text": about.note and about.note.text}
    return (about.tags_rev, {"tags": about.tags}) if kind == "tags" else (about.alias_rev, {"alias": about.alias})


@pytest.mark.kill
@pytest.mark.timeout(600)
def test_nothing_acknowledged_is_lost_in_two_hundred_kills(writer: Writer, tmp_path: Path) -> None:
    rng = random.Random(20_260_822)
    acknowledged: dict[tuple[str, str], Said] = {}
    found = compacted = 0
    for kill in range(KILLS):
        folder = tmp_path / str(kill // KILLS_PER_FOLDER)
        if not folder.exists():
            acknowledged.clear()
        before = generation(folder)
        latest = writer.until_killed(folder, kill + 1, rng)
        for said in latest:
            acknowledged[str(said["pid"]), str(said["kind"])] = said
        compacted += generation(folder) > before
        found += check(folder, acknowledged, latest)
    assert found > KILLS
    assert compacted > KILLS // 4, "many kills shall come after a compaction, so that some come in one"
