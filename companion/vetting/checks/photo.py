"""Checks the photo: X's default picture, none at all, or the same picture as another account's."""

from __future__ import annotations

from companion.vetting.facts import Facts
from companion.vetting.findings import CAUTION, FACT, Example, Finding

DEFAULT_MARKS = ("default_profile_images/", "/sticky/default_profile", "default_profile_normal", "default_profile_")
"""Parts of the addresses of X's own default pictures, of all generations."""


def check_photo(facts: Facts) -> list[Finding]:
    """Return findings about the photo; the picture itself is only inspected on the viewer's click."""
    person, picture = facts.person, facts.picture
    findings = []
    if person.default_avatar or is_default_address(person.avatar):
        findings.append(Finding("photo_default"))
    elif person.avatar is not None and not person.avatar.strip():
        findings.append(Finding("photo_missing"))
    if picture is None:
        return findings
    if picture.problem is not None:
        findings.append(Finding("photo_not_looked_at", FACT, params={"problem": picture.problem}))
    if picture.same_as:
        examples = tuple(Example(f"@{handle}", url=f"https://x.com/{handle}") for handle in picture.same_as)
        findings.append(Finding("photo_same_as", CAUTION, count=len(picture.same_as), examples=examples))
    return findings


def is_default_address(address: str | None) -> bool:
    """Return whether an address is that of one of X's default pictures."""
    return bool(address) and any(mark in str(address) for mark in DEFAULT_MARKS)
