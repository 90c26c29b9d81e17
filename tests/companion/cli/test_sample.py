"""`mutuals sample`: invented people are put in and wiped, beside a running companion too."""

from __future__ import annotations

from pathlib import Path

from companion.sample import folder
from companion.settings import Settings
from tests.companion.cli.runs import run
from tests.companion_process import CompanionProcess


def test_they_are_put_in_and_wiped_without_a_companion(tmp_path: Path) -> None:
    assert "Eleven invented people" in run(tmp_path, "sample").out
    assert folder.is_loaded(Settings(data=tmp_path))
    assert "are gone" in run(tmp_path, "sample", "--wipe").out
    assert "no invented people" in run(tmp_path, "sample", "--wipe").out
    assert not (tmp_path / "sample").exists()


def test_the_running_companion_puts_them_in_and_wipes_them(tmp_path: Path) -> None:
    with CompanionProcess(tmp_path / "data") as companion:
        done = run(companion.data, "sample")
        assert (done.code, "Eleven" in done.out) == (0, True), done
        assert folder.is_loaded(Settings(data=companion.data))
        done = run(companion.data, "sample", "--wipe")
        assert (done.code, "are gone" in done.out) == (0, True), done
        assert not (companion.data / "sample").exists()


def test_how_many_there_are_is_what_is_said() -> None:
    from companion.cli.sample import LOADED
    from companion.sample.people import PEOPLE

    assert (len(PEOPLE), LOADED.startswith("Eleven")) == (11, True)
