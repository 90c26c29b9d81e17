"""Whole saved pages, invented ones and, where they are present, real ones: exactly the people on them, counted twice.

The second count takes the handles out of the raw text by the form of links and names, without the table of selectors.
"""

from __future__ import annotations

import re

import pytest

from companion.domain.sightings import Understanding
from companion.sources.saved_page import read_saved
from tests.shared_data import SHARED
from tests.x_pages import INVENTED

FOLDER = SHARED / "data" / "x" if SHARED else None
PAGES: dict[str, str] = INVENTED | {
    path.name: path.read_text(encoding="utf-8") for path in (sorted(FOLDER.glob("*.html")) if FOLDER else [])
}
"""Name of a page -> its text."""

AVATAR = re.compile(r'data-testid="UserAvatar-Container-([A-Za-z0-9_]+)"')
REPOSTER = re.compile(r'<a\s[^>]*href="/([A-Za-z0-9_]+)"[^>]*>(?:(?!</a>).)*data-testid="socialContext"', re.DOTALL)
BUTTON = re.compile(r'data-testid="([0-9]+)-(follow|unfollow|cancel)"')
TIME_LINK = re.compile(r'<a\s[^>]*href="/\w+/status/([0-9]+)[^"]*"[^>]*>(?:(?!</a>).)*?<time', re.DOTALL)

VIEWERS = (
    re.compile(r"SideNav_AccountSwitcher_Button.*?UserAvatar-Container-([A-Za-z0-9_]+)", re.DOTALL),
    re.compile(r'UserAvatar-Container-([A-Za-z0-9_]+)"(?:(?!data-testid).)*data-testid="tweetTextarea', re.DOTALL),
)
"""The viewer's own picture: in the navigation, and beside the box to write in."""


def understood(name: str) -> Understanding:
    return read_saved(PAGES[name], at=1_790_000_000)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_saved_page_gives_exactly_the_people_on_it(name: str) -> None:
    viewers = {handle for pattern in VIEWERS for handle in pattern.findall(PAGES[name])}
    pictured = set(AVATAR.findall(PAGES[name])) - {"unknown"} - viewers
    expected = pictured | set(REPOSTER.findall(PAGES[name]))
    assert {person.handle for person in understood(name).people} == expected


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_saved_page_gives_every_post_with_a_permalink_once(name: str) -> None:
    ids = [post.id for post in understood(name).posts]
    assert sorted(ids) == sorted(set(TIME_LINK.findall(PAGES[name])))


@pytest.mark.parametrize("name", sorted(PAGES))
def test_ids_and_follow_states_are_those_of_the_buttons(name: str) -> None:
    told = {(person.id, person.handle) for person in understood(name).people if person.id}
    states = {
        relation.id: relation.i_follow for relation in understood(name).relations if relation.i_follow is not None
    }
    assert states == {number: state == "unfollow" for number, state in BUTTON.findall(PAGES[name])}
    assert set(states) <= {number for number, _ in told}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_nobody_follows_the_viewer_without_the_mark(name: str) -> None:
    follows = [relation for relation in understood(name).relations if relation.follows_me]
    assert len(follows) == PAGES[name].count('data-testid="userFollowIndicator"')


@pytest.mark.parametrize("name", sorted(PAGES))
def test_the_viewer_is_who_the_navigation_says(name: str) -> None:
    switcher = re.search(
        r"SideNav_AccountSwitcher_Button.*?UserAvatar-Container-([A-Za-z0-9_]+)", PAGES[name], re.DOTALL
    )
    assert understood(name).viewer_handle == (switcher[1] if switcher else None)
