"""Decides by two notebooks' acts of forgetting what of either counts; see `companion.store.notebook.forgotten`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from companion.store.documents import Tables
from companion.store.notebook.forgotten import TABLE, acts_in, hashed
from companion.stores import Stores

NO_ACTS = frozenset[str]()


@dataclass(frozen=True, slots=True)
class Acts:
    """The acts that each side knew before an import.

    Attributes:
        mine: this notebook's acts by the hash of whom they concern.
        theirs: the export's acts likewise.
    """

    mine: Mapping[str, frozenset[str]]
    theirs: Mapping[str, frozenset[str]]

    def brings(self, *pids: str) -> bool:
        """Return whether the export knew of every act here about a person, who may have several keys."""
        return _of(self.mine, *pids) <= _of(self.theirs, *pids)

    def holds(self, pid: str) -> bool:
        """Return whether this notebook knew of every act there about a person."""
        return _of(self.theirs, pid) <= _of(self.mine, pid)


def acts_of(tables: Tables, stores: Stores) -> Acts:
    """Return the acts of an export's tables and of these stores."""
    return Acts(stores.notebook.forgotten.acts(), acts_in(tables.get(TABLE, {})))


def forget_likewise(acts: Acts, stores: Stores) -> int:
    """Delete here whom the other notebook forgot without this one's knowledge; return how many keys that were."""
    unknown = {who: ids - acts.mine.get(who, NO_ACTS) for who, ids in acts.theirs.items()}
    unknown = {who: ids for who, ids in unknown.items() if ids}
    if not unknown:
        return 0
    here = [pid for pid in stores.notebook.forgotten.holds() | stores.ledger.pids() if not acts.holds(pid)]
    for pid in here:
        stores.notebook.forget(pid, min(unknown[hashed(pid)]))
        stores.ledger.forget(pid)
    for who, ids in unknown.items():
        for act in sorted(ids):
            stores.notebook.forgotten.mark(who, act)
    return len(here)


def _of(acts: Mapping[str, frozenset[str]], *pids: str) -> frozenset[str]:
    return NO_ACTS.union(*(acts.get(hashed(pid), NO_ACTS) for pid in pids))
