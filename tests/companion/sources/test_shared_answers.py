"""Whole answers, invented ones and, where they are present, saved ones: stated counts, and a second counter.

The counter below knows nothing of operations, generations or the parser's tables: it walks everything and takes what
has the marks of a person or a post.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from companion.domain.sightings import Understanding
from companion.sources.page import understand
from tests.companion.sources.builders import ADA, WREN
from tests.companion.sources.saved_answers import INVENTED, STATED
from tests.shared_data import SHARED

FOLDER = SHARED / "data" / "x" if SHARED else None
SAVED = sorted(FOLDER.glob("*.json")) if FOLDER else []
AT = 1_790_000_000

TEXTS: dict[str, str] = {name: json.dumps(answer) for name, answer in INVENTED.items()} | {
    path.name: path.read_text(encoding="utf-8") for path in SAVED
}
"""Name of an answer -> its text."""

README = {
    "c_Followers_2026-08.json": {"people": 69, "default_avatars": 24, "protected": 2, "followed": 0},
    "c_Retweeters_2026-08.json": {"gone": 1},
    "c_TweetDetail_2026-08.json": {"replies": 36},
    "c_UserTweets_2026-08.json": {"reposts": 16},
    "c_UserByScreenName_2026-08.json": {"people": 1, "followed": 1},
    "a_TweetDetail_20.json": {"posts": 1},
    "b_TweetResult_2025-09_community.json": {"posts": 1, "relations": 0},
    "err_SearchTimeline_blocklisted.json": {"people": 0, "posts": 0, "problems": 1},
    "err_TweetDetail_tombstone_1.json": {"people": 0, "posts": 0, "problems": 0},
    "err_TweetResult_unavailable.json": {"posts": 0, "problems": 0},
    "err_UserByScreenName_suspended.json": {"gone": 1, "problems": 0},
    "err_UserResultByScreenName_suspended.json": {"gone": 1, "problems": 0},
    "mix_FollowGraph_783214.json": {"people": 1},
}
"""What the saved collection's list states of its files."""
COUNTS = STATED | {name: counts for name, counts in README.items() if name in TEXTS}


def op_of(name: str) -> str:
    return name.removesuffix(".json").split("_")[1]


def understood(name: str, viewer: str | None = None) -> Understanding:
    return understand(TEXTS[name], op=op_of(name), viewer_id=viewer, at=AT)


def every_object(value: Any) -> list[dict[str, Any]]:
    """Return every JSON object in an answer, itself included."""
    if isinstance(value, dict):
        return [value, *(found for item in value.values() for found in every_object(item))]
    return [found for item in value for found in every_object(item)] if isinstance(value, list) else []


def counted_people(root: Any) -> dict[str, str]:
    """Return id -> handle of whatever has both, save the mentions of a text (they carry ``indices``)."""
    found = {}
    for node in every_object(root):
        number = node.get("rest_id") or node.get("id_str")
        parts = [part for part in (node.get("core"), node.get("legacy"), node) if isinstance(part, dict)]
        handle = next((part["screen_name"] for part in parts if "screen_name" in part), None)
        if number and handle and "indices" not in node:
            found[number] = handle
    return found


def counted_posts(root: Any) -> dict[str, str | None]:
    """Return id -> author's id of whatever has a post's text."""
    found = {}
    for node in every_object(root):
        if "full_text" in node:
            found[node["id_str"]] = node.get("user_id_str")
    return found


def counted_acts(root: Any) -> list[tuple[str, str, str | None, str]]:
    """Return (who, kind, whom, post) of every act of one account towards another."""
    objects = every_object(root)
    posts = [node for node in objects if isinstance(node.get("legacy"), dict) and "full_text" in node["legacy"]]
    posts += [
        {"legacy": node} for node in objects if "full_text" in node and not any(node is one["legacy"] for one in posts)
    ]
    found: list[tuple[str, str, str | None, str]] = []
    for holder in posts:
        author = holder["legacy"].get("user_id_str")
        found += [(author, *act) for act in counted_targets(holder) if author and act[1] and act[1] != author]
    return found


def counted_traces(root: Any) -> set[tuple[str, str, str]]:
    """Return (kind, author, post) of what the account that saved the answer had done to others' posts."""
    posts = [node for node in every_object(root) if "full_text" in node]
    likes = {("like", node["user_id_str"], node["id_str"]) for node in posts if node.get("favorited")}
    plain = [node for node in posts if node.get("retweeted") and not node["full_text"].startswith("RT @")]
    return likes | {("repost", node["user_id_str"], node["id_str"]) for node in plain}


