"""Reading many elements at once gives what reading them one by one gives, however odd the file."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import SourceError
from companion.sources.archive import batches as module
from companion.sources.archive.batches import batches
from companion.sources.archive.record_types import LIKES, TWEETS, TweetEntry
from companion.sources.archive.records import ReadPost, read_post
from tests.companion.sources.archive.archives import OWNER, mention, tweet

odd = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.lists(st.integers(), max_size=2)
)
ids = st.sampled_from(["5", "77", "-1", "", "x"]) | st.integers(-2, 99)
handles = st.sampled_from(["wren", "tomo", "Ines"])
mentions = st.fixed_dictionaries(
    {"screen_name": handles},
    optional={"id_str": ids | odd, "id": ids, "indices": st.lists(st.sampled_from(["0", 9, "x"]), max_size=2) | odd},
)
links = st.fixed_dictionaries({"expanded_url": st.just("https://x.com/wren/status/9") | odd})
entities = st.fixed_dictionaries(
    {},
    optional={"user_mentions": st.lists(mentions | odd, max_size=3) | odd, "urls": st.lists(links, max_size=2) | odd},
)
posts = st.fixed_dictionaries(
    {"id_str": ids},
    optional={
        "id": ids | odd,
        "full_text": st.sampled_from(["hello", "RT @wren: x", '@wren @tomo hi } , { " ]', "é\n😀", "\ud83d"]) | odd,
        "created_at": st.sampled_from(["Fri Mar 06 13:02:05 +0000 2026", "2012-03-06 13:02:05 +0000", "once"]) | odd,
        "in_reply_to_user_id_str": ids | odd,
        "in_reply_to_screen_name": handles | odd,
        "in_reply_to_status_id": ids,
        "entities": entities | odd,
        "retweeted_status": st.fixed_dictionaries({"id": ids, "user": mentions | odd}) | odd,
        "favorite_count": odd,
    },
)
elements = posts | posts.map(lambda post: {"tweet": post}) | odd


def read(entries: list[TweetEntry]) -> list[tuple[object, ...] | None]:
    return [told(read_post(entry.tweet or entry, OWNER)) for entry in entries]


def told(found: ReadPost | None) -> tuple[object, ...] | None:
    return None if found is None else (found.post, found.mentions, found.repost)


def all_of(text: str) -> list[TweetEntry]:
    return [one for batch in batches(io.BytesIO(text.encode()), "x.js", TWEETS) for one in batch]


@given(st.lists(elements, max_size=12), st.sampled_from([None, 1, 2]), st.integers(1, 400))
def test_batches_tell_what_each_element_tells(values: list[object], indent: int | None, window: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "WINDOW_BYTES", window + 64)
        found = all_of(f"window.YTD.x.part0 = {json.dumps(values, indent=indent)}")
    assert read(found) == read([TWEETS.lenient(value) for value in values])


@given(st.lists(posts, min_size=1, max_size=8), st.data())
def test_a_cut_file_is_an_error_after_all_that_came_before_the_cut(
    values: list[dict[str, object]], data: st.DataObject
) -> None:
    text = f"= {json.dumps([{'tweet': value} for value in values])}"
    cut = data.draw(st.integers(0, len(text) - 1))
    found: list[TweetEntry] = []
    with pytest.MonkeyPatch.context() as patch, pytest.raises(SourceError):  # noqa: PT012 - what came before matters
        patch.setattr(module, "WINDOW_BYTES", 64)
        for batch in batches(io.BytesIO(text[:cut].encode()), "x.js", TWEETS):
            found += batch
    assert read(found) == read([TWEETS.lenient(value) for value in values[: len(found)]])
    whole = [len(json.dumps([{"tweet": one} for one in values[:count]])) + 1 for count in range(1, len(values) + 1)]
    assert len(found) == sum(end <= cut for end in whole)


def test_an_entry_larger_than_the_window_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WINDOW_BYTES", 100)
    long = [tweet(str(number), "x" * 5000)["tweet"] for number in range(1, 4)]
    assert [entry.full_text for entry in all_of(f"= {json.dumps(long, indent=1)}")] == ["x" * 5000] * 3


def test_a_nested_list_that_looks_like_the_outer_one_misleads_nobody() -> None:
    record = {"id_str": "7", "entities": {"user_mentions": [mention("5", "wren", 0), mention("6", "tomo", 6)]}}
    text = json.dumps([record] * 5, separators=(",", ":"))
    assert read(all_of(f"={text}")) == read([TWEETS.lenient(record)] * 5)


def test_likes_without_text_are_told_from_those_with() -> None:
    text = '= [ {"like": {"tweetId": "1", "fullText": "a"}}, {"like": {"tweetId": "2"}}, {"like": 5} ]'
    found = [one for batch in batches(io.BytesIO(text.encode()), "like.js", LIKES) for one in batch]
    assert [one.like.fullText if one.like else None for one in found] == ["a", None, None]
