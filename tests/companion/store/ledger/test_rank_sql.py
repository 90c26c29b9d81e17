"""The score as SQL says the same as the score, and shows a number exactly where the judgement does."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from companion.domain.dates import DAY
from companion.domain.sightings import Interaction
from companion.reciprocity.counters import TALLY_FIELDS, Tally, recount
from companion.reciprocity.judgement import judge
from companion.reciprocity.sums import HALF_SCORE_MASS, SUM_FIELDS, Sums, mass_of, rank_of, score_of
from companion.store.ledger import rank_sql
from tests.companion.reciprocity.test_sums import histories
from tests.companion.store.ledger_help import NOW

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

amounts = st.one_of(st.just(0.0), st.floats(1e-6, 400.0))
times = st.one_of(st.none(), st.integers(NOW - 900 * DAY, NOW))
counts = st.integers(0, 12)
SUMS = st.builds(Sums, st.integers(NOW - 3000 * DAY, NOW + DAY), amounts, amounts, amounts, amounts, amounts, amounts)
TALLIES = st.builds(
    Tally, days_in=counts, days_out=counts, two_way_days=st.just(0), light_days_in=counts, light_days_out=counts,
    last_in=times, last_out=times, first_seen_contact=times, inbound_seen_since=st.just(NOW - 1000 * DAY),
)  # fmt: skip
COLUMNS = ("sums_at", *SUM_FIELDS[1:], *TALLY_FIELDS[:-1])


@pytest.fixture(scope="module")
def database() -> sqlite3.Connection:
    return rank_sql.add_math_functions(sqlite3.connect(":memory:"))


def asked(database: sqlite3.Connection, expression: str, sums: Sums, tally: Tally) -> float | int | None:
    values = [getattr(sums, name) for name in SUM_FIELDS] + [getattr(tally, name) for name in TALLY_FIELDS[:-1]]
    told = dict(zip(COLUMNS, values, strict=True)) | {"now": NOW}
    row = ", ".join(f":{name} as {name}" for name in COLUMNS)
    found = database.execute(f"select {expression} from (select {row})", told).fetchone()
    answer: float | int | None = found[0]
    return answer


@given(SUMS)
def test_score_and_mass_are_the_same(database: sqlite3.Connection, sums: Sums) -> None:
    assert asked(database, rank_sql.SCORE, sums, Tally()) == pytest.approx(score_of(sums, NOW), abs=1e-9)
    assert asked(database, rank_sql.MASS, sums, Tally()) == pytest.approx(mass_of(sums, NOW), abs=1e-9)


@given(SUMS)
def test_the_quick_limit_is_never_below_the_mass(database: sqlite3.Connection, sums: Sums) -> None:
    limit = asked(database, rank_sql.MOST_MASS, sums, Tally())
    assert limit is not None
    assert limit >= mass_of(sums, NOW) - 1e-9


@given(SUMS, TALLIES)
def test_a_number_is_shown_exactly_where_the_judgement_shows_one(
    database: sqlite3.Connection, sums: Sums, tally: Tally
) -> None:
    shown = asked(database, f"coalesce({rank_sql.SHOWN}, 0)", sums, tally)
    assert bool(shown) is (judge(sums, tally, NOW).value is not None)


@given(histories(), st.integers(0, 400))
def test_a_return_is_told_as_the_judgement_tells_it(
    database: sqlite3.Connection, acts: list[Interaction], days: int
) -> None:
    sums, tally = recount([replace(act, at=act.at - days * DAY) for act in acts], NOW)
    shown = asked(database, f"coalesce({rank_sql.SHOWN}, 0)", sums, replace(tally, inbound_seen_since=0))
    assert bool(shown) is (judge(sums, tally, NOW).value is not None)


@given(SUMS, TALLIES)
def test_those_without_anything_inbound_are_ordered_the_same(
    database: sqlite3.Connection, sums: Sums, tally: Tally
) -> None:
    silent = replace(sums, talk_in_7=0.0, talk_in_90=0.0, light_in=0.0)
    nothing = replace(tally, days_in=0, light_days_in=0, days_out=max(1, tally.days_out))
    assert asked(database, rank_sql.RANK, silent, nothing) == pytest.approx(rank_of(silent, NOW), rel=1e-9)


@given(st.floats(0.0, 99.0))
def test_the_mass_for_a_score_gives_that_score(score: float) -> None:
    mass = rank_sql.mass_for(score)
    assert 100 * mass / (mass + HALF_SCORE_MASS) == pytest.approx(score, abs=1e-9)


class Bare(sqlite3.Connection):
    """An SQLite that was built without its mathematical functions."""

    learned: frozenset[str] = frozenset()

    def execute(self, sql: str, parameters: object = (), /) -> sqlite3.Cursor:
        if "pow(" in sql and "pow" not in self.learned:
            raise sqlite3.OperationalError("no such function: pow")
        return super().execute(sql, ())

    def create_function(
        self,
        name: str,
        narg: int,
        func: Callable[..., str | Buffer | int | float | None] | None,
        *,
        deterministic: bool = False,
    ) -> None:
        self.learned |= {name}
        super().create_function(name, narg, func, deterministic=deterministic)


def test_an_sqlite_without_powers_learns_them() -> None:
    connection = rank_sql.add_math_functions(sqlite3.connect(":memory:", factory=Bare))
    assert connection.execute("select pow(2.0, 3.0), exp(0.0)").fetchone() == (8.0, 1.0)
