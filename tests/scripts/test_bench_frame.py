"""The bench of the card's frame compares the same files, in the same order, loaded in two ways."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from scripts.benchmarks.frame import END, lay_pages
from tests.browser.chromium import EXTENSION


def _sources(page: Path) -> list[str]:
    return re.findall(r'src="([^"]+)\.m?js"', page.read_text(encoding="utf-8"))


def test_both_pages_load_the_cards_scripts_in_the_cards_order(tmp_path: Path) -> None:
    shutil.copytree(EXTENSION, tmp_path / "extension")
    card = tmp_path / "extension" / "card"
    count = lay_pages(tmp_path / "extension")
    wanted = [*_sources(card / "card.html"), "end"]
    assert count == len(wanted) - 1 > 10
    assert _sources(card / "classic.html") == _sources(card / "modules.html") == wanted
    assert END in (card / "end.js").read_text(encoding="utf-8")


def test_a_module_is_the_script_and_shares_what_the_script_shares(tmp_path: Path) -> None:
    shutil.copytree(EXTENSION, tmp_path / "extension")
    lay_pages(tmp_path / "extension")
    card = tmp_path / "extension" / "card"
    module = (card / "session.mjs").read_text(encoding="utf-8")
    assert module.startswith((card / "session.js").read_text(encoding="utf-8"))
    assert "globalThis.Session = Session;" in module
