"""Machines that share through PostgreSQL come to the same notebook, with the server's guards and without them."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from companion.domain.sightings import Person, Understanding
from companion.share.postgres import address, link, reader
from companion.share.postgres.driver import Session, connect
from companion.share.postgres.space import look, repair
from tests.companion.share import old_copies
from tests.companion.share.conftest import Team
from tests.companion.share.devices import ADA, INES, NOW, WREN, Seat

pytestmark = pytest.mark.kill  # the server is a process of its own


def settle(*seats: Seat) -> None:
    for _ in range(2):
        for seat in seats:
            assert seat.meet().problem == ""


def everything(session: Session) -> bytes:
    """Every byte that the server's tables hold."""
    found = [
        row for table in ("space", "member", "device", "line") for row in session.rows(f"select * from mutuals.{table}")
    ]
    return b"\n".join(value if isinstance(value, bytes) else str(value).encode() for row in found for value in row)


def test_what_is_written_on_either_machine_is_on_both_and_earlier_notes_too(team: Team) -> None:
    desk, lap = team.seat("ines"), team.seat("ken")
    desk.note("Met at the fair")
    lap.write("tags", WREN, {"tags": ["printer"]})
    settle(desk, lap)
    assert desk.view() == lap.view()
    assert (lap.text(), desk.notebook.about(WREN).tags) == ("Met at the fair", ["printer"])
    lap.note("Owes me a lamp", at=5)
    settle(lap, desk)
    assert desk.text() == "Owes me a lamp"
    assert desk.meeting.devices == {"ken": 3}
    assert desk.meeting.notices == []
    assert (desk.meeting.role, lap.meeting.role) == ("owner", "member")


def test_who_wrote_is_told_by_login_and_device_for_the_text_shown_and_every_earlier_one(team: Team) -> None:
    desk, lap = team.seat("ines", "Ines, desk"), team.seat("ken", "Ken, laptop")
    desk.note("Met at the fair")
    settle(desk, lap)
    lap.note("Owes me a lamp", at=5)
    settle(lap, desk)
    names = {seat: seat.notebook.shared.lines.authors() for seat in (desk, lap)}
    assert set(names[desk].values()) == {f"Ken, laptop ({team.logins['ken']})"}
    told = {seat: [names[seat].get(one.by or "") for one in seat.notebook.versions(WREN)] for seat in (desk, lap)}
    assert told == {
        desk: [f"Ken, laptop ({team.logins['ken']})", None],
        lap: [None, f"Ines, desk ({team.logins['ines']})"],
    }
    shown = desk.notebook.about(WREN).note
    assert shown is not None
    assert shown.by in names[desk]


def test_what_is_kept_apart_and_what_was_seen_never_leaves(team: Team) -> None:
    desk, lap = team.seat("ines"), team.seat("ken")
    desk.notebook.asides.keep_apart(ADA, on=True)
    desk.note("a secret of mine")
    desk.ledger.owner_for(ADA, "adaquill", NOW)
    desk.ledger.record(ADA, Understanding(people=[Person(WREN, "wrenwrites", "Wren")]), NOW)
    settle(desk, lap)
    told = team.admin.rows("select count(*) from mutuals.line where matter = 'other'")
    assert (lap.text(), lap.view(), told) == (None, {"forgotten": {}}, [(0,)])


def test_no_word_no_name_and_no_handle_is_readable_on_the_server(team: Team) -> None:
    desk = team.seat("ines", "the-big-desk")
    desk.note("a secret of theirs")
    desk.note("another", "@wrenwrites")
    desk.meet()
    held = everything(team.admin)
    words = (b"secret", WREN.encode(), b"wrenwrites", b"big-desk", b"note")
    assert [word for word in words if word in held] == []


def test_a_server_that_is_away_is_told_and_everything_goes_over_when_it_is_back(server_apart: Team) -> None:
    team = server_apart
    desk, lap = team.seat("ines"), team.seat("ken")
    settle(desk, lap)
    team.server.stop(immediately=True)
    desk.note("written meanwhile")
    meeting = desk.meet()
    assert "127.0.0.1" in meeting.problem
    assert (meeting.waiting, desk.text()) == (1, "written meanwhile")
    assert desk.link.idle(), "it rests before it tries again"
    team.server.start()
    lap.meet()
    settle(desk, lap)
    assert (lap.text(), desk.meeting.problem, desk.meeting.waiting) == ("written meanwhile", "", 0)


def test_a_data_folder_back_from_an_old_copy_gets_what_it_had_written_since(team: Team, tmp_path: Path) -> None:
    desk, lap = team.seat("ines"), team.seat("ken")
    old_copies.comes_back(desk, lap, tmp_path, settle)


def test_one_data_folder_that_was_copied_and_used_twice_loses_nothing(team: Team, tmp_path: Path) -> None:
    old_copies.is_used_twice(team.seat("ines"), lambda: team.seat("ines", "twin"), tmp_path, settle)


def test_a_database_back_from_an_old_copy_is_told_everything_again(team: Team) -> None:
    desk, lap = team.seat("ines"), team.seat("ken")
    desk.note("before the copy")
    settle(desk, lap)
    copy_server(team.admin)
    desk.note("after the copy", at=1)
    lap.note("about Ines", INES)
    settle(desk, lap)
    roll_back(team.admin)
    for seat in (desk, lap):
        seat.link.interrupt()
        seat.meet()  # notices that the server is another one
        seat.join()
    late = team.seat("ken", "late")
    settle(desk, lap, late)
    assert late.view() == desk.view() == lap.view()
    assert (late.text(), late.text(INES)) == ("after the copy", "about Ines")


