"""What the score promises, tried on random histories."""

from __future__ import annotations

import math

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.dates import DAY
from companion.domain.sightings import Interaction
from companion.reciprocity.counters import recount
from companion.reciprocity.sums import Sums, day_weight, mass_of, rank_of, score_of, weight_of

NOW = 20_000 * DAY + 5_000
TALK = ("reply", "mention", "quote", "dm", "call", "meeting")
KINDS = (*TALK, "like", "repost", "follow")


def act(direction: str, kind: str, at: int, ref: str, *, automatic: bool = False) -> Interaction:
    return Interaction(direction=direction, kind=kind, at=at, ref=ref, automatic=automatic)


@st.composite
def histories(draw: st.DrawFn, kinds: tuple[str, ...] = KINDS, directions: str = "io") -> list[Interaction]:
    ways = {"i": "in", "o": "out"}
    rows = draw(
        st.lists(
            st.tuples(
                st.sampled_from([ways[way] for way in directions]),
                st.sampled_from(kinds),
                st.integers(NOW - 4_000 * DAY, NOW),
            ),
            max_size=40,
        )
    )
    return [act(way, kind, at, f"r{index}") for index, (way, kind, at) in enumerate(rows)]


def score(acts: list[Interaction], now: int = NOW) -> float:
    return score_of(recount(acts, now)[0], now)


@given(histories())
def test_the_score_is_a_number_from_0_to_100(acts: list[Interaction]) -> None:
    assert 0.0 <= score(acts) <= 100.0
    assert math.isfinite(score(acts))


@given(histories(), st.sampled_from(["in", "out"]), st.sampled_from(KINDS), st.integers(NOW - 4_000 * DAY, NOW))
def test_one_more_event_never_lowers_it(acts: list[Interaction], way: str, kind: str, at: int) -> None:
    assert score([*acts, act(way, kind, at, "more")]) >= score(acts) - 1e-9


@given(histories(), st.integers(0, 3_000 * DAY), st.integers(0, 3_000 * DAY))
def test_silence_never_raises_it(acts: list[Interaction], sooner: int, later: int) -> None:
    sums = recount(acts, NOW)[0]
    assert score_of(sums, NOW + sooner + later) <= score_of(sums, NOW + sooner) + 1e-9


@given(histories(directions="o"))
def test_nothing_inbound_gives_0(acts: list[Interaction]) -> None:
    assert score(acts) == 0.0


@given(st.sampled_from(TALK), st.integers(1, 500))
def test_a_days_burst_saturates_below_two_days_of_one_message(kind: str, count: int) -> None:
    burst = [act("in", kind, NOW - DAY, f"b{index}") for index in range(count)]
    two_days = [act("in", kind, NOW - days * DAY, f"d{days}") for days in (1, 2)]
    assert score(burst) < score(two_days)


@given(histories(kinds=("like", "repost")), st.integers(1, 60))
def test_likes_alone_stay_in_the_lowest_band(acts: list[Interaction], daily: int) -> None:
    many = [act("in", "like", NOW - day * DAY, f"l{day}-{n}") for day in range(200) for n in range(daily % 5)]
    assert score(acts + many) < 15.0


@given(histories(), st.randoms(use_true_random=False))
def test_order_and_repeats_change_nothing(acts: list[Interaction], random: object) -> None:
    shuffled = list(acts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert recount(shuffled + acts, NOW) == recount(acts, NOW)


@given(histories(), histories())
def test_events_of_the_future_change_nothing(acts: list[Interaction], later: list[Interaction]) -> None:
    future = [act(one.direction, one.kind, one.at + 4_001 * DAY, "f" + one.ref) for one in later]
    assert recount(acts + future, NOW) == recount(acts, NOW)


@given(histories(), histories())
def test_automatic_thanks_change_nothing(acts: list[Interaction], robots: list[Interaction]) -> None:
    thanks = [act(one.direction, one.kind, one.at, "a" + one.ref, automatic=True) for one in robots]
    assert recount(acts + thanks, NOW) == recount(acts, NOW)


@given(histories(), st.integers(NOW - 4_000 * DAY, NOW))
def test_a_follow_adds_nothing(acts: list[Interaction], at: int) -> None:
    assert score([*acts, act("in", "follow", at, "follow")]) == score(acts)


@st.composite
def day_changes(draw: st.DrawFn) -> list[tuple[int, str, int, int]]:
    return draw(
        st.lists(
            st.tuples(
                st.integers(16_000, 20_000), st.sampled_from(["in", "out"]), st.integers(0, 9), st.integers(0, 9)
            ),
            min_size=1,
            max_size=25,
            unique_by=lambda row: row[:2],
        )
    )


def build(changes: list[tuple[int, str, int, int]]) -> Sums:
    sums = Sums()
    for day, way, talk, light in changes:
        sums = sums.added(day, way, weight_of(talk, light))
    return sums


def close(one: Sums, other: Sums) -> bool:
    pairs = zip(msgspec.structs.astuple(one.advanced(NOW)), msgspec.structs.astuple(other.advanced(NOW)), strict=True)
    return all(math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9) for a, b in pairs)


