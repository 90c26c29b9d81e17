"""TinyDB's own published tests pass on the journal, fresh and after closing and opening again.

They come with TinyDB's source distribution, which pip fetches in the installed version; it is kept in the user's cache.
"""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import platformdirs
import pytest

ROOT = Path(__file__).resolve().parents[2]
VERSION = importlib.metadata.version("tinydb")
CACHE = Path(platformdirs.user_cache_dir("mutuals-tests", appauthor=False))
LEAST = 216
"""Tests that TinyDB 4.9.0 has for us: 219 less one that pins its own storages by name (live and reopened), and one that
needs PyYAML."""


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return TinyDB's tests with our fixtures."""
    folder = tmp_path_factory.mktemp("tinydb")
    with tarfile.open(source_distribution()) as archive:
        archive.extractall(folder, filter="data")
    tests = folder / "suite" / "tests"
    shutil.copytree(folder / f"tinydb-{VERSION}" / "tests", tests)
    shutil.copy(Path(__file__).with_name("tinydb_fixtures.py"), tests / "conftest.py")
    return tests


def source_distribution() -> Path:
    """Return the source distribution of the installed TinyDB, fetched the first time."""
    found = CACHE / f"tinydb-{VERSION}.tar.gz"
    if not found.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        fetch = ["download", "--quiet", "--no-deps", "--no-binary", ":all:", "--dest", str(CACHE), f"tinydb=={VERSION}"]
        subprocess.run([sys.executable, "-m", "pip", *fetch], check=True, timeout=240)
    return found


def test_tinydbs_own_suite_passes_live_and_reopened(suite: Path) -> None:
    quiet = ["-q", "-p", "no:cacheprovider", "--rootdir", str(suite.parent)]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *quiet, "tests", "--deselect", "tests/test_tables.py::test_table_repr"],
        cwd=suite.parent,
        env={**os.environ, "TDB_FACTORY": "companion.store.journal.database:open_journal", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    counts = {word: int(number) for number, word in re.findall(r"(\d+) (\w+)", done.stdout.splitlines()[-1])}
    assert done.returncode == 0, done.stdout
    assert counts["passed"] >= LEAST
    assert counts["deselected"] == 2
    assert not {"failed", "error", "errors"} & set(counts)
