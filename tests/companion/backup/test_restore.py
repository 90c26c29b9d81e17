"""What a restore refuses: every backup here has right checksums, so that only the guard in question can refuse it."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import struct
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from companion.backup import restore as restore_module
from companion.backup.create import LEDGER, MANIFEST, NOTES, back_up
from companion.backup.restore import restore
from companion.errors import MutualsError, NewerDataError, SourceError
from companion.settings import Settings
from companion.store.notebook.notebook import Notebook
from tests.companion.export.folders import ADA, NOW, contents, fill

Members = dict[str, bytes]


@pytest.fixture
def one(tmp_path: Path) -> Settings:
    """A data folder with invented people."""
    return fill(tmp_path / "one")


def repacked(settings: Settings, folder: Path, change: Callable[[Members], None], **manifest: object) -> Path:
    """Make a backup, change its members, and write it again with the checksums that belong to them."""
    path = back_up(settings, NOW, folder=folder).path
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist() if name != MANIFEST}
        told = json.loads(archive.read(MANIFEST))
    change(members)
    told |= {"files": {name: hashlib.sha256(data).hexdigest() for name, data in members.items()}, **manifest}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in {MANIFEST: json.dumps(told).encode(), **members}.items():
            archive.writestr(name, data)
    return path


def refusal(path: Path, settings: Settings, kind: type[MutualsError]) -> str:
    """Restore into the folder, check that nothing of it changed, and return the sentence of the refusal."""
    before = contents(settings)
    with pytest.raises(kind) as caught:
        restore(path, settings, NOW)
    assert contents(settings) == before
    assert not list(settings.data.glob("before-restore-*"))
    assert not list(settings.data.glob(".restoring-*"))
    return caught.value.message


def set_member(name: str, data: bytes) -> Callable[[Members], None]:
    return lambda members: members.update({name: data})


def without_notes(members: Members) -> None:
    del members[NOTES]


def in_ledger(folder: Path, *statements: str) -> Callable[[Members], None]:
    """Return a change that runs statements on the ledger in the backup."""

    def change(members: Members) -> None:
        file = folder / "changed.db"
        file.write_bytes(members[LEDGER])
        with closing(sqlite3.connect(file)) as connection, connection:
            for statement in statements:
                connection.execute(statement)
        members[LEDGER] = file.read_bytes()

    return change


def test_a_backup_that_is_only_packed_again_is_restored(one: Settings, tmp_path: Path) -> None:
    path = repacked(one, tmp_path / "disk", lambda members: None)
    assert restore(path, Settings(data=tmp_path / "two"), NOW).made_at == NOW
    assert contents(Settings(data=tmp_path / "two")) == contents(one)


@pytest.mark.parametrize("member", ["../escaped", "escaped", "/tmp/../escaped", "backups/escaped"])
def test_a_member_of_another_name_is_refused_and_written_nowhere(one: Settings, tmp_path: Path, member: str) -> None:
    path = repacked(one, tmp_path / "disk", set_member(member, b"outside"))
    assert "holds something that no backup holds" in refusal(path, one, SourceError)
    assert not list(tmp_path.rglob("escaped"))


def test_a_backup_of_a_newer_format_is_refused_even_if_its_manifest_has_other_fields(
    one: Settings, tmp_path: Path
) -> None:
    path = repacked(one, tmp_path / "disk", lambda members: None, version=2)
    assert "A newer Mutuals made this backup" in refusal(path, one, NewerDataError)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(MANIFEST, b'{"format":"mutuals-backup","version":3,"stores":[]}')
    assert "A newer Mutuals made this backup" in refusal(path, one, NewerDataError)


def test_a_backup_with_a_newer_ledger_is_refused(one: Settings, tmp_path: Path) -> None:
    newer = in_ledger(tmp_path, "update meta set value = '99' where key = 'schema'")
    path = repacked(one, tmp_path / "disk", newer)
    assert "A newer Mutuals made this backup" in refusal(path, one, NewerDataError)


def test_a_backup_with_a_newer_notebook_is_refused(one: Settings, tmp_path: Path) -> None:
    path = repacked(one, tmp_path / "disk", set_member(NOTES, b'{"_meta": {"1": {"schema": 99}}}'))
    assert "This notebook was written by a newer Mutuals" in refusal(path, one, NewerDataError)


@pytest.mark.parametrize(("member", "data"), [(NOTES, b"no JSON"), (NOTES, b"[]"), (LEDGER, b"no database" * 99)])
def test_a_store_that_does_not_open_is_refused(one: Settings, tmp_path: Path, member: str, data: bytes) -> None:
    path = repacked(one, tmp_path / "disk", set_member(member, data))
    assert "holds a store that does not open" in refusal(path, one, SourceError)


def test_a_ledger_that_opens_but_is_damaged_is_refused(one: Settings, tmp_path: Path) -> None:
    dropped = in_ledger(
        tmp_path,
        "pragma writable_schema = on",
        "update sqlite_master set sql = replace(sql, ' link text', ' link text not null') where name = 'person'",
    )
    path = repacked(one, tmp_path / "disk", dropped)
    assert "is damaged (NULL value in person.link)" in refusal(path, one, SourceError)


@pytest.mark.parametrize("member", [NOTES, LEDGER])
def test_a_backup_that_unpacks_to_too_much_is_refused(
    one: Settings, tmp_path: Path, member: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = dict.fromkeys((NOTES, LEDGER), 100) | {member: 1_000_001}
    path = repacked(one, tmp_path / "disk", lambda members: members.update({n: b" " * s for n, s in sizes.items()}))
    monkeypatch.setattr(restore_module, "MAX_BYTES", 1_000_000)
    assert "unpacks to more than any ledger has" in refusal(path, one, SourceError)


def test_a_member_that_is_larger_than_it_says_is_refused(one: Settings, tmp_path: Path) -> None:
    path = repacked(one, tmp_path / "disk", set_member(NOTES, b" " * 54_321))
    data = path.read_bytes()
    assert data.count(struct.pack("<L", 54_321)) == 4, "the compressed and the plain size, at the member and at the end"
    path.write_bytes(data.replace(struct.pack("<L", 54_321), struct.pack("<L", 99)))
    assert "is no whole backup of Mutuals" in refusal(path, one, SourceError)


@pytest.mark.parametrize("format_", ["other", "mutuals-export"])
def test_a_zip_of_something_else_is_no_backup(one: Settings, tmp_path: Path, format_: str) -> None:
    path = repacked(one, tmp_path / "disk", lambda members: None, format=format_)
    assert "This zip is no backup of Mutuals" in refusal(path, one, SourceError)


def test_a_backup_without_a_notebook_is_no_backup(one: Settings, tmp_path: Path) -> None:
    path = repacked(one, tmp_path / "disk", without_notes)
    assert "This zip is no backup of Mutuals" in refusal(path, one, SourceError)


def test_a_member_that_changed_since_is_named(one: Settings, tmp_path: Path) -> None:
    path = repacked(one, tmp_path / "disk", lambda members: None, files={NOTES: "0" * 64})
    assert f"{NOTES} in {path.name} is not as it was when the backup was made" in refusal(path, one, SourceError)


def test_a_file_that_is_neither_zip_nor_encrypted_is_no_backup(one: Settings, tmp_path: Path) -> None:
    (tmp_path / "words.zip").write_bytes(b"words")
    assert "words.zip is no backup of Mutuals, or it was cut off" in refusal(tmp_path / "words.zip", one, SourceError)


def test_a_backup_without_a_ledger_leaves_no_ledger(one: Settings, tmp_path: Path) -> None:
    notes_only = Settings(data=tmp_path / "two")
    with Notebook.open(notes_only) as notebook:
        notebook.write("op-alone-1", "note", "@late", {"text": "Alone"}, None, NOW, ADA)
    restored = restore(back_up(notes_only, NOW).path, one, NOW)
    assert not one.ledger_path.exists()
    assert contents(one) == contents(notes_only)
    assert restored.aside is not None
    assert (restored.aside / LEDGER).exists()
