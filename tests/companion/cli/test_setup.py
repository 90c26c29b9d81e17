"""`mutuals setup` from an empty home: all four steps, again without a change, and each left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.companion.cli.runs import run
from tests.companion.cli.test_service import Home, home
from tests.companion_process import free_port

__all__ = ["home"]
pytestmark = [pytest.mark.kill, pytest.mark.posix]


def test_all_is_set_up_in_order_and_again(home: Home) -> None:
    port = str(free_port())
    first = home("setup", "--port", port, "--no-open")
    assert first.returncode == 0, first.stdout + first.stderr
    places = [
        first.stdout.index(words) for words in ("1. The companion", "2. The extension", "3. Pairing", "4. Is all")
    ]
    assert places == sorted(places)
    assert (home.settings.data / "extension/manifest.json").is_file()
    assert f"localhost:{port}/web/enter/" in first.stdout
    assert "!!" not in first.stdout
    running = home.running()
    again = home("setup", "--no-open")
    assert again.returncode == 0, again.stdout + again.stderr
    assert home.running() == running


def test_every_step_can_be_left_out(home: Home) -> None:
    done = home("setup", "--no-service", "--no-extension", "--no-pair")
    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == "4. Is all well?"
    assert not home.entry.exists()
    assert not home.settings.data.exists()


def test_a_step_that_fails_is_told_and_the_others_are_done(home: Home) -> None:
    (home.settings.data / "extension").mkdir(parents=True)
    (home.settings.data / "extension/mine.txt").touch()
    done = home("setup", "--no-service", "--no-open")
    assert done.returncode == 1
    assert "holds something else" in done.stderr
    assert "Pairing code" in done.stdout


def test_the_path_that_is_told_is_the_real_one_also_where_this_python_is_shown_another(tmp_path: Path) -> None:
    (tmp_path / "LocalCache").mkdir()
    (tmp_path / "AppData").symlink_to(tmp_path / "LocalCache", target_is_directory=True)
    done = run(None, "extension", str(tmp_path / "AppData" / "extension"))
    assert f"choose the folder {tmp_path.resolve() / 'LocalCache' / 'extension'}" in done.out
    assert "AppData" not in done.out


def test_the_doctor_tells_of_an_older_copy_and_of_a_folder_that_is_carried_away(tmp_path: Path) -> None:
    data = tmp_path / "Dropbox/notes"
    assert run(data, "extension").code == 0
    (data / "extension/VERSION").write_text("0.0.9\n", encoding="utf-8")
    done = run(data, "doctor")
    assert done.code == 1
    assert "is of version 0.0.9. Run `mutuals extension`" in done.out
    assert "Dropbox carries the data folder" in done.out
