"""Questions left open on the first page."""

from __future__ import annotations

from companion.domain.dates import DAY
from companion.domain.sightings import Interaction, Person, Post, Understanding
from companion.store.account import Account
from tests.companion.web.browser import Browser
from tests.companion.web.town import NOW
from tests.replica.people import ADA

WHO = Person("880001", "kemiueda", "Kemi Ueda")
CARD = "section[aria-labelledby=questions]"


def ask(account: Account) -> None:
    post = Post("880100", ADA.id, ADA.handle, "Could an interview stand in for an essay?", NOW - 5 * DAY)
    acts = [Interaction("out", "reply", NOW - 5 * DAY, "880100", id=WHO.id, post="880100")]
    account.ledger.record(ADA.id, Understanding("x", [WHO], [post], interactions=acts), NOW - 5 * DAY)


def test_an_own_question_is_listed_until_it_is_let_be_and_comes_back_by_undo(web: Browser, account: Account) -> None:
    ask(account)
    page = web.get("/web")
    assert any("You asked Kemi Ueda" in line for line in page.texts(f"{CARD} li"))
    form = next(one for one in page.all(f"{CARD} form") if one.css(f"input[value='{WHO.id}']"))
    fields: dict[str, str | list[str]] = {
        str(one.attributes["name"]): str(one.attributes["value"] or "") for one in form.css("input")
    }
    after = web.post(form.attributes["action"] or "", fields)
    assert not any("Kemi Ueda" in line for line in after.texts(f"{CARD} li"))
    assert any("Kemi Ueda" in line for line in web.send(after, "/undo").texts(f"{CARD} li"))


def test_forgetting_somebody_takes_what_was_let_be_along(web: Browser, account: Account) -> None:
    ask(account)
    account.notebook.table("let_be").put({"pid": WHO.id, "owner": ADA.id, "at": 1})
    account.notebook.forget(str(WHO.id))
    assert account.notebook.table("let_be").all() == []
