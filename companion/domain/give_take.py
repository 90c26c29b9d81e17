"""Says in words who helped whom, never as a debt (pure)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from companion.domain.outcomes import FAVOURS

_TIMES = {1: "once", 2: "twice"}


def between(name: str, they: Sequence[str], you: Sequence[str]) -> str:
    """Return one sentence on help between the user and a person; empty if there was none.

    Args:
        name: the person's.
        they: what they helped with, names of ``FAVOURS``.
        you: what the user helped with.
    """
    theirs = f"{name} helped you {_times(they)}" if they else ""
    yours = f"{'you' if they else 'You'} helped {'them' if they else name} {_times(you)}" if you else ""
    return f"{'; '.join(part for part in (theirs, yours) if part)}." if they or you else ""


def _times(what: Sequence[str]) -> str:
    kinds = dict.fromkeys(FAVOURS[one] for one in what)
    return f"{_TIMES.get(len(what), f'{len(what)} times')} ({', '.join(kinds)})"


def among(helped_you: Collection[str], you_helped: Collection[str]) -> str:
    """Return one sentence on how many people helped whom, counted as people; empty if nobody did."""
    theirs, yours, both = len(set(helped_you)), len(set(you_helped)), len(set(helped_you) & set(you_helped))
    if not theirs and not yours:
        return ""
    told = f"{_people(theirs)} helped you, you helped {_people(yours, start=False)}."
    return f"{told[:-1]}; {both} of them on both sides." if both else told


def _people(count: int, *, start: bool = True) -> str:
    if count == 0:
        return "Nobody" if start else "nobody"
    return "1 person" if count == 1 else f"{count} people"
