"""The replica's answers are what X's are: the companion understands them in every generation."""

from __future__ import annotations

import json

import pytest

from companion.domain.sightings import Understanding
from companion.sources.page import understand
from tests.replica import people
from tests.replica.answers import answer
from tests.replica.story import WREN_WEEKS
from tests.replica.world import Generation, Look, World

NOW = 1_790_000_000
GENERATIONS: list[Generation] = ["A", "B", "C"]


def world(generation: Generation) -> World:
    return World(NOW, crowd=30, home_posts=60, look=Look(generation=generation, page_size=200))


def understood(from_world: World, op: str, **variables: object) -> Understanding:
    text = json.dumps(answer(from_world, op, variables))
    viewer = from_world.viewer
    return understand(text, op=op, viewer_id=viewer.id, viewer_handle=viewer.handle, at=NOW)


@pytest.mark.parametrize("generation", GENERATIONS)
def test_a_profile_says_who_it_is_and_how_we_stand(generation: Generation) -> None:
    told = understood(world(generation), "UserByScreenName", screen_name="wrenwrites")
    wren = next(person for person in told.people if person.id == people.WREN.id)
    assert (wren.handle, wren.name, wren.bio) == (people.WREN.handle, people.WREN.name, people.WREN.bio)
    assert (wren.followers, wren.created_at) == (people.WREN.followers, people.WREN.created_at)
    relation = next(one for one in told.relations if one.id == people.WREN.id)
    assert relation.follows_me is True
    assert relation.i_follow is True


@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize("op", ["UserRepliesTimeline", "UserTweetsAndReplies"])
def test_the_replies_of_wren_to_the_viewer_are_found(generation: Generation, op: str) -> None:
    told = understood(world(generation), op, userId=people.WREN.id)
    inbound = {one.post for one in told.interactions if one.direction == "in" and one.id == people.WREN.id}
    assert len(inbound) == len(WREN_WEEKS)


@pytest.mark.parametrize("generation", GENERATIONS)
def test_the_followers_page_lists_exactly_who_follows(generation: Generation) -> None:
    made = world(generation)
    told = understood(made, "Followers", userId=people.ADA.id)
    assert {person.id for person in told.people} == {one.id for one in made.followers_of(made.viewer)}
    assert all(one.follows_me for one in told.relations)


@pytest.mark.parametrize("generation", GENERATIONS)
def test_promoted_posts_come_marked_and_count_for_nothing(generation: Generation) -> None:
    told = understood(world(generation), "HomeTimeline")
    promoted = {post.id for post in told.posts if post.promoted}
    assert promoted
    assert not promoted & {one.post for one in told.interactions}


def test_a_handle_taken_over_by_another_account_has_another_id() -> None:
    made = world("C")
    made.recycle(people.RHEA.id, "4000001")
    told = understood(made, "UserByScreenName", screen_name="rheapillai")
    assert [person.id for person in told.people] == ["4000001"]


def test_the_same_seed_makes_the_same_world() -> None:
    first, second = world("C"), world("C")
    assert [post.text for post in first.home] == [post.text for post in second.home]
    assert [one.handle for one in first.accounts.values()] == [one.handle for one in second.accounts.values()]
