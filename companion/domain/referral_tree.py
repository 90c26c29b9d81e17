"""Who sent whom, as a graph: generations, trees to draw, paths, and the circles that are refused (pure).

Two machines can each add half of a circle, so nothing here relies on there being none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Sent: TypeAlias = Mapping[str, Sequence[str]]
"""Person -> those whom they sent, each once."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A person in a tree.

    Attributes:
        pid: the person.
        sent: those whom they sent, as far down as is drawn.
        deeper: how many there are below that are not drawn.
    """

    pid: str
    sent: tuple[Branch, ...]
    deeper: int


def sent_of(edges: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the graph of (who sent, who was sent); nobody sends themselves, and nobody twice."""
    sent: dict[str, list[str]] = {}
    for who, whom in edges:
        if who != whom and whom not in sent.setdefault(who, []):
            sent[who].append(whom)
    return {who: sorted(whom) for who, whom in sorted(sent.items()) if whom}


def _above(sent: Sent, root: str) -> dict[str, str]:
    """Return each person below the root with the one above them, the nearest first."""
    above, level = {root: ""}, [root]
    while level:
        following = []
        for old in level:
            for new in sent.get(old, ()):
                if new not in above:
                    above[new] = old
                    following.append(new)
        level = following
    return above


def path(sent: Sent, start: str, end: str) -> list[str]:
    """Return the shortest way down from one person to another, both included; empty if there is none."""
    above = _above(sent, start)
    if end not in above:
        return []
    way = [end]
    while above[way[-1]]:
        way.append(above[way[-1]])
    return way[::-1]


def circle(sent: Sent, who: str, whom: str) -> list[str]:
    """Return the circle that "who sent whom" would close, empty if none: the way from ``whom`` down to ``who``."""
    return path(sent, whom, who)


def generations(sent: Sent, root: str) -> list[list[str]]:
    """Return those sent by one person, then those whom these sent, and so on; everybody once, as near as possible."""
    near = {root: 0}
    found: list[list[str]] = []
    for pid, parent in _above(sent, root).items():
        if parent:
            near[pid] = near[parent] + 1
            if near[pid] > len(found):
                found.append([])
            found[-1].append(pid)
    return found


def tree(sent: Sent, root: str, depth: int = 3) -> Branch:
    """Return the tree below one person, ``depth`` generations drawn; everybody stands in it once."""
    below: dict[str, list[str]] = {}
    for pid, parent in _above(sent, root).items():
        below.setdefault(parent, []).append(pid)
    return _branch(root, below, depth)


def _branch(pid: str, below: Mapping[str, Sequence[str]], depth: int) -> Branch:
    if depth == 0:
        return Branch(pid, (), sum(map(len, generations(below, pid))))
    return Branch(pid, tuple(_branch(one, below, depth - 1) for one in below.get(pid, ())), 0)


def roots(sent: Sent) -> list[str]:
    """Return those who sent somebody and were sent by nobody; of a circle, its first person stands for it."""
    arrived = {whom for listed in sent.values() for whom in listed}
    found = [who for who in sent if who not in arrived]
    reached = {pid for root in found for level in generations(sent, root) for pid in level} | set(found)
    for who in sent:
        if who not in reached:
            found.append(who)
            reached |= {who, *(pid for level in generations(sent, who) for pid in level)}
    return found
