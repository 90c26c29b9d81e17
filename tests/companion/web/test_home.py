"""The first page: people, whom to talk with today, who is really known, losing touch."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from companion.domain.dates import DAY
from companion.domain.sightings import Interaction, Person, Relation, Understanding
from companion.practice import week
from companion.store.account import Account
from companion.store.documents import Document
from companion.stores import Stores
from companion.vetting.user_lists import set_topics
from tests.companion.web.browser import Browser, Page
from tests.companion.web.town import NOW
from tests.replica import people
from tests.replica.people import ADA


def pids_of(page: Page, css: str) -> list[str]:
    """Return whose pages the links lead to."""
    return [(node.attributes["href"] or "").rsplit("/", 1)[1] for node in page.all(css)]


PAGES = ("", "/people", f"/person/{people.WREN.id}", "/circles", "/pictures")


@pytest.mark.parametrize("address", PAGES)
def test_every_page_opens_with_one_heading_and_no_inline_style_or_script(web: Browser, address: str) -> None:
    page = web.get(f"/web{address}")
    assert page.status == 200, page.text
    assert len(page.all("h1")) == 1
    assert page.all("[style], style, [onclick]") == []
    assert [one for one in page.all("script") if not one.attributes.get("src")] == page.all(
        "script[type='application/json']"
    )


@pytest.mark.parametrize("address", ["", "/people", "/circles", "/pictures"])
def test_empty_pages_teach(empty: Browser, address: str) -> None:
    page = empty.get(f"/web{address}")
    assert page.status == 200
    assert len(page.one("main").text().split()) > 12


def test_an_unanswered_question_and_a_silent_friend_are_suggested(web: Browser) -> None:
    page = web.get("/web")
    said = dict(zip(page.texts(".person .name"), page.texts(".person .why"), strict=True))
    assert len(said) == 3
    assert any("Silent for" in why for why in said.values())
    assert any("Not answered yet" in why for why in said.values())


def test_when_it_is_enough_the_rest_folds_and_waits(web: Browser, account: Account) -> None:
    step: Document = {"words": "Send the proofs", "day": "2025-10-01"}
    account.notebook.write("op-step", "step", people.INES.id, step, None, NOW, ADA.id)
    before = web.get("/web")
    assert before.all("section:has(#due) > .plainlist li")
    assert before.all("section:has(#follower) > .follower")
    week.set_aims(account.notebook, 2, 6)
    for number, one in enumerate((people.WREN, people.INES)):
        act = Interaction("out", "reply", NOW - number, f"99{number}", id=one.id, post=f"99{number}")
        account.ledger.record(ADA.id, Understanding("x", interactions=[act]), NOW)
    page = web.get("/web")
    assert page.texts("h2.enough") == ["Enough for today"]
    assert page.all(".circles.lights a.lit")
    assert page.texts("section:has(#due) > details > summary") == ["1 thing is due"]
    (waits,) = page.texts("section:has(#follower) > details > summary")
    assert re.fullmatch(r"\d waits? until tomorrow", waits)


def test_later_takes_somebody_out_of_the_suggestions_and_undo_brings_them_back(web: Browser) -> None:
    page = web.get("/web")
    name = page.texts(".person:has(form) .name")[0]
    after = web.send(page, "/later")
    assert name not in after.texts(".person .name")
    assert "left out for a week" in after.one(".said").text()
    assert name in web.send(after, "/undo").texts(".person .name")


def test_whoever_was_spoken_with_today_counts_once(web: Browser, account: Account) -> None:
    acts = [Interaction("out", "reply", NOW - n, f"93000{n}", id=people.BOLA.id) for n in range(3)]
    account.ledger.record(ADA.id, Understanding("x", interactions=acts), NOW)
    page = web.get("/web")
    assert "2 of 3" in page.one("#today").text(), "Bola and Ines"
    assert len(page.all(".person.done")) == 2
    assert page.texts(".week .now .dot") == ["2"]


def test_three_likes_are_no_talk_and_fill_nothing(web: Browser, account: Account) -> None:
    before = web.get("/web").one("#today").text()
    acts = [
        Interaction("out", "like", NOW - n, f"like:93100{n}", id=one.id) for n, one in enumerate(people.FEATURED[:3])
    ]
    account.ledger.record(ADA.id, Understanding("x", interactions=acts), NOW)
    assert web.get("/web").one("#today").text() == before


def test_after_the_aim_it_is_enough_and_one_more_is_one(web: Browser, account: Account) -> None:
    acts = [Interaction("out", "reply", NOW - n, f"93200{n}", id=one.id)
            for n, one in enumerate((people.BOLA, people.TOMO))]  # fmt: skip
    account.ledger.record(ADA.id, Understanding("x", interactions=acts), NOW)
    page = web.get("/web")
    assert page.one("#today").text() == "Enough for today"
    assert page.all(".person") == []
    assert {"Bola Prints", "Tomo Hayashi"} <= set(page.texts("p.enough .name"))
    assert len(web.get("/web?more=1").all(".person")) == 1


def test_two_a_day_are_enough_for_who_aims_at_two(web: Browser) -> None:
    page = web.send(web.get("/web"), "/aim", day="2", week="9")
    assert "today 1 of 2" in page.text
    assert "of 9 people" in page.text or "you aimed at 9" in page.text
    assert "today 1 of 3" in web.send(page, "/undo").text
    assert web.send(web.get("/web"), "/aim", day="7", week="9").status == 422


def test_nobody_is_suggested_for_being_on_a_list_that_fills_itself(
    web: Browser, account: Account, tmp_path: Path
) -> None:
    known = Person("777001", "muchliked", "Much Liked", bio="letterpress and riso")
    likes = [Interaction("out", "like", NOW - 10 * DAY - n, f"like:9330{n}", id=known.id) for n in range(30)]
    set_topics(tmp_path, ["letterpress", "riso"])
    account.ledger.record(ADA.id, Understanding("x", [known], interactions=likes), NOW - 10 * DAY)
    for more in ("", "?more=1"):
        assert "Much Liked" not in web.get(f"/web{more}").one("main").text()


def test_somebody_relevant_whom_one_follows_is_named_after_a_week(
    web: Browser, account: Account, tmp_path: Path
) -> None:
    set_topics(tmp_path, ["letterpress"])
    known = Person("777002", "elifcray", "Elif Cray", bio="Letterpress, indexes")
    told = Understanding("x", [known], relations=[Relation(known.id, known.handle, i_follow=True)])
    account.ledger.record(ADA.id, told, NOW - 8 * DAY)
    page = web.get("/web")
    assert "Shares letterpress with you. 8 days, and you never talked." in page.text
    later = web.get("/web").texts(".person .name")
    assert "Elif Cray" in [*later, *page.texts("section:has(#relevant) .name")]


def test_a_new_follower_is_decided_about_with_one_press_and_undone(web: Browser) -> None:
    page = web.get("/web")
    name = page.texts("section:has(#follower) .name")[0]
    after = web.send(page, "/follower", decision="no")
    assert "Decided: no." in after.text
    assert name not in after.texts("section:has(#follower) .name")
    assert name in web.send(after, "/undo").texts("section:has(#follower) .name")
    assert web.get("/web?skip=1").texts("section:has(#follower) .name")[0] != name
    assert web.send(page, "/follower", decision="follow_back").status == 422


def test_a_fair_critic_who_waits_is_in_today_once_and_a_noisy_one_never(web: Browser, account: Account) -> None:
    waiting = [one for one in web.get("/web?more=1").all(".person .why") if "Not answered" in one.text()]
    assert waiting
    pids = pids_of(web.get("/web"), ".person:has(blockquote) .name")
    for role, count in (("fair critic", 1), ("noisy critic", 0)):
        for number, pid in enumerate(pids):
            op = f"critic-{role}-{number}"
            account.notebook.write(op, "roles", pid, {"roles": [role]}, -1, NOW, ADA.id)
        page = web.get("/web")
        shown = pids_of(page, ".person .name")
        for pid in pids:
            assert shown.count(pid) == count
        assert ("A fair critic." in page.text) is bool(count and pids)


def test_the_known_share_and_who_ever_wrote_are_exact(stores: Stores, empty: Browser) -> None:
    crowd = [str(5_000_000 + n) for n in range(100)]
    told = Understanding(
        "Followers",
        [Person(one, f"f{one}", f"Follower {one}") for one in crowd],
        relations=[Relation(one, None, follows_me=True) for one in crowd],
        interactions=[Interaction("in", "reply", NOW - DAY, f"94{one}", id=one) for one in crowd[:5]]
        + [Interaction("out", "reply", NOW - DAY, f"95{one}", id=one) for one in crowd[:3]]
        + [Interaction("in", "like", NOW - DAY, f"like:96{one}", id=one) for one in crowd[50:60]],
    )
    stores.ledger.record(ADA.id, told, NOW)
    for number, one in enumerate((*crowd[2:4], "777")):
        stores.notebook.write(f"known-op-{number}", "note", one, {"text": "Met."}, None, NOW, ADA.id)
    page = empty.get("/web/pictures")
    assert page.one("section:has(#known) p.big").text() == "4.0%", (
        "three talked both ways, one of those and one more have a note"
    )
    assert page.one(".known b").text() == "5.0%", "likes reach nobody"


def test_losing_touch_names_who_was_close_and_for_how_long(web: Browser) -> None:
    told = web.get("/web").texts("section:has(#losing) .grow")
    assert any(line.startswith("Rhea Pillai 4 months, was") for line in told)


def test_no_vanity_totals_and_no_ranks(web: Browser) -> None:
    text = web.get("/web").text.lower()
    assert "followers gained" not in text
    assert not any(f"{word}" in text for word in ("top 10", "rank", "reach:", "impressions"))


def test_another_account_of_the_user_has_its_own_people(web: Browser, stores: Stores) -> None:
    stores.ledger.owner_for("1000002", "adaworks", NOW)
    stores.ledger.record(
        "1000002", Understanding("x", [Person("601", "venuesnorth", "Venues North")],
                                 interactions=[Interaction("in", "reply", NOW, "970001", id="601")]), NOW,
    )  # fmt: skip
    page = web.get("/web/people?viewer=1000002")
    assert page.texts(".who a") == ["Venues North"]
    assert all("viewer=1000002" in (one.attributes["href"] or "") for one in page.all(".top nav a"))
    assert "Venues North" not in web.get("/web/people?viewer=1000001").text


def test_what_people_call_themselves_is_text_and_never_markup(web: Browser, account: Account) -> None:
    evil = '<script>alert(1)</script><b onmouseover="x">"\'&'
    acts = [Interaction("in", "reply", NOW - n * DAY, f"98{n}", id="666") for n in range(1, 9)]
    acts += [Interaction("out", "reply", NOW - n * DAY, f"99{n}", id="666", chat=evil) for n in range(1, 9)]
    account.ledger.record(ADA.id, Understanding("x", [Person("666", "evil", evil, bio=evil)], interactions=acts), NOW)
    account.notebook.write("evil-op-1", "tags", "666", {"tags": ['<img src=x onerror="1">'[:40]]}, None, NOW, ADA.id)
    for address in ("", "/people?q=alert", "/person/666", "/circles", "/pictures"):
        page = web.get(f"/web{address}")
        assert "<script>alert" not in page.html
        assert "<img" not in page.html
        assert page.all("b[onmouseover], img") == []
    assert evil in web.get("/web/person/666").one("h1").text()
