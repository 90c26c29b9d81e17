"""Whole answers: operations known and unknown, X's errors, and X's changes of shape."""

from __future__ import annotations

import json

import pytest

from companion.sources.printable import as_printable, in_words
from tests.companion.sources.builders import ADA, GENERATIONS, INES, WREN, answering, post, post_id, see, timeline
from tests.x_json import Generation, Json, user_json
from tests.x_timeline import INSTRUCTION_PATHS, cursor_entry, timeline_json, tweet_entry, user_entry

OPS = [*INSTRUCTION_PATHS, "UserTweets", "UserTweetsAndReplies", "UserOriginalsTimeline", "Followers", "SomethingNew"]


@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize("op", OPS)
def test_every_operation_gives_its_people_and_posts_in_every_generation(op: str, generation: Generation) -> None:
    entries = [tweet_entry(post(1, WREN, generation=generation)), user_entry(user_json(INES, generation))]
    understood = see(timeline_json(op, entries, generation), op)
    assert {person.handle for person in understood.people} == {WREN.handle, INES.handle}
    assert [found.id for found in understood.posts] == [post_id(1)]
    assert understood.problems == []


def test_an_operation_nobody_has_heard_of_is_understood_by_what_it_holds() -> None:
    answer = {"data": {"novelty": [{"deep": {"er": {"user": user_json(WREN), "post": post(1, INES)}}}]}}
    understood = see(answer, "Novelty")
    assert {person.handle for person in understood.people} == {WREN.handle, INES.handle}
    assert len(understood.posts) == 1


@pytest.mark.parametrize(
    ("url", "op"),
    [
        ("https://x.com/i/api/graphql/Gb-d6r0vxPOADdG62OEBpQ/UserByScreenName?variables=x", "UserByScreenName"),
        ("https://x.com/i/api/1.1/friendships/create.json", "friendships/create"),
        ("https://api.x.com/graphql/Gb-d6r0vxPOADdG62OEBpQ/UserByScreenName", "UserByScreenName"),
        ("https://api.x.com/1.1/friendships/create.json", "friendships/create"),
        ("https://api.x.com/graphql/abc/Followers", "Followers"),
        ("https://x.com/home", ""),
        ("", ""),
    ],
)
def test_the_operation_is_read_from_the_address(url: str, op: str) -> None:
    assert see({}, url=url).op == op


@pytest.mark.parametrize(
    "op", ["1.1/friendships/create.json", "friendships/create", "/i/api/1.1/friendships/create.json"]
)
def test_a_rest_operation_is_the_same_however_its_path_is_given(op: str) -> None:
    assert see({}, op).op == "friendships/create"


def test_errors_beside_data_are_told_and_the_data_is_used() -> None:
    answer = timeline(post(1, WREN))
    answer["errors"] = [{"message": "Timeout: Unspecified", "code": 29}]
    understood = see(answer, "HomeTimeline")
    assert (len(understood.posts), understood.partial) == (1, True)
    assert understood.problems == ["X answered HomeTimeline with an error: Timeout: Unspecified"]


def renamed(value: object, names: dict[str, str]) -> object:
    """Return the answer with keys renamed: what a change of shape looks like."""
    if isinstance(value, dict):
        return {names.get(key, key): renamed(item, names) for key, item in value.items()}
    return [renamed(item, names) for item in value] if isinstance(value, list) else value


def test_a_new_shape_of_people_is_a_problem_that_names_the_operation() -> None:
    answer = timeline_json("Followers", [user_entry(user_json(WREN)), user_entry(user_json(INES))])
    understood = see(renamed(answer, {"core": "kernel"}), "Followers")
    assert (understood.people, understood.relations) == ([], [])
    assert understood.problems == ["X changed: Followers gave no people."]


def test_a_new_shape_of_posts_is_a_problem_that_names_the_operation() -> None:
    understood = see(renamed(timeline(post(1, WREN), op="UserTweets"), {"full_text": "words"}), "UserTweets")
    assert understood.problems == ["X changed: UserTweets gave no posts."]


def test_a_new_envelope_is_a_problem_when_it_is_too_big_to_be_empty() -> None:
    answer = {"data": {"nothing": ["that is known"] * 1000}}
    assert see(answer, "Followers").problems == ["X changed: Followers gave no people."]
    assert see(answer, "NotificationsTimeline").problems == ["X changed: NotificationsTimeline gave no notifications."]


def test_a_shape_that_changed_for_most_people_is_a_problem() -> None:
    broken = [renamed(user_entry({**user_json(WREN), "rest_id": f"5{n}"}), {"core": "kernel"}) for n in range(3)]
    answer = timeline_json("Followers", [user_entry(user_json(INES)), *broken])  # type: ignore[list-item]
    assert see(answer, "Followers").problems == ["X changed: 3 of 4 people in Followers could not be read."]


def test_an_honestly_empty_answer_is_no_problem() -> None:
    assert see(timeline_json("SearchTimeline", [cursor_entry("Bottom", "x")]), "SearchTimeline").problems == []
    assert see({"data": {}}, "UserByScreenName").problems == []


def test_an_answer_may_tell_who_is_logged_in() -> None:
    told: Json = {"data": {"viewer": {"user_results": {"result": user_json(ADA)}}}}
    understood = see(told, "Viewer", viewer=None)
    assert (understood.viewer_id, understood.viewer_handle) == (ADA.id, ADA.handle)
    settings = see({"screen_name": ADA.handle}, url="https://x.com/i/api/1.1/account/settings.json", viewer=None)
    assert settings.viewer_handle == ADA.handle


def test_what_was_understood_prints_as_plain_json() -> None:
    told = as_printable(see(timeline(post(2, WREN, reply_to=answering(1, ADA))), "HomeTimeline"))
    again = json.loads(json.dumps(told))
    assert again["people"][0]["id"] == WREN.id
    assert (again["posts"][0]["id"], again["posts"][0]["author_id"]) == (post_id(2), WREN.id)
    assert again["interactions"][0]["kind"] == "reply"
    assert (again["problems"], again["partial"]) == ([], False)


def test_a_summary_in_words_names_people_but_quotes_nobody() -> None:
    words = in_words(see(timeline(post(2, WREN, "private words", reply_to=answering(1, ADA))), "HomeTimeline"))
    assert "1 person, 1 post, 1 interaction" in words
    assert "@wrenwrites" in words
    assert "reply from others: 1" in words
    assert "private words" not in words


def test_people_that_x_does_not_show_are_printed_apart() -> None:
    answer = {"data": {"user": {"rest_id": "99", "result": {"__typename": "UserUnavailable", "reason": "Suspended"}}}}
    told = as_printable(see(answer, "UserByRestId"))
    assert (told["people"], told["gone"]) == ([], [{"id": "99", "gone": "Suspended", "rich": False}])
