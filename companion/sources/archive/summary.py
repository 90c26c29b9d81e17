"""Counts what an archive holds while it is read: what `--dry-run --json` prints and the dashboard shows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime

from companion.sources.archive.records import GONE, ReadPost, Record, record, text_of
from companion.sources.sightings import Post

_GRAILBIRD_COUNTS = ("tweets", "mention_entities", "replies", "reposts", "reposts_with_status_object")


@dataclass(slots=True)
class Summary:
    """Counts of one archive; ``None`` in ``lists`` means the archive has no such file."""

    archive: str
    grailbird: bool = False
    generation: str | None = None
    account_id: str | None = None
    username: str | None = None
    files: int = 0
    followers: set[str] = field(default_factory=set)
    following: set[str] = field(default_factory=set)
    blocked: int = 0
    muted: int = 0
    likes: int = 0
    likes_without_text: int = 0
    tweets: Counter[str] = field(default_factory=Counter)
    midnight: int = 0
    dm: Counter[str] = field(default_factory=Counter)
    group_dm: Counter[str] = field(default_factory=Counter)
    lists: dict[str, int | None] = field(default_factory=dict)
    first: int | None = None
    last: int | None = None
    problems: list[str] = field(default_factory=list)

    def count_post(self, tweet: Record, read: ReadPost) -> None:
        """Count one post of the owner's."""
        self.tweets["tweets"] += 1
        outside = "mention_entities" if self.grailbird else "mention_entities_outside_reposts"
        post, repost = read.post, read.repost
        if repost:
            self.tweets["reposts"] += 1
            self.tweets["reposts_with_status_object" if self.grailbird else "reposts_without_mention_id"] += (
                bool(record(tweet.get("retweeted_status"))) if self.grailbird else repost.id is None
            )
        if not repost or self.grailbird:
            self.tweets[outside] += len(read.mentions)
        if post.reply_to_id or post.reply_to_post:
            self.tweets["replies"] += 1
            self.tweets["self_replies"] += post.reply_to_id == self.account_id
        if any(one.id is None for one in read.mentions):
            self.tweets["mention_id_-1"] += _gone(tweet)
        self._count_time(tweet, post)

    def _count_time(self, tweet: Record, post: Post) -> None:
        if self.grailbird:
            self.midnight += " 00:00:00 " in (text_of(tweet, "created_at") or "")
        if post.at is not None:
            self.first = post.at if self.first is None else min(self.first, post.at)
            self.last = post.at if self.last is None else max(self.last, post.at)

    def printable(self) -> dict[str, object]:
        """Return the counts under stable names; counts that never rose are left out, as in X's own summaries."""
        if self.grailbird:
            tweets = {key: self.tweets[key] for key in _GRAILBIRD_COUNTS}
            return {
                "archive": self.archive, "format": "grailbird (2012-2018)", "account_id": self.account_id,
                "tweets": tweets, "tweets_dated_midnight": self.midnight,
            }  # fmt: skip
        tweets = {key: count for key, count in self.tweets.items() if count}
        tweets["mention_id_-1"] = self.tweets["mention_id_-1"]
        return {
            "archive": self.archive,
            "generation_year": self.generation,
            "account_id": self.account_id,
            "username": self.username,
            "files": self.files,
            "followers": len(self.followers),
            "following": len(self.following),
            "mutual": len(self.followers & self.following),
            "blocked": self.blocked,
            "muted": self.muted,
            "likes": self.likes,
            "likes_without_text": self.likes_without_text,
            "tweets": tweets,
            "dm": {"conversations": 0} | {key: count for key, count in self.dm.items() if count},
            "group_dm": {"conversations": 0} | {key: count for key, count in self.group_dm.items() if count},
            **self.lists,
            "first_tweet": _iso(self.first),
            "last_tweet": _iso(self.last),
        }


def _gone(tweet: Record) -> int:
    found = record(tweet.get("entities")).get("user_mentions")
    return sum(text_of(record(one), "id_str", "id") == GONE for one in found) if isinstance(found, list) else 0


def _iso(at: int | None) -> str | None:
    return None if at is None else datetime.fromtimestamp(at, UTC).isoformat()
