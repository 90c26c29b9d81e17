"""The table of people: search, filters, sorting, turning pages, kept filters, tags for many with undo."""

from __future__ import annotations

from urllib.parse import quote

from companion.domain import sightings
from companion.domain.dates import DAY
from companion.domain.sightings import Interaction, Person, Understanding
from companion.store import touches
from companion.store.account import Account
from tests.companion.web.browser import Browser, Page
from tests.companion.web.town import NOW
from tests.replica import people
from tests.replica.people import ADA


def names(page: Page) -> list[str]:
    return page.texts(".who a")


def pids(page: Page) -> set[str]:
    return {one.attributes["value"] or "" for one in page.all(".tick input[name=pid]")}


def total(page: Page) -> int:
    return int(page.one(".head .end").text().split(" of ")[0].replace(",", ""))


def filtered(web: Browser, told: str, **more: str) -> Page:
    rest = "".join(f"&{name}={quote(value)}" for name, value in more.items())
    return web.get(f"/web/people?filter={quote(told)}{rest}")


def scores(page: Page) -> list[int]:
    return [int(text) for text in page.texts(".number b") if text != "?"]


def test_search_finds_names_handles_notes_and_tags(web: Browser) -> None:
    for q in ("okafor", "@wrenwrites", "abeokuta", "small press"):
        assert names(web.get(f"/web/people?q={quote(q)}")) == ["Wren Okafor"], q


def test_a_search_that_finds_nobody_says_what_to_try(web: Browser) -> None:
    page = web.get("/web/people?q=zzzzzz")
    assert names(page) == []
    assert "Nobody fits" in page.text


def test_score_over_sixty_and_not_met_is_exactly_that(web: Browser, account: Account) -> None:
    page = filtered(web, "score > 60 and not met")
    assert "Ines Duarte" in names(page)
    assert min(scores(page)) > 60
    touches.add(account, people.INES.id, {"what": "meal", "when": NOW}, op="met-op-01", at=NOW)
    assert "Ines Duarte" not in names(filtered(web, "score > 60 and not met"))
    assert "Ines Duarte" in names(filtered(web, "met"))


def test_every_condition_narrows_the_table(web: Browser) -> None:
    for told in ("note", "tagged", "talked", "i follow", "tag: riso", "circle: The Watchlist", "quiet > 30", "they > 5",
                 "you < 1", "both > 3", "score < 20"):  # fmt: skip
        inside, outside = pids(filtered(web, told)), pids(filtered(web, f"not {told}"))
        assert inside, told
        assert not inside & outside, told
        assert total(filtered(web, told)) + total(filtered(web, f"not {told}")) == total(filtered(web, "")), told


def test_a_filter_that_is_not_understood_says_so_and_shows_everybody(web: Browser) -> None:
    page = filtered(web, "reach > 9000")
    assert "not understood" in page.one("#filter-wrong").text()
    assert len(names(page)) == 50


def test_turning_pages_shows_everybody_once_in_every_order(web: Browser) -> None:
    for sort in ("contact", "score", "name", "they", "you", "new"):
        page, seen = web.get(f"/web/people?sort={sort}"), []
        while True:
            seen += [one.attributes["value"] for one in page.all(".tick input[name=pid]")]
            more = page.all("a[rel=next]")
            if not more:
                break
            page = web.get(more[0].attributes["href"] or "")
        assert len(seen) == len(set(seen)) > 50, sort
        back = web.get(page.one("a[rel=prev]").attributes["href"] or "")
        assert names(back) == names(web.get(f"/web/people?sort={sort}")), sort


def test_sorted_by_score_the_numbers_fall_and_turned_they_rise(web: Browser) -> None:
    falling = scores(web.get("/web/people?sort=score"))
    assert falling == sorted(falling, reverse=True)
    rising = scores(web.get("/web/people?sort=score&turned=1"))
    assert rising == sorted(rising)


def test_an_address_made_up_by_somebody_is_no_error(web: Browser) -> None:
    for address in (
        "?after=%00",
        "?after=e30",
        "?before=WzFd",
        "?sort=drop",
        "?turned=9",
        "?q=%25%5F!",
        "?filter=%F0%9F%92%A9",
    ):
        assert web.get(f"/web/people{address}").status == 200, address


