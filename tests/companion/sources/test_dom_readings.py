"""DOM readings: the same facts with less in them, checked as strictly as anything from a page must be."""

from __future__ import annotations

from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain.sightings import Person, Understanding
from companion.errors import SourceError
from companion.sources.dom_readings import understand_reading
from companion.sources.interactions import interactions_of
from companion.sources.json_tree import Json
from tests.companion.sources.builders import ADA, AT, WREN, acts, answering, post, post_id, post_time, see, timeline
from tests.companion.sources.test_hostile import any_json, sound


def read(people: list[Json] | None = None, posts: list[Json] | None = None) -> Understanding:
    reading: Json = {
        "kind": "dom",
        "at": AT,
        "url": "https://x.com/home",
        "page": "home",
        "people": people or [],
        "posts": posts or [],
    }
    return understand_reading(reading, viewer_id=ADA.id, viewer_handle=ADA.handle, at=AT)


def test_a_profile_header_tells_a_person_and_how_they_stand_to_the_viewer() -> None:
    header: dict[str, Json] = {
        "id": WREN.id,
        "handle": "wrenwrites",
        "name": "Wren Okafor",
        "bio": "Essays",
        "header": True,
    }
    understood = read([{**header, "follows_me": True, "i_follow": False}])
    assert understood.people == [Person(id=WREN.id, handle="wrenwrites", name="Wren Okafor", bio="Essays", rich=True)]
    assert [(one.id, one.follows_me, one.i_follow) for one in understood.relations] == [(WREN.id, True, False)]


def test_a_person_without_an_id_is_known_by_handle_and_thin() -> None:
    understood = read([{"handle": "wrenwrites", "follows_me": None}, {"handle": "inesmakes", "follows_me": False}])
    told = [(one.id, one.handle, one.rich) for one in understood.people]
    assert told == [(None, "wrenwrites", False), (None, "inesmakes", False)]
    assert understood.relations == []


def test_the_same_person_twice_on_a_page_is_one_person() -> None:
    understood = read(
        [{"handle": "wrenwrites", "name": "Wren"}, {"handle": "WrenWrites", "bio": "Essays", "header": True}]
    )
    assert [(one.name, one.bio, one.rich) for one in understood.people] == [("Wren", "Essays", True)]


def test_what_the_page_showed_is_the_same_act_whichever_way_it_came() -> None:
    by_json = see(timeline(post(2, WREN, reply_to=answering(1, ADA), favorited=True)))
    by_dom = read(
        posts=[{"id": post_id(2), "author_handle": WREN.handle, "reply_to_handle": ADA.handle, "favorited": True}]
    )
    assert acts(by_json) == acts(by_dom)
    assert {act.source for act in by_dom.interactions} == {"dom"}


def test_a_repost_line_tells_who_honoured_whom() -> None:
    understood = read(
        posts=[{"id": post_id(1), "author_handle": ADA.handle, "repost_by": WREN.handle, "at": "2026-09-08T10:00:00Z"}]
    )
    assert acts(understood) == {("in", "repost", WREN.handle, f"repost:{post_id(1)}")}
    assert understood.posts[0].author_handle == ADA.handle


def test_mentions_and_quotes_are_read() -> None:
    understood = read(
        posts=[
            {"id": post_id(1), "author_handle": WREN.handle, "mentions": ["AdaQuill", "not a handle"]},
            {"id": post_id(2), "author_handle": WREN.handle, "quote_handle": "adaquill"},
        ]
    )
    assert acts(understood) == {("in", "mention", WREN.handle, post_id(1)), ("in", "quote", WREN.handle, post_id(2))}


def test_the_viewer_seen_on_the_page_is_a_person_without_relation() -> None:
    understood = read([{"handle": "AdaQuill", "i_follow": False, "follows_me": False}])
    assert (len(understood.people), understood.relations) == (1, [])


@pytest.mark.parametrize(
    "broken",
    [
        {"people": [{"handle": "not a handle"}]},
        {"people": [{"handle": "wren", "id": "12x"}]},
        {"people": [{}]},
        {"people": ["wren"]},
        {"people": {"handle": "wren"}},
        {"people": [{"handle": "wren"}] * 501},
        {"posts": [{"id": "1"}]},
        {"posts": [{"id": 1, "author_handle": "wren"}]},
        {"posts": [{"id": "1", "author_handle": "wren", "quote_handle": "<b>"}]},
        {"kind": "other"},
    ],
)
def test_a_reading_of_the_wrong_shape_is_refused_whole(broken: Json) -> None:
    reading = {"kind": "dom", "people": [], "posts": [], **cast("dict[str, Json]", broken)}
    with pytest.raises(SourceError):
        understand_reading(reading, viewer_id=ADA.id, at=AT)


field = st.sampled_from(
    ["id", "handle", "author_handle", "name", "bio", "at", "mentions", "links", "favorited", "avatar"]
)
rows = st.lists(st.dictionaries(field, any_json | st.just("wren") | st.just("12")), max_size=3)


@given(rows, rows)
@settings(deadline=None)
def test_any_reading_is_understood_with_the_right_types_or_refused(people: list[Json], posts: list[Json]) -> None:
    try:
        understood = read(people, posts)
    except SourceError:
        return
    sound(understood)


def test_derived_interactions_need_no_source_of_their_own() -> None:
    told = read(posts=[{"id": post_id(1), "author_handle": WREN.handle, "favorited": True, "at": post_time(1)}])
    again = interactions_of(told.posts, told.relations, ADA.id, ADA.handle, "dom", at=AT)
    assert again == told.interactions
