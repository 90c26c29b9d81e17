"""A passphrase that is changed in place: later lines need the new one, earlier ones open, and nobody loses any."""

from __future__ import annotations

import shutil
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.errors import SettingError
from companion.share import space as carried
from companion.share.line_file import read
from companion.share.passphrase import CHANGED, EARLIER, locked
from companion.share.postgres import address
from companion.share.postgres import space as served
from companion.share.postgres.driver import connect
from companion.share.sealing import Seal
from companion.share.space import NAME
from tests.companion.share.conftest import Team
from tests.companion.share.devices import INES, PASSPHRASE, WREN, Laptop, Make, Seat, own_file, settle

NEW, THIRD = "quite other words now", "and a third phrase"
MACHINES = st.integers(0, 2)
STEPS = st.one_of(
    st.tuples(st.just("write"), MACHINES, st.sampled_from([WREN, INES])),
    st.tuples(st.just("meet"), MACHINES),
    st.tuples(st.just("change"), MACHINES),
    st.tuples(st.just("join"), MACHINES),
    st.tuples(st.just("forget"), MACHINES),
)


def change(laptop: Laptop, passphrase: str, knows: str = PASSPHRASE) -> None:
    """Change the passphrase of the carried folder as somebody who knows the present one."""
    carried.change(laptop.carried, carried.enter(laptop.carried, knows, cost=2), passphrase, cost=2)


def join_again(laptop: Laptop, passphrase: str) -> None:
    """Join the same place with another passphrase, as the command does."""
    laptop.passphrase = passphrase
    if isinstance(laptop, Seat):
        laptop.membership = None
    laptop.link.close()
    laptop.join()


def test_the_newest_passphrase_opens_what_every_earlier_one_sealed_and_no_earlier_one_opens_what_is_newer() -> None:
    first, one = locked("space", PASSPHRASE, 2)
    second, two = locked("space", NEW, 2, first)
    third, three = locked("space", THIRD, 2, second)
    assert three.opened("space", THIRD) == third
    assert [three.opened("space", words) for words in (PASSPHRASE, NEW)] == [None, None]
    assert [third.open("a", each.close("a", b"x")) for each in (first, second, third)] == [b"x"] * 3
    assert first.open("a", second.close("a", b"x")) is None
    assert (first.root, second.root, third.root) == (first.key,) * 3
    assert [lock.disagreement(second) for lock in (one, two, three)] == [EARLIER, "", CHANGED]


def test_machines_that_know_the_old_passphrase_alone_wait_in_words_and_lose_nothing(make: Make) -> None:
    desk, lap = make("desk"), make("lap")
    desk.note("before")
    settle(desk, lap)
    change(desk, NEW)
    join_again(desk, NEW)
    lap.note("written meanwhile", INES)
    desk.note("after", at=1)
    assert desk.meet().problem == ""
    before = own_file(lap).read_bytes()
    assert (lap.meet().problem, lap.meeting.waiting, lap.text()) == (CHANGED, 1, "before")
    assert own_file(lap).read_bytes() == before, "nothing goes out sealed with the old one"
    with pytest.raises(SettingError, match="another one"):
        join_again(lap, PASSPHRASE)
    join_again(lap, NEW)
    settle(lap, desk)
    assert desk.view() == lap.view()
    assert (lap.text(), desk.text(INES)) == ("after", "written meanwhile")
    assert (lap.meeting.former, lap.meeting.notices, desk.meeting.notices) == ([], [], []), "it is the same device"


def test_what_the_new_passphrase_sealed_does_not_open_with_the_old_key_and_a_new_machine_reads_all(make: Make) -> None:
    desk = make("desk")
    desk.note("before")
    desk.meet()
    old = carried.enter(desk.carried, PASSPHRASE, cost=2)
    told = set(read(own_file(desk), old).lines)
    change(desk, NEW)
    join_again(desk, NEW)
    desk.note("after", at=1)
    desk.meet()
    outsider = read(own_file(desk), old)
    assert (set(outsider.lines), outsider.damaged) == (told, 1)
    late = make("late")
    late.passphrase = NEW
    late.meet()
    assert late.view() == desk.view()
    assert late.meeting.notices == []


def test_lines_that_a_machine_sealed_before_the_change_reached_it_count(make: Make) -> None:
    desk, lap = make("desk"), make("lap")
    settle(desk, lap)
    held = (desk.carried / NAME).read_bytes()
    change(desk, NEW)
    changed = (desk.carried / NAME).read_bytes()
    (desk.carried / NAME).write_bytes(held)
    lap.note("sealed with the old one")
    assert lap.meet().problem == ""
    (desk.carried / NAME).write_bytes(changed)
    join_again(desk, NEW)
    assert (desk.meet().notices, desk.text()) == ([], "sealed with the old one")


def test_a_machine_that_was_killed_before_it_kept_the_new_key_goes_on_as_any_other(make: Make) -> None:
    desk, lap = make("desk"), make("lap")
    desk.note("before")
    settle(desk, lap)
    change(desk, NEW)  # killed here
    desk.note("and on", at=1)
    assert [laptop.meet().problem for laptop in (desk, lap)] == [CHANGED, CHANGED]
    for laptop in (desk, lap):
        join_again(laptop, NEW)
    settle(desk, lap)
    assert lap.text() == "and on"


def test_of_two_who_change_it_at_once_one_holds_and_the_other_tells_what_he_sealed_once_more(make: Make) -> None:
    desk, lap, shed = make("desk"), make("lap"), make("shed")
    settle(desk, lap, shed)
    held = (desk.carried / NAME).read_bytes()
    change(lap, THIRD)
    join_again(lap, THIRD)
    lap.note("sealed with a key that nobody else will ever have")
    lap.meet()
    (desk.carried / NAME).write_bytes(held)  # the carrier takes the other one's file
    change(desk, NEW)
    assert lap.meet().problem == CHANGED
    for laptop in (lap, desk, shed):
        join_again(laptop, NEW)
    settle(lap, desk, shed)
    assert desk.text() == shed.text() == "sealed with a key that nobody else will ever have"


