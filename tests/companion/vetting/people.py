"""Invented accounts and posts for the vetting tests."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from companion.domain.dates import DAY
from companion.domain.page_kinds import WHOLE
from companion.domain.sightings import Person, Post
from companion.vetting.facts import Facts
from companion.vetting.findings import Finding

NOW = 1_790_000_000
CORPORA = Path(__file__).parent / "corpora"


def corpus(name: str) -> list[str]:
    """The lines of one hand-labelled corpus."""
    return (CORPORA / f"{name}.txt").read_text(encoding="utf-8").splitlines()


def somebody(**changed: object) -> Person:
    """A person with an ordinary, lived-in profile."""
    told: dict[str, object] = {
        "id": "2000001",
        "handle": "wrenwrites",
        "name": "Wren Okafor",
        "bio": "Letters, bread and small gardens. Writing about rivers.",
        "location": "Bristol",
        "link": "https://wren.example",
        "avatar": "https://pbs.twimg.com/profile_images/2000001/face_normal.jpg",
        "followers": 640,
        "following": 410,
        "posts": 5_200,
        "listed": 12,
        "created_at": NOW - 2_000 * DAY,
    }
    return Person(**{**told, **changed})  # type: ignore[arg-type]


def empty_shell(**changed: object) -> Person:
    """An account with nothing on it that follows very many."""
    told: dict[str, object] = {
        "id": "2000009",
        "handle": "user84720193",
        "name": "User",
        "bio": "",
        "location": "",
        "link": "",
        "followers": 3,
        "following": 1_900,
        "posts": 2,
        "listed": 0,
        "created_at": NOW - 400 * DAY,
    }
    return Person(**{**told, **changed})  # type: ignore[arg-type]


def posts(texts: Sequence[str], *, days_apart: float = 1.0, pages: int = WHOLE) -> list[Post]:
    """Posts of Wren, latest first, with the links of their texts; ``pages`` showed them."""
    return [
        Post(
            id=str(9_000_000 + number),
            author_id="2000001",
            author_handle="wrenwrites",
            text=text,
            at=int(NOW - (number + 1) * days_apart * DAY),
            links=re.findall(r"https?://\S+", text),
            pages=pages,
        )
        for number, text in enumerate(texts)
    ]


def facts(person: Person | None = None, **known: object) -> Facts:
    """Facts about somebody."""
    return Facts(person=person or somebody(), now=NOW, **known)  # type: ignore[arg-type]


def by_code(findings: Sequence[Finding]) -> dict[str, Finding]:
    """Findings by their code."""
    return {finding.code: finding for finding in findings}
