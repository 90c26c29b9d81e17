"""One person, told in each generation of X's user object, is the same person."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion.domain.sightings import Person, Relation
from companion.sources.users import person_from, relation_from
from tests.companion.sources.builders import GENERATIONS, INES, NOBODY, WREN, see
from tests.x_json import Generation, Json, UserFacts, rest_user_json, user_json
from tests.x_timeline import profile_json, unavailable_json


def person_of(node: Json) -> Person:
    found = person_from(node)  # type: ignore[arg-type]
    assert found is not None
    return found


def relation_of(node: Json) -> Relation | None:
    return relation_from(node)  # type: ignore[arg-type]


@pytest.mark.parametrize("generation", GENERATIONS)
def test_every_generation_tells_the_same_person(generation: Generation) -> None:
    assert person_of(user_json(WREN, generation)) == Person(
        id=WREN.id,
        handle=WREN.handle,
        name=WREN.name,
        bio=WREN.bio,
        location=WREN.location,
        link=WREN.website,
        bio_links=[],
        avatar=WREN.avatar,
        banner=WREN.banner,
        created_at=WREN.created_at,
        followers=WREN.followers,
        following=WREN.following,
        posts=WREN.posts,
        likes=WREN.likes,
        media=WREN.media,
        listed=None if generation == "C" else WREN.listed,
        protected=None if generation == "A" else False,
        verified=None if generation == "A" else False,
        blue=False,
        default_avatar=False,
        category=WREN.category,
        pinned_post=WREN.pinned[0],
    )


def test_a_flat_person_of_the_rest_answers_is_the_same_person() -> None:
    person = person_of(rest_user_json(WREN))
    assert (person.id, person.handle, person.name, person.bio) == (WREN.id, WREN.handle, WREN.name, WREN.bio)
    assert (person.followers, person.following, person.link) == (WREN.followers, WREN.following, WREN.website)
    assert person.created_at == WREN.created_at


@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize("told", [True, False, None])
def test_a_follow_flag_is_yes_no_or_unknown_and_absence_is_never_no(generation: Generation, told: bool | None) -> None:
    relation = relation_of(user_json(replace(WREN, follows_me=told, i_follow=None), generation))
    assert (relation.follows_me if relation else None) is told
    assert (relation.i_follow if relation else None) is None


@pytest.mark.parametrize("perspectives", [{}, None])
def test_a_logged_out_view_tells_nothing_of_relations(perspectives: Json | None) -> None:
    node = {**user_json(WREN, "C"), "relationship_perspectives": perspectives}
    assert relation_of(node) is None


def test_a_flag_of_another_type_is_unknown() -> None:
    node = {**user_json(WREN, "C"), "relationship_perspectives": {"followed_by": "yes", "following": 1}}
    assert relation_of(node) is None


@pytest.mark.parametrize("generation", GENERATIONS)
def test_the_default_picture_is_told_by_its_address(generation: Generation) -> None:
    picture = "https://abs.twimg.com/sticky/default_profile_images/default_profile_normal.png"
    assert person_of(user_json(replace(WREN, avatar=picture), generation)).default_avatar is True
    assert person_of(user_json(WREN, generation)).default_avatar is False


@pytest.mark.parametrize("generation", GENERATIONS)
def test_a_protected_account_is_seen_as_one(generation: Generation) -> None:
    assert person_of(user_json(replace(WREN, protected=True), generation)).protected is True


def test_a_thin_copy_is_known_as_thin() -> None:
    thin: Json = {"rest_id": WREN.id, "core": {"screen_name": WREN.handle, "name": WREN.name}}
    assert person_of(thin).rich is False
    assert person_of(user_json(WREN)).rich is True


@pytest.mark.parametrize("generation", GENERATIONS)
def test_a_list_s_own_wrapper_without_fields_is_nobody(generation: Generation) -> None:
    wrapper = {"__typename": "User", "timeline": {"timeline": {"instructions": []}}}
    assert see({"data": {"user": {"result": wrapper}}}, "Followers").people == []
    assert see(profile_json(user_json(WREN, generation)), "UserByScreenName").people[0].handle == WREN.handle


@pytest.mark.parametrize("field", ["rest_id", "core"])
def test_without_id_or_handle_there_is_nobody(field: str) -> None:
    node = user_json(WREN, "C")
    del node[field]
    assert person_from(node) is None  # type: ignore[arg-type]


def test_an_account_that_x_does_not_show_is_gone_with_its_reason() -> None:
    answer = {
        "data": {"user": {"rest_id": NOBODY.id, "result": {"__typename": "UserUnavailable", "reason": "Suspended"}}}
    }
    assert see(answer, "UserByRestId").people == [Person(id=NOBODY.id, gone="Suspended", rich=False)]


def test_an_account_that_x_does_not_name_is_not_guessed() -> None:
    understood = see(unavailable_json(), "UserByScreenName")
    assert (understood.people, understood.problems) == ([], [])


def test_an_account_that_x_does_not_name_is_who_the_page_asked_for() -> None:
    asked = '{"variables": {"screen_name": "nobodyyouknow"}}'
    people = see(unavailable_json(), "UserByScreenName", request=asked).people
    assert people == [Person(handle=NOBODY.handle, gone="Suspended", rich=False)]


@pytest.mark.parametrize("generation", GENERATIONS)
def test_a_thin_copy_in_the_same_answer_blanks_nothing(generation: Generation) -> None:
    thin: Json = {"rest_id": WREN.id, "core": {"screen_name": WREN.handle, "name": WREN.name}}
    for order in ([user_json(WREN, generation), thin], [thin, user_json(WREN, generation)]):
        people = see({"data": {"members": order}}).people
        assert [(one.bio, one.followers, one.rich) for one in people] == [(WREN.bio, WREN.followers, True)]


def test_an_automated_label_is_kept() -> None:
    label = {"label": {"userLabelType": "AutomatedLabel", "description": "Automated by @adaquill"}}
    assert person_of({**user_json(INES), "affiliates_highlighted_label": label}).automated is True
    assert person_of(user_json(INES)).automated is None


def test_counts_that_cannot_be_are_not_believed() -> None:
    for count in (-1, True, "many", 10**30, 1.5):
        node = {**user_json(WREN, "C"), "relationship_counts": {"followers": count}}
        assert person_of(node).followers is None


def test_the_viewers_view_of_themselves_is_no_relation() -> None:
    viewer = UserFacts("1000001", "adaquill", "Ada Quill", follows_me=False, i_follow=False)
    assert see(profile_json(user_json(viewer)), "UserByScreenName").relations == []
