"""Reads people from a saved HTML page: the profile's header and the rows of people lists."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode

from companion.domain.handles import is_id, same
from companion.errors import SourceError
from companion.sources.html_nodes import (
    PageSelectors,
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


def header(page: LexborHTMLParser, selectors: PageSelectors) -> Node | None:
    """Return the profile's owner in the format of a DOM reading; None if there is no header.

    A missing "Follows you" is unknown, not no: X may have renamed the mark.
    """
    block = selectors.one(page, "profileName")
    name, handle = name_and_handle(block)
    if block is None or handle is None:
        return None
    part = _whole_header(block, selectors)
    schema = _schema(page, selectors)
    person: Node = {"handle": handle, "header": True, "name": name}
    person.update(_relation_to_viewer(part, selectors))
    if person.get("id") is None and same(text_at(schema, "additionalName"), handle):
        person["id"] = text_at(schema, "identifier") if is_id(text_at(schema, "identifier")) else None
    person["bio"] = tidy(text_of(selectors.one(part, "profileBio")))
    person["location"] = tidy(text_of(selectors.one(part, "profileLocation")))
    person["link"] = attribute(selectors.one(part, "profileLink"), "href")
    person["avatar"] = attribute(selectors.one(part, "avatarPicture"), "src")
    person["protected"] = True if selectors.one(block, "protectedMark") else None
    return person


def people_in(page: LexborHTMLParser, selectors: PageSelectors) -> list[Json]:
    """Return the people in rows of lists, who-to-follow and relevant people, in the format of a DOM reading."""
    people = [_row(cell, selectors) for cell in selectors.all(page, "userCell")]
    return [person for person in people if person is not None]


def _row(cell: LexborNode, selectors: PageSelectors) -> Node | None:
    linked = (link_handle(link) for link in selectors.all(cell, "userCellLink"))
    handle = next(filter(None, linked), None) or avatar_handle(selectors.one(cell, "avatar"))
    if handle is None:
        return None
    names = (tidy(text_of(link)) for link in selectors.all(cell, "userCellName"))
    bios = selectors.all(cell, "userCellBio")
    person: Node = {"handle": handle, "name": next((name for name in names if name), None)}
    person["bio"] = tidy(text_of(bios[-1])) if bios else None
    person["avatar"] = attribute(selectors.one(cell, "avatarPicture"), "src")
    person.update(_relation_to_viewer(cell, selectors))
    return person


def _relation_to_viewer(part: LexborNode, selectors: PageSelectors) -> Node:
    """Return id and relation from the follow button and the "Follows you" mark; without a button they are unknown."""
    names = ("unfollowButton", "followButton", "requestedButton")
    buttons = (follow_button(selectors.one(part, name)) for name in names)
    number, state = next((button for button in buttons if button is not None), (None, ""))
    return {
        "id": number,
        "i_follow": state == "unfollow" if number else None,
        "requested": state == "cancel" if number else None,
        "follows_me": True if selectors.one(part, "followsYou") else None,
    }


def _whole_header(block: LexborNode, selectors: PageSelectors) -> LexborNode:
    """Return the smallest part of the page with the name block and the counts."""
    for _, outer in zip(range(MAX_HEADER_CLIMB), climb(block), strict=False):
        if selectors.one(outer, "profileFollowing") or selectors.one(outer, "profileFollowers"):
            return outer
    return block.parent or block


def _schema(page: LexborHTMLParser, selectors: PageSelectors) -> Node:
    """Return X's schema.org data about the profile; it may still be that of the profile shown before."""
    script = selectors.one(page, "profileSchema")
    try:
        schema = parse(script.text(deep=True) if script is not None else "null", 65_536)
    except SourceError:
        return EMPTY
    return branch(schema, "mainEntity") or branch(schema, "author")
