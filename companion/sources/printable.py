"""Formats an `Understanding` as JSON values or as text, for ``mutuals read`` and bug reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from companion.domain.sightings import Interaction, Person, Understanding

NAMES_SHOWN = 8
PROBLEMS_SHOWN = 20


def as_printable(understanding: Understanding) -> dict[str, object]:
    """Return an understanding as JSON values; unknown fields are left out.

    Keys: ``op``, ``people`` [{id, handle, …}], ``posts`` [{id, author_id, …}], ``relations``, ``interactions``,
    ``lists``, ``problems``, ``partial``, ``viewer``, and ``gone``: people named by id whom X does not show.
    """
    people = [person for person in understanding.people if person.handle is not None]
    gone = [person for person in understanding.people if person.handle is None]
    return {
        "op": understanding.op,
        "viewer": {"id": understanding.viewer_id, "handle": understanding.viewer_handle},
        "people": [{"id": sighting.id, "handle": sighting.handle, **_fields(sighting)} for sighting in people],
        "gone": [_fields(sighting) for sighting in gone],
        "posts": [
            {"id": post.id, "author_id": post.author_id, "author_handle": post.author_handle, **_fields(post)}
            for post in understanding.posts
        ],
        "relations": [_fields(sighting) for sighting in understanding.relations],
        "interactions": [_fields(sighting) for sighting in understanding.interactions],
        "lists": [_fields(sighting) for sighting in understanding.lists],
        "problems": list(understanding.problems),
        "partial": understanding.partial,
    }


def _fields(sighting: msgspec.Struct) -> dict[str, object]:
    """Return the known fields of one sighting."""
    built: dict[str, object] = msgspec.to_builtins(sighting)
    return {name: value for name, value in built.items() if value is not None}


def in_words(understanding: Understanding) -> str:
    """Return a summary of a few lines for a person to read; no post's text is in it."""
    follows = sum(1 for relation in understanding.relations if relation.follows_me)
    followed = sum(1 for relation in understanding.relations if relation.i_follow)
    lines = [
        f"{understanding.op or 'unnamed answer'}: {_many(len(understanding.people), 'person', 'people')}, "
        f"{_many(len(understanding.posts), 'post', 'posts')}, "
        f"{_many(len(understanding.interactions), 'interaction', 'interactions')} with the viewer",
        f"  people: {_names(understanding.people)}",
        f"  relations told: {len(understanding.relations)} ({follows} follow the viewer, {followed} followed by them)",
    ]
    lines.extend(f"  {line}" for line in _kinds(understanding.interactions))
    if understanding.viewer_handle:
        lines.append(f"  logged in: @{understanding.viewer_handle}")
    lines.extend(f"  problem: {problem}" for problem in understanding.problems[:PROBLEMS_SHOWN])
    return "\n".join(lines)


def _many(number: int, singular: str, plural: str) -> str:
    return f"{number} {singular if number == 1 else plural}"


def _names(people: Sequence[Person]) -> str:
    """Return the first few handles and how many more there are."""
    names = [f"@{person.handle}" if person.handle else f"{person.id} (gone)" for person in people]
    more = len(names) - NAMES_SHOWN
    return (", ".join(names[:NAMES_SHOWN]) or "nobody") + (f" and {more} more" if more > 0 else "")


def _kinds(interactions: Sequence[Interaction]) -> list[str]:
    counts = Counter((act.direction, act.kind) for act in interactions)
    labels = {"in": "from others", "out": "from the viewer"}
    return [f"{kind} {labels[direction]}: {count}" for (direction, kind), count in sorted(counts.items())]
