"""Whatever happens to machines, connections and the server, all show the same in the end, and no text is lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.companion.share.conftest import Team
from tests.companion.share.devices import INES, NOW, WREN, Seat
from tests.companion.share.test_postgres_link import copy_server, roll_back
from tests.postgres_server import PASSWORD, Server

pytestmark = pytest.mark.kill

SEATS = st.integers(0, 2)
COMMON = (
    st.tuples(st.just("write"), SEATS, st.sampled_from([WREN, INES]), st.sampled_from(["", "a", "b"])),
    st.tuples(st.just("tag"), SEATS, st.lists(st.sampled_from(["x", "y"]), max_size=2)),
    st.tuples(st.just("meet"), SEATS),
    st.tuples(st.just("meet"), SEATS),
    st.tuples(st.just("cut"), SEATS),
    st.tuples(st.just("forget")),
)
FOLDERS = (*COMMON, st.tuples(st.just("copy"), SEATS), st.tuples(st.just("put back"), SEATS))
SERVERS = (*COMMON, st.tuples(st.just("copy server")), st.tuples(st.just("put server back")))
SCHEDULES = st.one_of(
    st.lists(st.one_of(*FOLDERS), min_size=5, max_size=25), st.lists(st.one_of(*SERVERS), min_size=5, max_size=25)
)


@dataclass
class World:
    """A team of three machines, what was written on them, and the copies that were made."""

    team: Team
    seats: list[Seat]
    written: set[tuple[str, int]] = field(default_factory=set)

    def carry_out(self, step: Any, number: int) -> None:
        """Do one step of a schedule."""
        seat = self.seats[step[1] if len(step) > 1 else 0]
        actions: dict[str, Callable[[], object]] = {
            "write": lambda: self.write(seat, step, number),
            "tag": lambda: seat.write("tags", WREN, {"tags": step[2]}, number),
            "meet": seat.meet,
            "cut": seat.link.interrupt,
            "forget": lambda: self.seats[0].forget(WREN, f"act{number}"),
            "copy": lambda: self.copy(seat),
            "put back": lambda: self.put_back(seat),
            "copy server": self.copy_server,
            "put server back": self.put_server_back,
        }
        actions[step[0]]()

    def write(self, seat: Seat, step: Any, number: int) -> None:
        """Write a note, and remember it where nobody is forgotten."""
        seat.note(step[3], step[2], number)
        if step[2] == INES and step[3]:
            self.written.add((step[3], NOW + number))

    def copy(self, seat: Seat) -> None:
        """Keep a copy of a data folder that has just met the others."""
        seat.meet()
        seat.stop()
        shutil.rmtree(seat.home / "copy", ignore_errors=True)
        shutil.copytree(seat.home / "data", seat.home / "copy")
        seat.start()
        seat.join()

    def put_back(self, seat: Seat) -> None:
        """Put the copy in the data folder's place; what nobody else got of it is lost with it."""
        if not (seat.home / "copy").exists():
            return
        seat.meet()
        seat.stop()
        shutil.rmtree(seat.home / "data")
        shutil.copytree(seat.home / "copy", seat.home / "data")
        seat.start()
        seat.join()
        seat.ops += 1000

    def copy_server(self) -> None:
        """Keep a copy of the server's tables."""
        copy_server(self.team.admin)

    def put_server_back(self) -> None:
        """Put the tables back and end all connections, as a restored dump does."""
        if self.team.admin.rows("select to_regclass('line_old') is not null")[0][0]:
            roll_back(self.team.admin)
            for seat in self.seats:
                seat.link.interrupt()


def settled(world: World) -> None:
    """Let everybody meet until nothing is new; a broken connection takes one meeting more."""
    for _ in range(4):
        for seat in world.seats:
            seat.meet()
    assert [seat.meet().problem for seat in world.seats] == ["", "", ""]


@pytest.mark.parametrize("portable", [False, True], ids=["guarded", "portable"])
def test_all_show_the_same_in_the_end_and_no_text_is_lost(
    server: Server, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, portable: bool,
    request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    examples = 120 if request.config.getoption("--long") else 8

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck),
              phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink])  # fmt: skip
    @given(steps=SCHEDULES)
    def holds(steps: list[Any]) -> None:
        with ExitStack() as stack:
            run(steps, Team(server, tmp_path_factory.mktemp("team"), stack, portable=portable, listens=False))

    holds()


def run(steps: list[Any], team: Team) -> None:
    """Carry out a schedule and look at the end."""
    world = World(team, [team.seat("ines"), team.seat("ken"), team.seat("ken", "second")])
    for seat in world.seats:
        assert seat.meet().problem == ""
    for number, step in enumerate(steps):
        world.carry_out(step, number)
    settled(world)
    first, *others = (seat.view() for seat in world.seats)
    assert all(other == first for other in others)
    kept = {(version.text, version.at) for version in world.seats[0].notebook.versions(INES)}
    assert {text for text, _ in world.written} <= {part for text, _ in kept for part in text.split()}
