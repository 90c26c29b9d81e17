"""Facts on a person's page: written, undone, found by filter, search and export, forgotten with the person."""

from __future__ import annotations

import csv
import io

import pytest

from companion.domain.facts import HOW_MET, ROLES
from companion.domain.sightings import Interaction, Understanding
from companion.errors import BodyError
from companion.store import touches
from companion.store.account import Account
from companion.store.notebook.results import LATEST
from tests.companion.web.browser import Browser, Page
from tests.companion.web.town import NOW
from tests.replica import people
from tests.replica.people import ADA

WREN, INES = (f"/web/person/{one.id}" for one in (people.WREN, people.INES))
KINDS = ("origin", "roles", "context", "channel", "manner", "suited")


def facts(page: Page) -> str:
    return " ".join(page.one("section[aria-labelledby=facts]").text().split())


def rows(page: Page) -> str:
    return " ".join(page.one("section[aria-labelledby=facts] dl").text().split())


def write(web: Browser) -> None:
    """Write one of each about Wren."""
    page = web.get(WREN)
    web.send(page, "/origin", how="card", words="Porto fair", day="2024-05-17")
    web.send(page, "/roles", role=["customer", "mentor"], own="godmother of the zine")
    web.send(page, "/context", context="both")
    web.send(page, "/channel", what="mail", address="wren@press.example")
    web.send(page, "/channel", what="phone", address="+1 555 0100")
    web.send(page, "/channel", what="mastodon", address="https://social.example/@wren")
    web.send(page, "/manner", online="dry, snarky", in_person="shy and kind")
    web.send(page, "/suited", purpose="speaker", fits="yes", basis="heard her at the Porto fair")


def found(web: Browser, query: str) -> list[str]:
    return web.get(f"/web/people?filter={query}").texts("tr[data-row] .who svg + a")


def test_the_seven_ways_of_the_essay_and_another_are_offered(web: Browser) -> None:
    offered = [option.attributes["value"] for option in web.get(WREN).all("#how option")]
    assert offered == ["", *HOW_MET]
    assert len(HOW_MET) == 8


def test_how_they_met_is_a_guess_until_the_user_says_so(web: Browser, account: Account) -> None:
    act = Interaction("in", "reply", NOW - 900 * 86_400, "77", id=people.WREN.id, post="77", chat="#bookchat")
    account.ledger.record(account.owner, Understanding("TweetDetail", [], [], [], [act]), NOW)
    page = web.get(WREN)
    assert "Perhaps: A chat a guess because the first that was seen of you two was in #bookchat" in rows(page)
    said = web.send(page, "/origin")
    assert "a guess" not in rows(said)
    assert "A chat" in rows(said)
    assert "Perhaps: A chat a guess" in rows(web.send(said, "/undo"))


def test_a_written_guess_is_marked_as_one(web: Browser, account: Account) -> None:
    body = {"how": "chat", "words": "#bookchat", "guess": True}
    account.notebook.write("op-guess", "origin", people.WREN.id, body, None, NOW, ADA.id)
    assert "A chat, #bookchat a guess" in rows(web.get(WREN))


def test_roles_of_the_essay_are_offered_and_ones_own_are_kept(web: Browser) -> None:
    write(web)
    boxes = web.get(WREN).all("input[name=role]")
    assert {box.attributes["value"] for box in boxes} == {*ROLES, "godmother of the zine"}
    ticked = [box.attributes["value"] for box in boxes if "checked" in box.attributes]
    assert ticked == ["customer", "mentor", "godmother of the zine"]


def test_not_yet_met_leaves_when_they_met(web: Browser, account: Account) -> None:
    web.send(web.get(WREN), "/manner", online="snarky", in_person="")
    assert "not yet met" in rows(web.get(WREN))
    touches.add(account, people.WREN.id, {"what": "meal", "when": NOW - 864_000, "day": "2025-09-29"}, op="m", at=NOW)
    assert "not yet met" not in rows(web.get(WREN))
    assert "29 Sep 2025" in rows(web.get(WREN))


def test_a_suitability_without_a_basis_is_refused(web: Browser) -> None:
    assert web.send(web.get(WREN), "/suited", purpose="speaker", fits="no", basis=" ").status == 422


@pytest.mark.parametrize(
    ("what", "address"), [("mail", "wren at press"), ("phone", "call me"), ("feed", "press.example/feed"), ("mail", "")]
)
def test_an_address_that_cannot_be_is_refused_in_words(web: Browser, what: str, address: str) -> None:
    assert web.send(web.get(WREN), "/channel", what=what, address=address).status == 422


