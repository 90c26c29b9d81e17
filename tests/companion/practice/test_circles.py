"""Circles: four from the start, filled by hand, softly limited."""

from __future__ import annotations

import pytest

from companion.errors import BodyError, UnknownError
from companion.practice.circles import Circle, Circles
from companion.store.account import Account
from tests.companion.store.ledger_help import ADA, INES, NOW, WREN


def test_four_circles_are_there_from_the_start(account: Account) -> None:
    assert [(one.name, one.cap, one.fills_itself is not None) for one in Circles(account.notebook).all()] == [
        ("The Watchlist", 100, False),
        ("People Who Say Things", 10, False),
        ("People I've Favorited", None, True),
        ("Mentioned You", None, True),
    ]


def test_a_renamed_circle_keeps_its_people(account: Account) -> None:
    circles = Circles(account.notebook)
    circles.put(WREN, ADA, ["watchlist"], op="op-00000001", at=NOW)
    circles.define("watchlist", "Inner circle", 120)
    assert circles.get("watchlist") == Circle("watchlist", "Inner circle", 120)
    assert circles.members(ADA)["watchlist"] == [WREN]


def test_a_new_circle_gets_an_id_of_its_own(account: Account) -> None:
    circles = Circles(account.notebook)
    ids = [circles.define(None, name, None).id for name in ("Riso & ink", "Riso ink", "印刷", "Riso!ink")]
    assert [one.rpartition("-")[0] for one in ids] == ["riso-ink", "riso", "circle", "riso-ink"]
    assert ids[1] == "riso-ink"
    assert len(set(ids)) == 4
    assert [one.name for one in circles.all()][-4:] == ["Riso & ink", "Riso ink", "印刷", "Riso!ink"]


@pytest.mark.parametrize("name", ["", "  ", "The watchlist", "x" * 41, "two\nlines\x00"])
def test_a_name_that_cannot_be_is_refused(account: Account, name: str) -> None:
    with pytest.raises(BodyError):
        Circles(account.notebook).define(None, name, None)


@pytest.mark.parametrize("cap", [-1, 0, 100_001])
def test_a_size_that_is_no_number_of_people_is_refused_and_nothing_is_made(account: Account, cap: int) -> None:
    circles = Circles(account.notebook)
    with pytest.raises(BodyError, match="number of people"):
        circles.define(None, "Riso", cap)
    assert "Riso" not in [one.name for one in circles.all()]


@pytest.mark.parametrize("cap", [1, 100_000])
def test_a_circle_may_be_for_one_and_for_very_many(account: Account, cap: int) -> None:
    assert Circles(account.notebook).define(None, "Riso", cap).cap == cap


def test_the_size_is_soft(account: Account) -> None:
    watchlist = Circle("watchlist", "The Watchlist", 100)
    assert [watchlist.state(size) for size in (99, 100, 119, 120)] == ["room", "full", "full", "over"]
    assert Circle("open", "Open").state(10_000) == "room"


def test_putting_somebody_back_where_they_were_is_the_undo(account: Account) -> None:
    circles = Circles(account.notebook)
    circles.put(WREN, ADA, ["watchlist", "say-things"], op="op-00000001", at=NOW)
    before = circles.put(WREN, ADA, [], op="op-00000002", at=NOW)
    assert circles.of(WREN, ADA) == []
    circles.put(WREN, ADA, before, op="op-00000003", at=NOW)
    assert circles.of(WREN, ADA) == ["watchlist", "say-things"]


def test_two_persons_who_are_one_keep_the_circles_of_both(account: Account) -> None:
    circles = Circles(account.notebook)
    circles.put("@wrenwrites", ADA, ["watchlist"], op="op-00000001", at=NOW)
    circles.put(WREN, ADA, ["say-things"], op="op-00000002", at=NOW)
    account.notebook.merge("@wrenwrites", WREN)
    assert set(circles.of(WREN, ADA)) == {"watchlist", "say-things"}


def test_an_unknown_circle_is_named_as_such(account: Account) -> None:
    circles = Circles(account.notebook)
    with pytest.raises(UnknownError):
        circles.get("gone")
    circles.put(INES, ADA, ["gone"], op="op-00000001", at=NOW)
    assert INES not in circles.members(ADA)["watchlist"]
