"""A sample of followers from the index of handles, so that its cost does not grow with how many there are."""

from __future__ import annotations

from collections.abc import Iterable

from companion.store.ledger.ledger import Ledger
from companion.store.ledger.queries.directory import reader
from companion.store.ledger.rows import BadgeRow
from companion.store.ledger.tables import badges as badges_table


def followers_from(ledger: Ledger, owner: str, places: Iterable[str], each: int) -> list[BadgeRow]:
    """Return the first followers at or behind each place of the alphabet of handles, each once."""
    connection, viewer = reader(ledger, owner)
    rest = "and hkey >= ? and +follows_me = 1 and handle is not null order by hkey limit ?"
    found = {row.pid: row for place in places for row in badges_table.rows(connection, viewer, rest, (place, each))}
    return list(found.values())
