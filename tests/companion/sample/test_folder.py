"""The sample lives in a folder of its own: complete at once, nobody real in it, and gone without a trace."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.backup.create import back_up
from companion.backup.restore import restore
from companion.domain.handles import is_id
from companion.errors import NewerDataError
from companion.export.json_format.writer import write_json
from companion.reciprocity.judgement import judge
from companion.sample import folder
from companion.sample.people import FIRST_ID, PEOPLE, YOU, YOUR_HANDLE
from companion.settings import Settings
from companion.store.ledger.queries.directory import DirectoryQuery, page
from companion.store.readonly import open_read_only
from companion.stores import Stores

NOW = 1_760_000_000
LONGEST_HANDLE_OF_X = 15
LARGEST_ID = 2**64


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    stores = Stores.open(Settings(data=tmp_path))
    stores.notebook.write("op-1", "note", "2000001", {"text": "My own note"}, None, NOW, "1000001")
    stores.close()
    return Settings(data=tmp_path)


def files(data: Path) -> dict[str, bytes]:
    return {str(path.relative_to(data)): path.read_bytes() for path in data.rglob("*") if path.is_file()}


def test_nobody_on_x_can_have_such_a_handle_or_id() -> None:
    handles = [YOUR_HANDLE, *(one.handle for one in PEOPLE)]
    assert [handle for handle in handles if len(handle) <= LONGEST_HANDLE_OF_X or len(handle) > 20] == []
    assert len(set(handles)) == len(handles)
    assert is_id(YOU)
    assert int(YOU) > LARGEST_ID


def test_wiping_leaves_the_data_folder_as_it_was_to_the_byte(settings: Settings) -> None:
    before = files(settings.data)
    folder.load(settings, NOW)
    assert folder.is_loaded(settings)
    assert folder.wipe(settings)
    assert files(settings.data) == before
    assert not folder.is_loaded(settings)
    assert not folder.wipe(settings)


def test_a_sample_that_is_there_is_not_made_again(settings: Settings) -> None:
    folder.load(settings, NOW)
    before = files(settings.data)
    folder.load(settings, NOW + 1)
    assert files(settings.data) == before


def test_the_people_have_notes_tags_history_and_every_way_of_a_score(settings: Settings) -> None:
    folder.load(settings, NOW)
    stores = Stores.open(folder.settings_of_sample(settings))
    owner = stores.ledger.owners()[0]
    rows = page(stores.ledger, owner, DirectoryQuery(now=NOW)).rows
    states = {judge(row.sums, row.tally, NOW).state for row in rows}
    assert len(states) >= 4
    notes = [stores.notebook.about(row.pid, owner).note for row in rows]
    assert sum(note is not None for note in notes) >= 5
    assert {tag["name"] for tag in stores.notebook.tags()} >= {"printer", "translator"}
    stores.close()


def test_whoever_follows_in_the_sample_is_told_to_have_followed_and_nobody_else_is(settings: Settings) -> None:
    folder.load(settings, NOW)
    stores = Stores.open(folder.settings_of_sample(settings))
    owner = stores.ledger.owners()[0]
    follows = {
        pid: [act.direction for act in stores.ledger.interactions(owner, pid, 500) if act.kind == "follow"]
        for pid in (str(FIRST_ID + number) for number in range(1, len(PEOPLE) + 1))
    }
    assert [follows[str(FIRST_ID + number)] for number in range(1, len(PEOPLE) + 1)] == [
        ["in"] if one.follows_you else [] for one in PEOPLE
    ]
    stores.close()


def test_exports_and_backups_hold_nobody_of_it(settings: Settings, tmp_path: Path) -> None:
    folder.load(settings, NOW)
    with open_read_only(settings) as stores:
        parts: list[bytes] = []
        write_json(stores, NOW, parts.append)
    told = b"".join(parts)
    assert b"My own note" in told
    assert [one.handle for one in PEOPLE if one.handle.encode() in told or one.name.encode() in told] == []
    made = back_up(settings, NOW)
    other = Settings(data=tmp_path / "other")
    restore(made.path, other, NOW)
    assert not folder.is_loaded(other)
    assert not any(b"in_sample" in data for data in files(other.data).values())


def test_a_sample_that_a_kill_cut_off_is_none_and_goes_with_the_next(settings: Settings) -> None:
    before = files(settings.data)
    work = settings.data / folder.UNFINISHED
    work.mkdir()
    (work / "notes.json").write_text("half", "utf-8")
    assert not folder.is_loaded(settings)
    folder.load(settings, NOW)
    assert not work.exists()
    folder.wipe(settings)
    assert files(settings.data) == before


def test_a_full_disk_leaves_no_half_of_it(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files(settings.data)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folder, "fill", full)
    with pytest.raises(OSError, match="No space"):
        folder.load(settings, NOW)
    assert files(settings.data) == before


def test_one_that_cannot_be_read_is_wiped_and_the_users_own_is_shown(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(settings.data)
    folder.load(settings, NOW)
    own = Stores.open(settings)

    def newer(_: Settings) -> Stores:
        raise NewerDataError("A newer Mutuals made it.")

    with monkeypatch.context() as patch:
        patch.setattr(Stores, "open", newer)
        assert folder.open_sample(settings, own) is None
    own.close()
    assert not folder.is_loaded(settings)
    assert set(before) <= set(files(settings.data))


def test_it_closes_with_the_users_own_stores_and_opens_again(settings: Settings) -> None:
    folder.load(settings, NOW)
    for _ in range(2):
        own = Stores.open(settings)
        shown = folder.open_sample(settings, own)
        assert shown is not None
        assert shown.sessions is own.sessions
        assert shown.ledger.owners() != own.ledger.owners()
        own.close()