@given(day_changes(), st.randoms(use_true_random=False))
def test_days_may_come_in_any_order(changes: list[tuple[int, str, int, int]], random: object) -> None:
    shuffled = list(changes)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert close(build(changes), build(shuffled))


@given(day_changes(), st.data())
def test_taking_a_day_back_restores_the_earlier_score(
    changes: list[tuple[int, str, int, int]], data: st.DataObject
) -> None:
    gone = data.draw(st.sampled_from(changes))
    day, way, talk, light = gone
    taken_back = build(changes).added(day, way, weight_of(0, 0) - weight_of(talk, light))
    rest = build([change for change in changes if change is not gone])
    assert close(taken_back, rest)
    assert abs(score_of(taken_back, NOW) - score_of(rest, NOW)) < 1e-9


@given(histories())
def test_adding_acts_one_by_one_equals_counting_them_again(acts: list[Interaction]) -> None:
    sums, days = Sums(), dict[tuple[int, str], list[str]]()
    for one in acts:
        kinds = days.setdefault((one.at // DAY, one.direction), [])
        before = day_weight(kinds)
        kinds.append(one.kind)
        sums = sums.added(one.at // DAY, one.direction, day_weight(kinds) - before)
    assert close(sums, recount(acts, NOW)[0])


@given(day_changes(), st.integers(0, 4_000 * DAY))
def test_advancing_in_two_steps_equals_one(changes: list[tuple[int, str, int, int]], step: int) -> None:
    sums = build(changes)
    assert math.isclose(
        mass_of(sums.advanced(NOW + step), NOW + 2 * step), mass_of(sums, NOW + 2 * step), abs_tol=1e-12
    )


def test_taking_the_only_day_back_leaves_exactly_nothing() -> None:
    sums = Sums().added(19_000, "in", weight_of(3, 0)).added(19_500, "in", weight_of(1, 1))
    for day, talk, light in ((19_000, 3, 0), (19_500, 1, 1)):
        sums = sums.added(day, "in", weight_of(0, 0) - weight_of(talk, light))
    assert score_of(sums, NOW) == 0.0


def test_a_contact_of_long_ago_still_ranks_above_none() -> None:
    old = Sums().added(9_000, "in", weight_of(1, 0)).added(20_000, "out", weight_of(1, 0))
    older = Sums().added(8_000, "in", weight_of(1, 0)).added(20_000, "out", weight_of(1, 0))
    assert score_of(old, NOW) > score_of(older, NOW) > 0.0


@given(histories(), histories())
def test_whoever_wrote_ranks_by_the_score_and_above_those_who_did_not(
    one: list[Interaction], other: list[Interaction]
) -> None:
    wrote, silent = recount(one, NOW)[0], recount([act for act in other if act.direction == "out"], NOW)[0]
    assert score_of(silent, NOW) == 0.0
    assert 0.0 <= rank_of(silent, NOW) < 1e-10
    if score_of(wrote, NOW) > 1e-10:
        assert rank_of(wrote, NOW) == score_of(wrote, NOW) > rank_of(silent, NOW)


def test_those_who_never_wrote_are_ordered_by_my_own_faded_days() -> None:
    def rank(*days_ago: int) -> float:
        return rank_of(recount([act("out", "reply", NOW - ago * DAY, f"r{ago}") for ago in days_ago], NOW)[0], NOW)

    assert rank(1, 2, 3) > rank(1) > rank(40) > rank(400) > rank()
