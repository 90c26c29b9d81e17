"""A journal line tells its serial without being decoded, and a torn or changed one tells none."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from companion.store.journal.lines import Change, line_bytes, read_line, serial_of

texts = st.text(max_size=20)
changes = st.lists(
    st.builds(lambda name, text: Change(name, put=[(1, {"text": text})]), st.sampled_from(["note", "tags"]), texts),
    max_size=3,
)


@given(st.integers(0, 2**40), changes)
def test_the_serial_of_a_line_is_that_of_the_whole_line_read(serial: int, made: list[Change]) -> None:
    line = line_bytes(serial, made).removesuffix(b"\n")
    read = read_line(line)
    assert read is not None
    assert serial_of(line) == read.serial == serial


@given(st.integers(0, 2**40), changes, st.data())
def test_a_line_with_a_changed_byte_has_no_serial(serial: int, made: list[Change], data: st.DataObject) -> None:
    line = bytearray(line_bytes(serial, made).removesuffix(b"\n"))
    place = data.draw(st.integers(2, len(line) - 1), "place")  # the format's number in front is not under the checksum
    line[place] ^= data.draw(st.sampled_from([1, 4, 16]), "bit")
    assert serial_of(bytes(line)) is None


def test_a_torn_line_has_no_serial() -> None:
    line = line_bytes(7, [Change("note", put=[(1, {"text": "warm"})])])
    assert [serial_of(line[:end]) for end in range(len(line) - 1)] == [None] * (len(line) - 1)
