"""Reads people off a saved page: the profile's header and the rows of people lists."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode

from companion.domain.handles import is_id, same
from companion.errors import SourceError
from companion.sources.html_nodes import (
    Places,
    attribute,
    avatar_handle,
    climb,
    follow_button,
    link_handle,
    name_and_handle,
    text_of,
    tidy,
)
from companion.sources.json_tree import EMPTY, Json, Node, branch, parse, text_at

MAX_HEADER_CLIMB = 8
"""Levels between the name block and the part of the page that also holds the counts, in every saved header."""


def header(page: LexborHTMLParser, places: Places, *, viewer_known: bool) -> Node | None:
    """Return the person whose profile it is, in the form of a DOM reading; None if there is no header.

    Args:
        page: the parsed page.
        places: the selector table.
        viewer_known: whether the page is one of somebody logged in; only then is a missing "Follows you" a no.
    """
    block = places.one(page, "profileName")
    name, handle = name_and_handle(block)
    if block is None or handle is None:
        return None
    part = _whole_header(block, places)
    schema = _schema(page, places)
    person: Node = {"handle": handle, "header": True, "name": name}
    person.update(_stand(part, places))
    if person.get("id") is None and same(text_at(schema, "additionalName"), handle):
        person["id"] = text_at(schema, "identifier") if is_id(text_at(schema, "identifier")) else None
    person["bio"] = tidy(text_of(places.one(part, "profileBio")))
    person["location"] = tidy(text_of(places.one(part, "profileLocation")))
    person["link"] = attribute(places.one(part, "profileLink"), "href")
    person["avatar"] = attribute(places.one(part, "avatarPicture"), "src")
    person["protected"] = True if places.one(block, "protectedMark") else None
    if person["follows_me"] is None and person["i_follow"] is not None and viewer_known:
        person["follows_me"] = False
    return person


def people_in(page: LexborHTMLParser, places: Places) -> list[Json]:
    """Return the people in rows of lists, who-to-follow and relevant people, in the form of a DOM reading."""
    found = [_row(cell, places) for cell in places.all(page, "userCell")]
    return [person for person in found if person is not None]


def _row(cell: LexborNode, places: Places) -> Node | None:
    linked = (link_handle(link) for link in places.all(cell, "userCellLink"))
    handle = next((one for one in linked if one), None) or avatar_handle(places.one(cell, "avatar"))
    if handle is None:
        return None
    names = (tidy(text_of(link)) for link in places.all(cell, "userCellName"))
    bios = places.all(cell, "userCellBio")
    person: Node = {"handle": handle, "name": next((name for name in names if name), None)}
    person["bio"] = tidy(text_of(bios[-1])) if bios else None
    person["avatar"] = attribute(places.one(cell, "avatarPicture"), "src")
    person.update(_stand(cell, places))
    return person


def _stand(part: LexborNode, places: Places) -> Node:
    """Return id and relation as the follow button and the "Follows you" mark tell them; no button is unknown."""
    names = ("unfollowButton", "followButton", "requestedButton")
    buttons = (follow_button(places.one(part, name)) for name in names)
    number, state = next((button for button in buttons if button is not None), (None, ""))
    return {
        "id": number,
        "i_follow": state == "unfollow" if number else None,
        "requested": state == "cancel" if number else None,
        "follows_me": True if places.one(part, "followsYou") else None,
    }


def _whole_header(block: LexborNode, places: Places) -> LexborNode:
    """Return the smallest part of the page with the name block and the counts."""
    for _, outer in zip(range(MAX_HEADER_CLIMB), climb(block), strict=False):
        if places.one(outer, "profileFollowing") or places.one(outer, "profileFollowers"):
            return outer
    return block.parent or block


def _schema(page: LexborHTMLParser, places: Places) -> Node:
    """Return what X wrote for search engines about the profile; it may be of the profile looked at before."""
    script = places.one(page, "profileSchema")
    try:
        told = parse(script.text(deep=True) if script is not None else "null", 65_536)
    except SourceError:
        return EMPTY
    return branch(told, "mainEntity") or branch(told, "author")
