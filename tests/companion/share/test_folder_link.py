"""Machines that share a carried folder come to the same notebook, whatever the carrier does to the files."""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain.sightings import Interaction, Person, Understanding
from companion.errors import SettingError
from companion.share.space import NAME, enter
from tests.companion.share import old_copies
from tests.companion.share.devices import ADA, INES, NOW, PASSPHRASE, WREN, Laptop, Make, carry, own_file, settle


def test_what_is_written_on_either_machine_is_on_both_and_earlier_notes_too(make: Make) -> None:
    desk, lap = make("desk"), make("lap")
    desk.note("Met at the fair")
    lap.write("tags", WREN, {"tags": ["printer"]})
    settle(desk, lap)
    assert desk.view() == lap.view()
    assert (lap.text(), desk.notebook.about(WREN).tags) == ("Met at the fair", ["printer"])
    lap.note("Owes me a lamp", at=5)
    settle(lap, desk)
    assert desk.text() == "Owes me a lamp"
    assert desk.meeting.devices == {"lap": 3}
    assert desk.meeting.notices == []


def test_no_word_and_no_name_is_readable_in_the_folder(make: Make) -> None:
    desk = make("desk")
    desk.note("a secret of theirs")
    desk.meet()
    for file in desk.carried.iterdir():
        data = file.read_bytes()
        assert not [word for word in (b"secret", WREN.encode(), b"note", b"desk") if word in data], file


def test_another_passphrase_is_refused_at_once_and_changes_nothing(make: Make) -> None:
    desk = make("desk")
    desk.meet()
    before = {path.name: path.read_bytes() for path in desk.carried.iterdir()}
    with pytest.raises(SettingError, match="another one"):
        enter(desk.carried, "some other words", cost=2)
    assert {path.name: path.read_bytes() for path in desk.carried.iterdir()} == before
    assert enter(desk.carried, PASSPHRASE, cost=2).space
    (desk.carried / NAME).unlink()
    with pytest.raises(SettingError, match="Wait"):
        enter(desk.carried, PASSPHRASE, cost=2)


def test_a_folder_that_is_away_is_told_and_nothing_is_lost(make: Make) -> None:
    desk, lap = make("desk"), make("lap")
    settle(desk, lap)
    away = desk.carried.with_name("away")
    desk.carried.rename(away)
    desk.note("written meanwhile")
    meeting = desk.meet()
    assert "is not there" in meeting.problem
    assert meeting.waiting == 1
    away.rename(desk.carried)
    settle(desk, lap)
    assert (lap.text(), desk.meeting.problem, desk.meeting.waiting) == ("written meanwhile", "", 0)


def test_a_data_folder_back_from_an_old_copy_gets_what_it_had_written_since(make: Make, tmp_path: Path) -> None:
    desk, lap = make("desk"), make("lap")
    old_copies.comes_back(desk, lap, tmp_path, settle)


def test_one_data_folder_that_was_copied_and_used_twice_loses_nothing(make: Make, tmp_path: Path) -> None:
    old_copies.is_used_twice(make("desk"), lambda: make("twin"), tmp_path, settle)


@pytest.mark.parametrize("winner", ["desk", "twin"])
def test_a_copied_data_folder_whose_file_meets_its_twins_loses_nothing(tmp_path: Path, winner: str) -> None:
    with ExitStack() as stack:
        desk, lap = Laptop(tmp_path, "desk"), Laptop(tmp_path, "lap")
        desk.note("before")
        desk.meet()
        desk.stop()
        shutil.copytree(tmp_path / "desk", tmp_path / "twin")
        desk.start()
        twin = Laptop(tmp_path, "twin")
        for laptop in (desk, lap, twin):
            stack.callback(laptop.stop)
        desk.note("on the desk", INES, at=1)
        twin.note("on the twin", "2000003", at=2)
        for laptop in (desk, twin):
            laptop.meet()
        assert own_file(desk).name == own_file(twin).name
        won, lost = (desk, twin) if winner == "desk" else (twin, desk)
        conflict = own_file(won).with_name(f"{own_file(won).stem}.sync-conflict-20261128-140233-ABCDEFG.log")
        shutil.copyfile(own_file(lost), conflict)  # what Syncthing does with two files of one name
        shutil.copyfile(own_file(won), own_file(lost))
        for _ in range(3):
            for laptop in (desk, twin, lap):
                for other in {desk, twin, lap} - {laptop}:
                    carry(laptop, other)
                laptop.meet()
        assert lap.text(INES) == "on the desk"
        assert lap.text("2000003") == "on the twin"
        assert desk.view() == twin.view() == lap.view()


def test_a_forgotten_person_leaves_every_machine_and_every_devices_own_file(make: Make, tmp_path: Path) -> None:
    desk, lap = make("desk"), make("lap")
    desk.note("a secret")
    lap.ledger.owner_for(ADA, "adaquill", NOW)
    lap.ledger.record(ADA, Understanding(people=[Person(WREN, "wrenwrites", "Wren")]), NOW)
    settle(desk, lap)
    lap.note("a secret, later", at=1)
    lap.meet()
    desk.forget(WREN, "act")
    settle(desk, lap, desk)
    assert desk.text() is lap.text() is None
    assert lap.ledger.person(ADA, WREN) is None
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or b"a secret" not in file.read_bytes(), file
    late = make("late")
    late.meet()
    assert late.text() is None, "nothing in the folder can bring them back"
    late.note("met anew", at=2)
    settle(late, desk, lap)
    assert desk.text() == lap.text() == "met anew"


