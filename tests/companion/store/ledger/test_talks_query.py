"""The query of whom the user spoke to lately gives what looking at every interaction gives."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain.dates import DAY
from companion.domain.kinds import KINDS, TALK
from companion.store.ledger.queries.talks import said_since
from tests.companion.store.ledger.histories import ACTS, YEARS, History, recorded
from tests.companion.store.ledger_help import ADA, NOW


@given(ACTS, st.one_of(st.integers(0, 22), st.integers(0, YEARS * 365)))
@settings(max_examples=60, deadline=None)
def test_it_gives_every_word_since_then_the_latest_first(acts: History, days: int) -> None:
    since = NOW - days * DAY
    with recorded(acts) as ledger:
        told = said_since(ledger, ADA, since)
        rows = ledger.connections.reading().execute("select pid, kind, at, automatic, gone, direction from event")
        simple = [
            (pid, at) for pid, kind, at, automatic, gone, direction in rows
            if direction == "out" and KINDS[kind].weight == TALK and at is not None and at >= since
            and not automatic and (gone is None or at > gone)
        ]  # fmt: skip
    assert told == sorted(simple, key=lambda said: (-said[1], said[0]))
