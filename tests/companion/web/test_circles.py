"""The circles page."""

from __future__ import annotations

from companion.domain.sightings import Interaction, Understanding
from companion.practice.circles import Circles
from companion.store.account import Account
from tests.companion.web.browser import Browser
from tests.companion.web.town import NOW
from tests.replica import people
from tests.replica.people import ADA


def test_the_four_circles_are_there_on_a_fresh_install(empty: Browser) -> None:
    assert empty.get("/web/circles").texts(".columns h2")[:4] == [
        "The Watchlist", "People Who Say Things", "People I've Favorited", "Mentioned You",
    ]  # fmt: skip


def test_a_like_adds_once_and_an_unlike_leaves_the_circle_but_not_the_history(web: Browser, account: Account) -> None:
    def favorited() -> list[str]:
        return web.get("/web/circles").texts("section:has(#c-favorited) li")

    def act(*, removed: bool, at: int) -> None:
        like = Interaction("out", "like", at, "like:990001", id=people.BOLA.id, removed=removed)
        account.ledger.record(ADA.id, Understanding("x", interactions=[like]), NOW)

    act(removed=False, at=NOW - 100)
    act(removed=False, at=NOW - 100)
    assert any("Bola Prints 1×" in line for line in favorited())
    act(removed=True, at=NOW - 50)
    assert not any("Bola Prints" in line for line in favorited())


def test_twelve_mentions_by_five_people_are_five_members_with_counts(web: Browser, account: Account) -> None:
    who = [str(3_000_001 + n % 5) for n in range(12)]
    acts = [Interaction("in", "mention", NOW - n, f"96000{n}", id=one) for n, one in enumerate(who)]
    for one in set(who):
        account.ledger.forget(one)
    account.ledger.record(ADA.id, Understanding("x", interactions=acts), NOW)
    lines = web.get("/web/circles").texts("section:has(#c-mentioned) li .dim")[:5]
    assert sorted(int(line.split("×")[0]) for line in lines) == [2, 2, 2, 3, 3]


def test_promoting_from_a_list_is_one_press_with_undo(web: Browser, account: Account) -> None:
    page = web.get("/web/circles")
    form = page.all("section:has(#c-mentioned) form")[0]
    data: dict[str, str | list[str]] = {
        f.attributes["name"] or "": f.attributes["value"] or "" for f in form.css("input")
    }
    pid = str(data["pid"])
    after = web.post(form.attributes["action"] or "", data)
    assert pid in Circles(account.notebook).members(ADA.id)["watchlist"]
    web.send(after, "/undo")
    assert pid not in Circles(account.notebook).members(ADA.id)["watchlist"]


def test_a_full_circle_takes_one_more_and_names_whom_to_look_at_again(web: Browser, account: Account) -> None:
    circles = Circles(account.notebook)
    for number in range(9):
        circles.put(str(3_000_001 + number), ADA.id, ["say-things"], op=f"full-op-{number}", at=NOW)
    page = web.get(f"/web/person/{people.WREN.id}")
    web.send(page, f"{people.WREN.id}/circles", circle=["say-things"])
    page = web.get("/web/circles")
    assert "It is full" in page.one("section:has(#c-say-things) .hint").text()
    assert len(page.all("section:has(#c-say-things) .weakest li")) == 5
    assert len(circles.members(ADA.id)["say-things"]) == 11


def test_a_circle_is_made_renamed_and_unmade(web: Browser) -> None:
    form = {"name": "Riso people", "cap": "12"}
    page = web.get("/web/circles")
    token = page.all("input[name=form_token]")[0].attributes["value"] or ""
    made = web.post("/web/circles", {**form, "form_token": token, "circle": ""})
    assert "Riso people" in made.texts("h2")
    assert "Riso people" not in web.send(made, "/undo").texts("h2")
    wrong = web.post("/web/circles", {**form, "cap": "many", "form_token": token})
    assert "number of people" in wrong.text
