"""Drafts on a person's page, and the page of templates."""

from __future__ import annotations

import json

from companion.practice import own_templates
from companion.store.account import Account
from tests.companion.web.browser import Browser
from tests.replica.people import WREN


def test_a_person_has_five_drafts_filled_with_their_handle(web: Browser) -> None:
    page = web.get(f"/web/person/{WREN.id}")
    assert page.texts(".sayings summary") == [
        "Say hello", "Repost with words", "Show it to a learner", "Ask, greet or bring a link", "Invite to a chat",
    ]  # fmt: skip
    drafts = [node.text() for node in page.all(".saying")]
    assert all(f"@{WREN.handle}" in text for text in drafts)
    assert "https://x.com/i/status/" in drafts[1]
    links = [node.attributes["href"] or "" for node in page.all("a[data-compose]")]
    assert all(link.startswith("https://x.com/intent/post?text=") for link in links)


def test_a_person_known_by_id_alone_has_no_drafts(web: Browser, account: Account) -> None:
    account.notebook.write("only-1", "note", "424242", {"text": "Met."}, None, 1, account.owner)
    assert web.get("/web/person/424242").all(".sayings") == []


def test_own_words_are_kept_shown_and_undone(web: Browser) -> None:
    kept = web.send(web.get("/web/words"), "/words", name="Tea", text="Tea, {handle}?")
    assert "Tea is kept." in kept.text
    assert "Tea" in web.get(f"/web/person/{WREN.id}").texts(".sayings summary")
    web.send(kept, "/undo")
    assert "Tea" not in web.get(f"/web/person/{WREN.id}").texts(".sayings summary")


def test_a_misspelt_field_is_told_and_nothing_is_kept(web: Browser, account: Account) -> None:
    page = web.send(web.get("/web/words"), "/words", name="Tea", text="Tea, {hadle}?")
    assert page.status == 422
    assert "Did you mean {handle}?" in page.text
    assert own_templates.all_templates(account.notebook) == []


def test_dropping_and_the_file_keep_what_was_written(web: Browser, account: Account) -> None:
    web.send(web.get("/web/words"), "/words", name="Tea", text="Tea, {handle}?")
    file = web.fetch("/web/words/file")
    assert "attachment" in file.headers["Content-Disposition"]
    assert json.loads(file.data)["templates"] == [{"name": "Tea", "text": "Tea, {handle}?", "action": ""}]
    dropped = web.send(web.get("/web/words"), "/words/drop", name="Tea")
    assert own_templates.all_templates(account.notebook) == []
    web.send(dropped, "/undo")
    assert [one.name for one in own_templates.all_templates(account.notebook)] == ["Tea"]
