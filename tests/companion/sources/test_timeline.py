"""Timelines: instructions in any order, modules, cursors, and the pages of follower lists."""

from __future__ import annotations

import json
from typing import cast

import pytest

from companion.domain.sightings import ListPage, Understanding
from tests.companion.sources.builders import ADA, INES, NOBODY, WREN, post, post_id, see
from tests.x_json import Json, user_json
from tests.x_timeline import cursor_entry, item_of, module_entry, timeline_json, tweet_entry, user_entry

TOP = cursor_entry("Top", "-1|9")
"""The cursor that a list's first page begins with."""


def handles(understood: Understanding) -> list[str | None]:
    return [person.handle for person in understood.people]


def ids(understood: Understanding) -> set[str]:
    return {found.id for found in understood.posts}


def instructions(answer: Json) -> list[Json]:
    path = ("data", "user", "result", "timeline", "timeline")
    node: Json = answer
    for key in path:
        node = cast("Json", node[key])
    return cast("list[Json]", node["instructions"])


def followers(*entries: Json, asked: Json | None = None, op: str = "Followers") -> Understanding:
    variables = json.dumps({"variables": {"userId": ADA.id, "count": 20, **(asked or {})}})
    return see(timeline_json(op, list(entries)), op, request=variables)


def test_the_order_of_instructions_does_not_matter() -> None:
    answer = timeline_json("Followers", [user_entry(user_json(WREN)), cursor_entry("Bottom", "17|19")])
    before = see(answer, "Followers")
    instructions(answer).reverse()
    after = see(answer, "Followers")
    assert handles(before) == handles(after) == [WREN.handle]


def test_pinned_replaced_and_added_posts_are_all_seen() -> None:
    answer = timeline_json("UserTweets", [tweet_entry(post(1, WREN))], pinned=tweet_entry(post(2, WREN)))
    instructions(answer).extend(
        [
            {"type": "TimelineReplaceEntry", "entryIdToReplace": "x", "entry": tweet_entry(post(3, WREN))},
            {
                "type": "TimelineAddToModule",
                "moduleItems": [{"item": {"itemContent": item_of(tweet_entry(post(4, INES)))}}],
            },
        ]
    )
    assert ids(see(answer, "UserTweets")) == {post_id(number) for number in (1, 2, 3, 4)}


def test_people_and_posts_in_modules_are_seen() -> None:
    module = module_entry("who-to-follow-1", [item_of(user_entry(user_json(NOBODY)))])
    talk = module_entry("conversationthread-1", [item_of(tweet_entry(post(number, WREN))) for number in (1, 2)])
    understood = see(timeline_json("TweetDetail", [module, talk]), "TweetDetail")
    assert set(handles(understood)) == {NOBODY.handle, WREN.handle}
    assert ids(understood) == {post_id(1), post_id(2)}


def test_a_page_of_ones_followers_tells_whose_it_is_and_where_it_goes_on() -> None:
    understood = followers(
        user_entry(user_json(WREN)),
        user_entry(user_json(INES)),
        cursor_entry("Bottom", "17|19"),
        asked={"cursor": "9|9"},
    )
    assert understood.problems == []
    assert understood.lists == [
        ListPage(owner_id=ADA.id, kind="followers", cursor_in="9|9", cursor_out="17|19", ids=[WREN.id, INES.id])
    ]


def test_a_list_ends_where_x_says_that_it_cannot_go_on() -> None:
    assert followers(TOP, user_entry(user_json(WREN)), cursor_entry("Bottom", "0|19")).lists[0].end is True
    assert followers(TOP, cursor_entry("Bottom", "0|19")).lists[0].end is True


def renamed(entry: Json, old: str, new: str) -> Json:
    content = cast("Json", entry["content"])
    return {**entry, "content": {(new if key == old else key): value for key, value in content.items()}}


SUGGESTED = module_entry("module-1", [item_of(user_entry(user_json(INES)))])


