"""Seeing and showing: what a page told comes back as badges and cards, per viewer, and twice is once."""

from __future__ import annotations

import json

import pytest

from companion.domain.dates import DAY
from tests.companion.conftest import NOW, VIEWER, WREN, House
from tests.x_json import PostFacts, UserFacts, tweet_json, user_json
from tests.x_timeline import profile_json, timeline_json, tweet_entry

ADA = UserFacts("1000001", "adaquill", "Ada Quill")
WRITER = UserFacts("2000001", "wrenwrites", "Wren Okafor", bio="Zines and letters", follows_me=True, i_follow=True)


def profile(facts: UserFacts, at: int = NOW) -> dict[str, object]:
    text = json.dumps(profile_json(user_json(facts)))
    return {"op": "UserByScreenName", "url": "/i/api/graphql/x/UserByScreenName", "at": at, "text": text}


def answer_from_wren(days_ago: int = 1) -> dict[str, object]:
    """A post of Wren's that replies to the viewer."""
    post = PostFacts(
        str(1_900_000_000_000_000_000 + days_ago), user_json(WRITER), "Yes, let us do that", at=NOW - days_ago * DAY,
        reply_to=("1900000000000000000", ADA.id, ADA.handle), mentions=[(ADA.id, ADA.handle, ADA.name)],
    )  # fmt: skip
    text = json.dumps(timeline_json("UserTweets", [tweet_entry(tweet_json(post))]))
    return {"op": "UserTweets", "url": "/i/api/graphql/x/UserTweets", "at": NOW, "text": text}


def see(
    house: House, *seen: dict[str, object], viewer: dict[str, str] = VIEWER, expect: int = 200
) -> dict[str, object]:
    return house.ask("sightings", {"viewer": viewer, "seen": list(seen)}, expect)


def badge(house: House, handle: str = "WrenWrites", viewer: dict[str, str] = VIEWER) -> dict[str, object] | None:
    badges = house.ask("badges", {"viewer": viewer, "handles": [handle]})["badges"]
    assert isinstance(badges, dict)
    found = badges[handle.lower().removeprefix("@")]
    assert found is None or isinstance(found, dict)
    return found


def card(house: House) -> dict[str, object]:
    return house.ask("person", {"viewer": VIEWER, "person": WREN})


def test_a_profile_seen_becomes_a_badge_and_a_card(house: House) -> None:
    told = see(house, profile(WRITER))
    assert (told["people"], told["problems"]) == (1, [])
    assert told["changed"] == [{"id": "2000001", "handle": "wrenwrites"}]
    mark = badge(house)
    assert mark is not None
    assert (mark["id"], mark["name"], mark["follows_me"], mark["score"]) == ("2000001", "Wren Okafor", True, None)
    relation = card(house)["relation"]
    assert isinstance(relation, dict)
    assert relation["follows_me"]["value"] is True
    assert relation["follows_me"]["at"] == NOW


def test_the_author_of_a_new_post_has_changed_though_nothing_else_of_theirs_has(house: House) -> None:
    see(house, profile(WRITER))
    post = PostFacts("1900000000000000077", user_json(WRITER), "A mug for $9.99", at=NOW - DAY)
    text = json.dumps(timeline_json("UserTweets", [tweet_entry(tweet_json(post))]))
    page: dict[str, object] = {"op": "UserTweets", "at": NOW, "text": text}
    told = see(house, page)
    assert (told["people"], told["posts"]) == (0, 1)
    assert told["changed"] == [{"id": "2000001", "handle": "wrenwrites"}]
    assert see(house, page)["changed"] == []


def test_the_same_page_again_changes_nothing(house: House) -> None:
    see(house, profile(WRITER), answer_from_wren())
    again = see(house, profile(WRITER), answer_from_wren())
    assert [again[name] for name in ("people", "posts", "relations", "interactions", "changed")] == [0, 0, 0, 0, []]


def test_an_answer_from_somebody_counts_and_is_the_last_contact(house: House) -> None:
    see(house, profile(WRITER), answer_from_wren(3))
    shown = card(house)
    last = shown["last"]
    assert isinstance(last, dict)
    assert (last["in"]["kind"], last["in"]["at"], last["out"]) == ("reply", NOW - 3 * DAY, None)
    assert (shown["they"], shown["you"]) == (1, 0)
    trend = shown["trend"]
    assert isinstance(trend, list)
    assert (len(trend), sum(inbound for inbound, _ in trend), sum(out for _, out in trend)) == (26, 1, 0)


def test_a_stranger_gets_no_badge_and_an_empty_card(house: House) -> None:
    see(house, profile(UserFacts("2000007", "nobodyyouknow", "Nobody You Know")))
    assert badge(house, "@NobodyYouKnow") is None
    assert badge(house, "neverseen") is None
    shown = house.ask("person", {"viewer": VIEWER, "person": {"handle": "neverseen"}})
    assert (shown["id"], shown["handle"], shown["note"], shown["score"]) == (None, "neverseen", None, None)


def test_what_one_account_saw_is_not_shown_to_the_other(house: House) -> None:
    see(house, profile(WRITER), answer_from_wren())
    assert badge(house) is not None
    assert badge(house, viewer={"id": "1000002", "handle": "adaworks"}) is None


