"""Two accounts of one user on the dashboard: which one is shown, and that links and searches stay with it."""

from __future__ import annotations

import pytest

from companion.store.account import Account
from tests.companion.web.browser import Browser
from tests.companion.web.town import NOW
from tests.replica import people
from tests.replica.people import ADA

OTHER = "1000002"


@pytest.fixture
def two(web: Browser, account: Account) -> Browser:
    """A dashboard on which a second account was used before the first."""
    account.ledger.owner_for(OTHER, "adaworks", NOW - 100)
    account.ledger.owner_for(ADA.id, ADA.handle, NOW)
    return web


def test_one_account_is_not_offered_as_a_choice(web: Browser) -> None:
    assert web.get("/web").all("#viewer") == []


def test_the_account_that_is_shown_is_the_one_marked(two: Browser) -> None:
    assert {option.attributes["value"] for option in two.get("/web").all("#viewer option")} == {ADA.id, OTHER}
    assert two.get("/web").one("#viewer option[selected]").attributes["value"] == ADA.id
    assert two.get(f"/web?viewer={OTHER}").one("#viewer option[selected]").attributes["value"] == OTHER


def test_a_search_on_the_other_account_stays_with_it(two: Browser) -> None:
    assert two.get("/web").all(".find input[name=viewer]") == []
    page = two.get(f"/web?viewer={OTHER}")
    assert page.one(".find input[name=viewer]").attributes["value"] == OTHER
    assert all(f"viewer={OTHER}" in (link.attributes["href"] or "") for link in page.all("nav a"))


def test_what_one_account_saw_is_not_shown_for_the_other(two: Browser) -> None:
    neighbour = people.invent(1)[0]
    person = f"/web/person/{neighbour.id}"
    assert two.get(person).status == 200
    assert two.get(f"{person}?viewer={OTHER}").status == 404


def test_an_account_is_removed_once_the_user_is_sure(two: Browser, account: Account) -> None:
    page = two.get("/web/import")
    assert page.texts("#accounts + ul > li > bdi") == [f"@{ADA.handle}", OTHER]
    unsure = two.send(page, "/account/remove", account=OTHER)
    assert "Tick that you are sure" in unsure.text
    assert OTHER in account.ledger.owners()
    removed = two.send(page, "/account/remove", account=OTHER, sure="1")
    assert "The account is removed." in removed.text
    assert account.ledger.owners() == [ADA.id]
    assert "not here any more" in two.send(page, "/account/remove", account=OTHER, sure="1").text
