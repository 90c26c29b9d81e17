"""Going through a list one by one: each decision has its undo, in turn, and nobody is lost from the history."""

from __future__ import annotations

from datetime import date

from companion.domain.dates import DAY
from companion.domain.sightings import Interaction, Person, Understanding
from companion.practice import triage
from companion.practice.circles import Circles
from companion.store.account import Account
from tests.companion.web.browser import Browser, Page
from tests.companion.web.town import NOW
from tests.replica.people import ADA, INES, WREN

LIST = "/web/triage?list=mentioned"


def decide(web: Browser, page: Page, key: str) -> Page:
    """Send the form whose button has a key."""
    form = next(one for one in page.all("form") if one.css(f"[data-press='{key}']"))
    fields: dict[str, str | list[str]] = {
        str(one.attributes["name"]): str(one.attributes["value"] or "") for one in form.css("input[type=hidden]")
    }
    return web.post(form.attributes["action"] or "", fields)


def name(page: Page) -> str:
    return page.texts(".person .name")[0]


def test_a_list_is_gone_through_and_each_decision_taken_back_in_turn(web: Browser) -> None:
    pages = [web.get(LIST)]
    for key in "kkdd":
        pages.append(decide(web, pages[-1], key))
    seen = [name(page) for page in pages]
    assert len(set(seen)) == 5
    page = web.send(pages[-1], "/undo")
    assert name(page) == seen[3]
    page = web.send(page, "/undo")
    assert name(page) == seen[2], "back at their places, the last first"
    assert name(web.get(LIST)) == seen[2]
    page = web.send(page, "/undo")
    assert name(web.send(page, "/undo")) == seen[0]


def test_promoting_puts_into_the_watchlist_and_the_undo_takes_out_again(web: Browser, account: Account) -> None:
    page = web.get(LIST)
    pid = page.one(".person").attributes["data-pid"] or ""
    before = Circles(account.notebook).of(pid, ADA.id)
    after = decide(web, page, "p")
    assert "is in The Watchlist now." in after.text
    assert "watchlist" in Circles(account.notebook).of(pid, ADA.id)
    web.send(after, "/undo")
    assert Circles(account.notebook).of(pid, ADA.id) == before


def test_dropping_has_a_reason_and_leaves_the_list_but_not_the_history(web: Browser, account: Account) -> None:
    page = web.get(LIST)
    who, pid = name(page), page.one(".person").attributes["data-pid"] or ""
    decide(web, page, "1")
    (kept,) = account.notebook.about(pid, ADA.id).others["sorted"]
    assert (kept["what"], kept["reason"]) == ("drop", "sells_followers")
    assert who not in web.get("/web/circles").texts("section:has(#c-mentioned) .name")
    assert account.ledger.interactions(ADA.id, pid, 5)
    assert [hit.pid for hit in account.notebook.search("sells followers", 5)] == [pid]


def test_dropping_from_an_own_circle_takes_out_of_it_and_the_undo_brings_back(web: Browser, account: Account) -> None:
    page = web.get("/web/triage?list=watchlist")
    pid = page.one(".person").attributes["data-pid"] or ""
    after = decide(web, page, "d")
    assert "watchlist" not in Circles(account.notebook).of(pid, ADA.id)
    web.send(after, "/undo")
    assert "watchlist" in Circles(account.notebook).of(pid, ADA.id)


def test_who_is_put_off_comes_back_on_the_day(account: Account, web: Browser) -> None:
    page = web.get(LIST)
    pid = page.one(".person").attributes["data-pid"] or ""
    decide(web, page, "s")
    (kept,) = account.notebook.about(pid, ADA.id).others["sorted"]
    until = date.fromisoformat(str(kept["until"]))
    assert pid not in triage.pile_of(account, "mentioned", until.replace(day=1)).waiting or until.day == 1
    assert pid in triage.pile_of(account, "mentioned", until).waiting


