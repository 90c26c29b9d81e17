"""The user's decisions about a person as sentences, and when a decision is worth making again (pure)."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from companion.domain.dates import DAY, date_words
from companion.domain.decisions import DECISIONS, REASONS, WAIT_DAYS
from companion.domain.sightings import Person
from companion.machine_zone import MACHINE

PARTS = ("bio", "name", "photo")
_SIZE = re.compile(r"_(?:normal|bigger|mini|x96|reasonably_small|\d+x\d+)(?=\.\w+$)")
_ADDRESS = re.compile(r"\S+\.\S{2,}")
"""A page shows addresses shortened and X's JSON does not: they say nothing about a change."""


class Decision(msgspec.Struct, frozen=True):
    """One decision about a person.

    ``item`` is its id, for the undo. ``again`` is why it is worth deciding again, "" if it is not: "due" when the
    wait is over, else what changed ("bio", "name", "photo", joined by commas).
    """

    item: str
    decision: str
    at: int
    days: int | None
    reasons: list[str]
    text: str
    post: str | None
    sentence: str
    again: str = ""
    news: str = ""
    """``again`` in words."""


def decisions_of(bodies: Iterable[Mapping[str, object]], now: int, looked_at: str = "") -> list[Decision]:
    """Return the decisions about a person, earliest first.

    Args:
        bodies: the stored bodies with ``item`` and ``at``, as the notebook returns them.
        now: epoch seconds UTC.
        looked_at: the fingerprint of bio, name and photo now (see `fingerprint`).
    """
    stored = list(bodies)
    decisions = [_decision(body, at, now, looked_at) for body, at in zip(stored, _times(stored, now), strict=True)]
    return sorted(decisions, key=lambda decision: decision.at)


def _times(bodies: Sequence[Mapping[str, object]], now: int) -> list[int]:
    """Return when each was made; one that a clock ahead dated beyond now was made before what was written after it."""
    times: list[int] = []
    before = now
    for body in reversed(bodies):
        at = _number(body.get("at"))
        before = at if at <= now else before
        times.append(before)
    return times[::-1]


def _decision(body: Mapping[str, object], at: int, now: int, looked_at: str) -> Decision:
    decision = str(body["decision"])
    days = _number(body.get("days", WAIT_DAYS)) if decision == "wait" else None
    given = body.get("reasons")
    reasons = [str(reason) for reason in given] if isinstance(given, list) else []
    text, post = str(body.get("text", "")), body.get("post")
    changed = changed_parts(str(body.get("looked_at", "")), looked_at)
    due = days is not None and now >= at + days * DAY
    return Decision(
        item=str(body.get("item", "")),
        decision=decision,
        at=at,
        days=days,
        reasons=reasons,
        text=text,
        post=str(post) if post else None,
        sentence=_sentence(decision, at, now, [*(REASONS.get(reason, "") for reason in reasons), text]),
        again="due" if due else ",".join(changed),
        news=_news(due=due, changed=changed),
    )


def _sentence(decision: str, at: int, now: int, why: list[str]) -> str:
    """Return such as "You passed on 3 Mar: sells followers"."""
    words = ", ".join(filter(None, why))
    return f"{DECISIONS[decision]} on {date_words(at, now, MACHINE)}" + (f": {words}" if words else "")


def _news(*, due: bool, changed: list[str]) -> str:
    """Return why the decision is worth making again, "" if it is not."""
    if due:
        return "The wait is over."
    return f"Since then the {' and the '.join(changed)} changed." if changed else ""


def fingerprint(person: Person) -> str:
    """Return three short hashes of bio, name and photo; "-" for a part that was not seen."""
    avatar = None if person.avatar is None else _SIZE.sub("", person.avatar)
    return ":".join(_short(part) for part in (_plain(person.bio), _plain(person.name), avatar))


def _plain(text: str | None) -> str | None:
    """Return only letters and digits: sources write spaces, emoji and addresses differently, which is no change."""
    if text is None:
        return None
    read = _ADDRESS.sub(" ", unicodedata.normalize("NFKC", text).casefold())
    return "".join(character for character in read if character.isalnum())


def _short(part: str | None) -> str:
    return "-" if part is None else hashlib.sha256(part.encode()).hexdigest()[:10]


def changed_parts(then: str, now: str) -> list[str]:
    """Return which parts changed; a part that was not seen both times did not."""
    before, after = then.split(":"), now.split(":")
    if len(before) != len(PARTS) or len(after) != len(PARTS):
        return []
    parts = zip(PARTS, before, after, strict=True)
    return [name for name, old, new in parts if "-" not in (old, new) and old != new]


def is_settled(latest: Decision | None) -> bool:
    """Return whether a decision was made that neither time nor a change calls into question."""
    return latest is not None and not latest.again


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
