"""Tests the user's own lists: what was stored last is what is read, however soon after the one before."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from companion.vetting.user_lists import folder_of, set_topics, topics_of

TICK = 1_700_000_000_000_000_000


def stamp(data: Path) -> None:
    """Give the file the same time again: a disk's clock stands still for some milliseconds."""
    os.utime(folder_of(data) / "topics.txt", ns=(TICK, TICK))


@pytest.mark.parametrize("after", [["riso"], ["inks"], []], ids=["other size", "same size", "none left"])
def test_topics_stored_within_one_tick_of_the_disks_clock_are_read(tmp_path: Path, after: list[str]) -> None:
    set_topics(tmp_path, ["kiln"])
    stamp(tmp_path)
    assert topics_of(tmp_path) == ("kiln",)
    set_topics(tmp_path, after)
    stamp(tmp_path)
    assert topics_of(tmp_path) == tuple(after)


def test_a_file_put_in_place_by_an_editor_within_the_same_tick_is_read(tmp_path: Path) -> None:
    set_topics(tmp_path, ["kiln"])
    stamp(tmp_path)
    assert topics_of(tmp_path) == ("kiln",)
    fresh = folder_of(tmp_path) / "topics.new"
    fresh.write_text("riso\n", encoding="utf-8")
    fresh.replace(folder_of(tmp_path) / "topics.txt")
    stamp(tmp_path)
    assert topics_of(tmp_path) == ("riso",)
