"""The desk: what the views of one running companion work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from companion.settings import Settings
from companion.stores import Stores


@dataclass(slots=True)
class LastSeen:
    """What the latest page of sightings brought, for the status: a time and counts, not a yes or no."""

    at: int | None = None
    people: int = 0
    posts: int = 0
    interactions: int = 0
    problems: int = 0


@dataclass(slots=True)
class Counted:
    """How many people there are, and when they were counted."""

    people: int = 0
    at: int | None = None


@dataclass(frozen=True, slots=True)
class ApiContext:
    """Settings, stores and the clock (epoch seconds UTC), handed to every view."""

    settings: Settings
    stores: Stores
    clock: Callable[[], int]
    seen: LastSeen = field(default_factory=LastSeen)
    counted: Counted = field(default_factory=Counted)
