"""The context that every view receives: settings, stores, clock and the figures of the status."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from companion.settings import Settings
from companion.store.account import Account
from companion.stores import Stores

if TYPE_CHECKING:
    from companion.i18n.catalogue import Catalogue


@dataclass(slots=True)
class LastSeen:
    """When the latest sightings came and what was new in them, for the status."""

    at: int | None = None
    people: int = 0
    posts: int = 0
    interactions: int = 0
    problems: int = 0


@dataclass(slots=True)
class PeopleCount:
    """The number of people seen, and when they were counted."""

    people: int = 0
    at: int | None = None


@dataclass(frozen=True, slots=True)
class ApiContext:
    """Settings, stores and clock (epoch seconds UTC), passed to every view.

    ``languages`` is the request's Accept-Language; empty outside a request.
    """

    settings: Settings
    stores: Stores
    clock: Callable[[], int]
    seen: LastSeen = field(default_factory=LastSeen)
    people_count: PeopleCount = field(default_factory=PeopleCount)
    languages: str = ""

    def asked_in(self, languages: str) -> ApiContext:
        """Return the same context for a request with this Accept-Language."""
        return ApiContext(self.settings, self.stores, self.clock, self.seen, self.people_count, languages)

    def spoken(self) -> Catalogue:
        """Return the catalogue of the language that the request names as its own."""
        from companion.i18n.catalogue import catalogue
        from companion.i18n.languages import accepted, best

        return catalogue(best(accepted(self.languages)))

    def account(self, owner: str) -> Account:
        """Return what is written and seen as one of the user's accounts, by its key in the ledger."""
        return Account(self.stores.notebook, self.stores.ledger, owner)
