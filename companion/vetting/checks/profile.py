"""Checks the rest of the profile: place, link, followers, number of posts, lists, handle and age."""

from __future__ import annotations

import math
import re
import unicodedata

from companion.domain.dates import DAY
from companion.domain.sightings import Person
from companion.vetting.facts import Facts
from companion.vetting.findings import CAUTION, FACT, Finding, Param

PUBLIC_FIGURE = 100_000
"""Followers from which nobody can answer everybody: broadcasting is not held against such an account."""
FIGURE_FOLLOWS = 5
"""A public figure follows at most one account for so many followers: following back is collecting."""
BULK, BULK_TIMES = 100, 4
"""Following so many, and so many times more than follow back, is following in bulk."""
FEW_FOLLOWERS = 64
FEW_POSTS = 512
"""Below these the degree grows with each halving, to 1 at none at all."""
MANY_TIMES = 32
"""Following this many times more accounts than follow back is degree 1; twice as many is 0.2."""
SHOWN_TIMES = 10
"""From this ratio on it is a caution; below, only a fact."""
NEW_DAYS = 90
"""A younger account is "new here"; what only time can give counts half against it."""
DIGITS = 5
"""Digits at the end of a handle from which it looks generated rather than chosen (X generates eight)."""


def check_profile(facts: Facts) -> list[Finding]:
    """Return findings about the profile's fields; none about fields that were not seen."""
    person = facts.person
    return [*_blanks(person), *_followers(person), *_posts(person), *_standing(person), *_name(person), *_age(facts)]


def _blanks(person: Person) -> list[Finding]:
    shown = (("profile_no_place", person.location), ("profile_no_link", person.link))
    return [Finding(code) for code, value in shown if value is not None and not value.strip()]


def _halves(value: int, full: int) -> float:
    """Return 0 at ``full`` and more, 1 at none, and the share of halvings in between."""
    steps = math.log2(full)
    return min(1.0, max(0.0, (steps - math.log2(value + 1)) / steps))


def _followers(person: Person) -> list[Finding]:
    if person.followers is None:
        return []
    findings = []
    few = _halves(person.followers, FEW_FOLLOWERS)
    if few > 0:
        findings.append(Finding("profile_few_followers", count=person.followers, degree=few))
    if person.following is not None:
        times = (person.following + 1) / (person.followers + 1)
        degree = min(1.0, max(0.0, math.log2(times) / math.log2(MANY_TIMES)))
        if degree > 0:
            level = CAUTION if times >= SHOWN_TIMES and person.following >= 100 else FACT
            params: dict[str, Param] = {"following": person.following, "followers": person.followers}
            findings.append(Finding("profile_follows_many", level, params=params, degree=degree))
    return findings


def _posts(person: Person) -> list[Finding]:
    if person.posts is None:
        return []
    few = _halves(person.posts, FEW_POSTS)
    return [Finding("profile_few_posts", count=person.posts, degree=few)] if few > 0 else []


def _standing(person: Person) -> list[Finding]:
    """Return findings about lists that the account is on, and about public figures."""
    findings = []
    if person.listed == 0:
        findings.append(Finding("profile_unlisted", count=0))
    elif person.listed is not None:
        degree = min(1.0, math.log2(person.listed + 1) / 6)
        findings.append(Finding("profile_listed", count=person.listed, degree=degree))
    if is_public_figure(person):
        findings.append(Finding("profile_public_figure", params={"followers": person.followers or 0}))
    return findings


def is_public_figure(person: Person) -> bool:
    """Return whether it is a public figure: very many followers and few followed, or verified before it was sold."""
    if person.verified is True:
        return True
    if person.followers is None or person.following is None:
        return False
    return person.followers >= PUBLIC_FIGURE and person.following * FIGURE_FOLLOWS <= person.followers


def follows_in_bulk(person: Person) -> bool:
    """Return whether it follows many and several times more than follow it, as those do that hope to be followed."""
    if person.followers is None or person.following is None:
        return False
    return person.following >= BULK and person.following + 1 >= BULK_TIMES * (person.followers + 1)


def _name(person: Person) -> list[Finding]:
    findings = []
    if pictures := [character for character in person.name or "" if _is_picture(character)]:
        findings.append(Finding("profile_name_pictures", params={"pictures": "".join(pictures)}))
    digits = re.search(r"\d+$", person.handle or "")
    if digits is not None and len(digits[0]) >= DIGITS:
        findings.append(Finding("profile_handle_digits", count=len(digits[0]), of=len(person.handle or "")))
    return findings


def _is_picture(character: str) -> bool:
    """Return whether a character is an emoji, heart, star or flag; trade and copyright marks are not."""
    return character >= "\u2190" and unicodedata.category(character) == "So"


def _age(facts: Facts) -> list[Finding]:
    days = age_days(facts)
    if days is None:
        return []
    joined = [Finding("profile_joined", params={"at": facts.person.created_at or 0})]
    return [*joined, Finding("profile_new", count=days, of=NEW_DAYS)] if days < NEW_DAYS else joined


def age_days(facts: Facts) -> int | None:
    """Return the account's age in days, None where it is not known."""
    created = facts.person.created_at
    return None if created is None else max(0, (facts.now - created) // DAY)
