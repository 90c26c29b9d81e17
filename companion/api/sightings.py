"""POST /v1/sightings: what the page showed, as it was received; understood and recorded here."""

from __future__ import annotations

from typing import Annotated, cast

import msgspec
from flask import Blueprint
from msgspec import Meta

from companion import seen as seeing
from companion.api.desk import Desk
from companion.api.people import join_notes, owner_of
from companion.api.shapes import LIMITS, PersonRef, Time, Viewer, ref_of
from companion.api.wire import noun
from companion.errors import SourceError
from companion.sources.page import understand, understand_reading
from companion.sources.raw import Json
from companion.sources.sightings import Understanding
from companion.vetting.thanks import is_automatic_thanks

blueprint = Blueprint("sightings", __name__)
TEXTS = 64
Reading = dict[str, object]
"""As the extension read it from the page; `companion.sources.readings` checks every field."""


class SeenText(msgspec.Struct):
    """One response that X's page itself loaded, untouched."""

    at: Time
    text: Annotated[str, Meta(max_length=LIMITS.max_sighting_bytes)]
    op: Annotated[str, Meta(max_length=200)] = ""
    url: Annotated[str, Meta(max_length=20_000)] = ""
    request: Annotated[str, Meta(max_length=200_000)] | None = None


class SightingsAsk(msgspec.Struct):
    """A batch of texts and DOM readings, oldest first."""

    viewer: Viewer
    seen: Annotated[list[SeenText], Meta(max_length=TEXTS)] = []
    readings: Annotated[list[Reading], Meta(max_length=TEXTS)] = []


class SightingsAnswer(msgspec.Struct):
    """What was new in it; the same batch sent again gives zeros."""

    people: int
    posts: int
    relations: int
    interactions: int
    problems: list[str]
    """What could not be understood, in sentences."""
    changed: list[PersonRef]
    """People whose badge or card may look different now."""


@noun(blueprint, "/sightings", SightingsAsk, SightingsAnswer)
def sightings(desk: Desk, ask: SightingsAsk) -> SightingsAnswer:
    """Understand and record a batch; 422 when nothing in it could be understood, and then nothing is stored."""
    owner = owner_of(desk, ask.viewer)
    answer = SightingsAnswer(0, 0, 0, 0, [], [])
    now = desk.clock()
    refused: list[SourceError] = []
    understood = [*_texts(ask, now, refused), *_readings(ask, now, refused)]
    if refused and not understood:
        raise refused[0]
    answer.problems += [error.message for error in refused]
    changed: dict[str, str | None] = {}
    for at, told in understood:
        changed |= _record(desk, owner, told, at, answer)
    answer.changed = [ref_of(pid, handle) for pid, handle in changed.items()]
    _remember(desk, now, answer)
    return answer


def _texts(ask: SightingsAsk, now: int, refused: list[SourceError]) -> list[tuple[int, Understanding]]:
    understood = []
    for text in ask.seen:
        at = min(text.at, now)
        try:
            told = understand(
                text.text,
                op=text.op,
                url=text.url,
                viewer_id=ask.viewer.id,
                viewer_handle=ask.viewer.handle,
                at=at,
                request=text.request or "",
                is_thanks=is_automatic_thanks,
            )
        except SourceError as error:
            refused.append(error)
        else:
            understood.append((at, told))
    return understood


def _readings(ask: SightingsAsk, now: int, refused: list[SourceError]) -> list[tuple[int, Understanding]]:
    understood = []
    for reading in ask.readings:
        at = min(reading_time(reading, now), now)
        try:
            told = understand_reading(
                cast("Json", reading),
                viewer_id=ask.viewer.id,
                viewer_handle=ask.viewer.handle,
                at=at,
                is_thanks=is_automatic_thanks,
            )
        except SourceError as error:
            refused.append(error)
        else:
            understood.append((at, told))
    return understood


def reading_time(reading: Reading, now: int) -> int:
    """Return when a reading was made: its own ``at``, or now if it has no sensible one."""
    at = reading.get("at")
    return at if isinstance(at, int) and at > 0 else now


def _record(desk: Desk, owner: str, told: Understanding, at: int, answer: SightingsAnswer) -> dict[str, str | None]:
    """Record one understanding in one transaction, add what was new to the answer, and return who changed."""
    answer.problems += told.problems
    done = seeing.take(desk.stores.ledger, desk.stores.notebook, owner, told, at)
    join_notes(desk, owner, told.people)
    answer.people += done.people
    answer.posts += done.posts
    answer.relations += done.relations
    answer.interactions += done.interactions
    handles = {person.id: person.handle for person in told.people if person.id}
    return {pid: handles.get(pid) for pid in done.changed}


def _remember(desk: Desk, now: int, answer: SightingsAnswer) -> None:
    """Keep for the status what this batch brought."""
    seen = desk.seen
    seen.at, seen.people, seen.posts = now, answer.people, answer.posts
    seen.interactions, seen.problems = answer.interactions, len(answer.problems)