def test_a_folder_that_came_back_from_before_the_change_is_told_and_changed_anew(make: Make) -> None:
    desk, lap = make("desk"), make("lap")
    settle(desk, lap)
    shutil.copy(desk.carried / NAME, desk.home / "old")
    change(desk, NEW)
    join_again(desk, NEW)
    seal = carried.enter(desk.carried, NEW, cost=2)
    shutil.copy(desk.home / "old", desk.carried / NAME)
    desk.note("waits", at=1)
    assert (desk.meet().problem, desk.meeting.waiting) == (EARLIER, 1)
    carried.change(desk.carried, seal, THIRD, cost=2)
    for laptop in (desk, lap):
        join_again(laptop, THIRD)
    settle(desk, lap)
    assert lap.text() == "waits"


def test_whoever_does_not_know_the_present_passphrase_cannot_change_it(make: Make) -> None:
    desk = make("desk")
    desk.meet()
    old = carried.enter(desk.carried, PASSPHRASE, cost=2)
    change(desk, NEW)
    before = (desk.carried / NAME).read_bytes()
    for seal, words in ((old, "was changed"), (Seal(b"k" * 32, "0" * 16), "another space")):
        with pytest.raises(SettingError, match=words):
            carried.change(desk.carried, seal, THIRD, cost=2)
    with pytest.raises(SettingError, match="characters"):
        change(desk, "short", NEW)
    assert (desk.carried / NAME).read_bytes() == before


@pytest.mark.kill
def test_a_team_on_a_server_goes_on_with_the_new_one_and_forgets_what_was_sealed_with_the_old(team: Team) -> None:
    desk, lap = team.seat("ines"), team.seat("ken")
    desk.note("before")
    settle(desk, lap)
    change_on_server(desk, NEW)
    join_again(desk, NEW)
    lap.note("written meanwhile", INES)
    desk.note("after", at=1)
    assert desk.meet().problem == ""
    assert (lap.meet().problem, lap.meeting.waiting, lap.text()) == (CHANGED, 1, "before")
    join_again(lap, NEW)
    settle(lap, desk)
    assert desk.view() == lap.view()
    assert (lap.text(), desk.text(INES), lap.meeting.former) == ("after", "written meanwhile", [])
    desk.forget(WREN, "act")
    settle(desk, lap)
    left = team.admin.rows("select count(*) from mutuals.line where matter = 'other' and line is not null")
    assert (lap.text(), left) == (None, [(1,)]), "marks of both times are equal, so that the server finds all"


@pytest.mark.kill
def test_only_an_owner_changes_it_on_a_server_and_of_two_at_once_one_is_told(team: Team) -> None:
    desk, lap = team.seat("ines"), team.seat("ken")
    settle(desk, lap)
    with pytest.raises(SettingError, match="Only an owner"):
        change_on_server(lap, NEW)
    with closing(connect(address.read(desk.place))) as session:
        stale = served.look(session)
        change_on_server(desk, NEW)
        assert desk.membership is not None
        with pytest.raises(SettingError, match="just chosen"):
            served.change(session, stale, desk.membership.seal, THIRD, cost=2)
    assert (lap.meet().problem, desk.meet().problem) == (CHANGED, CHANGED)


def change_on_server(seat: Seat, passphrase: str) -> None:
    """Change the passphrase of the database as a machine that has joined it."""
    assert seat.membership is not None
    with closing(connect(address.read(seat.place))) as session:
        served.change(session, served.look(session), seat.membership.seal, passphrase, cost=2)


def test_whoever_changes_it_whenever_all_show_the_same_once_everybody_joined_again(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> None:
    examples = 150 if request.config.getoption("--long") else 12

    @settings(max_examples=examples, deadline=None)
    @given(steps=st.lists(STEPS, min_size=6, max_size=25))
    def holds(steps: list[Any]) -> None:
        with ExitStack() as stack:
            run(steps, tmp_path_factory.mktemp("changed"), stack)

    holds()


def run(steps: list[Any], home: Path, stack: ExitStack) -> None:
    """Carry out a schedule on three machines with one folder, let everybody join again, and look at the end."""
    laptops, now = [Laptop(home, name, home / "carried") for name in ("desk", "lap", "shed")], PASSPHRASE
    for laptop in laptops:
        stack.callback(laptop.stop)
        assert laptop.meet().problem == ""
    written = set[str]()
    for number, (what, place, *whom) in enumerate(steps):
        laptop = laptops[place]
        if what == "write":
            laptop.note(f"text {number}", whom[0], number)
            written |= {f"text {number}"} if whom[0] == INES else set()
        elif what == "forget":
            laptop.forget(WREN, f"act{number}")
        elif what == "meet":
            assert laptop.meet().problem == ("" if laptop.passphrase == now else CHANGED)
        elif what == "join":
            join_again(laptop, now)
        elif laptop.passphrase == now:  # else it may not
            now = f"a phrase of its own {number}"
            change(laptop, now, knows=laptop.passphrase)
            join_again(laptop, now)
    for laptop in laptops:
        join_again(laptop, now)
    settle(*laptops)
    settle(*laptops)
    first, *others = (laptop.view() for laptop in laptops)
    assert all(other == first for other in others)
    kept = {part for version in laptops[0].notebook.versions(INES) for part in version.text.split("\n\n")}
    assert written <= kept
    assert [laptop.meeting.notices for laptop in laptops] == [[]] * 3
