"""Reads the handles that an archive's owner had before, so that what they wrote to themselves is no contact."""

from __future__ import annotations

from collections.abc import Iterable

from companion.domain.handles import fold
from companion.domain.sightings import Interaction
from companion.sources.archive.record_types import record, text_of

KIND = "screen-name-change"


def former_handles(elements: Iterable[object]) -> set[str]:
    """Return the handles of screen-name-change.js, folded; X doubles the key, some vintages may not."""
    handles: set[str] = set()
    for element in elements:
        change = record(record(element).get("screenNameChange"))
        change = record(change.get("screenNameChange")) or change
        handles |= {fold(name) for key in ("changedFrom", "changedTo") if (name := text_of(change, key))}
    return handles


def with_others(acts: Iterable[Interaction], own: set[str]) -> list[Interaction]:
    """Return the acts that are not towards one of the owner's own handles; an id decides where there is one."""
    return [act for act in acts if act.id or not act.handle or fold(act.handle) not in own]
