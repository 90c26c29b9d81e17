"""POST /v1/drafts: the card has the drafts of the person's page, word by word, with the user's own templates."""

from __future__ import annotations

from companion.practice import own_templates
from companion.practice.draft_facts import drafts_for
from companion.practice.drafts import ACTION_NAMES
from companion.practice.own_templates import Template
from companion.store.account import Account
from tests.companion.conftest import VIEWER, WREN, House

ASK = {"viewer": VIEWER, "person": WREN}


def drafts(house: House, ask: dict[str, object] | None = None) -> list[dict[str, object]]:
    found = house.ask("drafts", ask or ASK)["drafts"]
    assert isinstance(found, list)
    return found


def test_the_card_has_the_drafts_of_the_page(house: House) -> None:
    house.write("note", {"text": "prints"})
    own_templates.save(house.stores.notebook, Template("After a chat", "It was good, {handle}"))
    own_templates.save(house.stores.notebook, Template("Greeting", "Ahoy {handle}", "hello"))
    ledger = house.stores.ledger
    owner = ledger.owner_for(VIEWER["id"], VIEWER["handle"], house.time[0])
    account = Account(house.stores.notebook, ledger, owner)
    page = drafts_for(account, WREN["id"], house.settings.data, house.time[0])
    shown = drafts(house)
    assert [(one["name"], one["text"], one["gaps"]) for one in shown] == [
        (one.name, one.text, list(one.gaps)) for one in page
    ]
    assert [one["name"] for one in shown] == [*ACTION_NAMES, "own-0"]
    assert shown[0]["text"] == "Ahoy @wrenwrites", "a template of the user's takes the place of the action's"
    assert [one["words"] for one in shown] == ["", "", "", "", "", "After a chat"]
    assert shown[3]["gaps"] == ["topic"], "what is not known is a gap"


def test_without_a_handle_there_is_nobody_to_write_to(house: House) -> None:
    assert drafts(house, {"viewer": VIEWER, "person": {"id": "77"}}) == []


def test_somebody_of_whom_nothing_was_seen_yet_is_called_as_the_page_does(house: House) -> None:
    shown = drafts(house, {"viewer": VIEWER, "person": {"id": "77", "handle": "@Newcomer"}})
    assert str(shown[0]["text"]).startswith("Good morning @Newcomer."), "the page names them before X's data is here"


def test_drafts_of_nobody_are_refused(house: House) -> None:
    house.ask("drafts", {"viewer": VIEWER, "person": {}}, expect=422)
