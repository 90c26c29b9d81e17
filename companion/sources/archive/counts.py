"""Counts the owner's posts while they are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from companion.domain.dates import DAY
from companion.sources.archive.records import GONE, ReadPost


@dataclass(slots=True)
class PostCounts:
    """What was counted so far.

    Attributes:
        posts: all of them.
        mentions: mentions in them; ``outside`` of these in posts that repeat nobody's.
        gone: mentions of accounts that no longer exist.
        replies: answers to anybody; ``self_replies`` of these to the owner.
        reposts: posts that repeat another's; ``nameless`` of these without the author's id, ``with_post`` with the
            post itself.
        midnight: posts dated midnight, which in the 2012 format means that only the day is known.
        first: when the earliest was made, epoch seconds; ``last`` the latest.
    """

    posts: int = 0
    mentions: int = 0
    outside: int = 0
    gone: int = 0
    replies: int = 0
    self_replies: int = 0
    reposts: int = 0
    nameless: int = 0
    with_post: int = 0
    midnight: int = 0
    first: int | None = None
    last: int | None = None

    def count(self, batch: Sequence[ReadPost]) -> None:
        """Count some of the owner's posts; in whole columns, for every post of twenty years comes through here."""
        self.posts += len(batch)
        plain = [read for read in batch if read.repost is None]
        self.outside += sum([len(read.mentions) for read in plain])
        self.mentions += sum([len(read.mentions) for read in batch])
        self.gone += sum([_gone(read) for read in batch if read.mentions])
        answers = [read.post.reply_to_id for read in batch if read.post.reply_to_id or read.post.reply_to_post]
        self.replies += len(answers)
        self.self_replies += answers.count(batch[0].post.author_id) if batch else 0
        if len(plain) < len(batch):
            reposts = [read for read in batch if read.repost is not None]
            self.reposts += len(reposts)
            self.nameless += sum(read.post.repost_of_id is None for read in reposts)
            self.with_post += sum(read.tweet.retweeted_status is not None for read in reposts)
        self._count_times([read.post.at for read in batch if read.post.at is not None])

    def _count_times(self, times: Sequence[int]) -> None:
        if times:
            self.midnight += sum([at % DAY == 0 for at in times])
            self.first = min(times) if self.first is None else min(self.first, *times)
            self.last = max(times) if self.last is None else max(self.last, *times)

    def named(self, *, grailbird: bool) -> Counter[str]:
        """Return the counts under stable names, for the format's own columns."""
        if grailbird:
            return Counter(
                {
                    "tweets": self.posts,
                    "mention_entities": self.mentions,
                    "replies": self.replies,
                    "reposts": self.reposts,
                    "reposts_with_status_object": self.with_post,
                }
            )
        return Counter(
            {
                "tweets": self.posts,
                "mention_entities_outside_reposts": self.outside,
                "mention_id_-1": self.gone,
                "replies": self.replies,
                "self_replies": self.self_replies,
                "reposts": self.reposts,
                "reposts_without_mention_id": self.nameless,
            }
        )


def _gone(read: ReadPost) -> int:
    """Count the mentions without a person's id that X wrote as gone."""
    if None not in [person for person, _ in read.mentions]:
        return 0
    listed = (read.tweet.entities.user_mentions if read.tweet.entities else None) or []
    return sum((mention.id_str or str(mention.id)) == GONE for mention in listed)
