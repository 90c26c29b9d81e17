"""Who sent whom, vouches, questions about a person and help given, on their page and on those over everybody."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from companion.export.people import everybody
from companion.export.vcard import NEW, lines
from companion.practice import ties
from companion.settings import Settings
from companion.store.account import Account
from companion.store.documents import Document
from companion.store.notebook.forgotten import hashed
from companion.store.notebook.results import LATEST
from companion.store.readonly import open_read_only
from companion.stores import Stores
from tests.companion.web.browser import Browser
from tests.companion.web.town import NOW
from tests.replica import people
from tests.replica.people import ADA

WREN, INES, TOMO = (f"/web/person/{one.id}" for one in (people.WREN, people.INES, people.TOMO))
KINDS = ("referral", "vouch", "asking", "favour")


def card(web: Browser, address: str, name: str) -> str:
    return " ".join(web.get(address).one(f"section[aria-labelledby={name}]").text().split())


def send_chain(web: Browser) -> None:
    """Ines sent Tomo, who sent Wren."""
    web.send(web.get(TOMO), "/sent-by", who="@inesmakes", day="2025-02-01")
    web.send(web.get(TOMO), "/sent", who=f"https://x.com/{people.WREN.handle}")


def test_an_edge_is_told_at_both_ends(web: Browser) -> None:
    send_chain(web)
    assert "Sent by Tomo" in card(web, WREN, "referrals")
    assert "They sent Tomo" in card(web, INES, "referrals")
    assert "Those sent 1 more" in card(web, INES, "referrals")


def test_a_circle_is_refused_with_the_way_round(web: Browser, account: Account) -> None:
    send_chain(web)
    page = web.send(web.get(INES), "/sent-by", who=people.WREN.handle)
    assert page.status == 422
    assert "Ines Duarte sent Tomo Hayashi sent Wren Okafor sent Ines Duarte" in page.text
    assert web.send(web.get(INES), "/sent", who="@inesmakes").status == 422
    assert web.send(web.get(INES), "/sent", who="not a handle").status == 422
    assert len(ties.ties(account, ties.REFERRAL)) == 2


def test_a_path_of_three_shows_no_vouch_and_a_vouch_does(web: Browser) -> None:
    send_chain(web)
    told = card(web, WREN, "vouches")
    assert "No vouch. Ines Duarte → Tomo Hayashi → Wren Okafor is a path, not a vouch." in told
    web.send(web.get(WREN), "/vouch", who="@inesmakes", purpose="editing", basis="five years at one desk")
    told = card(web, WREN, "vouches")
    assert "No vouch" not in told
    assert "Ines Duarte vouches for editing five years at one desk" in told


@pytest.mark.parametrize("fields", [{"purpose": "", "basis": "school"}, {"purpose": "editing", "basis": ""}])
def test_a_vouch_says_for_what_and_how_they_know_each_other(web: Browser, fields: dict[str, str]) -> None:
    assert web.send(web.get(WREN), "/vouch", who="@inesmakes", **fields).status == 422


def test_a_question_about_somebody_is_kept_asked_and_answered(web: Browser) -> None:
    page = web.get(WREN)
    draft = page.one("#question").text().strip()
    assert draft == "How do you know Wren Okafor (@wrenwrites)? Would you recommend them, and for what?"
    kept = web.send(page, "/ask", who="@inesmakes", words=draft)
    assert "not asked yet" in card(web, WREN, "vouches")
    assert kept.one("button[data-copies]").attributes["data-copies"] == draft
    asked = web.send(kept, "/asked")
    assert "asked, no answer yet" in card(web, WREN, "vouches")
    answered = web.send(asked, "/asked", answer="From school; for anything")
    assert "From school; for anything" in card(web, WREN, "vouches")
    web.send(answered, "/undo")
    assert "asked, no answer yet" in card(web, WREN, "vouches")


def test_help_is_told_in_words_of_both_ways(web: Browser) -> None:
    for way, what in (("they", "intro"), ("they", "advice"), ("you", "share")):
        web.send(web.get(WREN), "/favour", way=way, what=what, day="2025-03-01")
    told = card(web, WREN, "favours")
    assert "Wren Okafor helped you twice (an introduction, advice); you helped them once (a share)." in told
    assert "owe" not in told.casefold()


def test_referrers_who_answer_come_first_by_score(web: Browser, account: Account) -> None:
    send_chain(web)
    account.notebook.write("op-r", "roles", people.WREN.id, {"roles": ["referrer"]}, LATEST, NOW, ADA.id)
    page = web.get("/web/referrals")
    rows = [row.text(separator=" ").split() for row in page.all("tr[data-row]")]
    assert {(row[0], row[1]) for row in rows} == {("Wren", "Okafor"), ("Ines", "Duarte"), ("Tomo", "Hayashi")}
    answers = ["too" not in row for row in rows]
    assert answers == sorted(answers, reverse=True)
    scores = [int(row[2]) for row, known in zip(rows, answers, strict=True) if known]
    assert scores == sorted(scores, reverse=True)
    assert scores
    assert page.one("#trees").text() == "The trees"
    assert "They sent 1, those 1." in page.text


def test_the_year_lists_what_came_of_whom_and_through_whom(web: Browser) -> None:
    send_chain(web)
    web.send(web.get(WREN), "/outcome", what="client", day="2025-03-09", words="A cover", worth="=900")
    web.send(web.get(INES), "/outcome", what="fun", day="2024-12-31", words="New year")
    web.send(web.get(INES), "/favour", way="you", what="share", day="2025-01-01")
    page = web.get("/web/year?year=2025")
    assert "1 thing came of knowing 1 person." in page.text
    assert page.texts("tr[data-row] td")[:3] == ["9 Mar 2025", "A client", "Tomo Hayashi"]
    assert "Nobody helped you, you helped 1 person." in page.text
    assert page.texts("nav[aria-label=Years] a") == ["2025", "2024"]
    table = web.fetch("/web/year/table?year=2025").get_data(as_text=True)
    assert table.splitlines()[1] == "2025-03-09,A client,Wren Okafor,Tomo Hayashi,A cover,'=900,2000001"
    assert "New year" in web.get("/web/year?year=2024").text
    assert len(page.all("#kinds ~ table tbody tr")) == 11


def test_a_tie_follows_a_handle_to_the_person_it_turns_out_to_be(account: Account) -> None:
    notebook = account.notebook
    notebook.write("op-a", "referral", people.WREN.id, {"whom": "@fernkiln"}, LATEST, NOW, ADA.id)
    notebook.write("op-b", "note", "@fernkiln", {"text": "clay"}, None, NOW, ADA.id)
    notebook.merge("@fernkiln", "77")
    assert ties.who_sent_whom(account) == {"77": [people.WREN.id]}


def test_nobody_sends_themselves_while_two_accounts_are_one_and_the_edge_is_back_after_the_split(
    web: Browser, account: Account
) -> None:
    web.send(web.get(INES), "/sent-by", who="@wrenwrites")
    for pid in (people.INES.id, people.WREN.id):
        body: Document = {"name": "Ines at home and at work", "what": "person"}
        account.notebook.write(f"op-one-{pid}", "belongs", pid, body, LATEST, NOW, ADA.id)
    assert ties.who_sent_whom(account) == {}
    assert web.send(web.get(INES), "/sent-by", who="@wrenwrites").status == 422
    account.notebook.write("op-split", "belongs", people.WREN.id, {"name": ""}, LATEST, NOW + 1, ADA.id)
    assert ties.who_sent_whom(account) == {people.WREN.id: [people.INES.id]}


def test_forgetting_somebody_takes_what_names_them_elsewhere(web: Browser, account: Account, tmp_path: Path) -> None:
    send_chain(web)
    web.send(web.get(WREN), "/vouch", who="@inesmakes", purpose="editing", basis="a desk")
    web.send(web.get(WREN), "/ask", who="@inesmakes", words="How do you know her?")
    web.send(web.get(WREN), "/vouch", who=people.TOMO.handle, purpose="reading", basis="a club")
    account.notebook.forget(people.INES.id)
    assert [tie.whom for tie in ties.ties(account, ties.VOUCH)] == [people.TOMO.id]
    assert ties.ties(account, ties.ASKING) == []
    assert ties.who_sent_whom(account) == {people.TOMO.id: [people.WREN.id]}
    account.notebook.compact()
    files = [path for path in tmp_path.iterdir() if path.name.startswith("notes")]
    assert files
    assert not [path.name for path in files if b'"%s"' % people.INES.id.encode() in path.read_bytes()]


def test_a_change_that_was_on_its_way_does_not_bring_the_name_back(tmp_path: Path) -> None:
    with closing(Stores.open(Settings(data=tmp_path / "one"))) as one:
        line: Document = {"n": 1, "op": "x", "kind": "vouch", "pid": "5", "item": "x", "at": NOW, "viewer": "1",
                "body": {"whom": "77", "purpose": "editing", "basis": "a desk"}}  # fmt: skip
        one.notebook.forgotten.mark(hashed("77"), "act")
        assert one.notebook.shared.is_dead("other-device", line)


def test_ties_are_searched_and_go_into_a_card(web: Browser, account: Account, tmp_path: Path) -> None:
    send_chain(web)
    web.send(web.get(WREN), "/vouch", who="@inesmakes", purpose="editing", basis="five years at one desk")
    assert [hit.pid for hit in account.notebook.search("five years desk", 5)] == [people.WREN.id]
    with open_read_only(Settings(data=tmp_path)) as stores:
        (wren,) = everybody(stores, NOW, frozenset({people.WREN.id}))
    told = list(lines(wren, NEW))
    assert f"RELATED;TYPE=acquaintance;X-TIE=sent-by;VALUE=uri:https://x.com/i/user/{people.TOMO.id}" in told
    assert f"RELATED;TYPE=acquaintance;X-TIE=vouched-by;VALUE=uri:https://x.com/i/user/{people.INES.id}" in told


def test_what_is_removed_comes_back_with_undo(web: Browser, account: Account) -> None:
    web.send(web.get(WREN), "/favour", way="they", what="intro", day="2025-03-01")
    item = str(account.notebook.about(people.WREN.id).others["favour"][0]["item"])
    gone = web.send(web.get(WREN), "/remove", kind="favour", item=item)
    assert "helped you once" not in card(web, WREN, "favours")
    web.send(gone, "/undo")
    assert "helped you once" in card(web, WREN, "favours")
