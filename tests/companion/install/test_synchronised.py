"""Folders of programs that synchronise files are known by their paths, on every system."""

from __future__ import annotations

from pathlib import PurePath, PurePosixPath, PureWindowsPath

import pytest

from companion.install.synchronised import synchronised_by


@pytest.mark.parametrize(("path", "name"), [
    (PureWindowsPath("C:/Users/Ada Quill/OneDrive - Quill Press/Mutuals"), "OneDrive"),
    (PurePosixPath("ada/Library/Mobile Documents/com~apple~CloudDocs/Mutuals"), "iCloud Drive"),
    (PurePosixPath("ada/Dropbox/Mutuals"), "Dropbox"),
    (PureWindowsPath("//server/share/Mutuals"), "A network share"),
    (PurePosixPath("ada/.local/share/mutuals"), None),
    (PureWindowsPath("C:/Users/Ada/AppData/Local/mutuals"), None),
])  # fmt: skip
def test_who_carries_a_folder_away_is_told(path: PurePath, name: str | None) -> None:
    assert synchronised_by(path) == name
