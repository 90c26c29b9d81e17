"""With an archive alone what others sent could not be seen: it is told as unseen, never as none."""

from __future__ import annotations

from companion.domain.dates import DAY
from companion.domain.sightings import Interaction, Person, Relation, Understanding
from companion.reciprocity.counters import by_year
from companion.store.ledger.queries import statistics
from companion.stores import Stores
from tests.companion.web.browser import Browser
from tests.companion.web.town import NOW
from tests.replica.people import ADA

PEN, KIT = "7100001", "7100002"


def archive(stores: Stores) -> None:
    """What an own archive tells: replies of years ago to people, one of them without a handle, and who followed."""
    acts = [
        Interaction("out", "reply", NOW - (900 + 7 * n) * DAY, f"{pid}{n}", id=pid)
        for n in range(9)
        for pid in (PEN, KIT)
    ]
    people = [Person(PEN), Person(KIT, "kitbag", "Kit")]
    follows = [Relation(pid, None, follows_me=True) for pid in (PEN, KIT)]
    stores.ledger.record(ADA.id, Understanding("archive", people, [], follows, acts), NOW)
    assert stores.ledger.coverage(ADA.id) is None


def test_who_wrote_could_not_be_seen_and_is_no_share(stores: Stores, empty: Browser) -> None:
    archive(stores)
    words = " ".join(empty.get("/web/pictures").texts("section:has(#known)"))
    assert "could not be seen yet" in words
    assert "wrote to you; an essayist" not in words


def test_the_first_page_suggests_old_friends_in_the_first_hour_and_says_what_is_not_visible(
    stores: Stores, empty: Browser
) -> None:
    archive(stores)
    page = empty.get("/web")
    assert sorted(page.texts(".person .name")) == [PEN, "Kit"]
    assert all("You wrote to them on 9 days" in why for why in page.texts(".person .why"))
    assert len(page.all(".saying")) == 1, "a draft for the one with a handle"
    assert "Not known yet: their side is not visible." in page.text
    assert page.one("#unseen")


def test_somebody_without_a_handle_is_a_link_by_id(stores: Stores, empty: Browser) -> None:
    archive(stores)
    page = empty.get(f"/web/person/{PEN}")
    assert page.one("a[href^='https://x.com/i/user/']").attributes["href"] == f"https://x.com/i/user/{PEN}"
    assert empty.get("/web/people").one(f"a[href='https://x.com/i/user/{PEN}']")


def test_a_history_older_than_26_weeks_is_told_by_year_and_their_side_as_unseen(stores: Stores, empty: Browser) -> None:
    archive(stores)
    page = empty.get(f"/web/person/{KIT}")
    cells = page.texts("section:has(#relation) tbody td")
    assert set(cells[::2]) == {"?"}
    assert sum(map(int, cells[1::2])) == 9
    assert "could not be seen yet" in " ".join(page.texts(".facts"))
    assert "too few to say (0 of 0)" in " ".join(page.texts(".facts")), "unseen answers are not counted as none"


def test_pictures_fall_back_to_all_years(stores: Stores, empty: Browser) -> None:
    archive(stores)
    assert "Acts of all years" in " ".join(empty.get("/web/pictures").texts("section"))


def test_who_is_dormant_for_years_has_fallen_silent_too(stores: Stores, empty: Browser) -> None:
    acts = [
        Interaction(way, "reply", NOW - (1_500 + 7 * n) * DAY, f"{way}{n}", id=KIT)
        for n in range(30)
        for way in ("in", "out")
    ]
    stores.ledger.record(ADA.id, Understanding("HomeTimeline", [Person(KIT, "kitbag", "Kit")], [], [], acts), NOW)
    home = empty.get("/web")
    assert any("Kit 4 years, was" in line for line in home.texts("section:has(#losing) li"))
    assert "Quiet now, was" in " ".join(empty.get("/web/people").texts("table.people"))


def test_years_are_counted_from_the_days() -> None:
    assert by_year([(0, "in"), (364, "out"), (365, "out")]) == [(1971, 0, 1), (1970, 1, 1)]
    assert by_year([]) == []
    assert statistics.WEEKS == 26
