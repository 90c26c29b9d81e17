"""Result types of the ledger: people, badges, interactions, and the outcome of a recording."""

from __future__ import annotations

import msgspec

from companion.domain.identity import IdentityEvent
from companion.domain.sightings import Person
from companion.reciprocity.counters import Tally
from companion.reciprocity.sums import Sums


class BadgeRow(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """The badge of a person, for the mark beside a name; read as one clustered row.

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
    """One interaction that was not undone, with the fields of ``sightings.Interaction``."""

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
    """Follower counts and follow flags as of a day on which they changed."""

    at: int
    followers: int | None
    following: int | None
    follows_me: bool | None
    i_follow: bool | None


class Recorded(msgspec.Struct, frozen=True):
    """The outcome of one recording; all counts are 0 if everything was known."""

    people: int = 0
    """People new or changed."""
    posts: int = 0
    relations: int = 0
    interactions: int = 0
    changed: set[str] = msgspec.field(default_factory=set)
    """Pids whose badge or card may have changed."""
    identity: list[IdentityEvent] = []
    problems: list[str] = []
    """What was understood and cannot be true, in words; nothing of it was stored."""


class Counts(msgspec.Struct, frozen=True):
    """How many rows the ledger has for one viewer, and when the viewer was first and last active."""

    people: int
    posts: int
    interactions: int
    first_seen: int | None
    last_seen: int | None


class Difference(msgspec.Struct, frozen=True):
    """A person whose stored sums or tally differed from a recount of the interactions, which repaired them."""

    owner: str
    pid: str
    stored: tuple[Sums, Tally]
    counted: tuple[Sums, Tally]
