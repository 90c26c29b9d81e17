"""Queries about whole years: on how many days of each the viewer wrote to whom, and what could be seen at all."""

from __future__ import annotations

from companion.store.ledger.ledger import Ledger
from companion.store.ledger.queries.directory import reader

YEAR = "1969 + (4 * (day + 365) + 3) / 1461"
"""The year of a Unix day number from 1969 to 2099, in which every fourth year is a leap year; faster than a date."""


def days_by_year(ledger: Ledger, owner: str) -> list[tuple[str, int, int]]:
    """Return (pid, year, days on which the viewer wrote to them) of everybody; years are those of UTC days."""
    connection, viewer = reader(ledger, owner)
    rows = connection.execute(
        f"select pid, {YEAR} as year, count(*) from contact_day "  # noqa: S608 - constants
        "where owner = ? and direction = 'out' and talk > 0 group by pid, year order by pid, year",
        (viewer.number,),
    )
    found: list[tuple[str, int, int]] = rows.fetchall()
    return found
