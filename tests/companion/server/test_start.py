"""Starting is light: what nobody asked for yet is not imported, and the first answer comes from a small process."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.companion_process import ROOT

HEAVY = (
    "tweepy",
    "PIL",
    "dhash",
    "cryptography",
    "keyring",
    "selectolax",
    "urllib3",
    "requests",
)
"""Used by single features; each costs tens of milliseconds and megabytes, so it is imported where it is used."""


def imported_by(module: str) -> set[str]:
    """The names of everything that a fresh interpreter has loaded after importing a module."""
    program = f"import {module}, sys, json; print(json.dumps(sorted(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(json.loads(told.stdout))


def test_the_app_loads_nothing_heavy() -> None:
    loaded = imported_by("companion.server.application")
    assert loaded & set(HEAVY) == set()
    assert {"msgspec", "tinydb"} <= loaded


def test_the_app_loads_what_most_days_do_without_only_when_asked() -> None:
    """Reading X's JSON, vetting and the dashboard's pages are a third of the start."""
    later = ("companion.sources.page", "companion.vetting.report", "companion.web.", "companion.web.blueprint")
    assert [name for name in imported_by("companion.server.application") if name.startswith(later)] == []


def test_starting_loads_nothing_heavy() -> None:
    assert imported_by("companion.cli.start") & {*HEAVY, "flask", "werkzeug", "jinja2"} == set()


def test_a_command_loads_no_other_command() -> None:
    """`mutuals pair` answers at once because it does not load the web framework."""
    assert imported_by("companion.cli.main") & {*HEAVY, "flask", "waitress", "tinydb"} == set()
