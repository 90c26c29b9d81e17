"""Schedules that a rule of sharing decides, each with the change to the program that takes the rule away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from companion.operations.members import Members
from companion.operations.people import Same
from companion.operations.register import Operation, Register
from companion.store.documents import Document
from companion.store.notebook import exchange
from companion.store.notebook.entries import number, operation_of
from companion.store.notebook.exchange import Exchange
from companion.store.notebook.forgotten import hashed
from companion.store.notebook.lines import FORGET, Lines
from companion.store.notebook.shared import Shared
from tests.companion.store.notebook.sharing import INES, STUB, WREN, Machine

Patch = pytest.MonkeyPatch


@dataclass(frozen=True)
class Rule:
    """One rule of merging.

    Attributes:
        name: the rule, in words.
        schedule: asserts what holds with the rule; files go into the given folder.
        take_away: changes the program so that the rule does not hold.
    """

    name: str
    schedule: Callable[[Path], None]
    take_away: Callable[[Patch], None]


def settle(*machines: Machine) -> None:
    """Let everybody hear everybody."""
    for _ in range(3):
        for one in machines:
            for other in machines:
                if one is not other:
                    one.hear(other)


def agree(*machines: Machine) -> None:
    """Assert what must hold after any schedule: all show the same, and rows made anew are no others."""
    settle(*machines)
    views = [machine.view() for machine in machines]
    assert all(view == views[0] for view in views)
    assert [machine.notebook.shared.recount() for machine in machines] == [0] * len(machines)


def pair(home: Path, *names: str) -> list[Machine]:
    """Machines that share."""
    return [Machine(home, name) for name in names or ("desk", "lap")]


def text(machine: Machine, pid: str = WREN) -> str | None:
    """Return the note that is shown."""
    note = machine.notebook.about(pid).note
    return note.text if note else None


# --- texts ---


def one_write_reaches_two_machines(home: Path) -> None:
    """A copied browser profile hands one write to two companions."""
    desk, lap = pair(home)
    for machine in (desk, lap):
        machine.write("note", WREN, {"text": "Met"}, 1, op="copied-profile")
    agree(desk, lap)
    assert [version.text for version in desk.notebook.versions(WREN)] == ["Met"]


def _op_counts_for_each_who_tells_it(patch: Patch) -> None:
    def read(kind: Any, row: Document) -> Operation[Document]:
        one = operation_of(kind, row)
        return structs.replace(one, id=f"{one.id} by {one.by}")

    patch.setattr(exchange, "operation_of", read)


def two_write_at_once(home: Path) -> None:
    """Two first notes, and one of them goes on over her own before she hears of the other."""
    desk, lap = pair(home)
    desk.write("note", WREN, {"text": "A"}, 2)
    lap.write("note", WREN, {"text": "B"}, 3)
    lap.write("note", WREN, {"text": "B, more"}, 4)
    agree(desk, lap)
    assert text(desk) == "B, more\n\nA"


def two_names_at_once(home: Path) -> None:
    """Two names for one person, of which one can be shown."""
    desk, lap = pair(home)
    desk.write("alias", WREN, {"alias": "Ann"}, 2)
    lap.write("alias", WREN, {"alias": "Annie"}, 3)
    agree(desk, lap)
    assert desk.notebook.about(WREN).alias == "Annie"


def _what_was_here_first_is_shown(patch: Patch) -> None:
    patch.setattr(Operation, "rank", property(lambda one: (not one.by, one.gen, one.at, one.id)))


def _last_clock_wins(patch: Patch) -> None:
    def heads(register: Register[Document]) -> list[Operation[Document]]:
        living = (one for one in register.operations.values() if not one.refused)
        return sorted(living, key=lambda one: (one.at, one.id), reverse=True)[:1]

    patch.setattr(Register, "heads", heads)


# --- sets ---


def a_tag_is_added_where_its_removal_is_not_heard_of(home: Path) -> None:
    """One takes a tag away while another, who never saw it, adds the same."""
    desk, lap = pair(home)
    desk.write("tags", WREN, {"tags": ["press"]}, 1)
    desk.write("tags", WREN, {"tags": []}, 2)
    lap.write("tags", WREN, {"tags": ["press"]}, 1)
    agree(desk, lap)
    assert desk.notebook.about(WREN).tags == ["press"]


def _removal_by_name(patch: Patch) -> None:
    joined = Members.joined

    def by_name(self: Members, other: Members) -> Members:
        united = joined(self, other)
        gone = {key.rpartition(":")[2] for key in united.removed}
        living = {key: one for key, one in united.additions.items() if one.name.casefold() not in gone}
        return replace(united, additions=living)

    patch.setattr(Members, "joined", by_name)


# --- stubs ---


def a_handle_goes_to_somebody_else(home: Path) -> None:
    """What was written about a handle stays with whom it was when it turned out to be somebody else's by now."""
    desk, lap = pair(home)
    desk.write("note", STUB, {"text": "about Wren"}, 1)
    desk.notebook.merge(STUB, WREN)
    lap.write("note", STUB, {"text": "about Ines"}, 90)
    lap.notebook.merge(STUB, INES)
    agree(desk, lap)
    assert (text(desk), text(desk, INES)) == ("about Wren", "about Ines")


