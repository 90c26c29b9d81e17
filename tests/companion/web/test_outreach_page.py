"""The pages of outreach and goals."""

from __future__ import annotations

import pytest

from companion.domain import sightings
from companion.domain.dates import DAY
from companion.domain.sightings import Interaction, Understanding
from companion.practice import goals
from companion.store import touches
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


def test_a_question_of_the_users_waits_until_it_is_answered(web: Browser, account: Account) -> None:
    post = sightings.Post("930001", ADA.id, ADA.handle, "Which paper do you print on?", NOW - 5 * DAY)
    act = Interaction("out", "reply", NOW - 5 * DAY, "930001", id="7700009", post="930001")
    account.ledger.record(
        account.owner, Understanding("x", [sightings.Person("7700009", "fern", "Fern")], [post], [], [act]), NOW
    )
    open_ = web.get("/web/outreach").one("section[aria-labelledby=open]")
    assert "Which paper do you print on?" in open_.text()
    assert open_.css("a[href='https://x.com/i/status/930001']")


def test_one_person_is_named_to_meet_until_they_were_met(web: Browser, account: Account) -> None:
    def named() -> str:
        link = web.get("/web/outreach").all("section[aria-labelledby=meet] a")
        return (link[0].attributes["href"] or "").rsplit("/", 1)[1] if link else ""

    pid = named()
    assert pid
    touches.add(account, pid, {"what": "meal", "when": NOW - DAY, "day": "2025-10-08"}, op="op-meal", at=NOW)
    web.send(web.get(f"/web/person/{pid}"), "/tags", tags="met")  # a change is shown at once, not in a minute
    assert named() != pid


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