def test_a_rename_shows_the_former_handle_and_keeps_the_note(house: House) -> None:
    see(house, profile(WRITER))
    house.write("note", {"text": "kept through renames"})
    renamed = UserFacts("2000001", "wrenprints", "Wren Okafor", follows_me=True)
    house.time[0] += DAY
    see(house, profile(renamed, NOW + DAY))
    mark = badge(house, "wrenprints")
    assert mark is not None
    assert (mark["was"], mark["note"]) == ("wrenwrites", True)


def test_a_recycled_handle_inherits_nothing_and_says_so(house: House) -> None:
    see(house, profile(WRITER))
    house.write("note", {"text": "about the real Wren"})
    house.time[0] += DAY
    see(house, profile(UserFacts("2000999", "wrenwrites", "Somebody Else", follows_me=True), NOW + DAY))
    shown = house.ask("person", {"viewer": VIEWER, "person": {"id": "2000999", "handle": "wrenwrites"}})
    recycled = shown["recycled"]
    assert shown["note"] is None
    assert isinstance(recycled, dict)
    assert (recycled["handle"], recycled["name"]) == ("wrenwrites", "Wren Okafor")


def test_a_reading_of_the_page_counts_where_the_tap_is_off(house: House) -> None:
    reading = {
        "kind": "dom", "at": NOW, "url": "https://x.com/wrenwrites", "page": "profile", "posts": [],
        "people": [{"handle": "wrenwrites", "name": "Wren Okafor", "follows_me": True, "header": True}],
    }  # fmt: skip
    assert house.ask("sightings", {"viewer": VIEWER, "readings": [reading]})["people"] == 1
    mark = badge(house)
    assert mark is not None
    assert mark["id"] is None


@pytest.mark.parametrize("text", ["", "no json", "[" * 100_000, '{"data":', "5", '"text"'])
def test_what_cannot_be_understood_is_refused_and_nothing_is_stored(house: House, text: str) -> None:
    refused = see(house, {"op": "UserTweets", "url": "", "at": NOW, "text": text}, expect=422)
    assert refused["error"] == "source"
    assert house.ask("status", {})["people"] == 0


def test_a_person_seen_a_moment_ago_is_counted(house: House) -> None:
    assert house.ask("status", {})["people"] == 0
    see(house, profile(WRITER))
    assert house.ask("status", {})["people"] == 1


def test_one_bad_text_does_not_spoil_the_others(house: House) -> None:
    told = see(house, {"op": "UserTweets", "url": "", "at": NOW, "text": "cut of"}, profile(WRITER))
    problems = told["problems"]
    assert told["people"] == 1
    assert isinstance(problems, list)
    assert len(problems) == 1


def test_a_batch_that_is_too_large_is_refused(house: House) -> None:
    assert house.ask("badges", {"viewer": VIEWER, "handles": ["a"] * 41}, 422)["field"] == "handles"


def test_search_finds_notes_tags_aliases_handles_and_names(house: House) -> None:
    see(house, profile(WRITER), profile(UserFacts("2000002", "inesmakes", "Ines Duarte", follows_me=True)))
    house.write("note", {"text": "Printed the SPRING issue with us"})
    house.write("tags", {"tags": ["small press"]})
    for q, where in (("spring", "note"), ("small p", "tags"), ("wrenw", "person"), ("okafor", "person")):
        people = house.ask("search", {"viewer": VIEWER, "q": q})["people"]
        assert isinstance(people, list)
        assert [(found["handle"], found["where"]) for found in people] == [("wrenwrites", where)], q
    assert house.ask("search", {"viewer": VIEWER, "q": "  "})["people"] == []
    assert house.ask("search", {"viewer": VIEWER, "q": "nothing like this"})["people"] == []


def test_recent_lists_the_latest_met_and_written_about_once_each(house: House) -> None:
    see(house, profile(WRITER), answer_from_wren())
    house.write("note", {"text": "x"}, person={"id": "2000003", "handle": "tomoreads"})
    house.write("note", {"text": "x"})
    people = house.ask("recent", {"viewer": VIEWER, "limit": 5})["people"]
    assert isinstance(people, list)
    assert sorted(found["handle"] for found in people) == ["tomoreads", "wrenwrites"]


def test_the_status_tells_when_something_was_last_seen(house: House) -> None:
    house.time[0] += 50
    see(house, profile(WRITER))
    seen = house.ask("status", {})["seen"]
    assert isinstance(seen, dict)
    assert (seen["at"], seen["people"], seen["problems"]) == (NOW + 50, 1, 0)


def test_what_xs_page_about_an_account_said_is_on_the_card_from_when_it_was_opened(house: House) -> None:
    see(house, profile(WRITER))
    assert card(house)["about"] is None
    opened = user_json(WRITER)
    opened["about_profile"] = {
        "account_based_in": "Ghana",
        "location_accurate": False,
        "source": "Ghana Android App",
        "username_changes": {"count": "2", "last_changed_at_msec": str((NOW - 9 * DAY) * 1000)},
    }
    text = json.dumps({"data": {"user_result_by_screen_name": {"result": opened}}})
    see(house, {"op": "AboutAccountQuery", "url": "/i/api/graphql/x/AboutAccountQuery", "at": NOW + 60, "text": text})
    assert card(house)["about"] == {
        "place": "Ghana", "sure": False, "via": "Ghana Android App", "renames": 2, "renamed_at": NOW - 9 * DAY,
    }  # fmt: skip
    see(house, profile(WRITER, NOW + 120))
    assert card(house)["about"] is not None, "an answer that leaves it out takes nothing back"
