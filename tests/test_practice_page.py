"""docs/practice.md is honest: every row names a test that exists, or says why it is not built."""

from __future__ import annotations

import re

import pytest

from tests.companion_process import ROOT

ROWS = re.findall(
    r"^\| (\d\.\d+[a-z]?) \| (.+?) \| (.+?) \|$", (ROOT / "docs/practice.md").read_text("utf-8"), re.MULTILINE
)
MESS = re.findall(r"^\| (A\d+) \| .+? \| (.+?) \|$", (ROOT / "docs/practice.md").read_text("utf-8"), re.MULTILINE)
TESTS = "\n".join(
    path.read_text(encoding="utf-8")
    for pattern in ("test_*.py", "*.test.js", "*.test.mjs", "test_*.js")
    for path in sorted((ROOT / "tests").rglob(pattern))
)


def is_a_test(name: str) -> bool:
    return (f"def {name}(" if name.startswith("test_") else f'test("{name}') in TESTS


@pytest.mark.parametrize(("row", "told"), [(row, told) for row, _, told in ROWS])
def test_a_row_names_a_test_that_exists_or_says_why_not(row: str, told: str) -> None:
    named = re.match(r"`([^`]+)`(?: \(in part: .+\))?$", told)
    if named is None:
        assert re.fullmatch(r"not built: \S.{10,}", told), row
    else:
        assert is_a_test(named[1]), row


@pytest.mark.parametrize(("row", "told"), MESS)
def test_each_case_of_everyday_mess_names_tests_that_exist(row: str, told: str) -> None:
    named = re.findall(r"`([^`]+)`", told)
    assert ", ".join(f"`{name}`" for name in named) == told
    assert named
    missing = [name for name in named if not is_a_test(name)]
    assert missing == [], row


def test_the_cases_of_everyday_mess_are_all_there() -> None:
    assert [row for row, _ in MESS] == [f"A{number}" for number in range(1, 21)]


def test_the_rows_of_each_essay_are_numbered_without_a_gap() -> None:
    numbers = [row for row, _, _ in ROWS if row[-1].isdigit()]
    essays = {essay: [int(row[2:]) for row in numbers if row[0] == essay] for essay in "12345"}
    assert all(found == list(range(1, len(found) + 1)) for found in essays.values())
    assert len(numbers) == 93
