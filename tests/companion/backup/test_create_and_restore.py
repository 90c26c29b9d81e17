"""Backups and their restoring, rehearsed end to end: rotation, sealing, damage, forgetting, a running companion."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.backup.create import LEDGER, NOTES, back_up
from companion.backup.encryption import CHUNK, decrypt, encrypt
from companion.backup.history import backup_words, backups_in, read_history
from companion.cli.exit_codes import IN_USE, NOT_UNDERSTOOD
from companion.cli.options import VARIABLE
from companion.domain.dates import DAY
from companion.errors import SettingError, SourceError
from companion.settings import Settings
from companion.store.lock import acquire_lock
from tests.companion.cli.runs import run
from tests.companion.export.folders import ADA, NOW, contents, damage, fill, sql, stores, traces


def only_backup(settings: Settings) -> Path:
    found = backups_in(settings.data / "backups")
    assert len(found) == 1
    return found[0]


def test_a_backup_restored_elsewhere_is_equal_and_opens(tmp_path: Path) -> None:
    one = fill(tmp_path / "one")
    before = contents(one)
    assert run(one.data, "backup").code == 0
    done = run(tmp_path / "two", "restore", str(only_backup(one)))
    assert (done.code, "as it was on" in done.out) == (0, True), done.err
    assert contents(Settings(data=tmp_path / "two")) == before
    with stores(tmp_path / "two") as (notebook, ledger):
        assert notebook.warnings == []
        assert ledger.check() == []


def test_a_restore_replaces_what_came_later_and_keeps_it_aside(tmp_path: Path) -> None:
    one = fill(tmp_path / "one")
    before = contents(one)
    run(one.data, "backup")
    with stores(one.data) as (notebook, ledger):
        notebook.write("op-late-01", "note", "@late", {"text": "Written later"}, None, NOW, ADA)
        ledger.forget("2000001")
    later = contents(one)
    done = run(one.data, "restore", str(only_backup(one)))
    assert done.code == 0, done.err
    assert contents(one) == before
    aside = next(one.data.glob("before-restore-*"))
    assert contents(Settings(data=aside)) == later
    assert aside.stat().st_mode & 0o077 == 0, "the notes aside are as private as the others"


def test_a_restore_helps_when_both_stores_are_damaged(tmp_path: Path) -> None:
    one = fill(tmp_path / "one")
    before = contents(one)
    run(one.data, "backup")
    for path in [one.ledger_path, *one.data.glob("notes.json*"), *one.data.glob("snapshots/*")]:
        path.write_bytes(b"\x00damaged\x00")
    assert run(one.data, "restore", str(only_backup(one))).code == 0
    assert contents(one) == before


def test_a_backup_is_made_beside_a_running_companion_and_a_restore_waits_for_its_end(tmp_path: Path) -> None:
    one = fill(tmp_path / "one")
    with acquire_lock(one.lock_path, 17653), stores(one.data) as (notebook, ledger):
        notebook.write("op-late-01", "note", "@late", {"text": "In the journal"}, None, NOW, ADA)
        ledger.owner_for("1000002", "adaworks", NOW)
        assert run(one.data, "backup").code == 0
        assert run(one.data, "restore", str(only_backup(one))).code == IN_USE
    run(tmp_path / "two", "restore", str(only_backup(one)))
    with stores(tmp_path / "two") as (notebook, ledger):
        assert notebook.knows("@late")
        assert ledger.owners() == ["1000002", ADA]


def test_the_oldest_are_let_go_and_strangers_files_are_not(tmp_path: Path) -> None:
    one = fill(tmp_path / "one")
    folder = tmp_path / "disk"
    folder.mkdir()
    (folder / "mutuals-notes.zip").write_text("not ours")
    made = [back_up(one, NOW + day * DAY, folder=folder, keep=3) for day in range(5)]
    assert backups_in(folder) == [one.path for one in reversed(made[2:])]
    assert made[3].removed == [made[0].path]
    assert (folder / "mutuals-notes.zip").exists()
    assert backups_in(folder)[0].stat().st_mode & 0o077 == 0
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


def test_a_sealed_backup_says_nothing_and_opens_with_its_passphrase_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = fill(tmp_path / "one")
    monkeypatch.setenv(VARIABLE, "four words make one")
    assert "encrypted" in run(one.data, "backup", "--passphrase", "--to", str(tmp_path / "disk")).out
    path = backups_in(tmp_path / "disk")[0]
    assert traces(tmp_path / "disk", "wrenwrites") == []
    monkeypatch.setenv(VARIABLE, "four words make two")
    done = run(tmp_path / "two", "restore", str(path))
    assert (done.code, "passphrase is another" in done.err) == (NOT_UNDERSTOOD, True)
    monkeypatch.setenv(VARIABLE, "four words make one")
    assert run(tmp_path / "two", "restore", str(path)).code == 0
    assert contents(Settings(data=tmp_path / "two")) == contents(one)
    monkeypatch.setenv(VARIABLE, "short")
    assert "at least 8" in run(one.data, "backup", "--passphrase").err


@given(size=st.sampled_from([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK]), place=st.floats(0, 0.999))
@settings(max_examples=20, deadline=None)
def test_a_sealed_file_changed_or_cut_anywhere_does_not_open(
    tmp_path_factory: pytest.TempPathFactory, size: int, place: float
) -> None:
    folder = tmp_path_factory.mktemp("seal")
    plain, sealed, again = folder / "plain", folder / "sealed", io.BytesIO()
    plain.write_bytes(bytes(index % 251 for index in range(1000)) * (size // 1000 + 1))
    plain.write_bytes(plain.read_bytes()[:size])
    with sealed.open("wb") as file:
        encrypt(plain, file, "a long passphrase", cost=16)
    decrypt(sealed, again, "a long passphrase")
    assert again.getvalue() == plain.read_bytes()
    data = bytearray(sealed.read_bytes())
    data[int(place * len(data))] ^= 1
    for broken in (bytes(data), sealed.read_bytes()[: int(place * len(data))], sealed.read_bytes() + b"x"):
        other = folder / "broken"
        other.write_bytes(broken)
        with pytest.raises(SourceError):
            decrypt(other, io.BytesIO(), "a long passphrase")


def test_a_short_passphrase_seals_nothing(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"x")
    with pytest.raises(SettingError):
        encrypt(tmp_path / "plain", io.BytesIO(), "short")


def rezipped(path: Path, change: dict[str, bytes | None]) -> None:
    """Write a backup again with members changed, added or left out."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in {**members, **change}.items():
            if data is not None:
                archive.writestr(name, data)


