"""The suggestion to meet somebody, and the hint before the first note."""

from __future__ import annotations

from companion.store.account import Account
from tests.companion.web.browser import Browser
from tests.companion.web.town import NOW
from tests.replica.people import ADA, WREN

CARD = "section[aria-labelledby=meet]"


def test_somebody_close_and_unmet_is_suggested_until_the_meeting_is_written_down(web: Browser) -> None:
    name = web.get("/web").texts(f"{CARD} .name")[0]
    pid = (web.get("/web").all(f"{CARD} .name")[0].attributes["href"] or "").rsplit("/", 1)[1]
    web.send(web.get(f"/web/person/{pid}"), "/touch", what="meal")
    assert name not in web.get("/web").texts(f"{CARD} .name")


def test_not_this_month_is_for_the_whole_month_and_has_its_undo(web: Browser) -> None:
    page = web.get("/web")
    after = web.send(page, "/meeting/later")
    assert after.all(CARD) == []
    assert web.send(after, "/undo").all(CARD)


def test_the_hint_that_they_may_read_it_stands_there_before_the_first_note_alone(
    web: Browser, account: Account
) -> None:
    page = f"/web/person/{WREN.id}"
    assert "Write as if they may read it" not in web.get(page).text
    account.notebook.write("clear-1", "note", WREN.id, {"text": ""}, -1, NOW, ADA.id)
    assert "Write as if they may read it" in web.get(page).text