def test_the_smallest_circle_has_nothing_above_and_an_end_is_told(web: Browser) -> None:
    page = web.get("/web/triage?list=say-things")
    assert page.all("[data-press='p']") == []
    assert "All looked at." in decide(web, page, "k").text
    assert web.get("/web/triage?list=nowhere").status == 404


def test_a_hundred_cards_by_keys_alone_each_with_its_undo(web: Browser, account: Account) -> None:
    crowd = [Person(str(8_800_000 + n), f"mention{n}", f"Mention {n}") for n in range(100)]
    acts = [Interaction("in", "mention", NOW - DAY - n, f"98{n:04}", id=one.id) for n, one in enumerate(crowd)]
    account.ledger.record(ADA.id, Understanding("x", crowd, interactions=acts), NOW)
    page = web.get(LIST)
    waiting = len(triage.pile_of(account, "mentioned", date(2025, 10, 9)).waiting)
    for n in range(100):
        page = decide(web, page, "kd"[n % 2])
    assert f"100 looked at, {waiting - 100} to go" in page.text
    for _ in range(10):
        page = web.send(page, "/undo")
    assert f"90 looked at, {waiting - 90} to go" in page.text


def test_forgetting_takes_what_was_decided_along(web: Browser, account: Account) -> None:
    page = web.get(LIST)
    pid = page.one(".person").attributes["data-pid"] or ""
    decide(web, page, "k")
    account.notebook.forget(pid)
    assert account.notebook.of_kind("sorted") == []


def test_somebody_close_in_the_watchlist_is_suggested_for_the_smallest_circle(web: Browser, account: Account) -> None:
    close = web.get("/web/people?filter=score >= 60&sort=score").all(".who a[href*=person]")[0]
    pid = (close.attributes["href"] or "").rsplit("/", 1)[1]
    Circles(account.notebook).put(pid, ADA.id, ["watchlist"], op="rise-1", at=NOW)
    page = web.get("/web/circles")
    assert " ".join(close.text().split()) in page.texts(".rising .name")
    form = page.all(".rising form")[0]
    fields: dict[str, str | list[str]] = {
        str(one.attributes["name"]): str(one.attributes["value"] or "") for one in form.css("input[type=hidden]")
    }
    web.post(form.attributes["action"] or "", fields)
    assert "say-things" in Circles(account.notebook).of(str(fields["pid"]), ADA.id)


def test_a_circle_is_deleted_and_comes_back_with_everybody_in_it(web: Browser, account: Account) -> None:
    page = web.send(web.get("/web/circles"), "/circles", name="Small press", cap="", circle="")
    store = Circles(account.notebook)
    made = next(one for one in store.all() if one.name == "Small press")
    store.put(WREN.id, ADA.id, [made.id], op="own-1", at=NOW)
    page = web.send(web.get("/web/circles"), "/delete", circle=made.id)
    assert "Small press" not in [one.name for one in store.all()]
    again = store.define(None, "Small press", None)
    assert store.members(ADA.id)[again.id] == [], "another circle of that name is empty"
    store.drop(again.id)
    web.send(page, "/undo")
    assert store.members(ADA.id)[made.id] == [WREN.id]
    assert web.send(web.get("/web/circles"), "/delete", circle="watchlist").status == 422


def test_many_go_into_a_circle_at_once_and_one_undo_takes_all_out(web: Browser, account: Account) -> None:
    page = web.get("/web/people?filter=tagged")
    before = Circles(account.notebook).members(ADA.id)["say-things"]
    form = page.one("#many")
    fields: dict[str, str | list[str]] = {
        str(one.attributes["name"]): str(one.attributes["value"] or "") for one in form.css("input[type=hidden]")
    }
    after = web.post("/web/people/circle", {**fields, "circle": "say-things", "all": "1", "circle_do": "add"})
    assert "people are now in People Who Say Things." in after.text
    assert {WREN.id, INES.id} <= set(Circles(account.notebook).members(ADA.id)["say-things"])
    web.send(after, "/undo")
    assert Circles(account.notebook).members(ADA.id)["say-things"] == before
