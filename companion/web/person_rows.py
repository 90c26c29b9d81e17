"""Rows of the people tables: name, score, 26 weeks, days each wrote, last contact, tags and circles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from companion.domain.dates import DAY
from companion.domain.handles import profile_address
from companion.machine_zone import machine_day
from companion.practice.circles import Circles
from companion.reciprocity.counters import trend
from companion.reciprocity.judgement import judge
from companion.store.ledger.queries import statistics
from companion.store.ledger.rows import BadgeRow
from companion.web import svg, wording
from companion.web.context import PageContext

MOST_CHIPS = 3


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table."""

    pid: str
    handle: str
    address: str | None
    """Of the profile on X, by handle or by id."""
    name: str
    ring: svg.Ring
    score: int | None
    state: str
    bars: list[svg.Bar]
    picture: str
    """The sparkline in words."""
    you: int
    they: int | None
    """None where what they send could not be seen."""
    last: str
    spoken: str
    chips: list[tuple[str, str | None]]
    """(tag or circle, the tag's colour)."""


def table_rows(page: PageContext, rows: Sequence[BadgeRow]) -> list[TableRow]:
    """Return the table's rows; the days of all its people are read in one query."""
    weeks = weeks_of(page, [row.pid for row in rows])
    colours = {tag["name"].casefold(): tag["colour"] for tag in page.account.notebook.tags()} if rows else {}
    circles = {circle.id: circle.name for circle in Circles(page.account.notebook).all()}
    return [_row(page, row, weeks[row.pid], colours, circles) for row in rows]


def weeks_of(page: PageContext, pids: Sequence[str]) -> dict[str, list[tuple[int, int]]]:
    """Return pid -> 26 weeks of (days they wrote, days you wrote)."""
    since, today = page.now - (statistics.WEEKS * 7 + 1) * DAY, machine_day(page.now)
    days = statistics.talk_days(page.account.ledger, page.owner, pids, since, machine_day)
    return {
        pid: trend([day for day, way in talked if way == "in"], [day for day, way in talked if way == "out"], today)
        for pid, talked in days.items()
    }


def shown_name(page: PageContext, row: BadgeRow) -> str:
    """Return the display name: the alias, else the name, else the handle, else the key."""
    return page.account.notebook.summary(row.pid, page.owner).alias or row.name or row.handle or row.pid


def known_as(page: PageContext, pid: str) -> str:
    """Return the display name of anybody, also of somebody who was never seen."""
    row = page.account.ledger.badge(page.owner, pid)
    return shown_name(page, row) if row else page.account.notebook.summary(pid, page.owner).alias or pid


def _row(
    page: PageContext, row: BadgeRow, weeks: list[tuple[int, int]], colours: dict[str, str], circles: dict[str, str]
) -> TableRow:
    judged = judge(row.sums, row.tally, page.now, day_of=machine_day)
    written = page.account.notebook.summary(row.pid, page.owner)
    mine = written.marks.get("circles")
    chips: list[tuple[str, str | None]] = [(tag, colours.get(tag.casefold())) for tag in written.tags]
    chips += [
        (circles[str(circle)], None) for circle in (mine if isinstance(mine, list) else []) if str(circle) in circles
    ]
    return TableRow(
        pid=row.pid,
        handle=row.handle or "",
        address=profile_address(row.pid, row.handle),
        name=written.alias or row.name or row.handle or row.pid,
        ring=svg.ring(judged.value, judged.confidence),
        score=judged.value,
        state=wording.state(judged),
        bars=svg.spark(weeks),
        picture=picture(weeks, visible=row.tally.inbound_seen_since is not None),
        you=row.tally.days_out,
        they=row.tally.days_in or (0 if row.tally.inbound_seen_since is not None else None),
        last=wording.since(row.contact_at, page.now),
        spoken=wording.since_spoken(row.contact_at, page.now),
        chips=chips[:MOST_CHIPS],
    )


def picture(weeks: Sequence[tuple[int, int]], *, visible: bool) -> str:
    """Describe a sparkline in words; where what they send was never ``visible``, it is not told as none."""
    they, you = sum(1 for week in weeks if week[0]), sum(1 for week in weeks if week[1])
    if not they and not visible:
        return f"You wrote in {you} of the last {len(weeks)} weeks; theirs could not be seen yet"
    return f"They wrote in {they} and you in {you} of the last {len(weeks)} weeks"
