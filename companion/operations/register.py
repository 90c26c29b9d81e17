"""A register: one text with its history, as a set of operations that is united the same in any order (pure).

An operation names the operations that it replaces (its parents). Heads are the operations that no other replaced; the
highest of them is shown, the clock only breaks ties. Two registers are joined by uniting their operations.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import msgspec
from msgspec.structs import replace

Body = TypeVar("Body")
BESIDE = "~"
"""What parts the id under which an operation was told from a hash of its text, where another text has that id too."""


class Operation(msgspec.Struct, Generic[Body], frozen=True):
    """One write of one text; a million of them are made when a notebook is joined.

    Attributes:
        id: random id of the write; equal ids are one operation, whoever delivered it.
        at: when it was written, epoch seconds; not trusted, it only breaks ties.
        viewer: the account it was written under.
        body: what was written.
        parents: ids of the operations that it replaces.
        gen: 1 + the highest ``gen`` of its parents.
        blank: whether the body says nothing, so that the text is gone.
        refused: whether it was kept beside another text and shown by none.
        told: the person's key as its writer named it; empty if that is the key it is stored under.
        by: the device that wrote it; empty for this one.
    """

    id: str
    at: int
    viewer: str
    body: Body
    parents: frozenset[str] = frozenset()
    gen: int = 1
    blank: bool = False
    refused: bool = False
    told: str = ""
    by: str = ""

    @property
    def rank(self) -> tuple[int, int, str]:
        """The order of operations, equal on every machine."""
        return self.gen, self.at, self.id

    @property
    def order(self) -> tuple[object, ...]:
        """The order of copies of one operation; the last one is taken."""
        return self.rank, repr(self.body), self.told, self.by

    def beside(self) -> Operation[Body]:
        """Return the operation that this one is if another text has its id: no honest program gives one id twice."""
        return replace(self, id=f"{self.id}{BESIDE}{hashlib.sha256(repr(self.body).encode()).hexdigest()[:12]}")

    def same_as(self, other: Operation[Body]) -> Operation[Body]:
        """Return the one operation that two copies of an id stand for."""
        first, second = sorted((self, other), key=lambda one: one.order)
        return replace(second, parents=first.parents | second.parents, refused=first.refused and second.refused)


@dataclass(frozen=True, slots=True)
class Register(Generic[Body]):
    """The operations on one text.

    Attributes:
        operations: the operations whose bodies are kept, by id.
        past: ids of replaced operations whose bodies may be kept no more.
    """

    operations: Mapping[str, Operation[Body]] = field(default_factory=dict)
    past: frozenset[str] = frozenset()
    _heads: list[tuple[Operation[Body], ...]] = field(default_factory=list, init=False, repr=False, compare=False)
    """The heads once they are counted, which one write asks for six times."""

    @classmethod
    def of(cls, operations: Iterable[Operation[Body]], past: Iterable[str] = ()) -> Register[Body]:
        """Return the register of some operations."""
        united: dict[str, Operation[Body]] = {}
        for one in operations:
            known = united.get(one.id)
            if known is None:
                united[one.id] = one
            elif known.body == one.body:
                united[one.id] = one.same_as(known)
            else:
                united[one.id], second = one, known.beside()
                united[second.id] = second.same_as(united.get(second.id, second))
        return cls._united(united, frozenset(past))

    @classmethod
    def _united(cls, operations: dict[str, Operation[Body]], past: frozenset[str]) -> Register[Body]:
        return cls(_apart(operations) if BESIDE in "".join(operations) else operations, past)

    def joined(self, other: Register[Body]) -> Register[Body]:
        """Return the union of two registers; commutative, associative and idempotent."""
        past = self.past | other.past
        if self.operations.keys().isdisjoint(other.operations):
            return Register._united({**self.operations, **other.operations}, past)
        return Register.of((*self.operations.values(), *other.operations.values()), past)

    def replaced(self) -> frozenset[str]:
        """Return the ids of all operations that others replaced."""
        return self.past.union(*(one.parents for one in self.operations.values()))

    def heads(self) -> list[Operation[Body]]:
        """Return the operations that no other replaced, the highest first."""
        if not self._heads:
            replaced = self.replaced()
            living = (one for one in self.operations.values() if one.id not in replaced and not one.refused)
            self._heads.append(tuple(sorted(living, key=lambda one: one.rank, reverse=True)))
        return list(self._heads[0])

    def shown(self) -> list[Operation[Body]]:
        """Return the heads to show, the highest first: what says something goes before what says nothing."""
        heads = self.heads()
        return [one for one in heads if not one.blank] or heads[:1]

    def unnamed(self) -> frozenset[str]:
        """Return the ids that are replaced although no operation that is still kept names them as a parent."""
        return self.past.difference(*(one.parents for one in self.operations.values()))

    def next_gen(self) -> int:
        """Return the ``gen`` of an operation that replaces all heads."""
        return 1 + max((one.gen for one in self.heads()), default=0)

    def kept(self, limit: int) -> Register[Body]:
        """Return the register with all heads and the ``limit`` highest others; of the rest only the ids stay.

        A parent ranks below what replaced it, so that cutting earlier or later, here or elsewhere, keeps the same.
        """
        kept, heads = self.operations, self.heads()
        if len(kept) - len(heads) > limit:
            stay = {one.id for one in heads}
            texts = [one for one in kept.values() if one.id not in stay]
            texts.sort(key=lambda one: one.rank, reverse=True)
            stay |= {one.id for one in texts[:limit]}
            kept = {key: one for key, one in kept.items() if key in stay}
        cut = Register(kept, self.replaced() | (self.operations.keys() - kept.keys()))
        cut._heads.extend(self._heads)  # the same: each of them stays, and what was replaced still is
        return cut


def first_id(key: str) -> str:
    """Return the id under which an operation was told, whether or not another text has it too."""
    return key.partition(BESIDE)[0]


def _apart(united: dict[str, Operation[Body]]) -> dict[str, Operation[Body]]:
    """Return operations of which several have one id: the last one in their order keeps it, the others stand beside."""
    texts: dict[tuple[str, str], Operation[Body]] = {}
    for one in united.values():
        plain = replace(one, id=first_id(one.id))
        key = (plain.id, repr(plain.body))
        texts[key] = plain.same_as(texts.get(key, plain))
    last: dict[str, Operation[Body]] = {}
    for one in texts.values():
        last[one.id] = max(last.get(one.id, one), one, key=lambda each: each.order)
    listed = (one if last[one.id] == one else one.beside() for one in texts.values())
    return {one.id: one for one in listed}
