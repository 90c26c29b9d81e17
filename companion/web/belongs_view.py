"""The other accounts of the person or company that an account belongs to, as a person's page shows them."""

from __future__ import annotations

from dataclasses import dataclass

from companion.practice.one_owner import Owner, owner_of
from companion.reciprocity.judgement import judge
from companion.store.ledger.queries.directory import by_pids
from companion.store.ledger.rows import BadgeRow
from companion.web.context import PageContext
from companion.web.person_rows import shown_name


@dataclass(frozen=True, slots=True)
class OtherAccount:
    """Another account of the same person or company; its score stays its own."""

    pid: str
    name: str
    score: int | None
    note: str


@dataclass(frozen=True, slots=True)
class Together:
    """All accounts of one person or company: days each side wrote, over all of them."""

    owner: Owner
    others: list[OtherAccount]
    you: int
    they: int


def together(page: PageContext, row: BadgeRow) -> Together | None:
    """Return the accounts that belong with a person's; None if the user said nothing."""
    owner = owner_of(page.account, row.pid)
    if owner is None:
        return None
    rows = by_pids(page.account.ledger, page.owner, owner.others)
    tallies = [row.tally, *(one.tally for one in rows.values())]
    others = [_other(page, pid, rows.get(pid)) for pid in owner.others]
    return Together(owner, others, sum(one.days_out for one in tallies), sum(one.days_in for one in tallies))


def _other(page: PageContext, pid: str, row: BadgeRow | None) -> OtherAccount:
    about = page.account.notebook.about(pid, page.owner)
    name = shown_name(page, row) if row else about.alias or pid
    score = judge(row.sums, row.tally, page.now).value if row else None
    return OtherAccount(pid, name, score, about.note.text if about.note else "")
