"""The user's time on X: each browser's own in place of what it told before, together for the mirror."""

from __future__ import annotations

from pathlib import Path

from companion.store.time_spent import BROWSERS, FILE, read_time, replace_time

DAY = "2026-11-29"


def test_the_time_of_several_browsers_is_added_and_each_replaces_its_own(tmp_path: Path) -> None:
    replace_time(tmp_path, "one", {DAY: {"home": 60, "lists": 30}})
    replace_time(tmp_path, "two", {DAY: {"home": 5}})
    replace_time(tmp_path, "one", {DAY: {"home": 90}, "2026-11-28": {"lists": 10}})
    assert read_time(tmp_path) == {DAY: {"home": 95}, "2026-11-28": {"lists": 10}}


def test_an_empty_one_wipes_what_that_browser_told(tmp_path: Path) -> None:
    replace_time(tmp_path, "one", {DAY: {"home": 60}})
    replace_time(tmp_path, "one", {})
    assert read_time(tmp_path) == {}
    assert DAY not in (tmp_path / FILE).read_text("utf-8")


def test_nothing_or_a_damaged_file_is_no_time_and_is_written_anew(tmp_path: Path) -> None:
    assert read_time(tmp_path) == {}
    (tmp_path / FILE).write_text("{not json", "utf-8")
    assert read_time(tmp_path) == {}
    replace_time(tmp_path, "one", {DAY: {"home": 60}})
    assert read_time(tmp_path) == {DAY: {"home": 60}}


def test_browsers_that_are_long_gone_make_room(tmp_path: Path) -> None:
    for number in range(BROWSERS + 1):
        replace_time(tmp_path, str(number), {DAY: {"home": 1}})
    assert read_time(tmp_path) == {DAY: {"home": BROWSERS}}
