"""An act of forgetting that is told once more blanks what was written before it was heard of, and nothing since."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.companion.share.conftest import Team
from tests.companion.share.devices import WREN, Seat
from tests.companion.share.test_postgres_link import copy_server, roll_back, settle

pytestmark = pytest.mark.kill  # the server is a process of its own


def meets(seat: Seat) -> None:
    """Meet once more where the first meeting finds a broken connection or another place on the server."""
    for _ in range(2):
        seat.meet()
    assert seat.meeting.problem == ""


def test_an_owner_who_tells_an_act_anew_takes_nothing_from_whoever_met_the_person_since(
    team: Team, tmp_path: Path
) -> None:
    desk, lap, shed = team.seat("ines"), team.seat("ken"), team.seat("ken", "second")
    desk.note("a secret")
    settle(desk, lap, shed)
    desk.forget(WREN, "act")
    settle(desk, lap, shed)
    desk.stop()
    shutil.copytree(desk.home / "data", tmp_path / "old")
    desk.start()
    desk.note("something more", "2000003")
    settle(desk, lap, shed)
    desk.stop()
    shutil.rmtree(desk.home / "data")
    shutil.copytree(tmp_path / "old", desk.home / "data")
    desk.start()
    desk.ops += 10
    shed.note("met anew", at=1)
    meets(shed)
    meets(desk)  # a new device, that tells everything and the act once more
    settle(lap, desk, shed)
    assert [seat.text() for seat in (desk, lap, shed)] == ["met anew"] * 3


def test_an_act_that_a_restored_server_hears_of_from_a_member_first_takes_nothing_either(team: Team) -> None:
    desk, lap, shed = team.seat("ines"), team.seat("ken"), team.seat("ken", "second")
    desk.note("a secret")
    settle(desk, lap, shed)
    copy_server(team.admin)
    desk.forget(WREN, "act")
    settle(desk, lap, shed)
    roll_back(team.admin)
    for seat in (desk, lap, shed):
        seat.link.interrupt()
    shed.note("met anew", at=1)
    meets(shed)  # tells that it heard of the act, and what it wrote since
    meets(desk)  # tells the act, which binds
    meets(lap)
    settle(desk, lap, shed)
    assert [seat.text() for seat in (desk, lap, shed)] == ["met anew"] * 3
    held = team.admin.rows("select count(*) from mutuals.line where matter = 'other' and line is not null")
    assert held == [(1,)], "what was written before is blank"
