"""A team sees who of them talks with whom, and how lately: days, of people that it wrote about, if a member likes."""

from __future__ import annotations

import pytest

from companion.domain.sightings import Interaction, Understanding
from companion.share.membership import Membership
from companion.share.postgres import admin
from companion.share.postgres.space import Space
from companion.store.notebook.contacts import Contacts
from companion.store.notebook.lines import OWNER
from tests.companion.share.conftest import Team
from tests.companion.share.devices import ADA, INES, NOW, WREN, Seat
from tests.companion.share.test_postgres_link import everything, settle

pytestmark = pytest.mark.kill
DAY = 86_400


def talks(seat: Seat, pid: str = WREN) -> None:
    """See a reply of somebody, and one's own."""
    seat.ledger.owner_for(ADA, "adaquill", NOW)
    replies = [Interaction("in", "reply", NOW - 3 * DAY, "1", pid), Interaction("out", "reply", NOW - DAY, "2", pid)]
    seat.ledger.record(ADA, Understanding(interactions=replies), NOW)


def again(*seats: Seat) -> None:
    """Meet as after the pause between two looks."""
    for seat in (*seats, *seats):
        seat.join()
        assert seat.meet().problem == ""


def rejoined(seat: Seat, *, contacts: bool) -> None:
    """Say that contacts are told, or are not."""
    was = seat.membership
    assert was is not None
    seat.membership = Membership(was.place, was.space, was.key, was.name, contacts)


def told(seat: Seat, pid: str = WREN) -> list[tuple[str, int, int]]:
    """Who talks with somebody, and how many days ago."""
    ago = [(one.who.split(" (")[0], one.last_in or 0, one.last_out or 0) for one in Contacts(seat.notebook).of(pid)]
    return [(who, (NOW - inbound) // DAY, (NOW - outbound) // DAY) for who, inbound, outbound in ago]


def test_who_talks_with_somebody_is_told_by_days_and_no_post_or_score_goes_over(team: Team) -> None:
    desk, lap = team.seat("ines"), team.seat("ken")
    desk.note("Met at the fair")
    settle(desk, lap)
    talks(lap)
    talks(lap, INES)
    again(lap, desk)
    assert told(desk) == [("ken", 3, 1)]
    assert told(desk, INES) == [], "nothing that is shared was written about them"
    assert told(lap) == []
    assert desk.ledger.badge(ADA, WREN) is None, "a teammate's contact never counts in one's own score"
    assert WREN.encode() not in everything(team.admin)


def test_a_member_who_switches_it_off_takes_back_what_was_told(team: Team) -> None:
    desk, lap = team.seat("ines"), team.seat("ken")
    desk.note("Met at the fair")
    settle(desk, lap)
    talks(lap)
    again(lap, desk)
    rejoined(lap, contacts=False)
    again(lap, desk)
    assert told(desk) == []
    assert team.admin.rows("select count(*) from mutuals.contact") == [(0,)]
    rejoined(lap, contacts=True)
    again(lap, desk)
    assert told(desk) == [("ken", 3, 1)]


def test_contacts_are_forgotten_with_the_person_here_and_on_the_server(team: Team) -> None:
    desk, lap = team.seat("ines"), team.seat("ken")
    desk.note("Met at the fair")
    settle(desk, lap)
    talks(lap)
    again(lap, desk)
    desk.forget(WREN, "act")
    again(desk, lap)
    assert (told(desk), team.admin.rows("select count(*) from mutuals.contact")) == ([], [(0,)])


def test_contacts_of_an_account_that_is_kept_apart_stay(team: Team) -> None:
    desk, lap = team.seat("ines"), team.seat("ken")
    desk.note("Met at the fair")
    settle(desk, lap)
    talks(lap)
    lap.notebook.asides.keep_apart(ADA, on=True)
    again(lap, desk)
    assert told(desk) == []


@pytest.mark.parametrize("goes", ["leaves", "is dismissed"])
def test_whoever_goes_is_named_as_nobodys_contact_any_more(team: Team, goes: str) -> None:
    desk, lap = team.seat("ines"), team.seat("ken")
    desk.note("Met at the fair")
    settle(desk, lap)
    talks(lap)
    again(lap, desk)
    assert told(desk) == [("ken", 3, 1)]
    if goes == "leaves":
        lap.link.part()
    else:
        space = Space(str(team.admin.rows("select id from mutuals.space")[0][0]), OWNER, team.guarded, None, b"", b"")
        admin.dismiss(team.admin, space, team.logins["ken"])
    again(desk)
    assert told(desk) == []
    assert desk.text() == "Met at the fair"
