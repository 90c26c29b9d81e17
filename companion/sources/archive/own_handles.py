"""Reads the handles that an archive's owner had before, so that what they wrote to themselves is no contact."""

from __future__ import annotations

from collections.abc import Iterable

from companion.domain.handles import fold, is_handle
from companion.domain.sightings import Interaction
from companion.sources.archive.dates import epoch
from companion.sources.archive.record_types import Record, record, text_of

KIND = "screen-name-change"


def former_handles(elements: Iterable[object]) -> set[str]:
    """Return the handles of screen-name-change.js, folded; X doubles the key, some vintages may not."""
    handles: set[str] = set()
    for change in map(_change, elements):
        handles |= {fold(name) for key in ("changedFrom", "changedTo") if (name := text_of(change, key))}
    return handles


def until(elements: Iterable[object]) -> list[tuple[str, int]]:
    """Return (handle, when it was given up, epoch seconds) for each dated change."""
    changes = ((text_of(change, "changedFrom"), epoch(change.get("changedAt"))) for change in map(_change, elements))
    return [(handle, at) for handle, at in changes if handle and is_handle(handle) and at is not None]


def _change(element: object) -> Record:
    change = record(record(element).get("screenNameChange"))
    return record(change.get("screenNameChange")) or change


def with_others(acts: Iterable[Interaction], own: set[str]) -> list[Interaction]:
    """Return the acts that are not towards one of the owner's own handles; an id decides where there is one."""
    return [act for act in acts if act.id or not act.handle or fold(act.handle) not in own]
