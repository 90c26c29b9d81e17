"""Reads posts and their authors from a saved HTML page."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from companion.sources.html_nodes import (
    PageSelectors,
    attribute,
    avatar_handle,
    link_handle,
    name_and_handle,
    text_of,
    tidy,
)
from companion.sources.json_tree import Json, Node

_STATUS = re.compile(r"/status/([0-9]{1,20})")


def posts_in(page: LexborHTMLParser, selectors: PageSelectors) -> tuple[list[Json], list[Json]]:
    """Return (posts, people) in the format of a DOM reading; the people are authors, reposters and quoted authors."""
    posts: list[Json] = []
    people: list[Json] = []
    for article in selectors.all(page, "post"):
        author = _author(article, selectors)
        if author is None:
            continue
        quoted = _quoted(article, selectors)
        reposter = link_handle(_link_around(selectors.one(article, "repostedBy")))
        people.append({"handle": author, "name": _name(article, selectors)})
        people.extend({"handle": handle} for handle in (quoted, reposter) if handle is not None)
        post = _post(article, author, selectors)
        if post is not None:
            posts.append({**post, "quote_handle": quoted, "repost_by": reposter})
    return posts, people


def _post(article: LexborNode, author: str, selectors: PageSelectors) -> Node | None:
    """Return the post itself; None without a permalink, as in advertisements."""
    when = _outside_quote(article, "postTime", selectors)
    permalink = _STATUS.search(attribute(_link_around(when), "href") or "")
    if permalink is None:
        return None
    text = _outside_quote(article, "postText", selectors)
    links = text.css("a[href]") if text is not None else []
    hrefs = [attribute(link, "href") or "" for link in links]
    return {
        "id": permalink[1],
        "author_handle": author,
        "text": text_of(text).strip() or None,
        "at": attribute(when, "datetime"),
        "lang": attribute(text, "lang"),
        "mentions": [handle for handle in (link_handle(link) for link in links) if handle is not None],
        "links": [href for href in hrefs if href.startswith("https://")],
        "favorited": _either(article, "liked", "notLiked", selectors),
        "retweeted": _either(article, "reposted", "notReposted", selectors),
        "promoted": selectors.around(article, "promotedAround") is not None,
    }


def _author(article: LexborNode, selectors: PageSelectors) -> str | None:
    linked = link_handle(_outside_quote(article, "postAuthorLink", selectors))
    return linked or avatar_handle(_outside_quote(article, "avatar", selectors))


def _name(article: LexborNode, selectors: PageSelectors) -> str | None:
    return tidy(text_of(_outside_quote(article, "postAuthorLink", selectors)))


def _quoted(article: LexborNode, selectors: PageSelectors) -> str | None:
    """Return the handle of a quote card's author: X puts no link there, so its avatar or the last @ of its name."""
    for card in selectors.all(article, "quoteCard"):
        name = selectors.one(card, "postName")
        handle = avatar_handle(selectors.one(card, "avatar")) or name_and_handle(name)[1]
        if name is not None and handle is not None:
            return handle
    return None


def _outside_quote(article: LexborNode, name: str, selectors: PageSelectors) -> LexborNode | None:
    """Return the first element under ``name`` that belongs to the post itself, not to the one it quotes."""
    for node in selectors.all(article, name):
        if selectors.around(node, "quoteCard", limit=article) is None:
            return node
    return None


def _link_around(node: LexborNode | None) -> LexborNode | None:
    while node is not None and node.tag != "a":
        node = node.parent
    return node


def _either(article: LexborNode, yes: str, no: str, selectors: PageSelectors) -> bool | None:
    if selectors.one(article, yes) is not None:
        return True
    return False if selectors.one(article, no) is not None else None
