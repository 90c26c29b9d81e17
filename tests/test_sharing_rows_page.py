"""docs/sharing-rows.md is honest: every row names a test that exists, or says why there is none."""

from __future__ import annotations

import re

import pytest

from tests.companion_process import ROOT

ROWS = re.findall(
    r"^\| ([RC]\d+[a-z]?) \| (.+?) \| (.+?) \|$", (ROOT / "docs/sharing-rows.md").read_text("utf-8"), re.MULTILINE
)
FOLDERS = ("companion/share", "companion/store/notebook", "companion/cli")
TESTS = "\n".join(
    path.read_text(encoding="utf-8")
    for folder in FOLDERS
    for path in sorted((ROOT / "tests" / folder).rglob("test_*.py"))
)


@pytest.mark.parametrize(("row", "told"), [(row, told) for row, _, told in ROWS])
def test_a_row_names_a_test_that_exists_or_says_why_there_is_none(row: str, told: str) -> None:
    named = re.fullmatch(r"`(test_\w+)`(?: \(in part: .{20,}\))?", told)
    if named is None:
        assert re.fullmatch(r"(not built|measured): \S.{20,}", told), row
    else:
        assert f"def {named[1]}(" in TESTS, row


@pytest.mark.parametrize(("letter", "last"), [("R", 19), ("C", 25)])
def test_the_rows_are_numbered_without_a_gap(letter: str, last: int) -> None:
    numbers = [int(row[1:]) for row, _, _ in ROWS if row[0] == letter and row[-1].isdigit()]
    listed = sorted({*numbers, *(int(row[1:-1]) for row, _, _ in ROWS if row[0] == letter and row[-1].isalpha())})
    assert listed == list(range(1, last + 1))
