"""Interactions in the ledger: one act is one act, and sums and tallies are always what the acts say."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain.dates import DAY
from companion.domain.sightings import Interaction, Person
from companion.reciprocity.counters import Tally, recount
from companion.reciprocity.states import state_of
from companion.reciprocity.sums import Sums, score_of, weight_of
from companion.store.ledger.ledger import Ledger
from companion.store.ledger.scores import rebuild
from companion.store.ledger.scores.rebuild import SumBuilder
from companion.store.ledger.tables.badges import SUM_COLUMNS
from tests.companion.store.ledger_help import ADA, INES, NOW, WORKS, WREN, act, days, page, reply, wren

EMPTY = (Sums(), Tally())


def test_an_answer_counts_once_however_often_it_is_seen(ledger: Ledger) -> None:
    for source in ("page", "dom", "notifications"):
        ledger.record(ADA, page(acts=[reply("11", source=source)]), NOW)
    assert ledger.sums_and_tally(ADA, WREN)[1].n_in == 1
    assert ledger.counts(ADA).interactions == 1


def test_an_exact_time_replaces_an_approximate_one_and_the_sums_follow(ledger: Ledger) -> None:
    ledger.record(ADA, page(acts=[reply("11", NOW, partial=True)]), NOW)
    ledger.record(ADA, page(acts=[reply("11", NOW - 30 * DAY)]), NOW)
    sums, tally = ledger.sums_and_tally(ADA, WREN)
    assert [row.at for row in ledger.interactions(ADA, WREN)] == [NOW - 30 * DAY]
    assert days(ledger, ADA, WREN) == [((NOW - 30 * DAY) // DAY, "in")]
    assert (tally.days_in, tally.last_in) == (1, NOW - 30 * DAY)
    assert sums.advanced(NOW).talk_in_90 == pytest.approx(2 ** (-(NOW - (NOW // DAY - 30) * DAY) / DAY / 90))


def test_an_approximate_time_never_replaces_an_exact_one(ledger: Ledger) -> None:
    ledger.record(ADA, page(acts=[reply("11", NOW - DAY)]), NOW)
    ledger.record(ADA, page(acts=[reply("11", NOW, partial=True)]), NOW)
    assert [(row.at, row.partial) for row in ledger.interactions(ADA, WREN)] == [(NOW - DAY, False)]


def test_a_day_counts_by_its_weight_not_by_its_acts(ledger: Ledger) -> None:
    ledger.record(ADA, page(acts=[reply(str(i), NOW // DAY * DAY) for i in range(9)]), NOW)
    sums, tally = ledger.sums_and_tally(ADA, WREN)
    assert (sums.talk_in_7, sums.talk_in_90) == pytest.approx((weight_of(9, 0).talk, 1.0))
    assert (tally.days_in, tally.n_in) == (1, 9)


def test_promoted_and_automatic_acts_are_kept_without_weight(ledger: Ledger) -> None:
    ledger.record(ADA, page(acts=[reply("11", automatic=True)]), NOW)
    assert len(ledger.interactions(ADA, WREN)) == 1
    sums, tally = ledger.sums_and_tally(ADA, WREN)
    assert (sums, tally.n_in, tally.first_seen_contact) == (Sums(), 0, None)
    badge = ledger.badge(ADA, WREN)
    assert badge is not None
    assert badge.known


def test_acts_of_the_future_with_oneself_or_of_no_known_kind_are_none(ledger: Ledger) -> None:
    owner = ledger.owner_for(ADA, "adaquill", NOW)
    acts = [
        reply("1", NOW + DAY), reply("2", id=ADA, handle="adaquill"), reply("3", id=None, handle="AdaQuill"),
        act("wave", "4"), reply("5", direction="sideways"), reply("6", id=None, handle=None),
    ]  # fmt: skip
    assert ledger.record(owner, page(acts=acts), NOW).interactions == 0
    assert ledger.counts(owner).interactions == 0


def test_a_like_taken_back_counts_no_more_and_a_new_one_does(ledger: Ledger) -> None:
    like = {"kind": "like", "ref": "like:9", "direction": "out"}
    ledger.record(ADA, page(acts=[act(**like, at=NOW)]), NOW)
    ledger.record(ADA, page(acts=[act(**like, at=NOW + 60, removed=True)]), NOW + 60)
    assert ledger.interactions(ADA, WREN) == []
    assert ledger.sums_and_tally(ADA, WREN)[1].light_days_out == 0
    ledger.record(ADA, page(acts=[act(**like, at=NOW + 120)]), NOW + 120)
    assert [row.at for row in ledger.interactions(ADA, WREN)] == [NOW + 120]
    assert not ledger.recount(ADA)


def test_deleting_an_act_restores_what_was_before(ledger: Ledger) -> None:
    ledger.record(ADA, page([wren()], [reply("11", NOW - 3 * DAY), reply("12", NOW, "out")]), NOW)
    before = ledger.sums_and_tally(ADA, WREN)
    call = Interaction("in", "call", NOW - DAY, "call-1", source="you")
    assert ledger.add_interactions(ADA, WREN, [call], NOW) == 1
    assert ledger.add_interactions(ADA, WREN, [call], NOW) == 0
    assert score_of(ledger.sums_and_tally(ADA, WREN)[0], NOW) > score_of(before[0], NOW)
    assert ledger.remove_interaction(ADA, WREN, "call-1", "call", "in")
    assert not ledger.remove_interaction(ADA, WREN, "call-1", "call", "in")
    after = ledger.sums_and_tally(ADA, WREN)
    assert after[1] == before[1]
    assert score_of(after[0], NOW) == pytest.approx(score_of(before[0], NOW), abs=1e-9)


def test_the_latest_interactions_come_first_and_can_be_paged(ledger: Ledger) -> None:
    ledger.record(ADA, page(acts=[reply(str(i), NOW - i * DAY) for i in range(5)]), NOW)
    first = ledger.interactions(ADA, WREN, 2)
    assert [row.ref for row in first] == ["0", "1"]
    assert [row.ref for row in ledger.interactions(ADA, WREN, 2, first[-1].at)] == ["2", "3"]


def test_each_interaction_knows_the_post_to_link_to(ledger: Ledger) -> None:
    acts = [reply("11", post="11"), act("like", "like:12", post="12"), act("call", "call-1", post=None)]
    ledger.record(ADA, page(acts=acts), NOW)
    assert {row.kind: row.post for row in ledger.interactions(ADA, WREN)} == {"reply": "11", "like": "12", "call": None}


def test_inbound_could_be_seen_since_the_first_page_or_the_oldest_notification(ledger: Ledger) -> None:
    ledger.record(ADA, page(acts=[reply("1", NOW - 900 * DAY, "out", source="archive")], op="archive"), NOW)
    assert ledger.coverage(ADA) is None
    ledger.record(ADA, page([wren()]), NOW)
    assert ledger.coverage(ADA) == NOW
    ledger.record(ADA, page(acts=[reply("2", NOW - 20 * DAY, source="notifications")]), NOW)
    assert ledger.coverage(ADA) == NOW - 20 * DAY
    assert ledger.sums_and_tally(ADA, WREN)[1].inbound_seen_since == NOW - 20 * DAY


def test_the_mentions_that_xs_api_listed_show_since_when_inbound_could_be_seen(ledger: Ledger) -> None:
    mine = [reply(str(number), NOW - number * DAY, "out", source="archive") for number in range(1, 6)]
    ledger.record(ADA, page([wren()], mine, op="archive"), NOW)
    assert state_of(*ledger.sums_and_tally(ADA, WREN), NOW) == "unknown"
    ledger.record(ADA, page([wren()], op="x-api.user"), NOW)
    assert ledger.coverage(ADA) is None, "a profile shows nothing that anybody sent"
    others = [act("mention", "90", NOW - 30 * DAY, id=INES, handle="inesmakes", source="x-api")]
    ledger.record(ADA, page(acts=others, op="x-api.mentions"), NOW)
    assert ledger.coverage(ADA) == NOW - 30 * DAY
    assert state_of(*ledger.sums_and_tally(ADA, WREN), NOW) == "one_way_you"
    ledger.record(ADA, page(op="x-api.mentions"), NOW + DAY)
    assert ledger.coverage(ADA) == NOW - 30 * DAY, "no news takes nothing back"


def test_a_recount_finds_and_mends_what_was_tampered_with(ledger: Ledger) -> None:
    ledger.record(ADA, page([wren()], [reply("11"), reply("12", NOW - 40 * DAY, "out")]), NOW)
    before = ledger.badge(ADA, WREN)
    with ledger.connections.writing() as connection:
        connection.execute("update badge set talk_in_90 = talk_in_90 + 1e-6, n_in = 7")
    assert [(d.owner, d.pid) for d in ledger.recount()] == [(ADA, WREN)]
    assert ledger.badge(ADA, WREN) == before
    assert ledger.recount() == []


@pytest.mark.parametrize("column", SUM_COLUMNS[1:])
def test_a_recount_finds_and_mends_a_badge_wrong_only_in_one_sum(ledger: Ledger, column: str) -> None:
    acts = [
        reply("11"),
        reply("12", NOW - 40 * DAY, "out"),
        act("like", "like:9"),
        act("like", "like:8", direction="out"),
    ]
    ledger.record(ADA, page([wren()], acts), NOW)
    ledger.record(ADA, page(acts=[reply("13", id=INES, handle="inesmakes")]), NOW)
    right = ledger.badge(ADA, WREN)
    assert right is not None
    with ledger.connections.writing() as connection:
        connection.execute(f"update badge set {column} = {column} + 0.001 where pid = ?", (WREN,))
    wrong = ledger.badge(ADA, WREN)
    assert wrong is not None
    assert wrong.sums != right.sums
    (difference,) = ledger.recount()
    assert (difference.owner, difference.pid) == (ADA, WREN)
    assert (difference.stored[0], difference.counted[0]) == (wrong.sums, right.sums)
    assert difference.stored[1] == difference.counted[1]
    assert ledger.badge(ADA, WREN) == right
    assert ledger.recount() == []


ACTS = st.builds(
    lambda kind, ref, days, direction, partial, automatic, removed: act(
        kind, ref, NOW - days * DAY // 2, direction, partial=partial, automatic=automatic, removed=removed
    ),
    st.sampled_from(["reply", "like", "dm", "follow"]),
    st.sampled_from(["1", "2", "3"]),
    st.integers(0, 9),
    st.sampled_from(["in", "out"]),
    st.booleans(),
    st.sampled_from([False, False, True]),
    st.sampled_from([False, False, False, True]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(ACTS, max_size=6), max_size=5), st.randoms(use_true_random=False))
def test_order_repeats_and_recounts_change_nothing(pages: list[list[Interaction]], chance: Random) -> None:
    mixed = [one for told in pages for one in told] * 2
    chance.shuffle(mixed)
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger.open(Path(folder) / "l.db")
        for told in [[], *pages]:
            ledger.record(ADA, page([wren()], told), NOW)
        ledger.record(WORKS, page([wren()], mixed), NOW)
        assert ledger.interactions(ADA, WREN) == ledger.interactions(WORKS, WREN)
        assert days(ledger, ADA, WREN) == days(ledger, WORKS, WREN)
        (sums, tally), (others, their_tally) = ledger.sums_and_tally(ADA, WREN), ledger.sums_and_tally(WORKS, WREN)
        assert tally == their_tally
        assert score_of(sums, NOW) == pytest.approx(score_of(others, NOW), abs=1e-9)
        counted_sums, counted_tally = recount(ledger.interactions(ADA, WREN), NOW, NOW)
        assert tally == counted_tally
        assert score_of(sums, NOW) == pytest.approx(score_of(counted_sums, NOW), abs=1e-9)
        assert ledger.recount() == []
        ledger.rebuild()
        assert ledger.recount() == []
        rebuilt, _ = ledger.sums_and_tally(ADA, WREN)
        assert score_of(rebuilt, NOW) == pytest.approx(score_of(sums, NOW), abs=1e-9)
        ledger.close()


def test_the_sums_of_many_people_are_made_again_a_chunk_at_a_time(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuild, "CHUNK", 2)
    people = [Person(str(number), f"person{number}") for number in range(10, 15)]
    acts = [
        Interaction(direction=way, kind=kind, at=NOW - turn * DAY, ref=f"{turn}", id=person.id, handle=person.handle)
        for person in people
        for turn, (way, kind) in enumerate([("in", "reply"), ("out", "like"), ("in", "dm"), ("in", "like")])
    ]
    ledger.record(ADA, page(people, acts), NOW)
    with ledger.connections.writing() as connection:
        connection.execute("update badge set talk_in_7 = 9, talk_in_90 = 9, light_out = 9")
    assert ledger.rebuild() == len(people)
    assert ledger.recount() == []


@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from(["in", "out"]), st.integers(0, 3), st.integers(0, 3))))
def test_adding_up_days_at_a_common_time_gives_what_adding_one_by_one_gives(
    told: list[tuple[int, str, int, int]],
) -> None:
    one_by_one = Sums()
    for day, direction, talk, light in told:
        one_by_one = one_by_one.added(19_000 + day, direction, weight_of(talk, light))
    together = SumBuilder(19_020 * DAY).sums((WREN, 19_000 + day, way, talk, light) for day, way, talk, light in told)
    late = 19_100 * DAY
    assert score_of(together, late) == pytest.approx(score_of(one_by_one, late), abs=1e-9)
    assert together.advanced(late).light_out == pytest.approx(one_by_one.advanced(late).light_out, abs=1e-9)
