"""Several accounts of one person or company: found by the name that they belong to, and apart again without it."""

from __future__ import annotations

from dataclasses import dataclass

from companion.store.account import Account

KIND = "belongs"


@dataclass(frozen=True, slots=True)
class Owner:
    """The person or company that an account belongs to, and its other accounts.

    Attributes:
        name: as the user calls it.
        what: person or company.
        others: pids of the other accounts, in the order of their keys.
    """

    name: str
    what: str
    others: tuple[str, ...]


def owner_of(account: Account, pid: str) -> Owner | None:
    """Return whom an account belongs to, None if the user said nothing."""
    written = dict(account.notebook.of_kind(KIND, account.owner))
    mine = written.get(pid)
    if mine is None:
        return None
    name = str(mine["name"])
    others = [other for other, body in written.items() if str(body["name"]).casefold() == name.casefold()]
    return Owner(name, str(mine["what"]), tuple(sorted(other for other in others if other != pid)))
