"""POST /v1/lists: the user's own lists for the panel, the chosen one with its people, latest contact first."""

from __future__ import annotations

from companion.domain.page_kinds import BOTH_TABS
from companion.domain.sightings import Interaction, Person, Post, Understanding
from companion.practice.circles import Circles
from tests.companion.conftest import NOW, VIEWER, WREN, House

HANA = {"id": "7700001", "handle": "hanasole"}
INES = {"id": "7700002", "handle": "inesmakes"}


def lists(house: House, chosen: str = "") -> dict[str, object]:
    return house.ask("lists", {"viewer": VIEWER, "list": chosen})


def handles(answer: dict[str, object]) -> list[str]:
    people = answer["people"]
    assert isinstance(people, list)
    return [one["handle"] for one in people]


def seen(house: House, *talks: tuple[dict[str, str], int]) -> None:
    """What was seen: somebody wrote so many seconds ago."""
    people = [Person(one["id"], one["handle"]) for one, _ in talks]
    acts = [Interaction("in", "reply", NOW - ago, f"9{one['id']}", id=one["id"]) for one, ago in talks]
    ledger = house.stores.ledger
    ledger.record(ledger.owner_for(VIEWER["id"], VIEWER["handle"], NOW), Understanding("x", people, [], [], acts), NOW)


def test_the_two_lists_by_hand_are_there_and_those_that_fill_themselves_are_not(house: House) -> None:
    assert lists(house) == {
        "lists": [{"id": "watchlist", "name": "", "count": 0}, {"id": "say-things", "name": "", "count": 0}],
        "shown": "",
        "people": [],
        "left_out": 0,
    }


def test_the_first_list_with_anybody_in_it_is_shown_latest_contact_first(house: House) -> None:
    seen(house, (WREN, 900), (HANA, 60))
    for person in (WREN, HANA, INES):
        house.write("circle", {"circles": ["say-things"]}, person=person)
    answer = lists(house)
    assert answer["shown"] == "say-things"
    assert handles(answer) == ["hanasole", "wrenwrites", "inesmakes"], "one without contact comes last"


def test_another_list_is_shown_when_it_is_chosen_and_a_name_of_ones_own_is_told(house: House) -> None:
    seen(house, (WREN, 900), (HANA, 60))
    circles = Circles(house.stores.notebook)
    own = circles.define(None, "Printers", None)
    circles.define("watchlist", "Close by", 50)
    house.write("circle", {"circles": ["watchlist"]}, person=WREN)
    house.write("circle", {"circles": [own.id]}, person=HANA)
    answer = lists(house, own.id)
    assert (answer["shown"], handles(answer)) == (own.id, ["hanasole"])
    names = answer["lists"]
    assert isinstance(names, list)
    assert [one["name"] for one in names] == ["Close by", "", "Printers"]
    assert lists(house, "gone")["shown"] == "watchlist", "a list that is no more gives way to the first"


def test_who_only_posts_links_is_left_out_where_discussion_is_asked_for(house: House) -> None:
    seen(house, (WREN, 900), (HANA, 60))
    posts = [Post(f"8{n}", HANA["id"], HANA["handle"], f"Headline number {n} https://news.example/{n}", NOW - n,
                  pages=BOTH_TABS) for n in range(30)]  # fmt: skip
    talk = [Post(f"7{n}", WREN["id"], WREN["handle"], f"What did you think of chapter {n}, and why?", NOW - n,
                 pages=BOTH_TABS) for n in range(30)]  # fmt: skip
    house.stores.ledger.record(VIEWER["id"], Understanding(posts=[*posts, *talk]), NOW)
    for person in (WREN, HANA):
        house.write("circle", {"circles": ["watchlist"]}, person=person)
    assert (handles(lists(house)), lists(house)["left_out"]) == (["hanasole", "wrenwrites"], 0)
    talking = house.ask("lists", {"viewer": VIEWER, "discussion": True})
    assert (handles(talking), talking["left_out"]) == (["wrenwrites"], 1)
