"""What was seen while the clock stood ahead overrules nothing that is seen once it is right again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.domain.dates import DAY
from companion.domain.sightings import Interaction, ListPage, Person, Post, Relation, Understanding
from companion.reciprocity.sums import score_of
from companion.store.ledger.ledger import Ledger
from tests.companion.store.ledger_help import ADA, INES, WORKS, WREN, act, page

RIGHT = 1_796_000_000
"""30 November 2026."""
AHEAD = RIGHT + 730 * DAY


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger to which the time of what it records is the present, whatever the day of the test."""
    opened = Ledger.open(tmp_path / "ledger.db", clock=lambda: RIGHT - DAY)
    yield opened
    opened.close()


def seen(ledger: Ledger, at: int, handle: str, *, name: str, follows: bool) -> None:
    person = Person(WREN, handle, name, "Ink.", followers=5)
    ledger.record(ADA, page([person], relations=[Relation(WREN, handle, follows)]), at)


@pytest.mark.parametrize("later", [1, 3_600, 40 * DAY])
def test_a_rename_and_an_unfollow_are_noticed_after_a_sitting_with_the_clock_ahead(ledger: Ledger, later: int) -> None:
    seen(ledger, RIGHT - DAY, "wrenwrites", name="Wren", follows=False)
    seen(ledger, AHEAD, "wrenwrites", name="Wren", follows=True)
    seen(ledger, RIGHT + later, "wren_new", name="Wren Okafor", follows=False)
    badge = ledger.badge(ADA, WREN)
    assert badge is not None
    assert (badge.handle, badge.name, badge.follows_me, badge.was) == ("wren_new", "Wren Okafor", False, "wrenwrites")
    assert ledger.find(ADA, None, "wren_new") == WREN
    assert badge.last_seen == RIGHT + later


def test_a_handle_that_moved_on_is_its_new_holders(ledger: Ledger) -> None:
    seen(ledger, AHEAD, "wrenwrites", name="Wren", follows=True)
    ledger.record(ADA, page([Person(INES, "wrenwrites", "Ines", "Clay.")]), RIGHT)
    assert ledger.find(ADA, None, "wrenwrites") == INES


def test_a_posts_later_text_and_a_whole_list_are_believed_too(ledger: Ledger) -> None:
    def shown(text: str) -> Understanding:
        return page([Person(WREN, "wrenwrites")], posts=[Post("7", WREN, "wrenwrites", text, RIGHT - DAY)])

    def listed(ids: list[str]) -> Understanding:
        return Understanding(op="Followers", lists=[ListPage(ADA, "followers", None, "0|1", ids, end=True)])

    ledger.record(ADA, shown("As it was first written."), AHEAD)
    ledger.record(ADA, listed([WREN, INES]), AHEAD)
    ledger.record(ADA, shown("Another text altogether."), RIGHT)
    ledger.record(ADA, listed([INES]), RIGHT)
    assert [post.text for post in ledger.posts_of(ADA, WREN)] == ["Another text altogether."]
    assert (ledger.relation(ADA, WREN)["follows_me"][0], ledger.relation(ADA, INES)["follows_me"][0]) == (False, True)


def test_an_older_sighting_still_covers_no_newer_one(ledger: Ledger) -> None:
    seen(ledger, RIGHT, "wren_new", name="Wren Okafor", follows=True)
    seen(ledger, RIGHT - 9 * DAY, "wrenwrites", name="Wren", follows=False)
    badge = ledger.badge(ADA, WREN)
    assert badge is not None
    assert (badge.handle, badge.name, badge.follows_me) == ("wren_new", "Wren Okafor", True)


def wrote(ref: str, at: int, direction: str = "in", kind: str = "reply", **more: object) -> Interaction:
    return act(kind, ref, at, direction, **more)


def test_one_act_with_the_clock_ahead_does_not_fade_all_others(ledger: Ledger) -> None:
    for day in range(9):
        acts = [wrote(str(100 + day), RIGHT - day * DAY), wrote(str(200 + day), RIGHT - day * DAY, "out")]
        ledger.record(ADA, page(acts=acts), RIGHT - day * DAY)
    before = ledger.badge(ADA, WREN)
    ledger.record(ADA, page(acts=[wrote("dm:5", AHEAD, "out", "dm")]), AHEAD)
    ledger.record(ADA, page([Person(INES, "inesmakes")]), RIGHT + 60)
    badge = ledger.badge(ADA, WREN)
    assert badge is not None
    assert before is not None
    assert badge.tally.last_out == RIGHT + 60
    assert score_of(badge.sums, RIGHT + 120) >= score_of(before.sums, RIGHT + 120) > 50
    assert [one.at for one in ledger.interactions(ADA, WREN, 1)] == [RIGHT + 60]
    assert ledger.recount() == []


@pytest.mark.parametrize("removed_last", [True, False])
def test_what_was_undone_with_the_clock_ahead_stays_undone_until_it_is_done_again(
    ledger: Ledger, removed_last: bool
) -> None:
    both = [wrote("like:7", AHEAD + number, "out", "like", removed=number == removed_last) for number in range(2)]
    for one in both:
        ledger.record(ADA, page(acts=[one]), AHEAD + 2)
    ledger.record(ADA, page([Person(INES, "inesmakes")]), RIGHT)
    assert len(ledger.interactions(ADA, WREN)) == (0 if removed_last else 1)
    ledger.record(ADA, page(acts=[wrote("like:7", RIGHT + 60, "out", "like")]), RIGHT + 60)
    assert len(ledger.interactions(ADA, WREN)) == 1
    ledger.record(ADA, page(acts=[wrote("like:7", RIGHT + 90, "out", "like", removed=True)]), RIGHT + 90)
    assert ledger.interactions(ADA, WREN) == []
    assert ledger.recount() == []


def test_counts_of_days_and_the_last_active_account_are_the_right_clocks(ledger: Ledger) -> None:
    def followed_by(number: int) -> Understanding:
        return page([Person(WREN, "wrenwrites", "Wren", "Ink.", followers=number)])

    ledger.owner_for(WORKS, "adaworks", RIGHT - DAY)
    ledger.record(ADA, followed_by(5), AHEAD)
    ledger.record(WORKS, followed_by(5), RIGHT - 60)
    ledger.record(ADA, followed_by(9), RIGHT - 120)
    assert [(one.at, one.followers) for one in ledger.snapshots(ADA, WREN)] == [(RIGHT - 120, 9)]
    ledger.owner_for(ADA, "ada_new", RIGHT)
    assert ledger.owners() == [WORKS, ADA]
