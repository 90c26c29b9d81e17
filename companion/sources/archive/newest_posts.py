"""Keeps the newest posts of an archive while it is read, whatever the order in which they come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from msgspec import structs

from companion.domain.page_kinds import WHOLE
from companion.domain.sightings import Post
from companion.sources.archive.records import ReadPost, completed

KEPT_POSTS = 400
"""The owner's newest posts that are stored whole; of the others only the interactions are."""


@dataclass(slots=True)
class NewestPosts:
    """Collects the newest posts of an archive."""

    most: int = KEPT_POSTS
    candidates: list[ReadPost] = field(default_factory=list)
    since: int = -1
    """Posts that are no newer than this are not among the newest."""

    def offer(self, batch: Iterable[ReadPost]) -> None:
        """Add those posts that are among the newest so far."""
        self.candidates += [read for read in batch if (read.post.at or 0) > self.since]
        if len(self.candidates) >= 4 * self.most:  # rarely, so that a post costs next to nothing
            self._cut()

    def posts(self) -> list[Post]:
        """Return the newest posts whole, the oldest of them first."""
        self._cut()
        return [structs.replace(completed(read.tweet, read.post), pages=WHOLE) for read in self.candidates]

    def _cut(self) -> None:
        self.candidates.sort(key=lambda read: (read.post.at or 0, read.post.id))
        if len(self.candidates) > self.most:
            del self.candidates[: -self.most]
            self.since = self.candidates[0].post.at or 0
