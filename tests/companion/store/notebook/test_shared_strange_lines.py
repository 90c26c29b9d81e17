"""Lines of a member with another program: none of them stops the lines behind it, or harms what a user sees."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companion.store.documents import Document, Json
from companion.store.notebook.kinds.kind import all_kinds
from tests.companion.store.notebook.sharing import ADA, INES, STUB, WREN, Machine

NUMBERS = st.sampled_from([0, -1, 1, 2**31, 2**53, 2**62, 2**70, 10**40, 0.5, 1e300, True])
TEXTS = st.sampled_from(["", " ", "x", WREN, STUB, "\u0000", "\ud83d", "@", "a b", "x" * 5000, "../..", "note"])
VALUES: st.SearchStrategy[Json] = st.recursive(
    st.one_of(st.none(), NUMBERS, TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=4,
)
KINDS = st.sampled_from([*sorted(all_kinds()), "!same", "!row", "!device", "!forget", "!acts", "reminder"])
FIELDS = (
    "pid", "at", "body", "op", "gen", "parents", "item", "viewer", "stub", "upto", "table", "row", "additions",
    "removed", "arrangement", "told", "name", "acts", "apart", "conflict", "rev", "last", "past", "binds",
)  # fmt: skip
BODIES: dict[str, Document] = {
    "note": {"text": "made up"}, "alias": {"alias": "Ann"}, "touch": {"what": "call", "when": 5, "words": "a"},
    "decision": {"choice": "skip"}, "step": {"words": "send", "day": "2026-11-30"},
}  # fmt: skip


@st.composite
def strange(draw: st.DrawFn) -> Document:
    """A line that is nearly right."""
    kind = draw(KINDS)
    line: Document = {"kind": kind, "pid": WREN, "op": draw(TEXTS), "at": 5, "body": BODIES.get(kind, {"text": "a"})}
    for name in draw(st.lists(st.sampled_from(FIELDS), max_size=3)):
        line[name] = draw(VALUES)
    return line


@pytest.fixture
def lap(tmp_path: Path) -> Iterator[Machine]:
    machine = Machine(tmp_path, "lap")
    yield machine
    machine.notebook.close()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(lines=st.lists(strange(), min_size=1, max_size=4))
def test_no_line_stops_those_behind_it_and_everything_still_opens_and_saves(
    tmp_path_factory: pytest.TempPathFactory, lines: list[Document]
) -> None:
    home = tmp_path_factory.mktemp("strange")
    lap = Machine(home, "lap")
    fine: Document = {"kind": "note", "pid": INES, "op": "fine", "at": 5, "body": {"text": "fine"}}
    told: list[Document] = [{**line, "n": place + 1} for place, line in enumerate([*lines, fine])]
    lap.notebook.shared.receive("odd", told, lap.forget_hash)
    note = lap.notebook.about(INES).note
    assert note is not None
    assert "fine" in note.text
    for pid in (WREN, INES, STUB):
        lap.write("note", pid, {"text": "mine"}, 9)
        lap.write("tags", pid, {"tags": ["mine"]}, 9)
        shown = lap.notebook.about(pid)
        assert shown.note is not None
        assert 0 <= shown.note.at < 2**33
        assert "mine" in shown.tags
    lap.notebook.shared.recount()
    lap.notebook.shared.begin("again", "again")
    lap.view()
    lap.notebook.close()
    again = Machine(home, "lap", share=False)
    again.view()
    again.notebook.close()


@pytest.mark.parametrize("at", [-1, 2**40, 10**30, 0.5, True, None, "5"])
def test_a_time_that_no_clock_shows_makes_a_line_unread(lap: Machine, at: Json) -> None:
    line: Document = {"n": 1, "kind": "note", "pid": WREN, "op": "x", "at": at, "body": {"text": "a"}}
    assert lap.notebook.shared.receive("odd", [line], lap.forget_hash).unread == 1


def test_a_member_who_lies_about_how_often_a_text_was_changed_stays_ahead_of_nobody(lap: Machine) -> None:
    line: Document = {"n": 1, "kind": "note", "pid": WREN, "op": "x", "at": 1, "gen": 10**30, "body": {"text": "first"}}
    assert lap.notebook.shared.receive("odd", [line], lap.forget_hash).applied == 1
    for number in range(3):
        lap.write("note", WREN, {"text": f"mine {number}"}, 2 + number)
    note = lap.notebook.about(WREN).note
    assert note is not None
    assert note.text == "mine 2"
    assert note.viewer == ADA


def test_a_member_cannot_make_one_known_person_another(lap: Machine) -> None:
    lap.write("note", WREN, {"text": "about Wren"}, 1)
    line: Document = {"n": 1, "kind": "!same", "op": "x", "stub": WREN, "pid": INES, "upto": 99}
    assert lap.notebook.shared.receive("odd", [line], lap.forget_hash).unread == 1
    note = lap.notebook.about(WREN).note
    assert note is not None
    assert note.text == "about Wren"


def test_a_member_cannot_put_another_text_or_author_under_a_text_of_somebody_else(lap: Machine) -> None:
    lap.write("note", WREN, {"text": "mine"}, 1, op="the-op")
    line: Document = {"kind": "note", "pid": WREN, "op": "the-op", "at": 1, "viewer": ADA}
    told: list[Document] = [
        {**line, "n": 1, "body": {"text": "mine"}, "by": "somebody"},
        {**line, "n": 2, "body": {"text": "put in its place"}, "gen": 9},
    ]
    for _ in range(2):
        lap.notebook.shared.receive("odd", told, lap.forget_hash)
    note = lap.notebook.about(WREN).note
    assert note is not None
    assert sorted(note.text.split("\n\n")) == ["mine", "put in its place"]
    authors = {version.text: version.by for version in lap.notebook.versions(WREN)}
    assert (authors["mine"], authors["put in its place"]) == (None, "odd")
    assert lap.notebook.shared.recount() == 0
