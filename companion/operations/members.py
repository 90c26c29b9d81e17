"""A set of names, such as a person's tags: additions and removals that are united the same in any order (pure).

A removal names the additions that its writer saw, so that a name added elsewhere meanwhile survives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Addition:
    """One addition of a name.

    Attributes:
        name: the name as it was spelled.
        at: when, epoch seconds.
        place: its place among the names of that write.
        told: the person's key as its writer named it; empty if that is the key it is stored under.
    """

    name: str
    at: int
    place: int = 0
    told: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Arrangement:
    """The order in which a writer left the names; the highest one counts.

    Attributes:
        gen: 1 + that of the arrangement before it.
        at: when, epoch seconds.
        op: id of the write.
        viewer: the account it was written under.
        names: the casefolded names.
    """

    gen: int = 0
    at: int = 0
    op: str = ""
    viewer: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Members:
    """The names of one person.

    Attributes:
        additions: the living additions by id.
        removed: ids of removed additions.
        arrangement: the order of the names, and the last write.
    """

    additions: Mapping[str, Addition] = field(default_factory=dict)
    removed: frozenset[str] = frozenset()
    arrangement: Arrangement = field(default_factory=Arrangement)

    def joined(self, other: Members) -> Members:
        """Return the union of two sets; commutative, associative and idempotent."""
        removed = self.removed | other.removed
        both = {**self.additions}
        for key, one in other.additions.items():
            both[key] = max(one, both.get(key, one), key=lambda each: (each.at, each.name, each.place, each.told))
        living = {key: one for key, one in both.items() if key not in removed}
        return Members(living, removed, max(self.arrangement, other.arrangement))

    def names(self) -> list[str]:
        """Return the names in their order; of several spellings the latest is shown."""
        found: dict[str, tuple[tuple[int, int, str], str]] = {}
        for key, one in self.additions.items():
            folded, rank = one.name.casefold(), (one.at, one.place, key)
            if folded not in found or found[folded][0] < rank:
                found[folded] = (rank, one.name)
        places = {name: place for place, name in enumerate(self.arrangement.names)}
        ordered = sorted(found, key=lambda name: (places.get(name, len(places)), found[name][0], name))
        return [found[name][1] for name in ordered]

    def latest(self) -> int:
        """Return when the names were last written, epoch seconds."""
        return max((one.at for one in self.additions.values()), default=self.arrangement.at)

    def written(self, op: str, at: int, viewer: str, names: Sequence[str]) -> Members:
        """Return the change that makes the names the given ones, as a set of its own, to be joined with this one."""
        wanted = {name.casefold(): name for name in names}
        shown = set(self.names())
        new = {folded: name for folded, name in wanted.items() if name not in shown}
        stays = wanted.keys() - new.keys()
        gone = [key for key, one in self.additions.items() if one.name.casefold() not in stays]
        places = {folded: place for place, folded in enumerate(wanted)}
        added = {addition_id(op, folded): Addition(name, at, places[folded]) for folded, name in new.items()}
        arrangement = Arrangement(self.arrangement.gen + 1, at, op, viewer, tuple(wanted))
        return Members(added, frozenset(gone), arrangement)


def addition_id(op: str, folded: str) -> str:
    """Return the id of the addition of a casefolded name by a write."""
    return f"{op}:{folded}"
