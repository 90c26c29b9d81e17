"""X's API v2 answers become people, posts and interactions; what is not said stays unknown."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.sightings import Understanding
from companion.errors import SourceError
from companion.sources.x_api.records import RequestContext, billed, understand
from tests.companion.sources.x_api.stand_in import NOW, tweet, user
from tests.shared_data import SHARED

ADA = RequestContext("1000001", "adaquill", NOW)
INVENTED: dict[str, list[dict[str, Any]]] = {
    "get_me": [{"data": user("1000001", "adaquill")}],
    "get_user": [{"data": user("2000001", "wrenwrites", public_metrics={"followers_count": 12})}],
    "get_users_following": [
        {"data": [user("2000001", "wrenwrites"), user("2000002", "inesmakes")], "meta": {"result_count": 2}}
    ],
    "get_users_mentions": [
        {"data": [tweet(78, "2000002", "@adaquill yes"), tweet(77, "2000001", "Ask @adaquill")],
         "meta": {"result_count": 2, "next_token": "7140w"}},
        {"data": [tweet(71, "2000001", "Older, @adaquill")], "meta": {"result_count": 1}},
    ],
    "get_liked_tweets": [{"data": [{"id": "60", "text": "RT @wrenwrites: Ink", "edit_history_tweet_ids": ["60"]}]}],
    "search_recent_tweets": [{"data": [{"id": "61", "text": "no author given"}], "meta": {"newest_id": "61"}}],
}  # fmt: skip
"""Method of the client -> bodies of its answers, with the fields that X sends where none are asked for."""
RECORDED = {
    path.stem: [call["body"] for call in json.loads(path.read_text())]
    for path in (sorted((SHARED / "data" / "x-api").glob("*.json")) if SHARED else [])
}
ANSWERS = [(name, bodies) for source in (INVENTED, RECORDED) for name, bodies in source.items()]


def told(*rows: dict[str, object], asked: RequestContext = ADA, **more: object) -> Understanding:
    return understand({"data": list(rows), **more}, "x-api.test", asked)


def test_a_mention_by_somebody_is_inbound_and_names_its_author() -> None:
    wren = user("2000001", "wrenwrites")
    mention = {"start": 6, "end": 15, "username": "adaquill", "id": "1000001"}
    found = told(tweet(77, "2000001", "Hello @adaquill!", entities={"mentions": [mention]}), includes={"users": [wren]})
    act = found.interactions[0]
    assert (act.direction, act.kind, act.id, act.handle, act.ref) == ("in", "mention", "2000001", "wrenwrites", "77")
    assert act.source == "x-api"
    assert [person.handle for person in found.people] == ["wrenwrites"]


def test_handles_that_x_put_before_a_reply_are_no_mentions() -> None:
    leaders = [
        {"start": 0, "end": 11, "username": "wrenwrites", "id": "2000001"},
        {"start": 12, "end": 23, "username": "inesmakes", "id": "2000002"},
    ]
    row = tweet(
        78,
        "1000001",
        "@wrenwrites @inesmakes yes",
        in_reply_to_user_id="2000001",
        referenced_tweets=[{"type": "replied_to", "id": "70"}],
        entities={"mentions": leaders},
    )
    found = told(row)
    assert [(act.kind, act.direction, act.id) for act in found.interactions] == [("reply", "out", "2000001")]
    assert found.posts[0].reply_to_handle == "wrenwrites"


def test_a_repost_and_a_quote_find_whose_post_it_was_without_a_paid_expansion() -> None:
    reposted = tweet(
        79,
        "1000001",
        "RT @wrenwrites: On paper",
        referenced_tweets=[{"type": "retweeted", "id": "60"}],
        entities={"mentions": [{"start": 3, "end": 14, "username": "wrenwrites", "id": "2000001"}]},
    )
    quoting = tweet(
        80,
        "2000002",
        "Look https://t.co/a",
        referenced_tweets=[{"type": "quoted", "id": "61"}],
        entities={"urls": [{"url": "https://t.co/a", "expanded_url": "https://twitter.com/adaquill/status/61"}]},
    )
    acts = told(reposted, quoting).interactions
    assert [(act.kind, act.direction, act.id, act.ref) for act in acts] == [
        ("repost", "out", "2000001", "repost:60"),
        ("quote", "in", "2000002", "80"),
    ]


def test_liked_posts_are_likes_of_the_viewer_dated_no_earlier_than_the_post() -> None:
    asked = RequestContext("1000001", "adaquill", NOW, liked=True)
    found = told(tweet(81, "2000001", "A plain day"), asked=asked)
    act = found.interactions[0]
    assert (act.kind, act.direction, act.ref, act.partial) == ("like", "out", "like:81", True)


def test_a_profile_tells_counts_links_and_the_relation_and_leaves_the_rest_unknown() -> None:
    row = user(
        "2000001",
        "wrenwrites",
        description="Letters &amp; paper",
        created_at="2011-02-03T04:05:06.000Z",
        public_metrics={"followers_count": 12, "following_count": 3, "tweet_count": 400, "listed_count": 1},
        entities={"url": {"urls": [{"url": "https://t.co/x", "expanded_url": "https://wren.example/"}]}},
        connection_status=["followed_by"],
    )
    found = understand({"data": row}, "x-api.user", ADA)
    person, relation = found.people[0], found.relations[0]
    assert (person.bio, person.link, person.followers, person.posts) == (
        "Letters & paper", "https://wren.example/", 12, 400,
    )  # fmt: skip
    assert person.created_at == 1_296_705_906
    assert person.likes is None
    assert person.protected is None
    assert (relation.follows_me, relation.i_follow, relation.blocked_by) == (True, False, None)


def test_without_the_viewers_own_request_nothing_is_said_about_following() -> None:
    assert understand({"data": user("2000001", "wrenwrites")}, "x-api.user", ADA).relations == []


def test_partial_errors_are_told_and_a_suspended_account_is_gone() -> None:
    error = {"resource_type": "user", "value": "oldmillcafe", "detail": "User has been suspended: [oldmillcafe].",
             "title": "Forbidden"}  # fmt: skip
    found = understand({"errors": [error]}, "x-api.user", ADA)
    assert found.partial
    assert "suspended" in found.problems[0]
    assert (found.people[0].handle, found.people[0].gone) == ("oldmillcafe", "Suspended")


@pytest.mark.parametrize("answer", [None, [], "text", 7, {}, {"title": "Unauthorized"}])
def test_what_is_no_answer_of_the_api_is_refused(answer: object) -> None:
    with pytest.raises(SourceError, match="nothing of it was stored"):
        understand(answer, "x-api.test", ADA)


HANDLES = st.sampled_from(["adaquill", "wrenwrites", "inesmakes"])
IDS = st.sampled_from(["1000001", "2000001", "2000002"])
RELATED = st.fixed_dictionaries(
    {"id": st.integers(10**6, 10**9).map(str), "text": st.text(max_size=30), "author_id": IDS},
    optional={
        "in_reply_to_user_id": IDS,
        "entities": st.fixed_dictionaries(
            {"mentions": st.lists(st.fixed_dictionaries({"id": IDS, "username": HANDLES, "start": st.integers(0, 40)}))}
        ),
    },
)
"""Posts between three people, of which one is the viewer."""


@given(rows=st.lists(RELATED, min_size=1, max_size=4, unique_by=lambda row: str(row["id"])))
def test_posts_between_three_people_give_acts_of_the_viewer_alone(rows: list[dict[str, object]]) -> None:
    users = [user("1000001", "adaquill"), user("2000001", "wrenwrites"), user("2000002", "inesmakes")]
    answer = {"data": rows, "includes": {"users": users}}
    found = understand(answer, "x-api.test", ADA)
    assert [post.id for post in found.posts] == [row["id"] for row in rows]
    assert {act.id for act in found.interactions} <= {"2000001", "2000002"}
    answering = [row for row in rows if "1000001" in (row["author_id"], row.get("in_reply_to_user_id"))]
    replies = [row for row in answering if row.get("in_reply_to_user_id") not in (None, row["author_id"])]
    assert sum(act.kind == "reply" for act in found.interactions) == len(replies)
    posts, billed_users = billed(answer)
    assert (posts, billed_users) == ({row["id"] for row in rows}, {"1000001", "2000001", "2000002"})


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["id", "text", "username", "entities", "mentions", "urls", "author_id", "referenced_tweets", "type",
                 "public_metrics", "created_at", "connection_status", "start", "in_reply_to_user_id", "note_tweet"]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=25,
)  # fmt: skip


@given(
    data=json_values | st.lists(json_values | RELATED, min_size=1, max_size=4), included=json_values, errors=json_values
)
def test_any_shape_of_data_is_understood_or_left_out_but_never_an_accident(
    data: object, included: object, errors: object
) -> None:
    answer = {"data": data, "includes": {"users": included, "tweets": included}, "errors": errors}
    found = understand(answer, "x-api.test", ADA)
    assert all(post.id.isdigit() for post in found.posts)
    assert all(act.id or act.handle for act in found.interactions)
    posts, users = billed(answer)
    assert all(number.isdigit() for number in posts | users)


@pytest.mark.parametrize(("name", "bodies"), ANSWERS)
def test_whole_answers_are_understood_to_the_last_row(name: str, bodies: list[dict[str, Any]]) -> None:
    for body in bodies:
        data = body["data"]
        listed = [row["id"] for row in (data if isinstance(data, list) else [data])]
        found = understand(body, f"x-api.{name}", ADA)
        ids = [post.id for post in found.posts] + [person.id or "" for person in found.people]
        assert sorted(ids) == sorted(listed)
        assert found.problems == []
