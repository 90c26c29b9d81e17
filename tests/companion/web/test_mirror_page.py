"""The mirror's page: each picture has its table, and what could not be seen is called that."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from companion.domain.dates import DAY, local_day
from companion.domain.page_kinds import HOME, LIST
from companion.domain.sightings import Interaction, Post, Understanding
from companion.machine_zone import MACHINE
from companion.practice.circles import Circles
from companion.store.account import Account
from companion.store.ledger.queries import own_practice
from companion.store.time_spent import replace_time
from companion.stores import Stores
from tests.companion.web.browser import Browser
from tests.companion.web.town import NOW
from tests.replica.people import ADA, NOBODY, WREN


def section(web: Browser, name: str, address: str = "/web/mirror") -> str:
    return " ".join(web.get(address).one(f"section[aria-labelledby={name}]").text().split())


def test_every_picture_has_the_same_as_a_table(web: Browser) -> None:
    page = web.get("/web/mirror")
    drawn = [card for card in page.all(".charts > section") if card.css("svg")]
    assert len(drawn) >= 4
    assert all(card.css("table") for card in drawn)
    assert len(page.all("section[aria-labelledby=active] tbody tr")) == len(page.all("svg.sides g"))


def test_the_weeks_fill_their_picture(web: Browser) -> None:
    drawn = web.get("/web/mirror").one("svg.sides")
    _, top, _, height = (float(part) for part in str(drawn.attributes["viewBox"]).split())
    bars = [(float(one.attributes["y"] or 0), float(one.attributes["height"] or 0)) for one in drawn.css("rect")]
    assert (min(y for y, _ in bars), max(y + tall for y, tall in bars)) == pytest.approx((top, top + height - 1))


def test_who_reaches_out_is_told_with_its_counts(web: Browser) -> None:
    told = section(web, "reach")
    assert "followers seen ever wrote to you" in told
    assert "5%" in told


def test_an_archive_alone_says_not_visible_instead_of_nothing(empty: Browser, stores: Stores) -> None:
    acts = [Interaction("out", "reply", NOW - 9 * DAY, "5", id=WREN.id, post="5")]
    stores.ledger.record(ADA.id, Understanding("archive", [], [], [], acts), NOW)
    for name in ("home", "begins", "deep", "reach"):
        assert "Not visible yet" in section(empty, name), name
    assert "You said something" in section(empty, "active")


def said(stores: Stores, *, pages: int, mine: str, theirs: str) -> None:
    """Record a reply of Ada's to a post of Wren's, as pages of X showed both."""
    answered = Post(theirs, WREN.id, WREN.handle, "Who prints?", NOW - 3 * DAY, pages=pages)
    reply = Post(mine, ADA.id, ADA.handle, "Ines does, in Porto.", NOW - 2 * DAY, reply_to_post=theirs)
    reply.reply_to_id = WREN.id
    act = Interaction("out", "reply", NOW - 2 * DAY, mine, id=WREN.id, post=mine)
    stores.ledger.record(ADA.id, Understanding("page", [], [answered, reply], [], [act]), NOW)


def test_where_ones_words_began_is_told_by_page_and_adds_up(empty: Browser, stores: Stores) -> None:
    stores.ledger.owner_for(ADA.id, ADA.handle, NOW)
    said(stores, pages=LIST | HOME, mine="101", theirs="91")
    said(stores, pages=HOME, mine="102", theirs="92")
    said(stores, pages=0, mine="103", theirs="93")
    inbound = Interaction("in", "mention", NOW - 3 * DAY, "94", id=WREN.id, post="94")
    stores.ledger.record(ADA.id, Understanding("page", [], [], [], [inbound]), NOW)
    said(stores, pages=HOME, mine="104", theirs="94")
    chatted = Interaction("out", "mention", NOW - DAY, "105", id=WREN.id, post="105", chat="#bookchat")
    never_seen = Interaction("out", "reply", NOW - DAY, "106", id=WREN.id, post="106")
    stores.ledger.record(ADA.id, Understanding("page", [], [], [], [chatted, never_seen]), NOW)
    rows = [
        " ".join(row.text().split()) for row in empty.get("/web/mirror").all("section[aria-labelledby=places] tbody tr")
    ]
    assert rows == [
        "In chats1", "To who wrote to you1", "From lists1", "From the home feed1", "Where from, was not seen2",
    ]  # fmt: skip
    assert "Of 4 of 6 words of yours it was seen where they began." in section(empty, "places")


def test_posts_that_are_links_elsewhere_are_counted_and_too_few_say_nothing(empty: Browser, stores: Stores) -> None:
    assert "None of your own posts of this time was seen." in section(empty, "links")
    stores.ledger.owner_for(ADA.id, ADA.handle, NOW)
    posts = [Post(str(n), ADA.id, ADA.handle, f"https://a.example/{n}", NOW - DAY) for n in range(3)]
    stores.ledger.record(ADA.id, Understanding("page", [], posts), NOW)
    assert "Too few to say (3 of 3)." in section(empty, "links")
    more = [Post(str(n), ADA.id, ADA.handle, f"Bread, day {n}.", NOW - DAY) for n in range(10, 19)]
    stores.ledger.record(ADA.id, Understanding("page", [], more), NOW + 1)
    assert "3 of 12 posts of yours were a link and little more: 25%." in section(empty, "links")


def test_the_size_of_ones_circles_is_the_headline_and_works_with_one_person(empty: Browser, stores: Stores) -> None:
    assert "circles that you fill" not in empty.get("/web/mirror").text
    stores.ledger.owner_for(ADA.id, ADA.handle, NOW)
    Circles(stores.notebook).put(WREN.id, ADA.id, ["watchlist", "say-things"], op="one", at=NOW)
    assert "1 person stands in the circles that you fill." in empty.get("/web/mirror").text


def test_a_bare_thanks_is_no_turn_unless_one_asks_to_count_it(web: Browser, account: Account) -> None:
    for number in range(6):
        way, text = ("in", "Thanks!") if number % 2 else ("out", "Bread at ten?")
        author = NOBODY if way == "in" else ADA
        post = Post(f"70{number}", author.id, author.handle, text, NOW - DAY + number)
        act = Interaction(way, "reply", NOW - DAY + number, post.id, id=NOBODY.id, post=post.id)
        account.ledger.record(ADA.id, Understanding("page", [], [post], [], [act]), NOW)
    link = web.get("/web/mirror").one("#deep ~ p a.dim").attributes["href"] or ""
    assert link.endswith("turns=all#deep")
    few, all_of_them = (
        re.search(r"\d+ of (\d+) talks", section(web, "deep", address)) for address in ("/web/mirror", link)
    )
    assert few
    assert all_of_them
    assert int(all_of_them[1]) > int(few[1])
    assert "is no turn" not in web.get(link).text


def test_the_week_stands_beside_its_aim_and_talk_off_x_is_counted(web: Browser) -> None:
    assert re.search(r"\d+(, you aimed at| of) 6", section(web, "active"))
    assert "And 1 time off X" in section(web, "deep")


def test_three_spans_of_time_are_a_key_away(web: Browser) -> None:
    page = web.get("/web/mirror?span=30")
    assert [link.attributes["data-press"] for link in page.all("nav[aria-label=Time] a")] == ["1", "2", "3"]
    assert page.one("nav[aria-label=Time] [aria-current]").text() == "30 days"
    assert len(page.all("svg.sides g")) in (5, 6)
    assert web.get("/web/mirror?span=ages").one("nav[aria-label=Time] [aria-current]").text() == "26 weeks"


def test_the_words_of_posts_are_read_where_they_are_kept(account: Account) -> None:
    found = own_practice.acts_since(account.ledger, account.owner, NOW - 182 * DAY)
    assert any(act.text for acts in found.values() for act in acts)


def test_quality_counts_everybody_with_a_score_once(account: Account) -> None:
    counts = own_practice.quality(account.ledger, account.owner, NOW)
    assert counts.warm > 0
    assert counts.others > 0
    assert counts.warm_days > counts.warm


def test_the_time_by_kind_of_page_is_told_within_the_span_and_absent_where_none_was_measured(
    web: Browser, tmp_path: Path
) -> None:
    assert web.get("/web/mirror").all("#time") == []
    today, long_ago = (local_day(at, MACHINE).isoformat() for at in (NOW, NOW - 100 * DAY))
    days = {today: {"home": 5400, "lists": 1800, "posts": 20}, long_ago: {"home": 6000}}
    replace_time(tmp_path, "one", days)
    told = section(web, "time", "/web/mirror?span=30")
    assert "30 of 120 minutes on X were on lists: 25%." in told
    assert "Home feed90Lists30" in told
    assert "Single posts" not in told, "less than half a minute"
    assert "30 of 220 minutes" in section(web, "time")
