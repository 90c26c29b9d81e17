"""The shapes that the ledger hands out: people, badges, interactions, and what a recording changed."""

from __future__ import annotations

import msgspec

from companion.domain.identity import IdentityEvent
from companion.domain.sightings import Person
from companion.reciprocity.counters import Tally
from companion.reciprocity.sums import Sums


class BadgeRow(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """All that one mark beside a name needs, read as one clustered row.

    ``sums`` are as of ``sums.at``; advance them to the present before showing. ``contact_at`` is the latest
    interaction of any kind; ``acts`` counts all live interactions, automatic ones included.
    """

    pid: str
    handle: str | None
    name: str | None
    was: str | None
    """The most recent former handle."""
    follows_me: bool | None
    i_follow: bool | None
    sums: Sums
    tally: Tally
    acts: int
    contact_at: int | None
    first_seen: int
    last_seen: int

    @property
    def known(self) -> bool:
        """Whether there is anything to show: an interaction, or they follow the viewer."""
        return self.acts > 0 or self.follows_me is True


class PersonRow(msgspec.Struct, frozen=True):
    """Everything seen of one person by one viewer."""

    pid: str
    profile: Person
    """Id, current handle and profile fields (``None``: never shown)."""
    first_seen: int
    last_seen: int
    handle_since: int | None
    former: list[tuple[str, int]]
    """(former handle, last seen with it), latest first."""
    recycled_from: list[str]
    """Pids of others who had this handle before; nothing of theirs is inherited."""
    posts_seen: int
    """Posts ever seen, dropped ones included."""


class InteractionRow(msgspec.Struct, frozen=True):
    """One live interaction, as ``sightings.Interaction`` tells it."""

    pid: str
    direction: str
    kind: str
    ref: str
    at: int
    post: str | None
    source: str
    partial: bool
    automatic: bool
    chat: str | None


class Snapshot(msgspec.Struct, frozen=True):
    """Followers, following and relation as of a day on which they changed."""

    at: int
    followers: int | None
    following: int | None
    follows_me: bool | None
    i_follow: bool | None


class Recorded(msgspec.Struct, frozen=True):
    """What one recording did; all counts are 0 when the same thing is seen again."""

    people: int = 0
    """People new or changed."""
    posts: int = 0
    relations: int = 0
    interactions: int = 0
    changed: set[str] = msgspec.field(default_factory=set)
    """Pids whose badge or card may look different now."""
    identity: list[IdentityEvent] = []


class Counts(msgspec.Struct, frozen=True):
    """How much the ledger holds for one viewer."""

    people: int
    posts: int
    interactions: int
    first_seen: int | None
    last_seen: int | None


class Difference(msgspec.Struct, frozen=True):
    """A person whose stored sums or tally did not equal what the interactions say (found and mended by a recount)."""

    owner: str
    pid: str
    stored: tuple[Sums, Tally]
    counted: tuple[Sums, Tally]
