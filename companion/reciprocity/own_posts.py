"""Posts that say something or only link elsewhere, and the pages on which the user's words began (pure)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from companion.domain.link_posts import is_link_only
from companion.domain.page_kinds import HOME, LIST
from companion.domain.sightings import Post
from companion.reciprocity.relationship import Rate

CHATS, ANSWERS, LISTS, HOME_FEED, ELSEWHERE, OWN, UNKNOWN = (
    "In chats", "To who wrote to you", "From lists", "From the home feed", "From profiles and other pages",
    "Of your own accord", "Where from, was not seen",
)  # fmt: skip
PARTS = (CHATS, ANSWERS, LISTS, HOME_FEED, ELSEWHERE, OWN, UNKNOWN)
"""Where the user's words began, in the order in which a post that stood in several places counts."""


MOSTLY = 0.5
"""From this share on posts are mostly links elsewhere."""


@dataclass(frozen=True, slots=True)
class Word:
    """One act of the user's that said something on X.

    Attributes:
        chat: whether it was in a chat.
        beginning: whether it answered or quoted no post.
        answer: whether the post that it answers was one to the user.
        pages: bits of the kinds of page that showed that post (`companion.domain.page_kinds`); 0 is unknown.
    """

    chat: bool
    beginning: bool
    answer: bool
    pages: int


def part_of(word: Word) -> str:
    """Return where a word began, one of ``PARTS``."""
    if word.chat:
        return CHATS
    if word.beginning:
        return OWN
    if word.answer:
        return ANSWERS
    if not word.pages:
        return UNKNOWN
    return LISTS if word.pages & LIST else HOME_FEED if word.pages & HOME else ELSEWHERE


def parts_of(words: Iterable[Word]) -> list[tuple[str, int]]:
    """Return (part, number) of all parts that have any, in their order; the numbers sum to that of the words."""
    counted = Counter(map(part_of, words))
    return [(part, counted[part]) for part in PARTS if counted[part]]


def offsite(posts: Iterable[Post], since: int) -> Rate:
    """Return how many of the user's posts are nothing but a link elsewhere, of those that answer nobody.

    Args:
        posts: the user's own, as far as they were seen.
        since: only those from this time on, epoch seconds UTC.
    """
    speaking = [
        post for post in posts
        if (post.at or 0) >= since and post.text is not None and post.repost_of is None
        and (post.reply_to_post is None or post.reply_to_id == post.author_id)
    ]  # fmt: skip
    return Rate(sum(is_link_only(post.text or "", linked=bool(post.links)) for post in speaking), len(speaking))


def discussing(posts: Iterable[tuple[str, str, bool]]) -> list[str]:
    """Return who says more than they link, of whom enough was seen to tell.

    Args:
        posts: (author, words, whether X gave it a link) of posts to nobody.
    """
    seen: Counter[str] = Counter()
    links: Counter[str] = Counter()
    for author, text, linked in posts:
        seen[author] += 1
        links[author] += is_link_only(text, linked=linked)
    shares = {author: Rate(links[author], number).share for author, number in seen.items()}
    return [author for author, share in shares.items() if share is not None and share < MOSTLY]
