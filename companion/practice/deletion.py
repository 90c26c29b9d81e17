"""Deletes one interaction from a person's history, so that seeing it again on the page does not restore it."""

from __future__ import annotations

from companion.domain.sightings import Interaction
from companion.store import touches
from companion.store.account import Account
from companion.store.ledger.rows import InteractionRow
from companion.store.ledger.tables.interactions import Key


def find(account: Account, pid: str, key: Key, at: int) -> InteractionRow | None:
    """Return the interaction with this key at this time, None if it is not there (any more)."""
    rows = account.ledger.interactions(account.owner, pid, limit=200, before=at + 1)
    return next((row for row in rows if (row.direction, row.kind, row.ref) == key), None)


def deletion(account: Account, row: InteractionRow, *, op: str, now: int) -> None:
    """Delete an interaction; a touch is deleted from the notebook too, with both of its directions.

    A seen interaction is marked as removed now, which outlasts further sightings of it; deleting the row would not.
    """
    item = touches.item_of(row.ref)
    if item is not None:
        touches.take_back(account, row.pid, item, op=op, at=now)
    else:
        account.ledger.add_interactions(account.owner, row.pid, [_act(row, now, removed=True)], now)


def put_back(account: Account, row: InteractionRow, now: int) -> None:
    """Undo the deletion of a seen interaction: it is as before, and further sightings count again."""
    account.ledger.remove_interaction(account.owner, row.pid, row.ref, row.kind, row.direction)
    account.ledger.add_interactions(account.owner, row.pid, [_act(row, row.at, removed=False)], now)


def _act(row: InteractionRow, at: int, *, removed: bool) -> Interaction:
    return Interaction(
        row.direction, row.kind, at, row.ref, post=row.post, source=row.source, partial=row.partial,
        automatic=row.automatic, chat=row.chat, removed=removed,
    )  # fmt: skip
