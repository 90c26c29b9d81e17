"""Recognises posts that sell, and accounts that post a shop's catalogue one item at a time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlsplit

from companion.domain.sightings import Post
from companion.vetting.checks.thanks import template_of
from companion.vetting.hosts import host_of
from companion.vetting.word_lists import WordLists, readable, tokens_of

NEEDED = 2
"""Signs from which a post is counted as selling: a price alone, or the word "shop" alone, is not selling."""
CATALOGUE_POSTS = 8
CATALOGUE_SHARE = 0.6
"""From this many selling posts to one shop on, making up this share of the links, it is called a catalogue."""

_ADDRESS = re.compile(r"https?://\S+")
_NUMBER = re.compile(r"\d[\d.,]*")
_MONEY_BEFORE = re.compile(r"(?:[$£€¥₹₽₺₩]|\b(?:usd|eur|gbp|idr|rp|rs|r\$|aed|ngn)\.?)\s?$")
_MONEY_AFTER = re.compile(r"\s?(?:[$£€¥₹₽₺₩円元]|(?:usd|eur|gbp|euros?|dollars|tl|zł|kr|руб)\b)")
_LESS = re.compile(r"\s?% (?:off|discount|rabatt)")
_MONEY_ROOM = 6
"""Characters before a number that its currency takes up at most."""
_PRODUCT_PATH = re.compile(
    r"/(?:products?|items?|listing|dp|gp|shop|store|buy|cart|checkout|p|sku|offers?|deals?|produkt|producto)/"
)
_ASKS = re.compile(r"\?\s*$|\b(?:anyone|anybody|who|where|should i|would you|does|did)\b[^.!]*\?")
CONTACT = frozenset({"dm", "message", "inbox", "whatsapp", "text", "call", "email"})
_PUT_ON_SALE = re.compile(
    rf"\b(?:{'|'.join(sorted(CONTACT))})\b.{0, 30}\b(?:order|price|prices|buy|book|rates|details|info)\b"
)


def signs_of_sale(post: Post, lists: WordLists, own_sites: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the signs that a post sells something of the author's; a price counts only beside another one.

    Args:
        post: the post; its text and expanded links are read.
        lists: word lists.
        own_sites: hosts that belong to the author (the link of the profile).
    """
    text = post.text or ""
    read, listed = readable(text), lists.found(text)
    if "not_commerce" in listed:
        return ()
    signs = [f"words: {word}" for word in listed.get("commerce", ())] * 2
    signs += [f"word: {word}" for word in listed.get("commerce_soft", ())[:1]]
    if not CONTACT.isdisjoint(tokens_of(text)) and _PUT_ON_SALE.search(read):
        signs += ["asks for orders"] * 2
    if links := _shop_links(post, lists, own_sites):
        signs += [f"shop: {links[0]}"]
    if signs and _has_price(_ADDRESS.sub(" ", read)):
        signs.append("price")
    return () if signs and not links and "?" in read and _ASKS.search(read) else tuple(signs)


def _has_price(read: str) -> bool:
    """Return whether a number has a currency before or after it, or is a discount."""
    for number in _NUMBER.finditer(read):
        start, end = number.start(), number.start() + len(number[0].rstrip(".,"))
        alone = start == 0 or not (read[start - 1].isalnum() or read[start - 1] == "_")
        ends = not read[end : end + 1].isalnum() or re.match(r"k(?!\w)", read[end : end + 2]) is not None
        if ends and _MONEY_BEFORE.search(read[max(0, start - _MONEY_ROOM) : start]):
            return True
        if alone and (_MONEY_AFTER.match(read, end) or (end - start <= 2 and _LESS.match(read, end))):
            return True
    return False


def is_sale(post: Post, lists: WordLists, own_sites: Sequence[str] = ()) -> bool:
    """Return whether a post sells something."""
    return len(signs_of_sale(post, lists, own_sites)) >= NEEDED


def _shop_links(post: Post, lists: WordLists, own_sites: Sequence[str]) -> list[str]:
    """Return hosts of links that lead to a shop, or to a product on the author's own site."""
    hosts = []
    for link in post.links:
        host = host_of(link)
        product = _PRODUCT_PATH.search(urlsplit(link).path)
        if lists.find(host, "shop_sites") or (product and (not own_sites or host in own_sites)):
            hosts.append(host)
    return hosts


def catalogue_of(posts: Sequence[Post], sales: Sequence[Post]) -> tuple[str, list[Post]] | None:
    """Return the one shop that most links go to, with its posts, where they are many and alike.

    Args:
        posts: the person's own posts.
        sales: those of them that sell.
    """
    hosts = Counter(host for post in sales for host in {host_of(link) for link in post.links})
    linked = sum(1 for post in posts if post.links)
    for host, count in hosts.most_common(1):
        to_it = [post for post in sales if any(host_of(link) == host for link in post.links)]
        if host and count >= CATALOGUE_POSTS and count >= CATALOGUE_SHARE * linked and _alike(to_it):
            return host, to_it
    return None


def _alike(posts: Sequence[Post]) -> bool:
    """Return whether most posts share their first or last two words with another one: a template for many goods."""
    words = [template_of(post.text or "").split() for post in posts]
    ends = Counter(pair for line in words for pair in {("first", *line[:2]), ("last", *line[-2:])} if len(line) >= 2)
    shared = sum(1 for line in words if any(ends[pair] > 1 for pair in (("first", *line[:2]), ("last", *line[-2:]))))
    return shared >= CATALOGUE_SHARE * len(posts)