def test_every_fact_is_undone_searched_and_forgotten_with_the_person(web: Browser, account: Account) -> None:
    write(web)
    page = web.get(WREN)
    for words in ("card porto", "godmother", "snarky", "press.example", "heard her", "business"):
        assert [hit.pid for hit in account.notebook.search(words, 5)] == [people.WREN.id], words
    assert "heard her" not in facts(web.send(page, "/remove", kind="suited", item=_item(account, "suited")))
    for form, kind in (("/origin", "origin"), ("/context", "context"), ("/manner", "manner")):
        before = account.notebook.about(people.WREN.id).others[kind][0]
        blank = {"how": "", "words": "", "day": "", "context": "", "online": "", "in_person": ""}
        cleared = web.send(web.get(WREN), form, **blank)
        assert kind not in account.notebook.about(people.WREN.id).others
        web.send(cleared, "/undo")
        after = account.notebook.about(people.WREN.id).others[kind][0]
        assert {**after, "rev": 0, "at": 0} == {**before, "rev": 0, "at": 0}
    account.notebook.forget(people.WREN.id)
    assert [account.notebook.of_kind(kind) for kind in KINDS] == [[]] * len(KINDS)


def _item(account: Account, kind: str) -> str:
    return str(account.notebook.about(people.WREN.id).others[kind][0]["item"])


@pytest.mark.parametrize(
    "query", ["role:+customer", "role:+%22godmother+of+the+zine%22", "context:+business", "how:+card",
              "channel:+mail", "channel:+Mastodon", "suited:+speaker"]
)  # fmt: skip
def test_the_people_list_filters_by_facts(web: Browser, query: str) -> None:
    write(web)
    assert found(web, query) == ["Wren Okafor"]
    assert "Wren Okafor" not in found(web, f"not+{query}")


def test_those_who_fit_a_filter_come_as_cards_and_as_a_table(web: Browser) -> None:
    write(web)
    page = web.get("/web/people?filter=role:+customer")
    links = [link.attributes["href"] or "" for link in page.all("a[download]")]
    files = [web.fetch(link) for link in links]
    old, new, table, markdown = (file.get_data(as_text=True) for file in files)
    assert [file.headers["Content-Disposition"].rsplit(".", 1)[1] for file in files] == ['vcf"', 'vcf"', 'csv"', 'md"']
    assert (old.count("BEGIN:VCARD"), new.count("BEGIN:VCARD"), markdown.count("\n## ")) == (1, 1, 1)
    assert "EMAIL;TYPE=INTERNET:wren@press.example\r\nTEL;TYPE=VOICE:+1 555 0100\r\n" in old
    (row,) = csv.DictReader(io.StringIO(table.removeprefix("\ufeff"), newline=""))
    assert (row["roles"], row["context"], row["mail"]) == ("customer; mentor; godmother of the zine", "both",
                                                          "wren@press.example")  # fmt: skip
    assert row["channels"] == "Mastodon: https://social.example/@wren"


def test_a_file_of_no_known_form_or_of_a_filter_that_is_not_understood_is_refused(web: Browser) -> None:
    assert web.get("/web/people/export?as=pdf").status == 422
    assert web.get("/web/people/export?as=csv&filter=often").status == 422


@pytest.mark.parametrize(
    "tag", ["met at #bookchat", "a:b", 'say "hi"', "Émigré", '"', "not ink and paper", "-x", "a;b"]
)
def test_everybody_with_a_tag_is_found_from_its_own_link(web: Browser, account: Account, tag: str) -> None:
    account.notebook.write("op-tag", "tags", people.INES.id, {"tags": [tag, "b", "c"]}, LATEST, NOW, ADA.id)
    link = web.get(INES).all("section[aria-labelledby=names] a.chip")[0].attributes["href"] or ""
    page = web.get(link)
    assert page.texts("tr[data-row] .who svg + a") == ["Ines Duarte"]
    assert page.all(".wrong") == []


def test_an_open_quote_is_told_with_its_place_and_the_page_stays(web: Browser) -> None:
    page = web.get("/web/people?filter=tag:+%22ink")
    assert (page.status, page.texts(".wrong")) == (
        200,
        ["The quotation mark at place 6 of the filter is not closed. Put one at the name's end."],
    )
    assert page.all("tr[data-row]")


def test_two_notebooks_that_say_different_things_keep_both(account: Account) -> None:
    with pytest.raises(BodyError):
        account.notebook.write("op-x", "context", people.WREN.id, {"context": "secret"}, None, NOW, ADA.id)
    account.notebook.write("op-a", "roles", "@wrenwrites", {"roles": ["customer"]}, None, NOW, ADA.id)
    account.notebook.write("op-b", "roles", people.WREN.id, {"roles": ["Customer", "media"]}, None, NOW, ADA.id)
    account.notebook.write("op-c", "context", "@wrenwrites", {"context": "personal"}, None, NOW, ADA.id)
    account.notebook.write("op-d", "context", people.WREN.id, {"context": "business"}, None, NOW + 5, ADA.id)
    account.notebook.write("op-e", "origin", "@wrenwrites", {"how": "card"}, None, NOW, ADA.id)
    account.notebook.write("op-f", "origin", people.WREN.id, {"how": "chat", "guess": True}, None, NOW + 5, ADA.id)
    account.notebook.merge("@wrenwrites", people.WREN.id)
    others = account.notebook.about(people.WREN.id).others
    assert {str(role).casefold() for role in others["roles"][0]["roles"]} == {"customer", "media"}  # type: ignore[union-attr]
    assert others["context"][0]["context"] == "both"
    assert others["origin"][0]["how"] == "card"
