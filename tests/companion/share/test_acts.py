"""Acts of one account that two machines saw are in the ledgers of both, each once, and nobody else's are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain.sightings import Interaction, Understanding
from companion.share.acts import SECONDS, Acts
from companion.store.documents import Document, Json
from companion.store.ledger.ledger import Ledger
from companion.store.notebook.lines import ACTS_HELD
from tests.companion.share.devices import ADA, INES, NOW, WREN, Laptop
from tests.companion.store.ledger_help import days

DAY = 86_400
KEN = "1000009"
Act = tuple[str, str, int, str]


class Machine(Laptop):
    """A laptop that shares what it saw, too."""

    def start(self) -> None:
        """Open the stores."""
        super().start()
        self.now = NOW
        self.acts = Acts(self.notebook, self.ledger, lambda: self.now)

    def sees(self, *acts: Interaction, owner: str = ADA) -> None:
        """See acts as a page of X's shows them."""
        self.ledger.owner_for(owner, None, NOW)
        self.ledger.record(owner, Understanding(interactions=list(acts)), NOW)

    def share(self) -> None:
        """Tell and take in, as the thread does every ten minutes."""
        self.now += SECONDS
        self.acts.tell()
        self.meet()
        self.acts.take_in()


def settle(*machines: Machine) -> None:
    for _ in range(3):
        for machine in machines:
            machine.share()


def reply(number: int, direction: str = "in", pid: str = WREN, days: int = 1) -> Interaction:
    return Interaction(direction, "reply", NOW - days * DAY, str(number), pid)


def score(ledger: Ledger, pid: str = WREN, owner: str = ADA) -> object:
    """Return all that a score is made of, as of now; sums of an earlier time that fade to the same are the same."""
    sums, tally = ledger.sums_and_tally(owner, pid)
    return (
        [round(value, 9) for value in msgspec.structs.astuple(sums.advanced(NOW + DAY))],
        tally,
        days(ledger, owner, pid),
    )


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[list[Machine]]:
    """Two machines that share a folder; neither has met the other."""
    with ExitStack() as stack:
        machines = [Machine(tmp_path, name, tmp_path / "carried") for name in ("desk", "lap")]
        for machine in machines:
            stack.callback(machine.stop)
        yield machines


ACTS = st.tuples(
    st.sampled_from([WREN, INES]), st.sampled_from(["in", "out"]), st.integers(0, 40), st.sampled_from("abcdef"),
    st.sampled_from(["reply", "like"]), st.booleans(), st.booleans(),
)  # fmt: skip
"""Person, direction, days ago, reference, kind, whether it was undone, whether it is only known roughly."""


@settings(max_examples=12, deadline=None)
@given(seen=st.lists(st.tuples(st.sampled_from([(0,), (1,), (0, 1)]), ACTS), min_size=1, max_size=25),
       meets=st.sets(st.integers(0, 24)))  # fmt: skip
def test_two_machines_have_the_score_of_one_that_saw_everything(
    tmp_path_factory: pytest.TempPathFactory, seen: list[tuple[tuple[int, ...], tuple[object, ...]]], meets: set[int]
) -> None:
    home = tmp_path_factory.mktemp("acts")
    with ExitStack() as stack:
        desk, lap = (Machine(home, name, home / "carried") for name in ("desk", "lap"))
        whole = Ledger.open(home / "whole.sqlite")
        stack.callback(whole.close)
        for machine in (desk, lap):
            stack.callback(machine.stop)
            machine.ledger.owner_for(ADA, "adaquill", NOW)
        whole.owner_for(ADA, "adaquill", NOW)
        for number, (where, (pid, direction, days, ref, kind, removed, partial)) in enumerate(seen):
            at = NOW - int(str(days)) * DAY
            act = Interaction(
                str(direction), str(kind), at, str(ref), str(pid), removed=removed is True, partial=partial is True
            )
            for place in where:
                (desk, lap)[place].sees(act)
            whole.record(ADA, Understanding(interactions=[act]), NOW)
            if number in meets:
                (desk, lap)[number % 2].share()
        settle(desk, lap)
        for pid in (WREN, INES):
            assert score(desk.ledger, pid) == score(lap.ledger, pid) == score(whole, pid)


