"""SECURITY.md names the suite that holds each promise, and every file that it names is there."""

from __future__ import annotations

import re

import pytest

from tests.companion_process import ROOT

PAGE = (ROOT / "SECURITY.md").read_text("utf-8")
ROWS = re.findall(r"^\| ([^|`]+) \| ((?:`tests/[^`]+`(?:, )?)+) \|$", PAGE, re.MULTILINE)
SUITES = ("tests/companion/access", "tests/browser/test_page_world*", "tests/browser/test_clickjacking*")
"""Where each file is an attack, so that the page must name it."""


def named(promise: str) -> list[str]:
    """Return the files that a row of the table names."""
    return re.findall(r"`([^`]+)`", dict(ROWS)[promise])


@pytest.mark.parametrize("promise", [promise for promise, _ in ROWS])
def test_a_promise_names_suites_that_hold_tests(promise: str) -> None:
    for path in named(promise):
        text = (ROOT / path).read_text("utf-8")
        assert "def test_" in text or 'test("' in text, path


def test_no_suite_of_attacks_is_left_out() -> None:
    on_page = {path for promise, _ in ROWS for path in named(promise)}
    there = {
        str(path.relative_to(ROOT))
        for suite in SUITES
        for path in (ROOT.glob(f"{suite}/test_*.py") if "*" not in suite else ROOT.glob(f"{suite}.py"))
    }
    assert there - on_page == set()
    assert len(ROWS) >= 15
