"""The mirror: the user's own practice, a page to look at now and then; each picture has the same as a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, render_template, request

from companion.domain.dates import DAY, day_start, local_day
from companion.domain.time_sources import SOURCES
from companion.machine_zone import MACHINE
from companion.practice import week
from companion.practice.circles import Circles
from companion.reciprocity import own_posts
from companion.reciprocity.mirror import Mirror, mirror_of
from companion.store.ledger.queries import own_practice, statistics
from companion.store.ledger.queries.own_practice import Quality
from companion.store.ledger.queries.statistics import Followers
from companion.store.time_spent import read_time
from companion.web import people_query, wording
from companion.web.context import PageContext, page_context
from companion.web.person_rows import known_as
from companion.web.week_view import week_so_far

blueprint = Blueprint("mirror", __name__, url_prefix="/mirror")
SHOWN, POSTS = 5, 400
"""Names of a list on this page, and own posts that are looked at."""
SPANS: dict[str, tuple[str, Callable[[int], int]]] = {
    "30": ("30 days", lambda now: now - 30 * DAY),
    "26": ("26 weeks", lambda now: now - 26 * 7 * DAY),
    "year": ("This year", lambda now: day_start(date(local_day(now, MACHINE).year, 1, 1), MACHINE)),
}
"""Span -> (its words, where it begins)."""
HEIGHT, STEP = 60, 14
COLOURS = ("blue", "they", "green", "warn", "rose", "you", "dim")
"""Of the parts of `own_posts.PARTS`."""


@dataclass(frozen=True, slots=True)
class WeekBar:
    """One week of the picture: what was said above the line, likes and follows below it."""

    x: int
    active: float
    passive: float
    title: str


@blueprint.get("")
def mirror() -> str:
    """Render the mirror of a span of time."""
    page = page_context()
    span = request.args.get("span", "26")
    span = span if span in SPANS else "26"
    since = SPANS[span][1](page.now)
    seen_since = page.account.ledger.coverage(page.owner)
    bare = request.args.get("turns") == "all"
    seen: Mirror = page.figure(f"mirror {span} {bare}", lambda: _mirror(page, since, seen_since, bare=bare))
    reach: Followers = page.figure("followers", lambda: _followers(page))
    quality: Quality = page.figure("quality", lambda: own_practice.quality(page.account.ledger, page.owner, page.now))
    return render_template(
        "mirror.html",
        page=page,
        span=span,
        spans=[(name, told) for name, (told, _) in SPANS.items()],
        mirror=seen,
        waiting=[(one, known_as(page, one.pid)) for one in seen.waiting[:SHOWN]],
        deep=[(one, known_as(page, one.pid)) for one in seen.deep[:SHOWN]],
        bars=_bars(seen),
        step=STEP,
        seen_since=seen_since,
        bare=bare,
        reach=reach,
        quality=quality,
        time=_time(page, since),
        inner=_inner(page),
        talked=week_so_far(page).people,
        aim=week.aims(page.account.notebook)[1],
        **_own_posts(page, span, since),
    )


def _mirror(page: PageContext, since: int, seen_since: int | None, *, bare: bool) -> Mirror:
    acts = own_practice.acts_since(page.account.ledger, page.owner, since)
    return mirror_of(acts, since, page.now, seen_since, MACHINE, bare=bare)


def _inner(page: PageContext) -> int:
    """Return how many different people stand in the circles that are filled by hand."""
    members = Circles(page.account.notebook).members(page.owner)
    return len({pid for pids in members.values() for pid in pids})


def _own_posts(page: PageContext, span: str, since: int) -> dict[str, object]:
    """Return where the user's words began, and how many of their posts are links elsewhere and nothing else."""
    ledger, owner = page.account.ledger, page.owner
    words = page.figure(
        f"words {span}",
        lambda: own_posts.parts_of(own_posts.Word(*row) for row in own_practice.words_since(ledger, owner, since)),
    )
    links = own_posts.offsite(ledger.posts_of(owner, owner, POSTS) if owner else [], since)
    colours = dict(zip(own_posts.PARTS, COLOURS, strict=True))
    return {"places": [(part, colours[part], number) for part, number in words], "links": links}


def _followers(page: PageContext) -> Followers:
    return statistics.followers(page.account.ledger, page.owner, people_query.noted(page))


@dataclass(frozen=True, slots=True)
class TimeTold:
    """The user's time on X: (kind of page, minutes), the most first, in all and on lists, and its first day."""

    rows: list[tuple[str, int]]
    all: int
    lists: int
    first: str


def _time(page: PageContext, since: int) -> TimeTold | None:
    """Return the time that the extension measured from a time on, None where it is no minute."""
    first = local_day(since, MACHINE).isoformat()
    days = {day: sources for day, sources in read_time(page.context.settings.data).items() if day >= first}
    sums = {source: sum(one.get(source, 0) for one in days.values()) for source in SOURCES}
    minutes = {source: round(seconds / 60) for source, seconds in sums.items()}
    if not any(minutes.values()):
        return None
    rows = sorted(((SOURCES[source], count) for source, count in minutes.items() if count), key=lambda row: -row[1])
    return TimeTold(rows, sum(minutes.values()), minutes["lists"], min(days))


def _bars(seen: Mirror) -> list[WeekBar]:
    most = max((max(active, passive) for _, active, passive in seen.weeks), default=0) or 1
    return [
        WeekBar(
            place * STEP,
            round(HEIGHT * active / most, 1),
            round(HEIGHT * passive / most, 1),
            f"Week of {wording.day(monday.isoformat())}: you said something {active} times, "
            f"liked or followed {passive} times",
        )
        for place, (monday, active, passive) in enumerate(seen.weeks)
    ]