def _newest_merge_counts(patch: Patch) -> None:
    def belongs(key: str, at: int, statements: list[Same]) -> str:
        after = [(same.upto, same.pid) for same in statements if same.stub == key and same.upto >= at]
        return max(after)[1] if after else key

    patch.setattr(exchange, "belongs", belongs)


# --- forgetting ---


def a_clock_is_ahead_while_somebody_is_forgotten(home: Path) -> None:
    """What its writer wrote without having heard goes, and what was written after having heard stays, at any time."""
    desk, lap = pair(home)
    desk.write("note", WREN, {"text": "a secret"}, 1)
    settle(desk, lap)
    desk.forget(WREN, "act")
    lap.write("note", WREN, {"text": "a secret, on a clock that is ahead"}, 99)
    agree(desk, lap)
    assert text(desk) is None
    lap.write("note", WREN, {"text": "met anew, on a clock that is late"}, 3)
    agree(desk, lap)
    assert text(desk) == "met anew, on a clock that is late"


def _forgotten_by_the_clock(patch: Patch) -> None:
    def is_dead(self: Shared, _device: str, line: Document, acts: Any = None) -> bool:
        known = self.exchange.forgotten.acts() if acts is None else acts
        return number(line, "at") < 50 and any(hashed(key) in known for key in self._named(line))

    patch.setattr(Shared, "is_dead", is_dead)


def a_stub_is_somebody_else_than_the_forgotten(home: Path) -> None:
    """A line about a handle that one machine took for the forgotten person, and another for somebody else."""
    desk, lap, shed = pair(home, "desk", "lap", "shed")
    desk.forget(WREN, "act")
    desk.notebook.forgotten.mark(hashed(WREN), "act")
    with desk.notebook.batch():
        desk.notebook.shared.exchange.declare(STUB, WREN, 90)
    lap.write("note", STUB, {"text": "about Ines"}, 5)
    with shed.notebook.batch():
        shed.notebook.shared.exchange.declare(STUB, INES, 20)
    shed.hear(lap)
    desk.hear(lap)
    agree(desk, lap, shed)
    assert text(desk, INES) == "about Ines"


def _forgotten_through_a_merge(patch: Patch) -> None:
    named = Shared._named

    def through(self: Shared, line: Document) -> list[str]:
        keys = list(named(self, line))
        return [*keys, *(self.exchange.person(key, number(line, "at")) for key in keys)]

    patch.setattr(Shared, "_named", through)


def somebody_is_met_anew(home: Path) -> None:
    """What a machine writes of somebody after it forgot them itself stays, everywhere."""
    desk, lap = pair(home)
    desk.write("note", WREN, {"text": "a secret"}, 1)
    settle(desk, lap)
    desk.forget(WREN, "act")
    desk.write("note", WREN, {"text": "met anew"}, 2)
    agree(desk, lap)
    assert text(lap) == "met anew"


def _the_answer_comes_in_a_later_write(patch: Patch) -> None:
    tell, late = Lines.tell, list[Document]()

    def later(self: Lines, line: Document) -> None:
        if line.get("kind") == FORGET:
            late.append(line)
            return
        tell(self, line)
        while late:
            tell(self, late.pop())

    patch.setattr(Lines, "tell", later)


def a_forgetful_machine_becomes_a_new_device(home: Path) -> None:
    """A device that gave way to a new one says again whom it deleted, before it tells what it holds."""
    desk, lap = pair(home)
    desk.write("note", WREN, {"text": "a secret"}, 1)
    settle(desk, lap)
    desk.forget(WREN, "act")
    desk.write("note", WREN, {"text": "met anew"}, 2)
    settle(desk, lap)
    desk.name, desk.told = "desk-anew", []
    desk.notebook.shared.begin(desk.name, desk.name)
    late = Machine(home, "late")
    agree(desk, lap, late)
    assert text(late) == "met anew"


def _a_new_device_does_not_answer(patch: Patch) -> None:
    announce, tell, announcing = Exchange.announce, Lines.tell, list[bool]()

    def quiet(self: Exchange) -> None:
        announcing.append(True)
        announce(self)
        announcing.clear()

    def some(self: Lines, line: Document) -> None:
        if not (announcing and line.get("kind") == FORGET):
            tell(self, line)

    patch.setattr(Exchange, "announce", quiet)
    patch.setattr(Lines, "tell", some)


RULES = (
    Rule("1 one id is one write", one_write_reaches_two_machines, _op_counts_for_each_who_tells_it),
    Rule("2 never by arrival", two_names_at_once, _what_was_here_first_is_shown),
    Rule("2b the clock only breaks ties", two_write_at_once, _last_clock_wins),
    Rule("3 removal of what one saw", a_tag_is_added_where_its_removal_is_not_heard_of, _removal_by_name),
    Rule("4 the first statement after it", a_handle_goes_to_somebody_else, _newest_merge_counts),
    Rule("5 forgotten unless heard", a_clock_is_ahead_while_somebody_is_forgotten, _forgotten_by_the_clock),
    Rule("5b as the line names them", a_stub_is_somebody_else_than_the_forgotten, _forgotten_through_a_merge),
    Rule("5c answered in the same step", somebody_is_met_anew, _the_answer_comes_in_a_later_write),
    Rule("5d answered under a new id", a_forgetful_machine_becomes_a_new_device, _a_new_device_does_not_answer),
)
