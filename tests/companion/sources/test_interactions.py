"""What passes between the viewer and one other person, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.sightings import Post
from companion.sources.interactions import interactions_of
from companion.sources.times import from_post_id
from tests.companion.sources.builders import (
    ADA,
    INES,
    WREN,
    acts,
    answering,
    legacy,
    mention,
    only,
    post,
    post_id,
    post_time,
    see,
    timeline,
)
from tests.x_json import Json
from tests.x_timeline import timeline_json, tweet_entry


def mentioning(tweet: Json, *entries: Json) -> Json:
    cast("Json", legacy(tweet)["entities"])["user_mentions"] = list(entries)
    return tweet


def test_replies_go_both_ways() -> None:
    understood = see(timeline(post(2, WREN, reply_to=answering(1, ADA)), post(4, ADA, reply_to=answering(3, WREN))))
    assert acts(understood) == {("in", "reply", WREN.handle, post_id(2)), ("out", "reply", WREN.handle, post_id(4))}
    assert {act.at for act in understood.interactions} == {post_time(2), post_time(4)}


def test_mentions_go_both_ways() -> None:
    to_me, from_me = mentioning(post(1, WREN), mention(ADA, 5)), mentioning(post(2, ADA), mention(INES, 5))
    assert acts(see(timeline(to_me, from_me))) == {
        ("in", "mention", WREN.handle, post_id(1)),
        ("out", "mention", INES.handle, post_id(2)),
    }


def test_quotes_go_both_ways() -> None:
    of_me, by_me = post(3, WREN, quote_of=post(1, ADA)), post(4, ADA, quote_of=post(2, INES))
    assert acts(see(timeline(of_me, by_me))) == {
        ("in", "quote", WREN.handle, post_id(3)),
        ("out", "quote", INES.handle, post_id(4)),
    }


def test_reposts_go_both_ways_and_are_named_by_what_was_reposted() -> None:
    of_me, by_me = post(3, WREN, repost_of=post(1, ADA)), post(4, ADA, repost_of=post(2, INES))
    assert acts(see(timeline(of_me, by_me))) == {
        ("in", "repost", WREN.handle, f"repost:{post_id(1)}"),
        ("out", "repost", INES.handle, f"repost:{post_id(2)}"),
    }


def test_the_viewers_likes_and_reposts_are_read_off_the_post() -> None:
    understood = see(timeline(post(1, WREN, favorited=True, retweeted=True)))
    assert acts(understood) == {
        ("out", "like", WREN.handle, f"like:{post_id(1)}"),
        ("out", "repost", WREN.handle, f"repost:{post_id(1)}"),
    }
    assert all(act.partial and act.at == post_time(1) for act in understood.interactions)


def test_a_repost_seen_as_such_and_by_its_trace_is_one_act() -> None:
    original = post(1, WREN, retweeted=True)
    assert len(see(timeline(original, post(2, ADA, repost_of=original))).interactions) == 1


def test_what_strangers_do_among_themselves_is_none_of_ours() -> None:
    told = timeline(
        post(2, WREN, reply_to=answering(1, INES)),
        post(4, INES, quote_of=post(3, WREN)),
        post(6, WREN, repost_of=post(5, INES)),
        mentioning(post(7, WREN), mention(INES, 3)),
    )
    assert see(told).interactions == []


def test_the_viewer_with_themselves_is_nothing() -> None:
    told = timeline(
        post(2, ADA, reply_to=answering(1, ADA), favorited=True, retweeted=True),
        post(4, ADA, quote_of=post(3, ADA)),
        post(6, ADA, repost_of=post(5, ADA)),
    )
    assert see(told).interactions == []


def test_without_a_viewer_nothing_is_between_anybody() -> None:
    assert see(timeline(post(1, WREN, favorited=True)), viewer=None).interactions == []


def test_being_led_into_a_thread_is_no_mention() -> None:
    reply = mentioning(post(2, WREN, reply_to=answering(1, INES)), mention(INES, 0), mention(ADA, 0))
    assert see(timeline(reply)).interactions == []


def test_an_advertisement_has_no_weight() -> None:
    tweet = mentioning(post(1, WREN, favorited=True), mention(ADA, 3))
    understood = see(timeline_json("HomeTimeline", [tweet_entry(tweet, promoted=True)]))
    assert {act.kind for act in understood.interactions} == {"like", "mention"}
    assert all(act.automatic for act in understood.interactions)


def test_an_automated_thanks_is_kept_but_marked() -> None:
    thanks = Post(
        id=post_id(1), author_id=WREN.id, text="My top interactors: @adaquill", mentions=[(ADA.id, ADA.handle)]
    )
    reply = Post(id=post_id(2), author_id=WREN.id, text="Good point", reply_to_id=ADA.id)
    found = interactions_of(
        [thanks, reply], [], ADA.id, ADA.handle, "page", is_thanks=lambda text: "top interactors" in text
    )
    assert [(act.kind, act.automatic) for act in found] == [("mention", True), ("reply", False)]


def test_the_viewer_is_known_by_handle_where_the_page_gives_no_id() -> None:
    told = Post(id=post_id(1), author_handle="WrenWrites", reply_to_handle="AdaQuill")
    found = interactions_of([told], [], ADA.id, ADA.handle, "dom")
    assert [(act.direction, act.handle, act.source) for act in found] == [("in", "WrenWrites", "dom")]


def test_ids_decide_where_handles_were_recycled() -> None:
    told = Post(id=post_id(1), author_id=WREN.id, reply_to_id="999", reply_to_handle=ADA.handle)
    assert interactions_of([told], [], ADA.id, ADA.handle, "page") == []


def test_the_page_seen_again_by_another_account_is_another_view() -> None:
    told = timeline(post(2, WREN, reply_to=answering(1, ADA)))
    other = replace(INES, id="1000002", handle="adaworks")
    assert see(told, viewer=other).interactions == []
    assert only(see(told)).id == WREN.id


people = st.sampled_from([("1", "one"), ("2", "two"), ("3", "three")])
maybe = st.none() | people


@st.composite
def any_post(draw: st.DrawFn) -> Post:
    author, answered, quoted, reposted = draw(people), draw(maybe), draw(maybe), draw(maybe)
    told = Post(id=str(draw(st.integers(1, 40)) * 10**15), author_id=author[0], author_handle=author[1])
    told.reply_to_id, told.quote_of_handle = (answered or (None,))[0], (quoted or (None, None))[1]
    told.repost_of, told.repost_of_id = ("77", reposted[0]) if reposted else (None, None)
    told.mentions = [(one[0], one[1]) for one in draw(st.lists(people, max_size=3))]
    told.favorited, told.retweeted = draw(st.sampled_from([(True, None), (False, True), (None, None)]))
    return told


@given(st.lists(any_post(), max_size=8), st.randoms())
def test_order_and_repetition_change_nothing_and_nobody_acts_on_themselves(posts: list[Post], random: object) -> None:
    def keys(of: list[Post]) -> set[tuple[object, ...]]:
        found = interactions_of(of, [], "1", "one", "page")
        assert len({(a.id or a.handle, a.kind, a.direction, a.ref) for a in found}) == len(found)
        assert all(act.id != "1" and act.handle != "one" and (act.id or act.handle) for act in found)
        return {(a.id, a.handle, a.kind, a.direction, a.ref) for a in found}

    unique = list({told.id: told for told in posts}.values())
    shuffled = unique[:]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert {key[2:] for key in keys(unique)} == {key[2:] for key in keys(shuffled + unique)}


def test_post_ids_carry_their_time() -> None:
    assert from_post_id("2083305234688803178") == 1_785_533_648
    assert from_post_id("20") is None


@pytest.mark.parametrize("kind", ["reply", "quote", "mention", "repost"])
def test_every_kind_of_act_links_to_a_post(kind: str) -> None:
    told = {
        "reply": post(2, WREN, reply_to=answering(1, ADA)),
        "quote": post(2, WREN, quote_of=post(1, ADA)),
        "mention": mentioning(post(2, WREN), mention(ADA, 1)),
        "repost": post(2, WREN, repost_of=post(1, ADA)),
    }[kind]
    act = only(see(timeline(told)))
    assert (act.kind, act.source) == (kind, "page")
    assert act.post == (post_id(1) if kind == "repost" else post_id(2))
