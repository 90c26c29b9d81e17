"""Behind a pooler that lends connections by the transaction, all goes as without one, but for news at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from companion.share.postgres import link, listening
from tests.companion.share.conftest import Team
from tests.companion.share.devices import INES, WREN
from tests.companion.share.test_postgres_link import settle
from tests.postgres_poolers import POOLERS

pytestmark = pytest.mark.kill  # the server is a process of its own


@pytest.fixture(params=sorted(POOLERS))
def lent(request: pytest.FixtureRequest, team: Team, monkeypatch: pytest.MonkeyPatch) -> Iterator[Team]:
    """A team whose connections all go through a pooler; it tries to listen, as it does wherever it joins."""
    monkeypatch.setattr(listening, "PROBE_SECONDS", 0.2)
    monkeypatch.setattr(link, "POLL_SECONDS", 0.3)
    team.listens = True
    with POOLERS[request.param](team.server, tuple(team.logins.values())) as port:
        team.port = port
        yield team


def test_through_a_pooler_all_is_shared_forgotten_and_named_by_its_writer(lent: Team) -> None:
    desk, lap, twin = lent.seat("ines"), lent.seat("ken"), lent.seat("ken", "ken's other")
    desk.note("Met at the fair")
    lap.note("about Ines", INES)
    settle(desk, lap, twin)
    for place, seat in enumerate((lap, twin, desk)):  # two of one login, whose connections are lent to either
        seat.note(f"written {place}", at=place + 1)
        settle(seat, desk, lap, twin)
    assert desk.view() == lap.view() == twin.view()
    assert desk.text() == "written 2"
    names = set(desk.notebook.shared.lines.authors().values())
    assert names == {f"ken ({lent.logins['ken']})", f"ken's other ({lent.logins['ken']})"}
    desk.forget(WREN, "act")
    settle(desk, lap, twin)
    left = lent.admin.rows("select count(*) from mutuals.line where matter = 'other' and line is not null")
    assert (lap.text(), twin.text(), twin.text(INES), left) == (None, None, "about Ines", [(1,)])


def test_no_notice_comes_through_a_pooler_so_that_it_is_asked_and_that_is_said(lent: Team) -> None:
    desk, lap = lent.seat("ines"), lent.seat("ken")
    settle(desk, lap, desk)
    assert (desk.meeting.listening, lap.meeting.listening) == (False, False)
    lap.note("new")
    lap.meet()
    while desk.link.idle():  # until the next look
        desk.link.wait(60.0)
    desk.meet()
    assert desk.text() == "new"