def test_after_server_and_machine_came_back_from_old_copies_it_is_told_at_once_and_mended(
    team: Team, tmp_path: Path
) -> None:
    desk, lap = team.seat("ines"), team.seat("ken")
    desk.note("before the copies")
    settle(desk, lap)
    copy_server(team.admin)
    desk.stop()
    shutil.copytree(desk.home / "data", tmp_path / "old")
    desk.start()
    desk.note("only Ken has this", INES)
    desk.note("and this", "2000003")
    settle(desk, lap)
    desk.stop()
    shutil.rmtree(desk.home / "data")
    shutil.copytree(tmp_path / "old", desk.home / "data")
    desk.start()
    roll_back(team.admin)
    lap.link.interrupt()
    desk.ops += 10
    desk.note("under a number that was used", "2000004")
    assert (desk.meet().problem, lap.meet().problem != "") == ("", True)
    lap.join()
    assert "share repair" in "".join(lap.meet().notices), "told within one meeting"
    with closing(connect(address.read(desk.place))) as session:
        repair(session, look(session))
    settle(desk, lap, desk)
    assert desk.view() == lap.view()
    assert (desk.text(INES), lap.text("2000004")) == ("only Ken has this", "under a number that was used")
    assert desk.meeting.notices == lap.meeting.notices == []


def test_what_is_handed_over_in_the_middle_of_a_look_is_no_fork_and_comes_with_the_next(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, lap = team.seat("ines"), team.seat("ken")
    settle(desk, lap)
    places = reader.Reader.places

    def then_more(self: reader.Reader) -> list[reader.Place]:
        found = places(self)
        monkeypatch.setattr(reader.Reader, "places", places)
        desk.note("handed over meanwhile", at=1)
        desk.meet()
        return found

    desk.note("before")
    desk.meet()
    monkeypatch.setattr(reader.Reader, "places", then_more)
    assert (lap.meet().notices, lap.text()) == ([], "before")
    assert (lap.meet().notices, lap.text()) == ([], "handed over meanwhile")


def copy_server(session: Session) -> None:
    """Keep a copy of the tables that lines change."""
    session.script(
        "drop table if exists device_old, line_old; create table device_old as select * from mutuals.device;"
        "create table line_old as select * from mutuals.line"
    )


def roll_back(session: Session) -> None:
    """Put the tables back to an old copy, as a restored dump does."""
    session.script(
        "alter table mutuals.line disable trigger user; delete from mutuals.line; delete from mutuals.device;"
        "insert into mutuals.device select * from device_old; insert into mutuals.line select * from line_old;"
        "alter table mutuals.line enable trigger user;"
    )


def test_a_forgotten_person_leaves_every_machine_and_the_server(team: Team, tmp_path: Path) -> None:
    desk, lap = team.seat("ines"), team.seat("ken")
    desk.note("a secret")
    desk.note("stays", INES)
    lap.ledger.owner_for(ADA, "adaquill", NOW)
    lap.ledger.record(ADA, Understanding(people=[Person(WREN, "wrenwrites", "Wren")]), NOW)
    settle(desk, lap)
    lap.note("a secret, later", at=1)
    lap.meet()
    lap.note("a secret, not sent", at=2)
    desk.forget(WREN, "act")
    settle(desk, lap, desk)
    assert desk.text() is lap.text() is None
    assert lap.ledger.person(ADA, WREN) is None
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or b"a secret" not in file.read_bytes(), file
    blank = team.admin.rows("select count(*) from mutuals.line where line is null and matter = 'other'")
    about = team.admin.rows("select count(*) from mutuals.line where person is not null")
    assert (int(str(blank[0][0])), int(str(about[0][0]))) == (3, 1)
    late = team.seat("ken", "late")
    late.meet()
    assert (late.text(), late.text(INES)) == (None, "stays"), "nothing on the server can bring them back"
    late.note("met anew", at=3)
    settle(late, desk, lap)
    assert desk.text() == lap.text() == "met anew"


def test_a_line_that_was_under_way_while_somebody_was_forgotten_is_swept(guarded: Team) -> None:
    desk, lap = guarded.seat("ines"), guarded.seat("ken")
    settle(desk, lap)
    desk.forget(WREN, "act")
    desk.meet()
    guarded.admin.script("alter table mutuals.line disable trigger check_line")
    lap.note("a secret")
    assert lap.meet().problem == ""  # as if its transaction had begun before the act's had ended
    guarded.admin.script("alter table mutuals.line enable trigger check_line")
    guarded.admin.rows("update mutuals.device d set top = (select max(n) from mutuals.line l where l.device = d.id)")
    settle(desk, lap)
    left = guarded.admin.rows("select count(*) from mutuals.line where person is not null and line is not null")
    assert left == [(0,)]


@pytest.mark.parametrize("listens", [True, False])
def test_a_machine_where_nothing_happened_is_idle_and_hears_of_news(
    guarded: Team, listens: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link, "LOOK_SECONDS" if not listens else "POLL_SECONDS", 1e6)
    monkeypatch.setattr(link, "LOOK_SECONDS" if listens else "POLL_SECONDS", 1e6 if listens else 0.3)
    guarded.listens = listens
    desk, lap = guarded.seat("ines"), guarded.seat("ken")
    settle(desk, lap, desk, lap)
    assert desk.link.idle()
    assert desk.meeting.listening == listens
    lap.note("new")
    assert not lap.link.idle()
    lap.meet()
    while desk.link.idle():  # until the notice, or the next poll
        desk.link.wait(60.0)
    desk.meet()
    assert desk.text() == "new"
