"""The extension's folder: whole, loadable under one id from anywhere, renewed in place, never over somebody's files."""

from __future__ import annotations

import base64
import hashlib
import json
import stat
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from companion import __version__
from companion.errors import SettingError
from companion.install.extension_folder import CHROMIUM_KEY, default_folder, is_hidden, laid_version, lay, source
from tests.companion.cli.runs import run


def test_the_copy_holds_every_file_and_a_key_that_fixes_the_id(tmp_path: Path) -> None:
    folder = lay(tmp_path / "extension")
    names = {path.relative_to(source()) for path in source().rglob("*") if path.is_file()}
    assert {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()} == names | {Path("VERSION")}
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest.pop("key") == CHROMIUM_KEY
    assert manifest == json.loads((source() / "manifest.json").read_text(encoding="utf-8"))


@pytest.mark.posix
def test_a_browser_that_runs_as_somebody_else_can_read_all_of_it_and_change_none(tmp_path: Path) -> None:
    folder = lay(tmp_path / "extension")
    modes = {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in [folder, *folder.rglob("*")]}
    assert modes == {(True, 0o755), (False, 0o644)}


def test_the_key_is_a_public_rsa_key_and_stands_in_no_file_for_the_stores() -> None:
    assert base64.b64decode(CHROMIUM_KEY)[:2] == b"\x30\x82"
    assert len(CHROMIUM_KEY) == 392
    assert len(hashlib.sha256(base64.b64decode(CHROMIUM_KEY)).hexdigest()) == 64
    assert "key" not in json.loads((source() / "manifest.json").read_text(encoding="utf-8"))


def test_laying_it_again_renews_it_and_leaves_nothing_of_the_earlier_copy(tmp_path: Path) -> None:
    folder = lay(tmp_path / "extension")
    (folder / "VERSION").write_text("0.0.1\n", encoding="utf-8")
    (folder / "gone.js").write_text("// of an earlier version", encoding="utf-8")
    assert laid_version(folder) == "0.0.1"
    lay(folder)
    assert laid_version(folder) == __version__
    assert not (folder / "gone.js").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["extension"]


def test_a_folder_of_somebody_elses_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters/to_ines.txt").write_text("Dear Ines", encoding="utf-8")
    with pytest.raises(SettingError, match="holds something else"):
        lay(tmp_path / "letters")
    assert (tmp_path / "letters/to_ines.txt").read_text(encoding="utf-8") == "Dear Ines"
    (tmp_path / "empty").mkdir()
    assert laid_version(lay(tmp_path / "empty")) == __version__


@pytest.mark.parametrize("path", [
    PurePosixPath("home/ada/.local/share/mutuals"),
    PurePosixPath("Users/ada/Library/Application Support/mutuals"),
    PureWindowsPath("C:/Users/Ada Quill/AppData/Local/mutuals"),
])  # fmt: skip
def test_a_folder_that_file_dialogs_hide_is_known(path: PurePosixPath) -> None:
    assert is_hidden(path)


def test_by_default_it_lies_where_every_browser_can_open_it(tmp_path: Path) -> None:
    home = tmp_path / "ada"
    assert default_folder(home / ".local/share/mutuals", home) == home / "Mutuals/extension"
    assert default_folder(tmp_path / "notes", home) == tmp_path / "notes/extension"


def test_the_command_lays_it_and_says_how_each_browser_loads_it(tmp_path: Path) -> None:
    done = run(tmp_path / "data", "extension")
    assert done.code == 0
    assert (tmp_path / "data/extension/manifest.json").is_file()
    for words in ("chrome://extensions", "Load unpacked", "about:debugging", str(tmp_path / "data/extension")):
        assert words in done.out
    assert run(None, "extension", str(tmp_path)).code == 1
