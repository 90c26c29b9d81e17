"""`mutuals import archive`, as a user types it: counts in words, a dry run, a repeat."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.settings import Settings
from tests.companion.cli.runs import run
from tests.companion.sources.archive.archives import like, mention, script, tweet, write_archive


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive with two posts, one of which mentions somebody, and a like."""
    entities = {"user_mentions": [mention("50", "wrenwrites", 3)], "urls": []}
    records = [tweet("1900000000000000001", "hi @wrenwrites", entities=entities), tweet("1900000000000000002", "Ink")]
    files = {"tweets.js": script("tweets", records), "like.js": script("like", [like("1900000000000000003")])}
    return write_archive(tmp_path / "twitter.zip", files)


def test_a_dry_run_says_what_the_archive_holds_and_stores_nothing(tmp_path: Path, archive: Path) -> None:
    done = run(tmp_path / "data", "import", "archive", "--dry-run", str(archive))
    assert done.code == 0, done.err
    held, nothing = done.out.splitlines()
    assert "@adaquill, 2 posts, 1 likes, 0 messages, 0 followers, 0 followed." in held
    assert nothing == "Nothing was stored (--dry-run)."
    assert not Settings(data=tmp_path / "data").ledger_path.exists()


def test_an_import_says_how_much_was_new_and_a_repeat_that_nothing_was(tmp_path: Path, archive: Path) -> None:
    first = run(tmp_path / "data", "import", "archive", str(archive))
    assert (first.code, "New in the ledger: 1 interactions." in first.out) == (0, True), first
    assert "their side shows as unseen, never as none" in first.out
    again = run(tmp_path / "data", "import", "archive", str(archive))
    assert (again.code, "New in the ledger: 0 interactions." in again.out) == (0, True), again


def test_the_latest_import_is_taken_back_first_and_an_earlier_one_by_its_name(tmp_path: Path, archive: Path) -> None:
    data, notes = tmp_path / "data", tmp_path / "notes.csv"
    notes.write_text("handle,note\nwrenwrites,Paper\n")
    run(data, "import", "archive", str(archive))
    run(data, "import", "notes", str(notes))
    assert "No archive none.zip" in run(data, "import", "undo", "none.zip").err
    undone = run(data, "import", "undo", str(archive))
    assert "Took back twitter.zip: 1 interactions that only it told are gone." in undone.out, undone
    assert "Took back notes.csv" in run(data, "import", "undo").out
    assert "New in the ledger: 1 interactions." in run(data, "import", "archive", str(archive)).out
    assert "Took back twitter.zip" in run(data, "import", "undo").out
    assert "Nothing else was known of this account" not in undone.out
