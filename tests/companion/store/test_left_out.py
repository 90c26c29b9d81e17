"""What X's page handed over beyond its limits: kept for the day, the most that any browser counted, told in words."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from companion.domain.dates import DAY
from companion.domain.limits import PAGE
from companion.store import left_out

NOW = 1_790_000_000


def test_nothing_left_out_writes_nothing_and_says_the_limits(tmp_path: Path) -> None:
    left_out.note(tmp_path, 0, NOW)
    assert list(tmp_path.iterdir()) == []
    fine, words = left_out.words(tmp_path, NOW)
    assert fine
    assert f"{PAGE['minute']['answers']} answers a minute" in words
    assert f"{PAGE['day']['answers']:,} a day" in words


def test_the_most_that_a_browser_counted_today_is_told_and_forgotten_the_next_day(tmp_path: Path) -> None:
    for answers in (3, 1200, 7):
        left_out.note(tmp_path, answers, NOW)
    fine, words = left_out.words(tmp_path, NOW)
    assert not fine
    assert "1,200 of today were left out" in words
    assert left_out.words(tmp_path, NOW + DAY)[0]
    left_out.note(tmp_path, 2, NOW + DAY)
    assert left_out.read(tmp_path, NOW + DAY) == 2


@pytest.mark.posix
def test_the_file_is_private(tmp_path: Path) -> None:
    left_out.note(tmp_path, 1, NOW)
    assert stat.S_IMODE((tmp_path / left_out.FILE).stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"", b"{", b'{"day": "x"}', b"[" * 5000])
def test_a_damaged_file_says_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / left_out.FILE).write_bytes(content)
    assert left_out.read(tmp_path, NOW) == 0


def test_a_folder_that_cannot_be_written_stops_no_sighting(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("no folder")
    left_out.note(tmp_path / "data", 5, NOW)
    assert left_out.read(tmp_path / "data", NOW) == 0
