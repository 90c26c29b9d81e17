"""Posts of the replica: their shape, ids that carry their time as X's do, and a seeded generator for timelines."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.replica import words
from tests.replica.people import Account

SNOWFLAKE_EPOCH_MS = 1_288_834_974_657
"""Start of X's id clock; an id is milliseconds since then, shifted left by 22 bits."""


@dataclass
class Post:
    """One post. ``at`` is epoch seconds UTC; ``liked_by`` and ``reposted_by`` hold account ids."""

    id: str
    author: Account
    text: str
    at: int
    lang: str = "en"
    reply_to: Post | None = None
    repost_of: Post | None = None
    quote_of: Post | None = None
    mentions: list[Account] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    promoted: bool = False
    picture: bool = False
    replies: int = 0
    reposts: int = 0
    likes: int = 0
    views: int = 0
    liked_by: set[str] = field(default_factory=set)
    reposted_by: set[str] = field(default_factory=set)

    @property
    def conversation(self) -> str:
        """Id of the conversation's first post."""
        return self.reply_to.conversation if self.reply_to else self.id


class Writer:
    """Makes posts with increasing, time-bearing ids and plausible counts, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self._serial = 0

    def post(
        self,
        author: Account,
        text: str,
        at: int,
        *,
        reply_to: Post | None = None,
        repost_of: Post | None = None,
        quote_of: Post | None = None,
        mentions: Sequence[Account] = (),
        promoted: bool = False,
    ) -> Post:
        """Return a new post of ``author`` at ``at`` with invented counts."""
        self._serial += 1
        likes = int(self.dice.paretovariate(1.1) * 3)
        return Post(
            id=str(((at * 1000 - SNOWFLAKE_EPOCH_MS) << 22) + (self._serial & 0x3FFFFF)),
            author=author,
            text=text,
            at=at,
            reply_to=reply_to,
            repost_of=repost_of,
            quote_of=quote_of,
            mentions=list(mentions),
            promoted=promoted,
            picture=not reply_to and self.dice.random() < 0.12,
            replies=likes // 7,
            reposts=likes // 5,
            likes=likes,
            views=likes * 61 + 40,
        )

    def remark(self) -> str:
        """Return the text of an ordinary post."""
        parts = [self.dice.choice(words.OPENERS), self.dice.choice(words.THINGS)]
        return " ".join(parts) + ". " + self.dice.choice(words.CLOSERS)

    def answer(self) -> str:
        """Return the text of an ordinary reply."""
        return self.dice.choice(words.REPLIES)

    def timeline(self, authors: Sequence[Account], count: int, newest: int) -> list[Post]:
        """Return ``count`` posts, newest first, with some reposts, quotes, replies and promoted ones among them."""
        posts: list[Post] = []
        at = newest
        for _ in range(count):
            at -= self.dice.randrange(20, 900)
            posts.append(self._one(authors, posts, at))
        return posts

    def _one(self, authors: Sequence[Account], earlier: list[Post], at: int) -> Post:
        author = self.dice.choice(authors)
        chance = self.dice.random()
        if chance < 0.08:
            original = self.post(self.dice.choice(authors), self.remark(), at - 4000)
            return self.post(author, f"RT @{original.author.handle}: {original.text}", at, repost_of=original)
        if chance < 0.15:
            quoted = self.post(self.dice.choice(authors), self.remark(), at - 9000)
            return self.post(author, self.answer(), at, quote_of=quoted)
        if chance < 0.25 and earlier:
            asked = self.post(self.dice.choice(authors), self.remark(), at - 700)
            return self.post(author, self.answer(), at, reply_to=asked, mentions=[])
        if chance < 0.28:
            return self.post(author, self.dice.choice(words.OFFERS), at, promoted=True)
        return self.post(author, self.remark(), at)
