"""What the pictures page draws, as plain data (pure): weeks of talk, where it happens, who saw it, scores' spread.

Each chart carries the same as a table, which is what a screen reader is given; no drawing tells by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from companion.domain.dates import local_day
from companion.domain.kinds import KINDS
from companion.machine_zone import MACHINE
from companion.store.ledger.queries.statistics import ActCount
from companion.web import svg, wording

GROUPS = (
    ("Chats", "you"),
    ("Replies to you", "they"),
    ("Your replies", "blue"),
    ("Mentions and quotes", "warn"),
    ("Messages", "rose"),
    ("Off X", "green"),
    ("Likes and reposts", "dim"),
)
"""Slice and its colour, a name of the style sheet, so that one drawing serves light and dark."""
SOURCES = {
    "page": ("X's page", "they"),
    "notifications": ("X's page", "they"),
    "wire": ("Your own clicks on it", "blue"),
    "dom": ("What the page showed (DOM)", "warn"),
    "archive": ("Your archive", "you"),
    "x-api": ("X's API", "rose"),
    "you": ("By hand", "green"),
}
"""Source -> the slice it belongs to."""
BANDS = ("Faint", "Faint", "Light", "Light", "Warm", "Warm", "Close", "Close", "Close", "Close")
TONES = ("dim", "dim", "warn", "warn", "you", "you", "they", "they", "they", "they")
MANY = 200
"""With more people than this in one step, a plain scale would hide the steps that matter."""
Row = tuple[str | int, ...]
RECENTLY = "of the last 26 weeks"


@dataclass(frozen=True, slots=True)
class Strip:
    """One person's weeks: ``label`` says them in words, ``pid`` is whose page the name leads to."""

    pid: str
    name: str
    label: str
    cells: list[svg.Cell]


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart: what is drawn of it (one of the lists is filled), and the same as a table.

    Attributes:
        id: stands in the page's addresses.
        title: heading.
        about: how to read it, one or two sentences.
        heads: of the table's columns.
        rows: of the table, the first cell being its heading.
        strips: weeks of people.
        slices: parts of a whole, in the order of ``rows``.
        columns: numbers side by side.
        total: what the slices are parts of.
    """

    id: str
    title: str
    about: str
    heads: tuple[str, ...]
    rows: list[Row]
    strips: list[Strip] = field(default_factory=list)
    slices: list[svg.Slice] = field(default_factory=list)
    columns: list[svg.Column] = field(default_factory=list)
    total: int = 0


Steady = tuple[str, str, Sequence[tuple[int, int]]]
"""A person's pid, name, and weeks of (days they wrote, days you wrote)."""


def weeks(people: Sequence[Steady], now: int) -> Chart:
    """Show in which of the last 26 weeks who talked: a high cell is theirs, a low one yours, a whole one both."""
    strips = [Strip(pid, name, _said(trend), _cells(trend, now)) for pid, name, trend in people]
    rows: list[Row] = [(name, *_sides(trend)) for _, name, trend in people]
    about = "A week counts as two-way when both of you wrote. Steady beats loud."
    return Chart("weeks", "Two-way weeks", about, ("Person", "Both wrote", "Only they", "Only you"), rows, strips)


def _sides(trend: Sequence[tuple[int, int]]) -> tuple[int, int, int]:
    """Return in how many weeks both wrote, only they, only you."""
    both = sum(1 for they, you in trend if they and you)
    return both, sum(1 for they, _ in trend if they) - both, sum(1 for _, you in trend if you) - both


def _said(trend: Sequence[tuple[int, int]]) -> str:
    both, they, you = _sides(trend)
    return f"Of {len(trend)} weeks both wrote in {both}, only they in {they}, only you in {you}"


def _cells(trend: Sequence[tuple[int, int]], now: int) -> list[svg.Cell]:
    today, weeks = local_day(now, MACHINE), len(trend)
    starts = [wording.day((today - timedelta(days=(weeks - week) * 7 - 1)).isoformat()) for week in range(weeks)]
    words = {"both": "both wrote", "they": "only they wrote", "you": "only you wrote", "none": "nobody wrote"}
    cells = svg.cells(trend)
    return [cell.titled(f"Week of {start}: {words[cell.side]}") for cell, start in zip(cells, starts, strict=True)]


def places(acts: Iterable[ActCount], when: str = RECENTLY) -> Chart:
    """Show where talk happens."""
    sums = {name: 0 for name, _ in GROUPS}
    for act in acts:
        group = _group(act.kind, act.direction, chat=act.chat)
        if group:
            sums[group] += act.number
    parts = [(name, colour, sums[name]) for name, colour in GROUPS]
    return _parts("places", "Where you two talk", "Where", parts, when)


def sources(acts: Iterable[ActCount], when: str = RECENTLY) -> Chart:
    """Show which source saw the acts; each is counted once, for the source that knows its time best."""
    sums = {name: 0 for name, _ in SOURCES.values()}
    for act in acts:
        if _group(act.kind, act.direction, chat=act.chat):
            sums[SOURCES.get(act.source, SOURCES["page"])[0]] += act.number
    return _parts(
        "sources", "Which source saw it", "Source",
        [(name, colour, sums[name]) for name, colour in dict.fromkeys(SOURCES.values())], when,
    )  # fmt: skip


def _parts(id: str, title: str, head: str, parts: Iterable[tuple[str, str, int]], when: str) -> Chart:
    """Show how a number is made up of (name, colour, count); ``when`` says of which time."""
    shown = [part for part in parts if part[2]]
    total = sum(number for _, _, number in shown)
    rows = [(name, number, wording.share(number, total)) for name, _, number in shown]
    titled = [(f"{name}: {number} ({wording.share(number, total)})", colour, number) for name, colour, number in shown]
    about = f"Acts {when}, with the 300 people last in contact."
    return Chart(id, title, about, (head, "Acts", "Share"), [*rows], slices=svg.slices(titled), total=total)


def _group(kind: str, direction: str, *, chat: bool) -> str | None:
    """Return the slice an act belongs to; a follow is no talk and has none."""
    place = KINDS[kind].place
    if chat and place:
        return "Chats"
    if place == "Replies":
        return "Replies to you" if direction == "in" else "Your replies"
    return place or None


def spread(steps: dict[int, int]) -> Chart:
    """Show how many people have a score in each step of ten."""
    labels = [f"{low}–{low + 9 if low < 90 else 100}" for low in range(0, 100, 10)]
    values = [steps.get(low, 0) for low in range(0, 100, 10)]
    steep = max(values) > MANY
    about = (
        "Most people here are acquaintances, and that is fine. A hundred who talk back outweigh a thousand who do not."
    )
    if steep:
        about += " Each doubling of people adds the same height."
    named = [(f"Score {label} ({band})", tone) for label, band, tone in zip(labels, BANDS, TONES, strict=True)]
    return Chart(
        "spread", "How scores are spread", about, ("Score", "Band", "People"),
        list(zip(labels, BANDS, values, strict=True)), columns=svg.columns(values, named, steep=steep),
    )  # fmt: skip
