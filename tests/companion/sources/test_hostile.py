"""Broken, huge and hostile JSON: a clear refusal, or an understanding of the right types; nothing in between."""

from __future__ import annotations

import copy
import json
from random import Random
from typing import cast

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain.handles import is_handle, is_id
from companion.domain.sightings import Understanding
from companion.errors import SourceError
from companion.sources.page import understand
from tests.companion.sources.builders import ADA, AT, GENERATIONS, INES, WREN, answering, post, post_id, see, timeline
from tests.x_json import Json, rest_user_json, user_json
from tests.x_timeline import notification_entry, profile_json, timeline_json, user_entry

KEYS = [
    "data", "user", "result", "rest_id", "core", "legacy", "screen_name", "id_str", "full_text", "instructions",
    "entries", "content", "itemContent", "tweet_results", "user_results", "__typename", "tweet", "errors",
    "message", "entities",
]  # fmt: skip
OPS = st.sampled_from(["", "Followers", "HomeTimeline", "NotificationsTimeline", "FavoriteTweet", "friendships/create"])


def sound(understood: Understanding) -> None:
    """Assert that every value has the type it is declared to have, and that ids and handles are such."""
    msgspec.convert(msgspec.to_builtins(understood), Understanding)
    for person in understood.people:
        assert person.id is None or is_id(person.id)
        assert person.handle is None or is_handle(person.handle)
        assert person.id or person.handle
    assert all(is_id(found.id) for found in understood.posts)
    assert all(act.id or act.handle or act.source == "wire" for act in understood.interactions)
    json.dumps(msgspec.to_builtins(understood)).encode("utf-8")


def understood_or_refused(text: str | bytes, op: str = "", request: str = "") -> Understanding | None:
    try:
        understood = understand(text, op=op, viewer_id=ADA.id, viewer_handle=ADA.handle, at=AT, request=request)
    except SourceError:
        return None
    sound(understood)
    return understood


leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=12)
    | st.sampled_from(KEYS)
)
any_json = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=5), inner, max_size=5)
    ),
    max_leaves=40,
)


@given(any_json, OPS, st.text(max_size=30))
@settings(max_examples=300, deadline=None)
def test_any_json_is_understood_or_refused(value: object, op: str, request: str) -> None:
    understood_or_refused(json.dumps(value), op, request)


@given(st.binary(max_size=200) | st.text(max_size=200))
@settings(deadline=None)
def test_anything_at_all_is_understood_or_refused(text: str | bytes) -> None:
    understood_or_refused(text)


def specimens() -> list[tuple[str, Json]]:
    """Return one rich answer for each family of operations."""
    found: list[tuple[str, Json]] = []
    for generation in GENERATIONS:
        person = user_json(WREN, generation)
        quoting = post(
            3, INES, generation=generation, quote_of=post(2, ADA, generation=generation), links=("https://tea.example",)
        )
        reply = post(5, WREN, "@adaquill yes", generation, reply_to=answering(4, ADA), favorited=True)
        repost = post(6, INES, generation=generation, repost_of=quoting)
        found.append(("UserByScreenName", profile_json(person)))
        found.append(("Followers", timeline_json("Followers", [user_entry(person)], generation)))
        found.append(("HomeTimeline", timeline(quoting, reply, repost)))
        liked = notification_entry("n1", "users_liked_your_tweet", [person], post_id(1), at=AT)
        found.append(("NotificationsTimeline", timeline_json("NotificationsTimeline", [liked])))
    found.append(("friendships/create", rest_user_json(WREN)))
    return found


SPECIMENS = specimens()
WRONG: list[object] = [
    None, True, 0, -1, 1.5, 10**40, "", "x", "@", "\ud83d", "\0", [], {}, [[]], [None], {"result": None},
    "9" * 400, {"": ""},
]  # fmt: skip


def places(value: object) -> list[tuple[dict[str, object] | list[object], str | int]]:
    """Return every place in an answer where something could be dropped or replaced."""
    found: list[tuple[dict[str, object] | list[object], str | int]] = []
    if isinstance(value, dict):
        for key, item in value.items():
            found.append((value, key))
            found.extend(places(item))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            found.append((value, index))
            found.extend(places(item))
    return found


