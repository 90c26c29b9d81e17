"""Saved pages of X, invented ones and, where present, real ones, served as x.com: marks and cards for their people."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.browser.devtools import until
from tests.browser.house import House
from tests.browser.pages import XPage
from tests.browser.test_timeline import VIEWER
from tests.replica.server import Replica
from tests.shared_data import SHARED
from tests.x_pages import INVENTED

SAVED = sorted((SHARED / "data" / "x").glob("dom_*.html")) if SHARED else []
BARE = "invented_without_outer_test_ids"
PAGES = {name: html for name, html in INVENTED.items() if name != BARE} | {
    path.stem: path.read_text(encoding="utf-8") for path in SAVED
}
"""Name -> HTML."""
HEADED = sorted({"invented_profile_header_not_followed", "dom_profile_header_not_followed_2023-12"} & PAGES.keys())
"""Those that hold the header of somebody else's profile; one more is the viewer's own, which gets no card."""


def avatar_handle(node: LexborNode) -> str:
    name = node.attributes.get("data-testid") or ""
    return name.removeprefix("UserAvatar-Container-").lower()


def people_in_rows(html: str) -> set[str]:
    """Return the authors of posts and the people of user rows, read without the extension's own table."""
    tree = LexborHTMLParser(html)
    found = set()
    for css in ('article[data-testid="tweet"]', '[data-testid="UserCell"]'):
        for row in tree.css(css):
            avatar = row.css_first('[data-testid^="UserAvatar-Container-"]')
            if avatar:
                found.add(avatar_handle(avatar))
    return found - {"unknown"}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_saved_page_shows_marks_for_exactly_its_people(x: XPage, house: House, replica: Replica, name: str) -> None:
    html = PAGES[name]
    expected = people_in_rows(html)
    for number, handle in enumerate(sorted(expected)):
        house.write(VIEWER, {"handle": handle}, "tags", {"tags": [f"number {number}"]})
    replica.saved["/i/saved"] = html if "<body" in html else f"<!DOCTYPE html><body>{html}</body>"
    x.open("/i/saved")
    own = x.driver.execute_script(
        "return document.querySelector('[data-testid=AppTabBar_Profile_Link]')?.getAttribute('href')?.slice(1)"
    )
    expected.discard(str(own).lower())
    until(lambda: expected <= {mark.says for mark in x.leaves()}, f"marks for {sorted(expected)}")
    marks = x.leaves()
    assert {mark.says for mark in marks} == expected
    assert all(mark.says == mark.row for mark in marks)


def test_posts_on_the_home_page_that_lost_their_test_ids_still_have_marks(
    x: XPage, house: House, replica: Replica
) -> None:
    for handle in ("wrenwrites", "inesmakes"):
        house.write(VIEWER, {"handle": handle}, "tags", {"tags": [f"is {handle}"]})
    replica.saved["/home"] = INVENTED[BARE]
    x.open("/home")
    until(lambda: {mark.says for mark in x.leaves()} == {"wrenwrites", "inesmakes"}, "marks by the posts' roles")


@pytest.mark.parametrize("name", HEADED)
def test_a_saved_profile_shows_the_card_of_its_person(x: XPage, replica: Replica, name: str) -> None:
    html = PAGES[name]
    link = LexborHTMLParser(html).css_first(
        '[data-testid="UserName"] ~ div a[href$="/following"], a[href$="/following"]'
    )
    assert link is not None
    handle = str(link.attributes["href"]).split("/")[1]
    replica.saved[f"/{handle}"] = f"<!DOCTYPE html><body>{html}</body>"
    x.open(f"/{handle}")
    until(lambda: [leaf.says for leaf in x.leaves("card")] == [handle.lower()], f"the card of @{handle}")
