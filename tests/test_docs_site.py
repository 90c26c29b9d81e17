"""The site shows every page of the documentation once, loads nothing from elsewhere, and is no part of the program."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SITE = tomllib.loads((ROOT / "zensical.toml").read_text(encoding="utf-8"))["project"]
PACKAGE = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


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


def test_each_row_of_what_breaks_installations_has_its_sentence() -> None:
    page = (ROOT / "docs/installing.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ")][1:]
    assert len(rows) >= 12
    assert all(len(row.split("|")[2].strip()) > 20 for row in rows)
