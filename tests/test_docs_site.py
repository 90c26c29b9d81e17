"""The site shows every page of the documentation once, loads nothing from elsewhere, and is no part of the program."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SITE = tomllib.loads((ROOT / "zensical.toml").read_text(encoding="utf-8"))["project"]
PACKAGE = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def page(name: str) -> str:
    """The text of a page."""
    return (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")


def pages(entries: list[dict[str, object]]) -> list[str]:
    """The files that a navigation names, groups opened."""
    found: list[str] = []
    for entry in entries:
        for place in entry.values():
            found += pages(place) if isinstance(place, list) else [str(place)]
    return found


def test_every_page_is_in_the_navigation_once() -> None:
    named = pages(SITE["nav"])
    assert sorted(named) == sorted(path.name for path in (ROOT / "docs").glob("*.md"))


def test_no_font_is_loaded_from_another_host() -> None:
    assert SITE["theme"]["font"] is False


def test_the_generator_is_an_extra_and_no_dependency() -> None:
    assert any(name.startswith("zensical") for name in PACKAGE["optional-dependencies"]["docs"])
    assert not any(name.startswith("zensical") for name in PACKAGE["dependencies"])


ROWS = re.findall(r"^\| ([^|]+) \| ([^|]+) \| `([^`|]+)` \|$", page("installing"), re.MULTILINE)
TESTS = "\n".join(
    path.read_text(encoding="utf-8")
    for pattern in ("test_*.py", "*.test.mjs")
    for path in sorted((ROOT / "tests").rglob(pattern))
)


def test_each_row_of_what_breaks_installations_has_its_sentence_and_a_test() -> None:
    lines = [line for line in page("installing").splitlines() if line.startswith("| ")]
    assert len(ROWS) == len(lines) - 1 >= 20
    assert [what for what, told, _ in ROWS if len(told) < 20 and "After an update" not in told] == []


@pytest.mark.parametrize("name", [name for _, _, name in ROWS])
def test_a_row_of_what_breaks_installations_names_a_test_that_is_there(name: str) -> None:
    assert f"def {name}(" in TESTS or f'test("{name}"' in TESTS
