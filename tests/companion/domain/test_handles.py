"""Handles: what counts as one, and which one a link of X's page points to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.handles import (
    BLANKS,
    RESERVED,
    fold,
    handle_in_link,
    is_handle,
    is_id,
    is_stub,
    last_handle_in_text,
    same,
    stub,
    without_at,
)

CASES = json.loads((Path(__file__).parents[2] / "cases" / "handles.json").read_text(encoding="utf-8"))
"""The extension's tests read the same table."""


@pytest.mark.parametrize("case", CASES["spellings"], ids=lambda case: repr(case["written"]))
def test_a_handle_is_shown_and_compared_as_in_the_extension(case: dict[str, str]) -> None:
    assert without_at(case["written"]) == case["shown"]
    assert fold(case["written"]) == case["folded"]
    assert same(case["written"], case["folded"])


def test_the_extension_knows_the_same_pages_of_x() -> None:
    assert set(CASES["pages"]) == RESERVED


AROUND = st.text(BLANKS, max_size=3)


@given(st.from_regex(r"[A-Za-z0-9_]{1,20}", fullmatch=True), st.text(f"@{BLANKS}", max_size=4), AROUND)
def test_blanks_ats_and_case_make_no_other_person(handle: str, before: str, behind: str) -> None:
    written = f"{before}{handle}{behind}"
    assert without_at(written) == handle
    assert fold(written) == fold(handle.upper()) == handle.lower()
    assert same(written, handle.swapcase())
    assert stub(written) == stub(handle)
    assert is_stub(stub(written))
    assert not is_stub(handle)


@given(st.text())
def test_comparing_what_was_compared_already_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert without_at(without_at(text)) == without_at(text)


@pytest.mark.parametrize(
    "href",
    [
        "/wrenwrites",
        "/wrenwrites/status/1234",
        "/wrenwrites?s=20",
        "https://x.com/wrenwrites",
        "https://twitter.com/wrenwrites/followers",
        "https://mobile.twitter.com/wrenwrites#top",
    ],
)
def test_a_link_to_a_person_gives_their_handle(href: str) -> None:
    assert handle_in_link(href) == "wrenwrites"


@pytest.mark.parametrize("page", sorted(RESERVED))
def test_a_page_of_x_is_nobody_however_it_is_spelt(page: str) -> None:
    assert handle_in_link(f"/{page}") is None
    assert handle_in_link(f"https://x.com/{page.upper()}/more") is None


@pytest.mark.parametrize(
    "href",
    [
        "",
        "/",
        "//wren",
        "https://example.org/wren",
        "https://x.com.example.org/wren",
        "/wren-writes",
        "/" + "w" * 21,
        None,
    ],
)
def test_a_link_elsewhere_is_nobody(href: str | None) -> None:
    assert handle_in_link(href) is None


def test_the_last_at_of_a_text_counts_because_a_name_may_look_like_a_handle() -> None:
    assert last_handle_in_text("Not @oldmillcafe really @wrenwrites·Dec 16") == "wrenwrites"
    assert last_handle_in_text("nobody here") is None


def test_two_spellings_of_a_handle_are_the_same_person() -> None:
    assert same("WrenWrites", "@wrenwrites")
    assert stub("@WrenWrites") == stub("wrenwrites") == "@wrenwrites"
    assert not same(None, None)


@given(st.text())
def test_any_text_is_a_handle_or_not_and_never_an_error(text: str) -> None:
    found = handle_in_link(text)
    assert found is None or (is_handle(found) and fold(found) not in RESERVED)
    assert is_id(text) == (text.isascii() and text.isdigit() and len(text) <= 20)
