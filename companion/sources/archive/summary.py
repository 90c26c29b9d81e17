"""Counts what an archive holds while it is read: what `--dry-run --json` prints and the dashboard shows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime

from companion.sources.archive.counts import PostCounts


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
    posts: PostCounts = field(default_factory=PostCounts)
    dm: Counter[str] = field(default_factory=Counter)
    group_dm: Counter[str] = field(default_factory=Counter)
    lists: dict[str, int | None] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    @property
    def tweets(self) -> Counter[str]:
        """The posts' counts under X's names."""
        return self.posts.named(grailbird=self.grailbird)

    def printable(self) -> dict[str, object]:
        """Return the counts under stable names; counts that never rose are left out, as in X's own summaries."""
        if self.grailbird:
            return {
                "archive": self.archive, "format": "grailbird (2012-2018)", "account_id": self.account_id,
                "tweets": dict(self.tweets), "tweets_dated_midnight": self.posts.midnight,
            }  # fmt: skip
        tweets = {key: count for key, count in self.tweets.items() if count or key == "mention_id_-1"}
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
            "first_tweet": _iso(self.posts.first),
            "last_tweet": _iso(self.posts.last),
        }


def _iso(at: int | None) -> str | None:
    return None if at is None else datetime.fromtimestamp(at, UTC).isoformat()
