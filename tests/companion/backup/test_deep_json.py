"""JSON nested to any depth in a backup is refused in words, and the data stays as it was."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from companion.backup.restore import restore
from companion.errors import SourceError
from tests.companion.export.folders import NOW, contents, fill

PARTS = {"notes.json": b'{"note": {"1": {"text": %b}}}', "manifest.json": b'{"format": "mutuals-backup", "x": %b}'}


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize("depth", [100, 900, 100_000])
def test_a_deep_backup_is_refused_in_words(tmp_path: Path, name: str, depth: int) -> None:
    one, path = fill(tmp_path / "one"), tmp_path / "deep.zip"
    before, deep = contents(one), PARTS[name] % (b"[" * depth + b"]" * depth)
    notes = deep if name == "notes.json" else b"{}"
    manifest = {
        "format": "mutuals-backup", "version": 1, "made_by": "", "made_at": NOW,
        "files": {"notes.json": hashlib.sha256(notes).hexdigest()},
    }  # fmt: skip
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("manifest.json", deep if name == "manifest.json" else json.dumps(manifest))
        archive.writestr("notes.json", notes)
    with pytest.raises(SourceError, match="Nothing was changed"):
        restore(path, one, NOW)
    assert contents(one) == before


@pytest.mark.parametrize("depth", [1000, 3000])
def test_a_deep_sealed_header_is_refused_in_words(tmp_path: Path, depth: int) -> None:
    one, path = fill(tmp_path / "one"), tmp_path / "deep.sealed"
    path.write_bytes(b'{"format":"mutuals-sealed","x":' + b"[" * depth)
    with pytest.raises(SourceError, match="no sealed backup"):
        restore(path, one, NOW, "four words make one")
