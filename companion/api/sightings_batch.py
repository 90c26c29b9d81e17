"""Parses a batch of sightings one by one, so that one unreadable text does not spoil the others."""

from __future__ import annotations

from functools import partial
from typing import cast

from companion.api.schemas import Reading, SeenText, SightingsRequest
from companion.domain.sightings import Understanding
from companion.errors import SourceError
from companion.sources.json_tree import Json
from companion.sources.page import understand, understand_reading
from companion.vetting.checks.thanks import is_automatic_thanks

Dated = tuple[int, Understanding]
"""When it was seen (epoch seconds, never in the future), and what was understood."""


def understood_of(body: SightingsRequest, now: int) -> tuple[list[Dated], list[SourceError]]:
    """Return what could be parsed, and an error for each of the rest."""
    texts = [(min(text.at, now), partial(_text, body, text)) for text in body.seen]
    readings = [(min(reading_time(reading, now), now), partial(_reading, body, reading)) for reading in body.readings]
    understood: list[Dated] = []
    refused: list[SourceError] = []
    for at, read in [*texts, *readings]:
        try:
            understood.append((at, read(at)))
        except SourceError as error:
            refused.append(error)
    return understood, refused


def _text(body: SightingsRequest, text: SeenText, at: int) -> Understanding:
    return understand(
        text.text,
        op=text.op,
        url=text.url,
        viewer_id=body.viewer.id,
        viewer_handle=body.viewer.handle,
        at=at,
        request=text.request or "",
        is_thanks=is_automatic_thanks,
    )


def _reading(body: SightingsRequest, reading: Reading, at: int) -> Understanding:
    return understand_reading(
        cast("Json", reading),
        viewer_id=body.viewer.id,
        viewer_handle=body.viewer.handle,
        at=at,
        is_thanks=is_automatic_thanks,
    )


def reading_time(reading: Reading, now: int) -> int:
    """Return when a reading was made: its ``at``, or ``now`` if that is missing or invalid."""
    at = reading.get("at")
    return at if isinstance(at, int) and at > 0 else now
