"""The browsers for the tests are found by name, by hand, and never one that loads no extension."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.programs import CHROMEDRIVER, CHROMIUM, FIREFOX, NAMES, find, needed

pytestmark = pytest.mark.posix


def browser(folder: Path, name: str, said: str) -> str:
    path = folder / name
    path.write_text(f"#!/bin/sh\necho {said}\n")
    path.chmod(0o755)
    return str(path)


def test_the_best_name_comes_first(tmp_path: Path) -> None:
    browser(tmp_path, "google-chrome", "Google Chrome 120.0.1")
    chromium = browser(tmp_path, "chromium", "Chromium 156.0.1")
    assert find(CHROMIUM, {"PATH": str(tmp_path)}) == chromium


@pytest.mark.parametrize("name", [name for name in NAMES[CHROMIUM] if "/" not in name])
@pytest.mark.parametrize(
    ("said", "usable"),
    [
        ("Chromium 156.0.7000.1 built on Debian", True),
        ("Google Chrome for Testing 157.0.1", True),
        ("Google Chrome 141.0.1", True),
        ("Google Chrome 142.0.1", False),
        ("Google Chrome 157.0.7100.1", False),
    ],
)
def test_a_chrome_that_loads_no_extension_is_passed_over(tmp_path: Path, name: str, said: str, usable: bool) -> None:
    path = browser(tmp_path, name, said)
    assert find(CHROMIUM, {"PATH": str(tmp_path)}) == (path if usable else None)


def test_one_that_is_named_by_hand_is_taken_and_no_other(tmp_path: Path) -> None:
    browser(tmp_path, "firefox", "Mozilla Firefox 160.0")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    nightly = browser(elsewhere, "nightly", "Mozilla Firefox 162.0a1")
    environment = {"PATH": str(tmp_path), "MUTUALS_FIREFOX": nightly}
    assert find(FIREFOX, environment) == nightly
    assert find(FIREFOX, {**environment, "MUTUALS_FIREFOX": str(tmp_path / "absent")}) is None


def test_the_error_names_all_that_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setitem(NAMES, CHROMEDRIVER, ("chromedriver",))
    with pytest.raises(FileNotFoundError, match="chromium and chromedriver"):
        needed(CHROMIUM, CHROMEDRIVER)