def test_tagging_many_is_one_step_and_so_is_its_undo(web: Browser, account: Account) -> None:
    page = filtered(web, "they > 5")
    chosen = [one.attributes["value"] or "" for one in page.all(".tick input[name=pid]")][:7]
    after = web.send(page, "/tags", pid=chosen, tag="spring issue", do="add")
    assert "Tagged 7 people" in after.one(".said").text()
    assert len(names(filtered(web, "tag: spring issue"))) == 7
    back = web.send(after, "/undo")
    assert names(filtered(web, "tag: spring issue")) == []
    assert names(back) == names(page), "one is where one was"
    assert account.notebook.about(people.WREN.id).tags == ["small press"], "other tags stay"


def test_all_that_fit_can_be_tagged_and_untagged(web: Browser) -> None:
    page = filtered(web, "they > 2")
    web.send(page, "/tags", tag="writers", do="add", all="1")
    assert sorted(names(filtered(web, "tag: WRITERS", sort="name"))) == sorted(
        names(filtered(web, "they > 2", sort="name"))
    )
    web.send(filtered(web, "tag: writers"), "/tags", tag="Writers", do="remove", all="1")
    assert names(filtered(web, "tag: writers")) == []


def test_nobody_ticked_is_said_in_words(web: Browser) -> None:
    page = web.send(web.get("/web/people"), "/tags", tag="x", do="add")
    assert page.status == 422
    assert "Choose people first" in page.text


def test_strangers_cannot_be_tagged_by_a_made_up_form(web: Browser, account: Account) -> None:
    page = web.get("/web/people")
    web.send(page, "/tags", pid=["no-such-person"], tag="x", do="add")
    assert not account.notebook.knows("no-such-person")


def test_a_filter_is_kept_under_a_name_and_dropped_with_undo(web: Browser) -> None:
    page = web.send(filtered(web, "score > 20 and not met"), "/people/filters", name="To meet")
    assert page.texts(".chip.kept a") == ["★ To meet"]
    link = page.one(".chip.kept a").attributes["href"] or ""
    assert web.get(link).one("#filter").attributes["value"] == "score > 20 and not met"
    dropped = web.send(page, "/drop", name="To meet")
    assert dropped.all(".chip.kept") == []
    assert len(web.send(dropped, "/undo").all(".chip.kept")) == 1


def test_somebody_only_written_about_is_found_too(web: Browser, account: Account) -> None:
    account.notebook.write("only-op-01", "note", "@neverseen", {"text": "Told me about marbling."}, None, NOW, ADA.id)
    page = web.get("/web/people?q=marbling")
    assert "@neverseen" in page.text
    assert "marbling" in web.get("/web/person/@neverseen").text


def test_people_of_one_name_and_no_contact_have_a_place(web: Browser, account: Account) -> None:
    twins = [Person(str(8000 + n), f"twin{n}", "Same Name") for n in range(60)]
    acts = [Interaction("in", "reply", NOW - DAY, f"8{n}", id=str(8000 + n)) for n in range(60)]
    account.ledger.record(ADA.id, Understanding("x", twins, interactions=acts), NOW)
    first = web.get("/web/people?q=same+name&sort=name")
    rest = web.get(first.one("a[rel=next]").attributes["href"] or "")
    assert len(names(first)) + len(names(rest)) == 60
    assert first.text.count("60 of") == 1


def test_a_filter_finds_those_who_say_more_than_they_link(web: Browser, account: Account) -> None:
    def post(number: int, who: people.Account, text: str) -> sightings.Post:
        return sightings.Post(f"88{number}", who.id, who.handle, text, NOW - number)

    linked = [post(number, people.WREN, f"https://shop.example/{number}") for number in range(100, 160)]
    said = [post(number, people.INES, f"Sewing, part {number}") for number in range(200, 206)]
    account.ledger.record(ADA.id, Understanding("UserTweets", [], [*linked, *said]), NOW)
    found = web.get("/web/people?filter=discusses").texts(".who svg + a")
    assert people.INES.name in found
    assert people.WREN.name not in found
    assert people.WREN.name in web.get("/web/people?filter=not+discusses").text