def test_what_another_machine_told_is_not_told_back(pair: list[Machine]) -> None:
    desk, lap = pair
    for machine in pair:
        machine.ledger.owner_for(ADA, "adaquill", NOW)
    desk.sees(reply(1), reply(2))
    settle(desk, lap)
    lap.sees(reply(3, "out"))
    settle(desk, lap)
    assert score(desk.ledger) == score(lap.ledger)
    device = lap.notebook.shared.device
    assert device is not None
    assert device.n == 2, "its name and one act"
    assert desk.meeting.devices == {"lap": 2}


def test_acts_of_an_account_that_is_not_used_here_wait_until_it_is(pair: list[Machine]) -> None:
    desk, lap = pair
    desk.sees(reply(1))
    lap.sees(reply(9, pid=INES), owner=KEN)
    settle(desk, lap)
    assert lap.ledger.owners() == [KEN]
    assert score(lap.ledger, owner=KEN) == score(lap.ledger, "2000009", KEN), (
        "a teammate's act never counts in one's own"
    )
    lap.sees(reply(2))
    settle(desk, lap)
    assert score(lap.ledger) == score(desk.ledger)


def test_an_act_that_was_deleted_here_does_not_come_back(pair: list[Machine]) -> None:
    desk, lap = pair
    for machine in pair:
        machine.ledger.owner_for(ADA, "adaquill", NOW)
    desk.sees(reply(1), reply(2))
    settle(desk, lap)
    assert lap.ledger.remove_interaction(ADA, WREN, "1", "reply", "in")
    desk.sees(reply(3))
    settle(desk, lap)
    assert {row.ref for row in lap.ledger.interactions(ADA, WREN)} == {"2", "3"}
    assert {row.ref for row in desk.ledger.interactions(ADA, WREN)} == {"1", "2", "3"}


def test_what_is_kept_apart_and_calls_that_were_logged_are_not_told_as_acts(pair: list[Machine]) -> None:
    desk, lap = pair
    desk.sees(reply(1), owner=KEN)
    desk.sees(Interaction("in", "call", NOW - DAY, "touch-1", WREN, source="you"))
    desk.notebook.asides.keep_apart(KEN, on=True)
    settle(desk, lap)
    assert lap.notebook.table(ACTS_HELD).all() == []


def test_acts_of_the_forgotten_go_with_them_from_every_machine_and_file(pair: list[Machine], tmp_path: Path) -> None:
    desk, lap = pair
    lap.ledger.owner_for(KEN, "kenwrites", NOW)  # so that what desk tells waits
    desk.sees(reply(1))
    settle(desk, lap)
    assert len(lap.notebook.table(ACTS_HELD)) == 1
    desk.forget(WREN, "act")
    desk.ledger.forget(WREN)
    settle(desk, lap)
    assert len(lap.notebook.table(ACTS_HELD)) == 0
    late = Machine(tmp_path, "late", tmp_path / "carried")
    late.ledger.owner_for(ADA, "adaquill", NOW)
    settle(late)
    assert late.ledger.interactions(ADA, WREN) == []
    late.stop()


@pytest.mark.parametrize(
    "told",
    [
        "text", [7], [["in", "reply"]], [["in", "bribe", "1", NOW]], [["in", "reply", "1", NOW + 10**6]],
        [["in", "reply", "1", "soon"]], [["in", "reply", "1", NOW, None, None, False, False, None, "you"]],
        [["in", "reply", "1"]],
    ],
)  # fmt: skip
def test_acts_that_no_version_could_have_told_are_left_out(pair: list[Machine], told: Json) -> None:
    desk, lap = pair
    for machine in pair:
        machine.ledger.owner_for(ADA, "adaquill", NOW)
    settle(desk, lap)
    line: Document = {"n": 9, "op": "x", "kind": "!acts", "viewer": ADA, "pid": WREN, "acts": told}
    lap.notebook.shared.receive("odd", [line], lambda _who, _act: None)
    lap.acts.take_in()
    assert lap.ledger.interactions(ADA, WREN) == []
    assert len(lap.notebook.table(ACTS_HELD)) == 0
