"""Windows: a scanner that holds a fresh file for a moment fails no save; what stays held is an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.store.files import HELD_SECONDS, replace_file, write_private


class Held:
    """A file that another program holds for some tries."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, tries: int, number: int) -> None:
        self.tries, self.number, self.waited = tries, number, 0.0
        rename = Path.replace

        def held(source: Path, target: Path) -> Path:
            if self.tries > 0:
                self.tries -= 1
                error = PermissionError(13, "Access is denied")
                error.winerror = self.number  # type: ignore[attr-defined]  # Windows' own field
                raise error
            return rename(source, target)

        monkeypatch.setattr(Path, "replace", held)

    def wait(self, seconds: float) -> None:
        self.waited += seconds


@pytest.mark.parametrize("number", [5, 32, 33])
def test_a_file_that_is_held_for_a_moment_is_replaced_then(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(monkeypatch, 4, number)
    (tmp_path / "new").write_text("new", encoding="utf-8")
    (tmp_path / "old").write_text("old", encoding="utf-8")
    replace_file(tmp_path / "new", tmp_path / "old", held.wait)
    assert (tmp_path / "old").read_text(encoding="utf-8") == "new"
    assert 0 < held.waited < HELD_SECONDS


def test_a_file_that_stays_held_is_an_error_and_the_old_one_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(monkeypatch, 1000, 32)
    (tmp_path / "old").write_text("old", encoding="utf-8")
    (tmp_path / "new").write_text("new", encoding="utf-8")
    with pytest.raises(PermissionError):
        replace_file(tmp_path / "new", tmp_path / "old", held.wait)
    assert (tmp_path / "old").read_text(encoding="utf-8") == "old"
    assert held.waited >= HELD_SECONDS


def test_another_error_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Held(monkeypatch, 1, 0)
    with pytest.raises(PermissionError):
        write_private(tmp_path / "clients.json", b"[]")
    assert held.waited == 0
    assert list(tmp_path.iterdir()) == [], "nothing half-made is left"
