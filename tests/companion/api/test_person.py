"""The card of a person whom another machine may write about."""

from __future__ import annotations

from tests.companion.conftest import VIEWER, WREN, House


def test_a_card_says_whether_another_machine_may_change_it_while_it_is_shown(house: House) -> None:
    def live() -> object:
        return house.ask("person", {"viewer": VIEWER, "person": WREN})["live"]

    assert live() is False
    house.stores.notebook.shared.begin("a" * 16, "desk")
    assert live() is True
    house.stores.notebook.shared.end()
    assert live() is False
