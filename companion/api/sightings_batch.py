"""Understands a batch of sightings, text by text: what cannot be read is set aside and spoils nothing else."""

from __future__ import annotations

from functools import partial
from typing import cast

from companion.api.schemas import Reading, SeenText, SightingsRequest
from companion.domain.sightings import Understanding
from companion.errors import SourceError
from companion.sources.json_tree import Json
from companion.sources.page import understand, understand_reading
from companion.vetting.checks.thanks import is_automatic_thanks

Told = tuple[int, Understanding]
"""When it was seen (never in the future), and what it told."""


def understood_of(ask: SightingsRequest, now: int) -> tuple[list[Told], list[SourceError]]:
    """Return what could be understood, and why the rest could not."""
    texts = [(min(text.at, now), partial(_text, ask, text)) for text in ask.seen]
    readings = [(min(reading_time(one, now), now), partial(_reading, ask, one)) for one in ask.readings]
    understood: list[Told] = []
    refused: list[SourceError] = []
    for at, read in [*texts, *readings]:
        try:
            understood.append((at, read(at)))
        except SourceError as error:
            refused.append(error)
    return understood, refused


def _text(ask: SightingsRequest, text: SeenText, at: int) -> Understanding:
    return understand(
        text.text,
        op=text.op,
        url=text.url,
        viewer_id=ask.viewer.id,
        viewer_handle=ask.viewer.handle,
        at=at,
        request=text.request or "",
        is_thanks=is_automatic_thanks,
    )


def _reading(ask: SightingsRequest, reading: Reading, at: int) -> Understanding:
    return understand_reading(
        cast("Json", reading),
        viewer_id=ask.viewer.id,
        viewer_handle=ask.viewer.handle,
        at=at,
        is_thanks=is_automatic_thanks,
    )


def reading_time(reading: Reading, now: int) -> int:
    """Return when a reading was made: its own ``at``, or now if it has no sensible one."""
    at = reading.get("at")
    return at if isinstance(at, int) and at > 0 else now
