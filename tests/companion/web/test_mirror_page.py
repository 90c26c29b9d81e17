"""The mirror's page: each picture has its table, and what could not be seen is called that."""

from __future__ import annotations

from pathlib import Path

from companion.domain.dates import DAY, local_day
from companion.domain.sightings import Interaction, Understanding
from companion.machine_zone import MACHINE
from companion.store.account import Account
from companion.store.ledger.queries import own_practice
from companion.store.time_spent import replace_time
from companion.stores import Stores
from tests.companion.web.browser import Browser
from tests.companion.web.town import NOW
from tests.replica.people import ADA, WREN


def section(web: Browser, name: str, address: str = "/web/mirror") -> str:
    return " ".join(web.get(address).one(f"section[aria-labelledby={name}]").text().split())


def test_every_picture_has_the_same_as_a_table(web: Browser) -> None:
    page = web.get("/web/mirror")
    drawn = [card for card in page.all(".charts > section") if card.css("svg")]
    assert len(drawn) >= 4
    assert all(card.css("table") for card in drawn)
    assert len(page.all("section[aria-labelledby=active] tbody tr")) == len(page.all("svg.sides g"))


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
