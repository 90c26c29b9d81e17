"""Fetching one person on a click, and syncing the viewer's own news: stored, resumed, never paid twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from companion.errors import UnknownError
from companion.sources.x_api.fetching import Fetcher
from companion.sources.x_api.prices import micro
from companion.sources.x_api.spending import Spending
from companion.store.ledger.ledger import Ledger
from companion.store.notebook.notebook import Notebook
from tests.companion.sources.x_api.stand_in import NOW, StandIn, tweet

Make = Callable[[], Fetcher]
Stores = tuple[Ledger, Notebook]
MENTION = [{"start": 3, "end": 12, "username": "adaquill", "id": "1000001"}]


def mentions(*numbers: int) -> list[dict[str, object]]:
    return [tweet(number, "2000001", "hi @adaquill", entities={"mentions": MENTION}) for number in numbers]


def test_a_click_fills_profile_and_posts_and_moves_the_note_of_a_stub(
    fetcher: Make, x: StandIn, stores: Stores
) -> None:
    stores[1].write("op-write-1", "note", "@wrenwrites", {"text": "Met at the fair"}, None, NOW, "1000001")
    stores[0].find("1000001", handle="wrenwrites")
    x.lists["/2/users/2000001/tweets"] = [tweet(9, "2000001", "A letter"), tweet(8, "2000001", "Another")]
    fetched = fetcher().person("1000001", None, "WrenWrites")
    person = stores[0].person("1000001", "2000001")
    assert person is not None
    assert person.profile.followers == 7
    assert fetched.posts == 2
    assert fetched.cost == micro("0.02")
    assert fetched.pids == ["2000001"]


def test_somebody_whom_x_does_not_know_is_an_error_in_words(fetcher: Make, stores: Stores) -> None:
    with pytest.raises(UnknownError, match="Could not find user"):
        fetcher().person("1000001", None, "nobodyyouknow")
    assert stores[0].find("1000001", handle="nobodyyouknow") is None


def test_a_protected_account_costs_the_profile_only(fetcher: Make, x: StandIn) -> None:
    x.users["wrenwrites"]["protected"] = True
    assert fetcher().person("1000001", "2000001", None).cost == micro("0.01")


def test_a_sync_brings_mentions_posts_and_likes_and_the_next_only_what_is_new(
    fetcher: Make, x: StandIn, stores: Stores
) -> None:
    x.lists["/2/users/1000001/mentions"] = mentions(30, 20)
    x.lists["/2/users/1000001/tweets"] = [tweet(31, "1000001", "@wrenwrites yes", in_reply_to_user_id="2000001")]
    x.lists["/2/users/1000001/liked_tweets"] = [tweet(11, "2000001", "Paper")]
    first = fetcher().sync("1000001")
    assert first.stopped is None
    kinds = sorted((row.direction, row.kind) for row in stores[0].interactions("1000001", "2000001"))
    assert kinds == [("in", "mention"), ("in", "mention"), ("out", "like"), ("out", "reply")]
    x.lists["/2/users/1000001/mentions"] = mentions(40, 30, 20)
    x.asked.clear()
    second = fetcher().sync("1000001")
    assert second.interactions == 1
    assert [query.get("since_id") for path, query, _ in x.asked if path.endswith("mentions")] == ["30"]


def test_a_sync_with_no_news_costs_one_small_page_without_authors(fetcher: Make, x: StandIn, stores: Stores) -> None:
    x.lists["/2/users/1000001/mentions"] = mentions(30, 20)
    x.lists["/2/users/1000001/tweets"] = [tweet(31, "1000001", "Hello")]
    x.lists["/2/users/1000001/liked_tweets"] = [tweet(number, "2000001", "Paper") for number in range(300, 100, -1)]
    fetcher().sync("1000001")
    later = fetcher()
    later.api.clock = lambda: NOW + 86_400
    x.asked.clear()
    quiet = later.sync("1000001")
    likes = [query for path, query, _ in x.asked if path.endswith("liked_tweets")]
    assert [(query["max_results"], query.get("expansions")) for query in likes] == [("5", None)]
    assert len(x.asked) == 3
    assert quiet.cost == micro("0.005")


def test_new_likes_are_read_in_small_pages_down_to_one_that_is_known(fetcher: Make, x: StandIn, stores: Stores) -> None:
    x.lists["/2/users/1000001/mentions"] = x.lists["/2/users/1000001/tweets"] = []
    path = "/2/users/1000001/liked_tweets"
    x.lists[path] = [tweet(number, "2000001", "Paper") for number in range(300, 100, -1)]
    fetcher().sync("1000001")
    del x.lists[path][0]  # the latest like was taken back
    x.lists[path][:0] = [tweet(number, "2000001", "Paper") for number in range(307, 300, -1)]
    x.asked.clear()
    assert fetcher().sync("1000001").interactions == 7
    sizes = [query["max_results"] for asked, query, _ in x.asked if asked == path]
    assert sizes == ["5", "5", "10"]


def test_where_the_cap_ended_a_sync_the_next_goes_on_and_pays_nothing_twice(
    fetcher: Make, x: StandIn, stores: Stores, spending: Spending
) -> None:
    numbers = list(range(200, 180, -1))
    x.lists["/2/users/1000001/mentions"] = mentions(*numbers)
    x.lists["/2/users/1000001/tweets"] = x.lists["/2/users/1000001/liked_tweets"] = []
    spending.set_cap(micro("0.06"))
    first = fetcher().sync("1000001")
    assert first.stopped is not None
    assert "cap" in first.stopped
    x.lists["/2/users/1000001/mentions"] = mentions(201, *numbers)
    spending.set_cap(micro("5"))
    second = fetcher().sync("1000001")
    assert second.stopped is None
    assert first.interactions + second.interactions == 21
    asked = [(query.get("since_id"), query.get("until_id")) for path, query, _ in x.asked if path.endswith("mentions")]
    assert asked[-2:] == [(None, "196"), ("200", None)]


def test_a_sync_shows_since_when_what_others_sent_could_be_seen(fetcher: Make, x: StandIn, stores: Stores) -> None:
    x.lists["/2/users/1000001/tweets"] = x.lists["/2/users/1000001/liked_tweets"] = []
    earliest = {**mentions(20)[0], "created_at": "2026-03-01T10:00:00.000Z"}
    x.lists["/2/users/1000001/mentions"] = [*mentions(40, 30), earliest]
    x.users["wrenwrites"]["connection_status"] = ["following"]
    assert stores[0].coverage("1000001") is None
    fetcher().person("1000001", None, "wrenwrites", posts=0)
    assert stores[0].coverage("1000001") is None, "one person's profile shows no mention"
    assert stores[0].relation("1000001", "2000001")["i_follow"] == (True, "x-api", NOW)
    fetcher().sync("1000001")
    assert stores[0].coverage("1000001") == 1_772_359_200, "10:00 on 1 March 2026, UTC"
    assert {row.source for row in stores[0].interactions("1000001", "2000001")} == {"x-api"}


def test_more_news_than_are_wanted_at_once_are_read_the_next_times_and_none_is_left_out(
    fetcher: Make, x: StandIn, stores: Stores
) -> None:
    x.lists["/2/users/1000001/tweets"] = x.lists["/2/users/1000001/liked_tweets"] = []
    x.lists["/2/users/1000001/mentions"] = mentions(100)
    fetcher().sync("1000001")
    x.lists["/2/users/1000001/mentions"] = mentions(*range(112, 99, -1))
    assert [fetcher().sync("1000001", 5).interactions for _ in range(4)] == [5, 5, 2, 0]
    assert len(stores[0].interactions("1000001", "2000001")) == 13


def test_the_same_again_changes_nothing(fetcher: Make, x: StandIn, stores: Stores) -> None:
    x.lists["/2/users/1000001/mentions"] = mentions(30)
    x.lists["/2/users/1000001/tweets"] = x.lists["/2/users/1000001/liked_tweets"] = []
    fetcher().sync("1000001")
    (fetcher().folder / "x-api-since.json").write_text("damaged")
    again = fetcher().sync("1000001")
    assert (again.interactions, again.cost) == (0, 0), "known in the ledger, and charged once a day"


def test_a_refusal_in_the_middle_keeps_what_was_read(fetcher: Make, x: StandIn, stores: Stores) -> None:
    x.lists["/2/users/1000001/mentions"] = mentions(30)
    x.fail = lambda path: (403, {"detail": "Not with this plan."}, {}) if path.endswith("/tweets") else None
    fetched = fetcher().sync("1000001")
    assert fetched.stopped is not None
    assert "Not with this plan." in fetched.stopped
    assert len(stores[0].interactions("1000001", "2000001")) == 1


def test_the_viewers_id_is_asked_for_where_only_the_handle_is_known(fetcher: Make, x: StandIn) -> None:
    assert fetcher().viewer("@adaquill") == "1000001"
    assert fetcher().viewer("1000001") == "1000001"
    assert len(x.asked) == 1
