"""The relation on the card: a call moves the score, undo takes it back, a deleted line of the history stays deleted."""

from __future__ import annotations

import pytest

from tests.browser.axe import violations
from tests.browser.devtools import until
from tests.browser.house import House
from tests.browser.pages import Card, XPage
from tests.browser.words import words
from tests.replica import people
from tests.replica.server import Replica
from tests.replica.world import Theme

WHO = {"viewer": {"id": people.ADA.id, "handle": people.ADA.handle}, "person": {"id": people.WREN.id}}
LINE = ".tl li"
THEMES: list[Theme] = ["light", "dim", "dark"]


@pytest.fixture
def card(x: XPage, house: House, replica: Replica) -> Card:
    """Wren's card, once the pages have told of the talk of both, with the focus in it."""
    replica.world.look.page_size = 400
    x.open("/adaquill/with_replies")
    until(lambda: days(house)[0] == 11, "the viewer's replies to be taken in")
    x.open("/wrenwrites/with_replies")
    shown = x.card()
    shown.says("you 11 · they 12")
    shown.click(".state")
    return shown


def days(house: House) -> tuple[object, object]:
    told = house.ask("person", **WHO)
    return told["you"], told["they"]


def score(house: House) -> int:
    found = house.ask("person", **WHO)["score"]
    assert isinstance(found, int)
    return found


def test_a_call_logged_in_two_keys_moves_the_score_and_undo_takes_it_back(card: Card, house: House) -> None:
    before = score(house)
    card.press("l", "c")
    card.says("you 12 · they 13")
    assert score(house) > before
    card.says(str(score(house)), ".ringbox")
    card.press("u")
    card.says("you 11 · they 12")
    card.says(str(before), ".ringbox")
    assert score(house) == before


def test_more_shows_facts_and_history_and_a_meal_is_at_its_top(card: Card) -> None:
    card.press("m")
    card.says(words("fact_they_answer"), ".more dl")
    card.says(words("stage_off_x"), ".stages .no:last-child")
    card.press("l", "m")
    card.says(words("act_meal_both"), f"{LINE}:first-child")
    card.says(words("stage_off_x"), ".stages .yes:last-child")


def test_a_deleted_line_stays_deleted_when_the_page_is_seen_again_and_undo_brings_it_back(
    card: Card, x: XPage, house: House
) -> None:
    card.press("m")
    card.part(LINE)
    before = days(house)
    card.click(f"{LINE}.in button")
    until(lambda: days(house) == (11, 11), "the deletion to count")
    card.press("u")
    until(lambda: days(house) == before, "the undo to count")
    card.says("you 11 · they 12")
    card.click(f"{LINE}.in button")
    card.says("you 11 · they 11")
    x.open("/wrenwrites/with_replies")
    x.card().says("you 11 · they 11")


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_with_everything_open(x: XPage, house: House, replica: Replica, theme: Theme) -> None:
    replica.world.look.theme = theme
    house.write(WHO["viewer"], WHO["person"], "touch", {"what": "meal", "when": 1_700_000_000, "words": "Proofs"})
    card = x.open_profile("wrenwrites")
    card.click(".state")
    card.press("m")
    card.says("Proofs", ".days")
    card.press("l")
    card.part(".touch [type=date]")
    with card.inside() as frame:
        assert violations(frame) == []