def counted_targets(holder: dict[str, Any]) -> list[tuple[str, str | None, str]]:
    """Return (kind, whom, post) of what one post does to others."""
    legacy = holder["legacy"]
    number = legacy["id_str"]
    inner = legacy.get("retweeted_status_result", {}).get("result")
    if inner:
        body = inner.get("tweet", inner)["legacy"]
        return [("repost", body["user_id_str"], body["id_str"])]
    start = legacy.get("display_text_range", [0])[0] if legacy.get("in_reply_to_user_id_str") else 0
    short = legacy.get("entities", {}).get("user_mentions", [])
    leading = {(one["id_str"], one["indices"][0]) for one in short if one["indices"][0] < start}
    entity_set = holder.get("note_tweet", {}).get("note_tweet_results", {}).get("result", {}).get("entity_set", {})
    both = [*short, *entity_set.get("user_mentions", [])]
    named = [one for one in both if (one["id_str"], one["indices"][0]) not in leading]
    told: list[tuple[str, str | None, str]] = [("mention", one["id_str"], number) for one in named]
    quoted = holder.get("quoted_status_result", {}).get("result") or {}
    body = quoted.get("tweet", quoted).get("legacy") or {}
    address = legacy.get("quoted_status_permalink", {}).get("expanded", "").split("/")
    told.append(("quote", body.get("user_id_str") or (address[3] if len(address) > 3 else None), number))
    return [*told, ("reply", legacy.get("in_reply_to_user_id_str"), number)]


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_a_second_counter_finds_the_same_people_and_posts(name: str) -> None:
    told, root = understood(name), json.loads(TEXTS[name])
    assert {one.id: one.handle for one in told.people if one.gone is None} == counted_people(root)
    assert {one.id: one.author_id for one in told.posts} == counted_posts(root)
    assert not [problem for problem in told.problems if problem.startswith("X changed")]


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_a_second_counter_finds_the_same_interactions_whoever_looks(name: str) -> None:
    root = json.loads(TEXTS[name])
    everything, traces = counted_acts(root), counted_traces(root)
    authors = sorted({author for author in counted_posts(root).values() if author})
    for viewer in [*authors[:10], "1"]:
        told = understood(name, viewer).interactions
        counted = {("out", kind, whom, post) for who, kind, whom, post in everything if who == viewer}
        counted |= {("in", kind, who, post) for who, kind, whom, post in everything if whom == viewer}
        counted |= {("out", kind, whom, post) for kind, whom, post in traces if whom != viewer}
        assert {(act.direction, act.kind, act.id or act.handle, act.post) for act in told} == counted, viewer


def test_the_invented_answers_hold_every_kind_of_act_in_both_directions() -> None:
    answers = [understood(name, viewer.id) for name in INVENTED for viewer in (ADA, WREN)]
    seen = {(act.direction, act.kind) for answer in answers for act in answer.interactions}
    both = {(direction, kind) for direction in ("in", "out") for kind in ("reply", "quote", "mention", "repost")}
    assert seen == both | {("out", "like")}


@pytest.mark.parametrize("name", sorted(COUNTS))
def test_the_counts_are_those_that_the_collection_states(name: str) -> None:
    told = understood(name)
    shown = [one for one in told.people if one.gone is None]
    counts = {
        "people": len(shown),
        "posts": len(told.posts),
        "gone": sum(one.gone is not None for one in told.people),
        "default_avatars": sum(one.default_avatar is True for one in shown),
        "protected": sum(one.protected is True for one in shown),
        "relations": len(told.relations),
        "followed": sum(one.i_follow is True for one in told.relations),
        "replies": sum(one.reply_to_post is not None for one in told.posts),
        "reposts": sum(one.repost_of is not None for one in told.posts),
        "problems": len(told.problems),
    }
    assert {key: counts[key] for key in COUNTS[name]} == COUNTS[name]


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_nobody_is_said_to_follow_whom_the_answer_does_not_say(name: str) -> None:
    said = {str(node.get("followed_by")) for node in every_object(json.loads(TEXTS[name]))}
    for relation in understood(name).relations:
        assert str(relation.follows_me) in said | {"None"}