@pytest.mark.parametrize(
    "change",
    [
        {NOTES: b"{}"},
        {NOTES: None},
        {LEDGER: b"SQLite format 3\0rest"},
        {"manifest.json": b"{}"},
        {"manifest.json": None},
        {"manifest.json": b'{"format":"other","version":1,"made_by":"","made_at":1,"files":{}}'},
    ],
)  # fmt: skip
def test_a_backup_that_was_tampered_with_changes_nothing(tmp_path: Path, change: dict[str, bytes | None]) -> None:
    one = fill(tmp_path / "one")
    before = contents(one)
    run(one.data, "backup", "--to", str(tmp_path / "disk"))
    path = backups_in(tmp_path / "disk")[0]
    rezipped(path, change)
    done = run(one.data, "restore", str(path))
    assert (done.code, done.out) == (NOT_UNDERSTOOD, ""), done
    assert contents(one) == before
    assert not list(one.data.glob("before-restore-*"))


def test_damaged_cut_and_foreign_files_are_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "four words make one")
    one = fill(tmp_path / "one")
    run(one.data, "backup", "--to", str(tmp_path / "disk"))
    path = backups_in(tmp_path / "disk")[0]
    whole = path.read_bytes()
    damage(path)
    for data in (
        path.read_bytes(),
        whole[: len(whole) // 2],
        b"",
        b"words",
        b'{"format":"mutuals-sealed"}\n',
        whole[:9],
    ):
        other = tmp_path / "other.zip"
        other.write_bytes(data)
        done = run(tmp_path / "two", "restore", str(other))
        assert done.code == NOT_UNDERSTOOD, (data[:20], done)
        assert done.err.count("\n") <= 3
    assert contents(Settings(data=tmp_path / "two")) == ({}, {})


def test_a_backup_of_a_newer_ledger_is_refused(tmp_path: Path) -> None:
    one = fill(tmp_path / "one")
    sql(one.ledger_path, "update meta set value = '99' where key = 'schema'")
    assert "newer Mutuals" in run(one.data, "backup").err


def test_somebody_forgotten_is_nowhere_after_the_next_backup(tmp_path: Path) -> None:
    one = fill(tmp_path / "one")
    back_up(one, NOW - 9 * DAY, folder=tmp_path / "disk")
    run(one.data, "backup")
    run(one.data, "restore", str(only_backup(one)))
    done = run(one.data, "forget", "@WrenWrites", "--yes")
    assert (done.code, "is deleted" in done.out) == (0, True), done.err
    assert "Nothing is known" in run(one.data, "forget", "@WrenWrites", "--yes").err
    with stores(one.data) as (notebook, ledger):
        assert not notebook.knows("2000001")
        assert ledger.person(ADA, "2000001") is None
        assert notebook.knows("@inesmakes")
    run(one.data, "backup")
    assert len(backups_in(one.data / "backups")) == 1
    assert backups_in(tmp_path / "disk") == []
    shutil.unpack_archive(only_backup(one), tmp_path / "unpacked")
    for words in ("wrenwrites", "Okafor", "2000001", "HYPERLINK"):
        assert traces(tmp_path, words) == [], words
    export = tmp_path / "all.json"
    run(one.data, "export", str(export))
    assert "wrenwrites" not in export.read_text()


def test_a_disk_that_is_not_there_has_its_turn_when_it_is(tmp_path: Path) -> None:
    one, disk = fill(tmp_path / "one"), tmp_path / "disk"
    back_up(one, NOW - 9 * DAY, folder=disk)
    disk.rename(tmp_path / "unplugged")
    run(one.data, "forget", "@wrenwrites", "--yes")
    run(one.data, "backup")
    (tmp_path / "unplugged").rename(disk)
    run(one.data, "backup")
    assert backups_in(disk) == []


def test_forgetting_what_is_old_keeps_what_was_written_and_its_people(tmp_path: Path) -> None:
    one = fill(tmp_path / "one")
    done = run(one.data, "forget", "--older-than", "1", "--yes")
    assert (done.code, "sightings are deleted" in done.out) == (0, True), done.err
    with stores(one.data) as (notebook, ledger):
        assert notebook.knows("2000001")
        assert ledger.interactions(ADA, "2000001") == []
        assert ledger.person(ADA, "2000001") is not None
    forgotten_at = read_history(one).forgotten_at
    assert forgotten_at is not None, "the backups made before hold it still"
    (one.data / "backups.json").unlink()
    assert "0 sightings are deleted" in run(one.data, "forget", "--older-than", "1", "--yes").out
    assert read_history(one).forgotten_at is None


def test_forgetting_asks_first_and_needs_somebody(tmp_path: Path) -> None:
    one = fill(tmp_path / "one")
    before = contents(one)
    assert run(one.data, "forget", "@wrenwrites", typed="n\n").code != 0
    assert run(one.data, "forget").code == 2
    assert run(one.data, "forget", "@wren writes", "--yes").code == 1
    assert contents(one) == before


def test_an_old_backup_is_worth_a_word_and_a_fresh_one_is_not(tmp_path: Path) -> None:
    one = fill(tmp_path / "one")
    assert backup_words(one, NOW) == [], "somebody who has just begun is left alone"
    (one.data / "snapshots").mkdir(exist_ok=True)
    for day in range(1, 8):
        shutil.copy(one.notebook_path, one.data / "snapshots" / f"notes-2026-09-0{day}.json")
    assert "no backup yet" in str(backup_words(one, NOW))
    back_up(one, NOW)
    assert backup_words(one, NOW + 14 * DAY) == []
    assert "20 days old" in str(backup_words(one, NOW + 20 * DAY))
    (one.data / "backups.json").write_text("damaged")
    assert read_history(one).last_at == NOW
