"""Streaming gives exactly what reading the whole file would, at any window size and with any text."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import SourceError
from companion.sources.archive import stream
from companion.sources.archive.dates import epoch, epoch_of_id
from companion.sources.archive.stream import elements, whole

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def file(text: str) -> io.BytesIO:
    return io.BytesIO(text.encode())


@given(st.lists(json_values), st.booleans(), st.integers(1, 40))
def test_elements_equal_the_whole_file_whatever_the_window(values: list[object], ascii_only: bool, window: int) -> None:
    text = f"window.YTD.x.part0 = {json.dumps(values, ensure_ascii=ascii_only, indent=1)}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stream, "WINDOW_CHARACTERS", window + 64)
        assert list(elements(file(text), "x.js")) == values


@given(st.lists(json_values, min_size=1), st.data())
def test_a_cut_file_is_an_error_and_never_a_shorter_list(values: list[object], data: st.DataObject) -> None:
    text = f"window.YTD.x.part0 = {json.dumps(values)}"
    cut = data.draw(st.integers(0, len(text) - 1))
    with pytest.raises(SourceError):
        list(elements(file(text[:cut]), "x.js"))


@pytest.mark.parametrize("text", ["", "hello", "var x = {}", '= [{"a": 1} {"b"]', "= [" + "[" * 100_000])
def test_what_is_not_xs_form_is_refused(text: str) -> None:
    with pytest.raises(SourceError):
        list(elements(file(text), "x.js"))


def test_bytes_that_are_not_utf8_are_refused() -> None:
    with pytest.raises(SourceError, match="UTF-8"):
        list(elements(io.BytesIO(b'x = [ "\xff\xfe" ]'), "x.js"))


def test_one_monstrous_entry_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "WINDOW_CHARACTERS", 1000)
    monkeypatch.setattr(stream, "MAX_ELEMENT_CHARACTERS", 5000)
    with pytest.raises(SourceError, match="one entry"):
        list(elements(file(f'x = [ "{"a" * 20_000}" ]'), "x.js"))


def test_a_manifest_that_is_too_large_or_broken_is_refused() -> None:
    assert whole(file('window.__THAR_CONFIG = {"a": 1};'), "manifest.js") == {"a": 1}
    for text in ("x = {", f'x = "{"a" * 100}"'):
        with pytest.raises(SourceError):
            whole(file(text), "manifest.js", limit=50)


@pytest.mark.parametrize("text", [None, 5, "", "yesterday", "Fri Foo 06 13:02:05 +0000 2026", "2026-02-31T13:02:05Z"])
def test_what_names_no_time_is_none(text: object) -> None:
    assert epoch(text) is None


def test_an_id_tells_its_time_only_since_november_2010() -> None:
    assert epoch_of_id("1937396220165485244") == epoch("Tue Jun 24 06:23:48 +0000 2025")
    assert epoch_of_id("20") is None
    assert epoch_of_id("-5") is None
