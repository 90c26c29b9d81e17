"""What one member may write on a server in a day is limited; what is over waits on their machine and is not lost."""

from __future__ import annotations

from contextlib import closing

import pytest

from companion.share.postgres.link import WORDS
from tests.companion.share.conftest import Team
from tests.companion.share.devices import INES, WREN, Seat
from tests.companion.share.test_postgres_link import settle
from tests.companion.share.test_postgres_rules import OWN, Intruder

pytestmark = pytest.mark.kill  # the server is a process of its own
TOLD = WORDS["MU009"]
AGAIN = "insert into mutuals.device (space, id, epoch) values (%(space)s, md5(%(next)s::text)::char(16), {epoch})"


def limit(team: Team, **most: int) -> None:
    """Set what one member may write in a day, where everybody has been there for longer than that."""
    for name, number in most.items():
        team.admin.rows(f"update mutuals.space set {name} = {number}")
    team.admin.rows("update mutuals.device set since = since - interval '2 days', day = day - 2")


def next_day(team: Team) -> None:
    team.admin.rows("update mutuals.device set day = day - 1, since = since - interval '1 day'")


def lines_of(team: Team, seat: Seat) -> int:
    device = seat.notebook.shared.device
    assert device is not None
    told = team.admin.rows("select count(*) from mutuals.line where device = %(device)s", {"device": device.id})
    return int(str(told[0][0]))


def test_what_is_over_a_days_limit_waits_in_words_while_others_go_on_and_goes_over_the_next_day(guarded: Team) -> None:
    desk, lap = guarded.seat("ines"), guarded.seat("ken")
    settle(desk, lap)
    limit(guarded, most_lines=3)
    for place in range(3):
        lap.note(f"text {place}", f"300000{place}", at=place)
    settle(lap, desk)
    assert (lap.meeting.notices, desk.text("3000002")) == ([], "text 2")
    lap.note("the fourth", at=4)
    desk.note("about Ines", INES)
    desk.meet()
    assert lap.meet().problem == ""
    assert (lap.meeting.notices, lap.meeting.waiting) == ([TOLD], 1)
    assert lap.text(INES) == "about Ines", "what others write comes in"
    lap.stop()
    lap.start()
    assert (lap.meet().notices, lap.text()) == ([TOLD], "the fourth")
    next_day(guarded)
    settle(lap, desk)
    assert (desk.view(), lap.meeting.waiting, lap.meeting.notices) == (lap.view(), 0, [])


def test_bytes_are_limited_as_lines_are(guarded: Team) -> None:
    desk, lap = guarded.seat("ines"), guarded.seat("ken")
    settle(desk, lap)
    limit(guarded, most_bytes=5000)
    for place in range(2):
        lap.note("n" * 3000, f"300000{place}", at=place)
        lap.meet()
    assert (lap.meeting.notices, lap.meeting.waiting) == ([TOLD], 1)
    next_day(guarded)
    assert (lap.meet().notices, lap.meeting.waiting) == ([], 0)


def test_a_big_notebook_that_is_told_for_the_first_time_is_no_flood_and_everything_told_anew_is_none(
    guarded: Team,
) -> None:
    desk, lap = guarded.seat("ines"), guarded.seat("ken")
    desk.meet()
    guarded.admin.rows("update mutuals.space set most_lines = 3")
    for place in range(9):
        lap.note(f"text {place}", f"300000{place}")
    assert (lap.meet().notices, lap.meeting.waiting, lines_of(guarded, lap)) == ([], 0, 10)
    guarded.admin.rows("update mutuals.device set since = since - interval '2 days'")
    guarded.admin.rows("update mutuals.space set epoch = epoch + 1")  # share repair
    assert (lap.meet().notices, lap.meeting.waiting, lines_of(guarded, lap)) == ([], 0, 10)
    twin = guarded.seat("ken", "a second machine")
    for place in range(9):
        twin.note(f"more {place}", f"400000{place}")
    assert (twin.meet().notices, twin.meeting.waiting) == ([TOLD], 10), "a second device is no second first day"
    assert desk.meet().problem == ""


def test_an_owner_is_not_limited_and_whoever_is_still_answers_to_forgetting(guarded: Team) -> None:
    desk, lap = guarded.seat("ines"), guarded.seat("ken")
    lap.note("a secret")
    settle(desk, lap)
    limit(guarded, most_lines=0)
    for place in range(5):
        desk.note(f"text {place}", f"300000{place}")
    desk.forget(WREN, "act")
    settle(desk, lap)
    heard = guarded.admin.rows("select count(distinct device) from mutuals.line where matter = 'forget'")
    assert (lap.text(), lap.text("3000004"), heard) == (None, "text 4", [(2,)])


def test_no_program_of_a_members_gets_round_the_limit(guarded: Team) -> None:
    desk, lap = guarded.seat("ines"), guarded.seat("ken")
    settle(desk, lap)
    limit(guarded, most_lines=0, most_devices=3)
    intruder = Intruder(guarded, "ken", desk, lap)
    with closing(intruder.session):
        assert intruder.tries(OWN) == "MU009"
        assert intruder.tries("update mutuals.space set most_lines = 1000000") == "42501"
        assert intruder.tries("update mutuals.device set lines = 0") == "42501"
        first = "insert into mutuals.device (space, id, first) values (%(space)s, 'aaaaaaaaaaaaaaaa', true)"
        assert intruder.tries(first) == "42501"
        for place in range(3):  # an epoch that was never begun makes no first day either
            intruder.values["next"] = place
            intruder.session.rows(AGAIN.format(epoch=7 + place), intruder.values)
        intruder.values["next"] = 9
        assert intruder.tries(AGAIN.format(epoch=1)) == "MU009"
    kept = guarded.admin.rows("select count(*) from mutuals.device where first and member = %(me)s", intruder.values)
    assert kept == [(1,)]
