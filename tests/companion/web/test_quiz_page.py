"""The page of the quiz: one follower at a time, nothing stored but the lines, nobody whom the user decided against."""

from __future__ import annotations

import re

from companion.store.account import Account
from companion.store.notebook.results import LATEST
from tests.companion.web.browser import Browser
from tests.companion.web.town import NOW
from tests.replica import people
from tests.replica.people import ADA


def chosen(web: Browser) -> list[str]:
    page = web.get("/web/quiz?so=yyyyyyyyyy")
    return [(link.attributes["href"] or "").rsplit("/", 1)[1] for link in page.all("li[data-row] .name")]


def test_a_reload_asks_about_the_same_and_a_question_has_no_name_in_it(web: Browser) -> None:
    page = web.get("/web/quiz")
    assert page.one("#quiz").text() == "Who is this?"
    assert "1 of 10" in page.text
    assert page.text == web.get("/web/quiz").text
    shown = web.get("/web/quiz?show=1")
    name = shown.one("[role=status] b").text()
    assert name.split(maxsplit=1)[0] not in page.one("section").text()


def test_a_right_name_is_said_and_a_wrong_one_is_quoted_without_blame(web: Browser) -> None:
    name = web.get("/web/quiz?show=1").one("[role=status] b").text()
    assert f"Yes, “{name}”" in web.get(f"/web/quiz?guess={name.replace(' ', '+')}").text
    wrong = web.get("/web/quiz?guess=Zebedee").text
    assert "You wrote “Zebedee”" in wrong
    assert not re.search(r"wrong|score|fail", wrong, re.IGNORECASE)


def test_the_end_counts_what_the_user_said_and_offers_a_line_each(web: Browser) -> None:
    page = web.get("/web/quiz?so=ynynynynyn")
    assert page.one("#quiz").text() == "You knew 5 of 10"
    assert len(page.all("form[action*='/quiz/line']")) == 5


def test_a_line_is_added_to_the_note_and_undone(web: Browser, account: Account) -> None:
    end = web.get("/web/quiz?so=nnnnnnnnnn")
    pid = chosen(web)[0]
    page = web.send(end, "/quiz/line", words="Runs the kiln")
    assert page.texts("li[data-row] .name") == end.texts("li[data-row] .name")
    note = account.notebook.about(pid).note
    assert note is not None
    assert note.text.endswith("Runs the kiln")
    web.send(page, "/undo")
    after = account.notebook.about(pid).note
    assert after is None or not after.text.endswith("Runs the kiln")


def test_nothing_is_stored_by_playing(web: Browser, account: Account) -> None:
    before = account.notebook.last_write_at, account.notebook.people()
    for so in ("", "y", "yn", "ynynynynyn"):
        web.get(f"/web/quiz?so={so}&guess=x")
    assert (account.notebook.last_write_at, account.notebook.people()) == before


def test_nobody_whom_the_user_decided_against_is_asked_about(web: Browser, account: Account) -> None:
    for n, pid in enumerate(chosen(web)):
        body = {"decision": "no", "reasons": [], "text": "no"}
        account.notebook.write(f"op-no-{n}", "decision", pid, body, LATEST, NOW + 1, ADA.id)
    web.send(web.get(f"/web/person/{people.WREN.id}"), "/tags", tags="x")  # a change is shown at once, not in a minute
    asked = set(chosen(web))
    no = {pid for pid, _ in account.notebook.of_kind("decision")}
    assert asked
    assert not asked & no


def test_too_few_followers_say_what_to_do(empty: Browser) -> None:
    assert "Open your followers on X once" in empty.get("/web/quiz").text
