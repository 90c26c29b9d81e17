"""Published profile-only rule sets for comparison: Camisani-Calzolari, Socialbakers, and "no bio" alone."""

from __future__ import annotations

from collections.abc import Callable

from companion.domain.sightings import Person
from companion.vetting.facts import Facts


def camisani_calzolari(facts: Facts) -> float:
    """Return how many of nine signs of a person (Camisani-Calzolari 2012, the profile's part) are absent."""
    person = facts.person
    signs = (
        person.name,
        not person.default_avatar,
        (person.location or "").strip(),
        (person.bio or "").strip(),
        (person.followers or 0) >= 30,
        (person.listed or 0) >= 1,
        (person.posts or 0) >= 50,
        (person.link or "").strip(),
        2 * (person.followers or 0) >= (person.following or 0),
    )
    return float(sum(not sign for sign in signs))


def socialbakers(facts: Facts) -> float:
    """Return how many of Socialbakers' profile rules (2013) hold."""
    person: Person = facts.person
    following, followers = person.following or 0, person.followers or 0
    blank = not (person.bio or "").strip() and not (person.location or "").strip()
    rules = (
        following >= 50 * max(1, followers),
        bool(person.default_avatar),
        blank and following > 100,
        (person.posts or 0) == 0,
    )
    return float(sum(rules))


def no_bio(facts: Facts) -> float:
    """Return 1 for an empty bio."""
    return float(not (facts.person.bio or "").strip())


RULES: dict[str, tuple[Callable[[Facts], float], float]] = {
    "Camisani-Calzolari 9 rules": (camisani_calzolari, 5.0),
    "Socialbakers 4 rules": (socialbakers, 1.0),
    "no bio": (no_bio, 1.0),
}
"""Name -> (points, points from which it flags)."""