@pytest.mark.parametrize(
    ("entries", "asked"),
    [
        ([TOP, user_entry(user_json(WREN))], {}),
        ([user_entry(user_json(WREN)), cursor_entry("Bottom", "0|19")], {}),
        ([cursor_entry("Top", "1789|9"), user_entry(user_json(WREN)), cursor_entry("Bottom", "0|19")], {}),
        ([TOP, cursor_entry("Bottom", "17|19")], {}),
        ([cursor_entry("Bottom", "17|19")], {"cursor": "9|9"}),
        ([TOP, renamed(user_entry(user_json(WREN)), "itemContent", "inside"), cursor_entry("Bottom", "0|19")], {}),
        ([TOP, user_entry(user_json(WREN)), SUGGESTED, cursor_entry("Bottom", "0|19")], {}),
        ([TOP, module_entry("list", [item_of(user_entry(user_json(WREN)))]), cursor_entry("Bottom", "0|19")], {}),
    ],
    ids=[
        "no end", "no beginning", "not its beginning", "nobody and a beginning that goes on", "nobody and it goes on",
        "somebody in a new form", "people beside the list", "the whole list in a new form",
    ],
)  # fmt: skip
def test_a_page_that_is_not_understood_whole_is_no_page_of_a_list_and_says_so(entries: list[Json], asked: Json) -> None:
    understood = followers(*entries, asked=asked)
    assert understood.lists == []
    assert any(problem.startswith("X changed: Followers") for problem in understood.problems)


def test_whom_x_suggests_beside_a_list_is_not_on_it() -> None:
    shown = module_entry("who-to-follow-1", [item_of(user_entry(user_json(INES, "A")))])
    understood = followers(TOP, user_entry(user_json(WREN)), shown, cursor_entry("Bottom", "0|19"))
    assert (understood.lists[0].ids, understood.problems) == ([WREN.id], [])
    assert [one.follows_me for one in understood.relations if one.id == INES.id] in ([], [None])


def test_the_names_of_xs_next_client_mean_the_same() -> None:
    person, goes_on = user_entry(user_json(WREN)), cursor_entry("Bottom", "0|19")
    content = renamed(person, "itemContent", "content")["content"]
    cursor = cast("Json", goes_on["content"])
    new: list[Json] = [
        {"entry_id": person["entryId"], "sort_index": "1", "content": content},
        {"entry_id": "cursor-top", "content": {"cursor_type": "Top", "value": "-1|9"}},
        {"entry_id": "cursor-bottom", "content": {"cursor_type": "Bottom", "value": cursor["value"]}},
    ]
    understood = followers(*new)
    assert (understood.lists[0].ids, understood.lists[0].end, understood.problems) == ([WREN.id], True, [])


def test_both_terminate_instructions_end_nothing() -> None:
    assert followers(TOP, user_entry(user_json(WREN)), cursor_entry("Bottom", "17|19")).lists[0].end is False


def test_somebody_x_does_not_show_is_still_on_the_list() -> None:
    hidden = user_entry(user_json(NOBODY))
    cast("Json", item_of(hidden)["user_results"])["result"] = {"__typename": "UserUnavailable", "reason": "NoReason"}
    understood = followers(TOP, hidden, user_entry(user_json(WREN)), cursor_entry("Bottom", "17|19"))
    assert understood.lists[0].ids == [NOBODY.id, WREN.id]
    assert [(person.id, person.gone) for person in understood.people if person.gone] == [(NOBODY.id, "NoReason")]


def test_without_the_request_nothing_is_said_about_a_whole_list() -> None:
    assert see(timeline_json("Followers", [user_entry(user_json(WREN))]), "Followers").lists == []


def test_the_request_may_be_in_the_address() -> None:
    url = "https://x.com/i/api/graphql/abc/Following?variables=%7B%22userId%22%3A%221000001%22%7D&features=%7B%7D"
    entries = [TOP, user_entry(user_json(WREN)), cursor_entry("Bottom", "17|19")]
    understood = see(timeline_json("Following", entries), url=url)
    assert (understood.op, understood.lists[0].kind, understood.lists[0].owner_id) == ("Following", "following", ADA.id)


def test_ones_own_followers_follow_one_even_where_the_flag_is_missing() -> None:
    told = followers(TOP, user_entry(user_json(INES, "A")), cursor_entry("Bottom", "17|19"))
    assert [(one.id, one.follows_me) for one in told.relations if one.follows_me is not None] == [(INES.id, True)]


def test_only_lists_of_people_make_list_pages() -> None:
    assert followers(user_entry(user_json(WREN)), op="BlueVerifiedFollowers").lists == []
