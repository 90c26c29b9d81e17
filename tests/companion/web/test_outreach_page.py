"""The pages of outreach and goals."""

from __future__ import annotations

import pytest

from companion.domain.dates import DAY
from companion.domain.sightings import Interaction, Understanding
from companion.practice import goals
from companion.store.account import Account
from companion.stores import Stores
from tests.companion.web.browser import Browser
from tests.companion.web.town import NOW
from tests.replica import people
from tests.replica.people import ADA, WREN


def test_first_words_have_their_outcome(web: Browser) -> None:
    page = web.get("/web/outreach")
    outcomes = {row.css("td")[1].text() for row in page.all("tr[data-row]")}
    assert outcomes
    assert outcomes <= {"answered", "waiting", "no answer", "not visible"}
    assert "were answered within two weeks" in page.text or "Too few to say" in page.text


def test_where_their_side_was_never_seen_the_page_says_so(empty: Browser, stores: Stores) -> None:
    acts = [Interaction("out", "reply", NOW - 30 * DAY, "5", id=WREN.id, post="5")]
    stores.ledger.record(ADA.id, Understanding("archive", [], [], [], acts), NOW)
    page = empty.get("/web/outreach")
    assert "not visible yet" in page.text
    assert page.texts("tr[data-row] td:last-child") == ["not visible"]


def test_a_goal_is_a_tag_with_topics_and_a_board_by_how_far_the_talk_came(web: Browser, account: Account) -> None:
    page = web.send(web.get("/web/outreach/goals"), "/goal", tag="small press", topics="letters, presses , letters")
    assert goals.all_goals(account.notebook) == [goals.Goal("small press", ("letters", "presses"))]
    board = {column.css("h2")[0].text().split()[0]: column.text() for column in page.all(".board section")}
    assert people.WREN.name in " ".join(board.values())
    assert people.WREN.name in board["You"]
    assert "letters" in page.one(".board").text(), "the topic in her bio is named"
    dropped = web.send(page, "/goal/drop")
    assert goals.all_goals(account.notebook) == []
    web.send(dropped, "/undo")
    assert goals.all_goals(account.notebook)[0].topics == ("letters", "presses")


@pytest.mark.parametrize("fields", [{"tag": " "}, {"tag": "x" * 41}, {"tag": "a", "topics": "t" * 401}])
def test_a_goal_that_cannot_be_is_refused(web: Browser, fields: dict[str, str]) -> None:
    assert web.send(web.get("/web/outreach/goals"), "/goal", **fields).status == 422
