"""Counts the owner's posts while they are read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from companion.sources.archive.records import GONE, ReadPost
from companion.sources.archive.shapes import Tweet


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

    def count(self, tweet: Tweet, read: ReadPost) -> None:
        """Count one post of the owner's."""
        post, repost, mentions = read.post, read.repost, read.mentions
        self.posts += 1
        if mentions:
            self.mentions += len(mentions)
            if repost is None:
                self.outside += len(mentions)
            if any(person is None for person, _ in mentions):
                self.gone += _gone(tweet)
        if repost is not None:
            self.reposts += 1
            self.nameless += repost[0] is None
            self.with_post += tweet.retweeted_status is not None
        if post.reply_to_id or post.reply_to_post:
            self.replies += 1
            self.self_replies += post.reply_to_id == post.author_id
        if post.at is not None:
            self.midnight += post.at % 86_400 == 0
            if self.first is None or post.at < self.first:
                self.first = post.at
            if self.last is None or post.at > self.last:
                self.last = post.at

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


def _gone(tweet: Tweet) -> int:
    listed = (tweet.entities.user_mentions if tweet.entities else None) or []
    return sum((one.id_str or str(one.id)) == GONE for one in listed)
