"""Several accounts of one person or company: joined by a name, each with what is its own, and split again unharmed."""

from __future__ import annotations

from companion.store.account import Account
from companion.store.documents import Document
from tests.companion.web.browser import Browser
from tests.replica.people import ADA, INES, WREN

PAGE, OTHER = f"/web/person/{WREN.id}", f"/web/person/{INES.id}"
CARD = "section[aria-labelledby=belongs]"


def written(account: Account, pid: str) -> tuple[str, list[str], dict[str, list[Document]]]:
    about = account.notebook.about(pid, ADA.id)
    kept = {kind: documents for kind, documents in about.others.items() if kind != "belongs"}
    return about.note.text if about.note else "", about.tags, kept


def link(web: Browser) -> None:
    web.send(web.get(PAGE), "/belongs", name="The  Harbour Press", what="company")
    web.send(web.get(OTHER), "/belongs", name="the harbour press", what="company")


def test_accounts_of_one_name_show_each_other_with_their_own_scores_and_days_over_all(web: Browser) -> None:
    scores = [web.get(address).one(".score").text() for address in (PAGE, OTHER)]
    link(web)
    page = web.get(PAGE)
    assert "belongs to The Harbour Press" in page.one(CARD).text()
    assert page.texts(f"{CARD} .name") == ["Ines Duarte"]
    assert f"score {scores[1]}" in page.one(CARD).text()
    assert page.one(".score").text() == scores[0], "the scores stay apart"
    assert "Over all accounts" in page.one(CARD).text()
    assert "Looking for essayists" in web.get(OTHER).one(CARD).text(), "the other's note is there to read"


def test_after_the_split_each_is_as_before_and_what_was_written_meanwhile_stays_where_it_was(
    web: Browser, account: Account
) -> None:
    before = [written(account, one) for one in (str(WREN.id), str(INES.id))]
    link(web)
    web.send(web.get(PAGE), "/step", words="Written meanwhile")
    page = web.get(PAGE)
    form = next(one for one in page.all(f"{CARD} form") if not one.css("#belongs-name"))
    fields: dict[str, str | list[str]] = {
        str(one.attributes["name"]): str(one.attributes["value"] or "") for one in form.css("input")
    }
    split = web.post(form.attributes["action"] or "", fields)
    assert split.all(f"{CARD} .name") == []
    assert web.get(OTHER).all(f"{CARD} .name") == []
    note, tags, kept = written(account, str(WREN.id))
    assert [one["words"] for one in kept.pop("step")] == ["Written meanwhile"]
    assert [(note, tags, kept), written(account, str(INES.id))] == before
    assert web.send(split, "/undo").texts(f"{CARD} .name") == ["Ines Duarte"]


def test_search_finds_both_and_forgetting_one_leaves_the_other(web: Browser, account: Account) -> None:
    link(web)
    assert {hit.pid for hit in account.notebook.search("harbour press", 5)} == {WREN.id, INES.id}
    account.notebook.forget(str(INES.id))
    assert web.get(PAGE).all(f"{CARD} .name") == []
    assert "belongs to" in web.get(PAGE).one(CARD).text()
