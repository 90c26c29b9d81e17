"""Assembles the badge of a person from a ledger row, the notebook's summary and the score (pure)."""

from __future__ import annotations

from companion.api.card_schemas import Badge
from companion.domain.handles import is_id
from companion.reciprocity.states import Glance, Judgement
from companion.store.ledger.rows import BadgeRow
from companion.store.notebook.results import Summary


def badge_of(pid: str, handle: str, row: BadgeRow | None, judged: Judgement | Glance, written: Summary) -> Badge:
    """Return the badge of a known person.

    Args:
        pid: the person's key.
        handle: as requested; the spelling last seen wins.
        row: the ledger's row, None for somebody only written about.
        judged: the score and state of ``row``.
        written: the notebook's part of a badge.
    """
    decision = _text(written.marks["decision"]) if "decision" in written.marks else None
    you: int = judged.balance[0]
    they: int | None = judged.balance[1]
    spelling, tags = handle.removeprefix("@"), list(written.tags)
    if not they and row is not None and row.tally.inbound_seen_since is None:
        they = None  # an archive alone shows one side: unknown, never zero
    # Positional, in the order of the fields: keywords take four times as long, and a request has forty badges.
    if row is None:
        return Badge(
            pid if is_id(pid) else None, spelling, None, judged.value, judged.state, judged.band,
            written.alias, None, None, you, they, None, None, None, None, written.note, tags, decision,
        )  # fmt: skip
    return Badge(
        pid if is_id(pid) else None, row.handle or spelling, row.name, judged.value, judged.state, judged.band,
        written.alias, row.follows_me, row.i_follow, you, they, row.tally.last_in, row.tally.last_out, row.was,
        row.last_seen, written.note, tags, decision,
    )  # fmt: skip


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def is_known(row: BadgeRow | None, written: Summary) -> bool:
    """Return whether a person gets a badge at all: written about, ever in contact, or following the viewer."""
    # In full what ``row.known`` says: a look-up asks for forty people.
    return written.known or (row is not None and (row.acts > 0 or row.follows_me is True))
