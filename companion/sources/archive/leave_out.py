"""Leaves out of an archive whom the user forgot, so that taking it in (again) does not bring them back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from msgspec import structs

from companion.domain.handles import stub
from companion.domain.sightings import Interaction, Person, Post, Relation, Understanding
from companion.store.notebook.forgotten import hashed
from companion.store.notebook.notebook import Notebook

Named = TypeVar("Named", Person, Relation, Interaction)


@dataclass(slots=True)
class LeaveOut:
    """Judges people by the notebook's acts of forgetting; somebody written about since then is taken in again."""

    notebook: Notebook
    _forgotten: frozenset[str] = field(init=False)
    _known: dict[str, bool] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Read once whom the user forgot."""
        self._forgotten = frozenset(self.notebook.forgotten.acts())

    def apply(self, chunk: Understanding) -> Understanding:
        """Return a chunk without the people who were forgotten, their acts, and posts by or to them."""
        if not self._forgotten:
            return chunk
        return structs.replace(
            chunk,
            people=self._kept(chunk.people),
            relations=self._kept(chunk.relations),
            interactions=self._kept(chunk.interactions),
            posts=[post for post in chunk.posts if not any(self._is_out(*name) for name in _names(post))],
        )

    def _kept(self, items: Iterable[Named]) -> list[Named]:
        return [item for item in items if not self._is_out(item.id, item.handle)]

    def _is_out(self, pid: str | None, handle: str | None) -> bool:
        """Return whether a person was forgotten; an id says more than a handle, which may be another's by now."""
        key = pid or (stub(handle) if handle else "")
        out = self._known.get(key)
        if out is None:
            out = self._known[key] = hashed(key) in self._forgotten and not self.notebook.knows(key)
        return out


def _names(post: Post) -> list[tuple[str | None, str | None]]:
    """Return (id, handle) of everybody whom a post names."""
    return [
        (post.author_id, post.author_handle),
        (post.reply_to_id, post.reply_to_handle),
        (post.repost_of_id, post.repost_of_handle),
        (post.quote_of_id, post.quote_of_handle),
        *post.mentions,
    ]
