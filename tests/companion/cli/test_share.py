"""`mutuals share`: two data folders and two running companions that keep one notebook through a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.cli.exit_codes import PROBLEM
from companion.domain.sightings import Interaction, Understanding
from companion.settings import Settings
from companion.share import sealing
from companion.share.membership import membership_of
from tests.browser.devtools import until
from tests.companion.cli.runs import run
from tests.companion.export.folders import ADA, stores
from tests.companion_process import CompanionProcess

WREN = "2000001"
VIEWER, PERSON = {"id": ADA, "handle": "adaquill"}, {"id": WREN, "handle": "wrenwrites"}
SECONDS = 60


@pytest.fixture(autouse=True)
def _passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUTUALS_PASSPHRASE", "four plain words here")


def note(data: Path, text: str, op: str) -> None:
    with stores(data) as (notebook, _):
        notebook.write(op, "note", WREN, {"text": text}, -1, 100, ADA)


def text_of(data: Path) -> str | None:
    with stores(data) as (notebook, _):
        kept = notebook.about(WREN).note
        return kept.text if kept else None


@pytest.fixture
def carried(tmp_path: Path) -> Path:
    (tmp_path / "carried").mkdir()
    return tmp_path / "carried"


def join(data: Path, carried: Path, name: str) -> str:
    done = run(data, "share", "join", f"folder:{carried}", "--name", name)
    assert done.code == 0, done
    return done.out


def test_a_note_goes_from_one_data_folder_to_the_other_with_the_commands_alone(tmp_path: Path, carried: Path) -> None:
    desk, lap = tmp_path / "desk", tmp_path / "lap"
    note(desk, "Met at the fair", "op-00001")
    assert "shares as “desk”" in join(desk, carried, "desk")
    assert "desk: " in join(lap, carried, "lap")
    assert text_of(lap) == "Met at the fair"
    note(lap, "Owes me a lamp", "op-00002")
    assert run(lap, "share", "status").code == run(desk, "share", "status").code == 0
    assert text_of(desk) == "Owes me a lamp"


def test_acts_go_over_once_the_user_says_so_on_both_and_not_before(tmp_path: Path, carried: Path) -> None:
    desk, lap = tmp_path / "desk", tmp_path / "lap"
    assert "is not shared" in run(desk, "share", "acts", "on").err
    reply = Interaction("in", "reply", 1_700_000_000, "1", WREN)
    for data in (desk, lap):
        with stores(data) as (_, ledger):
            ledger.owner_for(ADA, "adaquill", 1)
            ledger.record(ADA, Understanding(interactions=[reply] if data == desk else []), 1_700_000_000)
        join(data, carried, data.name)
    assert run(desk, "share", "status").code == run(lap, "share", "acts", "on").code == 0
    assert acts_of(lap) == []
    for data in (desk, lap):
        assert run(data, "share", "acts", "on").code == 0
    assert acts_of(lap) == ["1"]
    assert "with the others already" in run(desk, "share", "acts", "off").out


def acts_of(data: Path) -> list[str]:
    with stores(data) as (_, ledger):
        return [row.ref for row in ledger.interactions(ADA, WREN)]


def test_leaving_keeps_every_note_and_asks_while_something_waits(tmp_path: Path, carried: Path) -> None:
    desk = tmp_path / "desk"
    join(desk, carried, "desk")
    note(desk, "written while the folder was away", "op-00001")
    carried.rename(tmp_path / "away")
    away = run(desk, "share", "status")
    assert (away.code, "is not there" in away.err) == (PROBLEM, True)
    assert run(desk, "share", "leave", typed="n\n").code == 1
    assert run(desk, "share", "leave", "--yes").code == 0
    assert not Settings(data=desk).share_path.exists()
    assert text_of(desk) == "written while the folder was away"
    assert run(desk, "share", "status").out == "The notebook is not shared.\n"
    with stores(desk) as (notebook, _):
        assert notebook.shared.device is None


def test_a_damaged_membership_is_left_with_the_command_that_its_message_names(tmp_path: Path, carried: Path) -> None:
    desk = tmp_path / "desk"
    join(desk, carried, "desk")
    Settings(data=desk).share_path.write_bytes(b"{")
    assert "mutuals share leave" in run(desk, "share", "status").err
    assert run(desk, "share", "leave", "--yes").code == 0
    assert "is not shared" in run(desk, "share", "status").out
    join(desk, carried, "desk")


@pytest.mark.parametrize(
    ("place", "words"),
    [("somewhere", "Say where"), ("folder:{tmp}/none", "There is no folder"), ("folder:{tmp}/desk", "must not be")],
)
def test_a_place_that_cannot_be_is_refused_in_words(tmp_path: Path, place: str, words: str) -> None:
    done = run(tmp_path / "desk", "share", "join", place.format(tmp=tmp_path))
    assert (done.code != 0, words in done.err) == (True, True), done


def test_the_passphrase_is_kept_nowhere_and_another_one_is_refused(
    tmp_path: Path, carried: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    join(tmp_path / "desk", carried, "desk")
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or b"four plain words" not in file.read_bytes(), file
    monkeypatch.setenv("MUTUALS_PASSPHRASE", "quite other words")
    done = run(tmp_path / "lap", "share", "join", f"folder:{carried}")
    assert (done.code != 0, "another one" in done.err) == (True, True), done
    assert membership_of(Settings(data=tmp_path / "lap")) is None
    assert sealing.COST == 2**17


def test_the_passphrase_is_changed_in_place_and_the_other_machine_joins_again_with_it(
    tmp_path: Path, carried: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, lap = tmp_path / "desk", tmp_path / "lap"
    assert "is not shared" in run(desk, "share", "passphrase").err
    for data in (desk, lap):
        join(data, carried, data.name)
    assert run(lap, "share", "acts", "on").code == 0
    assert "shares through" in run(lap, "share", "join", f"folder:{carried}").err, "it is joined, and nothing changed"
    monkeypatch.setenv("MUTUALS_PASSPHRASE", "quite other words")
    assert "is changed" in run(desk, "share", "passphrase").out
    note(desk, "Met at the fair", "op-00001")
    assert run(desk, "share", "status").code == 0
    late = run(lap, "share", "status")
    assert (late.code, "share join" in late.err, text_of(lap)) == (PROBLEM, True, None)
    assert "shares as “lap”" in run(lap, "share", "join", f"folder:{carried}").out
    known = membership_of(Settings(data=lap))
    assert known is not None
    assert (text_of(lap), known.acts, len(known.older)) == ("Met at the fair", True, 1)
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or b"quite other words" not in file.read_bytes(), file


def shown(companion: CompanionProcess) -> object:
    """The note on the card that a browser beside this companion would show."""
    note = companion.post("person", {"viewer": VIEWER, "person": PERSON})["note"]
    return note["text"] if isinstance(note, dict) else None


def test_two_running_companions_come_to_the_same_and_forget_together(tmp_path: Path, carried: Path) -> None:
    desk, lap = tmp_path / "desk", tmp_path / "lap"
    note(desk, "Met at the fair", "op-00001")
    with CompanionProcess(desk) as one, CompanionProcess(lap) as two:
        assert "The companion runs" in join(desk, carried, "desk")
        join(lap, carried, "lap")
        one.pair()
        two.pair()
        instance = one.post("status", {})["instance"]
        until(lambda: shown(two) == "Met at the fair", "the note of the other machine", SECONDS)
        body = {"text": "Owes me a lamp"}
        write = {"instance": instance, "viewer": VIEWER, "op": "op-in-a-browser", "kind": "note", "person": PERSON}
        one.post("writes", {**write, "body": body, "at": 200, "base": 1})
        until(lambda: shown(two) == "Owes me a lamp", "the changed note", SECONDS)
        assert run(desk, "forget", "--yes", WREN).code == 0
        until(lambda: shown(two) is None, "the person to be forgotten there too", SECONDS)
        one.stop()
        two.stop()
    assert text_of(desk) is text_of(lap) is None
