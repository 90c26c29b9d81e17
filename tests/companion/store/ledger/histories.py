"""Random histories with a few people over some years, recorded act by act, undone and automatic ones among them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import strategies as st

from companion.domain.dates import DAY
from companion.domain.sightings import Interaction, Person
from companion.store.ledger.ledger import Ledger
from tests.companion.store.ledger_help import ADA, NOW, page

PEOPLE = [str(2_000_001 + number) for number in range(7)]
YEARS = 9
History = list[tuple[Interaction, bool]]
"""What happened, and whether the ids of all handles are seen after it, in the order in which it is recorded."""


def _act(person: int, handle: bool, days: int, kind: str, inbound: bool, mark: str) -> tuple[Interaction, bool]:
    at = NOW - days * DAY - days % 86_000
    made = Interaction(
        "in" if inbound else "out",
        kind,
        at,
        f"{kind}:{person}:{days}",
        id=None if handle else PEOPLE[person],
        handle=f"wren{person}" if handle else None,
        automatic=mark == "automatic",
        removed=mark == "removed",
    )
    return made, mark == "named"


ACTS = st.lists(
    st.builds(
        _act,
        st.integers(0, len(PEOPLE) - 1),
        st.booleans(),
        st.one_of(st.integers(0, 20), st.integers(0, YEARS * 365), st.integers(0, YEARS).map(lambda year: year * 365)),
        st.sampled_from(["reply", "reply", "mention", "like", "follow"]),
        st.booleans(),
        st.sampled_from(["", "", "", "automatic", "removed", "named"]),
    ),
    max_size=40,
)


@contextmanager
def recorded(acts: History) -> Iterator[Ledger]:
    """Give a ledger of Ada's in which the acts were recorded one by one."""
    with TemporaryDirectory() as here:
        ledger = Ledger.open(Path(here) / "ledger.db")
        ledger.owner_for(ADA, "adaquill", NOW)
        for act, named in acts:
            seen = [Person(pid, f"wren{number}") for number, pid in enumerate(PEOPLE)] if named else []
            ledger.record(ADA, page(seen, acts=[act]), NOW)
        yield ledger
        ledger.close()
