"""Charts as Plotly's JSON (pure), each with its table: two-way weeks, where talk happens, who saw it, scores' spread.

Colours are names (``they``, ``you``, ``warn``, ``dim``); the page's script puts the theme's own colours in their place,
so that one figure serves light and dark.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from companion.domain.dates import DAY
from companion.store.ledger.queries.statistics import ActCount
from companion.web.wording import date

Json = dict[str, object]
GROUPS = (
    ("Chats", "you"),
    ("Replies to you", "they"),
    ("Your replies", "blue"),
    ("Mentions and quotes", "warn"),
    ("Messages", "rose"),
    ("Off X", "green"),
    ("Likes and reposts", "dim"),
)
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


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart: its figure, and the same as a table."""

    id: str
    title: str
    about: str
    figure: Json
    heads: tuple[str, ...]
    rows: list[tuple[str | int, ...]]


def heat(people: Sequence[tuple[str, Sequence[tuple[int, int]]]], now: int) -> Chart:
    """Show in which of the last 26 weeks who talked: neither 0, only you 1, only they 2, both 3."""
    weeks = len(people[0][1]) if people else 0
    starts = [date(now - (weeks - week) * 7 * DAY + DAY) for week in range(weeks)]
    z = [[(1 if you else 0) + (2 if they else 0) for they, you in trend] for _, trend in reversed(people)]
    said = ("nobody wrote", "only you wrote", "only they wrote", "both wrote")
    trace: Json = {
        "type": "heatmap", "z": z, "x": starts, "y": [name for name, _ in reversed(people)], "zmin": 0, "zmax": 3,
        "text": [[said[value] for value in row] for row in z], "xgap": 2, "ygap": 2, "showscale": False,
        "colorscale": [[0, "blank"], [0.25, "blank"], [0.25, "you"], [0.5, "you"], [0.5, "faint"], [0.75, "faint"],
                       [0.75, "they"], [1, "they"]],
        "hovertemplate": "%{y}, week of %{x}: %{text}<extra></extra>",
    }  # fmt: skip
    rows: list[tuple[str | int, ...]] = [
        (
            name,
            sum(1 for they, you in trend if they and you),
            sum(1 for they, you in trend if they and not you),
            sum(1 for they, you in trend if you and not they),
        )
        for name, trend in people
    ]
    layout: Json = {"xaxis": {"nticks": 7}, "margin": {"l": 130, "r": 10, "t": 10, "b": 40}, "height": 60 + 26 * len(z)}
    return Chart(
        "weeks", "Two-way weeks", "A week counts as two-way when both of you wrote. Steady beats loud.",
        {"data": [trace], "layout": layout}, ("Person", "Both wrote", "Only they", "Only you"), rows,
    )  # fmt: skip


def places(acts: Iterable[ActCount]) -> Chart:
    """Show where talk happens."""
    sums = {name: 0 for name, _ in GROUPS}
    for act in acts:
        group = _group(act.kind, act.direction, chat=act.chat)
        if group:
            sums[group] += act.number
    return _donut("places", "Where you two talk", "Where", [(name, colour, sums[name]) for name, colour in GROUPS])


def sources(acts: Iterable[ActCount]) -> Chart:
    """Show which source saw the acts; each is counted once, for the source that knows its time best."""
    sums = {name: 0 for name, _ in SOURCES.values()}
    for act in acts:
        if _group(act.kind, act.direction, chat=act.chat):
            sums[SOURCES.get(act.source, SOURCES["page"])[0]] += act.number
    return _donut(
        "sources", "Which source saw it", "Source",
        [(name, colour, sums[name]) for name, colour in dict.fromkeys(SOURCES.values())],
    )  # fmt: skip


def _donut(id: str, title: str, head: str, parts: Iterable[tuple[str, str, int]]) -> Chart:
    """Show how a number is made up of (name, colour, count)."""
    shown = [part for part in parts if part[2]]
    trace: Json = {
        "type": "pie", "hole": 0.62, "sort": False, "direction": "clockwise", "labels": [name for name, _, _ in shown],
        "values": [number for _, _, number in shown], "marker": {"colors": [colour for _, colour, _ in shown]},
        "textinfo": "none", "hovertemplate": "%{label}: %{value} (%{percent})<extra></extra>",
    }  # fmt: skip
    layout: Json = {"height": 300, "margin": {"l": 10, "r": 10, "t": 10, "b": 10}, "showlegend": True}
    total = sum(number for _, _, number in shown)
    rows: list[tuple[str | int, ...]] = [(name, number, f"{100 * number / total:.0f}%") for name, _, number in shown]
    return Chart(
        id, title, "Acts of the last 26 weeks, with the 300 people last in contact.",
        {"data": [trace], "layout": layout}, (head, "Acts", "Share"), rows,
    )  # fmt: skip


KIND_GROUPS = {
    **dict.fromkeys(("chat", "call", "meeting", "meal", "other"), "Off X"),
    **dict.fromkeys(("like", "repost"), "Likes and reposts"),
    **dict.fromkeys(("dm", "group"), "Messages"),
    **dict.fromkeys(("mention", "quote"), "Mentions and quotes"),
}


def _group(kind: str, direction: str, *, chat: bool) -> str | None:
    """Return the slice an act belongs to; a follow is no talk and has none."""
    if chat and kind != "follow":
        return "Chats"
    if kind == "reply":
        return "Replies to you" if direction == "in" else "Your replies"
    return KIND_GROUPS.get(kind)


def spread(steps: dict[int, int]) -> Chart:
    """Show how many people have a score in each step of ten."""
    labels = [f"{low}–{low + 9 if low < 90 else 100}" for low in range(0, 100, 10)]
    values = [steps.get(low, 0) for low in range(0, 100, 10)]
    trace: Json = {
        "type": "bar", "x": labels, "y": values, "marker": {"color": list(TONES)}, "text": list(BANDS),
        "textposition": "none", "hovertemplate": "Score %{x} (%{text}): %{y} people<extra></extra>",
    }  # fmt: skip
    tall = max(values) > 200
    axis: Json = {"title": {"text": "people"}, "type": "log" if tall else "linear"}
    layout: Json = {
        "height": 260, "margin": {"l": 50, "r": 10, "t": 10, "b": 40}, "bargap": 0.25,
        "yaxis": axis | ({"dtick": 1} if tall else {"rangemode": "tozero"}),
    }  # fmt: skip
    rows: list[tuple[str | int, ...]] = list(zip(labels, BANDS, values, strict=True))
    return Chart(
        "spread", "How scores are spread",
        "Most people here are acquaintances, and that is fine. A hundred who talk back outweigh a thousand who do not.",
        {"data": [trace], "layout": layout}, ("Score", "Band", "People"), rows,
    )  # fmt: skip