def damage(answer: Json, random: Random) -> Json:
    """Return a copy with one to three places dropped or replaced."""
    broken = copy.deepcopy(answer)
    for _ in range(random.randint(1, 3)):
        spots = places(broken)
        if not spots:
            break
        holder, key = random.choice(spots)
        if random.random() < 0.3:
            del holder[key]  # type: ignore[arg-type]
        else:
            holder[key] = copy.deepcopy(random.choice(WRONG))  # type: ignore[index]
    return broken


@pytest.mark.parametrize(("op", "answer"), SPECIMENS, ids=[op for op, _ in SPECIMENS])
def test_a_damaged_answer_never_gives_values_of_the_wrong_type(op: str, answer: Json) -> None:
    random = Random(op)
    for _ in range(60):
        understood_or_refused(json.dumps(damage(answer, random)), op, f"user_id={WREN.id}")


@pytest.mark.parametrize(("op", "answer"), SPECIMENS, ids=[op for op, _ in SPECIMENS])
def test_a_truncated_answer_is_refused_whole(op: str, answer: Json) -> None:
    text = json.dumps(answer)
    for cut in range(1, len(text), max(1, len(text) // 40)):
        assert understood_or_refused(text[:cut], op) is None


@pytest.mark.parametrize("opening", ["[", '{"a":', '{"data":{"user":{"result":'])
def test_deep_nesting_is_refused(opening: str) -> None:
    closing = {"[": "]", "{": "}"}
    for depth in (70, 5_000, 200_000):
        text = (
            opening * depth
            + "1"
            + "".join(closing[letter] for letter in reversed(opening * depth) if letter in closing)
        )
        with pytest.raises(SourceError, match="too deeply"):
            understand(text, viewer_id=None, at=AT)


def test_more_parts_than_any_page_are_refused() -> None:
    with pytest.raises(SourceError, match="more parts"):
        understand(json.dumps([{"a": {}}] * 300_001), viewer_id=None, at=AT)


def test_more_bytes_than_any_page_are_refused_before_they_are_read() -> None:
    with pytest.raises(SourceError, match="larger than 6 MB"):
        understand(b"[" * (6 * 1024 * 1024 + 1), viewer_id=None, at=AT)


@pytest.mark.parametrize(
    "text", ['"a text"', "12", "true", "null", "NaN", '{"a": Infinity}', '{"a": 1e999}', "", "<html>"]
)
def test_what_is_no_answer_of_x_is_refused(text: str) -> None:
    with pytest.raises(SourceError):
        understand(text, viewer_id=None, at=AT)


def test_numbers_beyond_belief_are_unknown_or_refused() -> None:
    node = user_json(WREN)
    cast("Json", node["relationship_counts"])["followers"] = 10**18
    assert see(profile_json(node)).people[0].followers is None
    with pytest.raises(SourceError):
        understand('{"a": ' + "9" * 5_000 + "}", viewer_id=None, at=AT)


def test_of_a_repeated_key_the_last_value_counts() -> None:
    text = json.dumps(profile_json(user_json(WREN))).replace(
        '"name": "Wren Okafor"', '"name": "First", "name": "Wren Okafor"'
    )
    assert understand(text, viewer_id=None, at=AT).people[0].name == "Wren Okafor"


def test_half_an_emoji_does_not_lose_the_page() -> None:
    text = json.dumps(profile_json(user_json(WREN))).replace("Essays & tea.", "Essays \\ud83d")
    understood = understand(text, viewer_id=None, at=AT)
    assert understood.people[0].bio == "Essays \ufffd"
    sound(understood)


def test_a_nul_in_a_text_is_left_out() -> None:
    text = json.dumps(profile_json(user_json(WREN))).replace("Essays & tea.", "Essays\\u0000")
    assert understand(text, viewer_id=None, at=AT).people[0].bio == "Essays"