def test_a_call_counts_for_the_account_that_logged_it_and_for_no_other(make: Make) -> None:
    desk, lap = make("desk"), make("lap")
    for owner, handle in ((ADA, "adaquill"), ("1000002", "adaworks")):
        lap.ledger.owner_for(owner, handle, NOW)
    lap.ledger.record(ADA, Understanding(interactions=[Interaction("in", "reply", NOW, "1", WREN)]), NOW)
    desk.write("touch", WREN, {"what": "call", "when": NOW - 60, "words": "about the lamp"})
    settle(desk, lap)
    assert {row.kind for row in lap.ledger.interactions(ADA, WREN)} == {"reply", "call"}
    assert lap.ledger.interactions("1000002", WREN) == []


def test_lines_of_a_newer_version_are_told_at_every_meeting_until_this_one_knows_them(make: Make) -> None:
    desk, lap = make("desk"), make("lap")
    settle(desk, lap)
    with desk.notebook.batch():
        desk.notebook.shared.lines.tell({"kind": "reminder", "op": "x", "pid": WREN, "at": 1, "body": {"due": 9}})
    settle(desk, lap)
    lap.note("on")
    for _ in range(2):
        assert "1 line(s) are of a newer Mutuals" in "".join(lap.meet().notices)
    lap.forget(WREN, "act")
    assert lap.meet().notices == []


def test_a_machine_where_nothing_happened_is_idle(make: Make) -> None:
    desk, lap = make("desk"), make("lap")
    settle(desk, lap, desk)
    assert desk.link.idle()
    lap.note("new")
    assert not lap.link.idle()
    lap.meet()
    assert not desk.link.idle()


STEPS = st.one_of(
    st.tuples(st.just("write"), st.integers(0, 2), st.sampled_from([WREN, INES]), st.sampled_from(["", "a", "b"])),
    st.tuples(st.just("tag"), st.integers(0, 2), st.lists(st.sampled_from(["x", "y"]), max_size=2)),
    st.tuples(st.just("meet"), st.integers(0, 2)),
    st.tuples(st.just("carry"), st.integers(0, 2), st.integers(0, 2)),
    st.tuples(st.just("cut"), st.integers(0, 2), st.integers(1, 400)),
    st.tuples(st.just("copy"), st.integers(0, 2)),
    st.tuples(st.just("lose"), st.integers(0, 2)),
    st.tuples(st.just("forget"), st.integers(0, 2)),
)


def carry_out(laptops: list[Laptop], step: Any, number: int) -> None:
    laptop = laptops[step[1]]
    files = sorted(laptop.carried.glob("mutuals-*.log"))
    if step[0] == "write":
        laptop.note(step[3], step[2], number)
    elif step[0] == "tag":
        laptop.write("tags", WREN, {"tags": step[2]}, number)
    elif step[0] == "meet":
        laptop.meet()
    elif step[0] == "carry" and step[1] != step[2]:
        carry(laptop, laptops[step[2]])
    elif step[0] == "forget":
        laptop.forget(WREN, f"act{number}")
    elif files:
        disturb(files[number % len(files)], step, number)


def disturb(file: Path, step: Any, number: int) -> None:
    """Do to a file what carriers do."""
    if step[0] == "cut":
        file.write_bytes(file.read_bytes()[: -step[2]])
    elif step[0] == "copy":
        shutil.copyfile(file, file.with_name(f"{file.stem} ({number}).log"))
    elif step[0] == "lose":
        file.unlink()


def test_whatever_the_carrier_does_all_show_the_same_in_the_end_and_no_text_is_lost(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> None:
    examples = 200 if request.config.getoption("--long") else 15

    @settings(max_examples=examples, deadline=None)
    @given(steps=st.lists(STEPS, min_size=5, max_size=25))
    def holds(steps: list[Any]) -> None:
        with ExitStack() as stack:
            run(steps, tmp_path_factory.mktemp("folder"), stack)

    holds()


def run(steps: list[Any], home: Path, stack: ExitStack) -> None:
    """Carry out a schedule on three laptops, carry every file everywhere, and look at the end."""
    laptops = [Laptop(home, name) for name in ("desk", "lap", "shed")]
    for laptop in laptops:
        stack.callback(laptop.stop)
    laptops[0].meet()
    for other in laptops[1:]:
        carry(laptops[0], other)
        other.meet()
    written = set()
    for number, step in enumerate(steps):
        carry_out(laptops, step, number)
        if step[0] == "write" and step[2] == INES and step[3]:
            written.add((step[3], NOW + number))
    for _ in range(4):
        for laptop in laptops:
            laptop.meet()
            for other in laptops:
                carry(laptop, other)
    first, *others = (laptop.view() for laptop in laptops)
    kept = {(version.text, version.at) for version in laptops[0].notebook.versions(INES)}
    assert all(other == first for other in others)
    assert {text for text, _ in written} <= {part for text, _ in kept for part in text.split()}
