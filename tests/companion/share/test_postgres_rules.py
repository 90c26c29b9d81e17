"""What a login of the server may not do, whatever program it uses: the server itself refuses."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from companion.errors import CarrierError, SettingError
from companion.share.postgres import address, space
from companion.share.postgres.driver import Session, connect
from tests.companion.share.conftest import Team
from tests.companion.share.devices import WREN, Seat
from tests.postgres_server import PASSWORD, Server

COLUMNS = "(space, device, n, op, chain, matter, person, line)"
OWN = f"insert into mutuals.line {COLUMNS} values (%(space)s, %(own)s, %(next)s, 'op', 'c', 'other', 'p', 'text')"

pytestmark = pytest.mark.kill  # the server is a process of its own


class Intruder:
    """A member with a program of his own, and what he may try to hurt."""

    def __init__(self, team: Team, who: str, desk: Seat, seat: Seat) -> None:
        self.session = connect(address.read(team.place(who)), PASSWORD)
        own, other = seat.notebook.shared.device, desk.notebook.shared.device
        assert own is not None
        assert other is not None
        self.values: dict[str, object] = {
            "space": space.look(self.session).id, "own": own.id, "next": own.n + 1, "theirs": other.id, "n": other.n,
            "owner": team.logins["ines"], "me": team.logins[who],
        }  # fmt: skip

    def tries(self, statement: str) -> str:
        """Run a statement and return the server's code for its refusal."""
        with pytest.raises(CarrierError) as refused:
            self.session.rows(statement, self.values)
        return str(refused.value.details["state"])


@pytest.fixture
def ken(guarded: Team) -> Iterator[Intruder]:
    desk, lap = guarded.seat("ines"), guarded.seat("ken")
    desk.note("hers")
    for seat in (desk, lap, desk, lap):
        seat.meet()
    intruder = Intruder(guarded, "ken", desk, lap)
    yield intruder
    intruder.session.close()


REFUSED = {
    "a line of another's device": (OWN.replace("own)s", "theirs)s"), "MU002"),
    "a number too far": (OWN.replace("%(next)s", "%(next)s + 1"), "MU003"),
    "another line under a number that is taken": (OWN.replace("%(next)s", "1"), "MU004"),
    "a forged author": (OWN.replace("line)", "line, author)", 1).replace("'text')", "'text', %(owner)s)"), "42501"),
    "an act that says it binds": (OWN.replace("line)", "line, binds)", 1).replace("'text')", "'text', true)"), "42501"),
    "an edit": ("update mutuals.line set line = 'x' where space = %(space)s", "42501"),
    "a deletion": ("delete from mutuals.line where space = %(space)s", "42501"),
    "an emptied table": ("truncate mutuals.line", "42501"),
    "a role of his choice": ("update mutuals.member set role = 'owner' where name = %(me)s", "42501"),
    "a friend let in": ("select mutuals.admit(%(space)s, %(me)s, 'owner')", "MU005"),
    "the owner shut out": ("select mutuals.dismiss(%(space)s, %(owner)s)", "MU005"),
    "another passphrase": ("select mutuals.seal(%(space)s, 2, 'salt', 'proof', null, null)", "MU005"),
    "a contact row of another's device": ("insert into mutuals.contact (space, device, person, n, body)"
                                         " values (%(space)s, %(theirs)s, 'p', 1, 'x')", "42501"),
    "a new epoch": ("select mutuals.begin_epoch(%(space)s)", "MU005"),
    "a device in another's name": ("insert into mutuals.device (space, id, member) values (%(space)s,"
                                   " 'aaaaaaaaaaaaaaaa', %(owner)s)", "42501"),
    "a huge line": (OWN.replace("'text'", "convert_to(repeat('x', 300000), 'UTF8')"), "23514"),
    "another's role": ("set role keeper", "42501"),
    "a function in the way": ("create function mutuals.now() returns int language sql as 'select 1'", "42501"),
    "a lock on the table": ("do 'begin lock table mutuals.line in exclusive mode; end'", "42501"),
}  # fmt: skip


def test_the_server_refuses_a_member_whatever_is_not_his(ken: Intruder) -> None:
    before = ken.session.rows("select * from mutuals.line order by device, n")
    assert {what: ken.tries(statement) for what, (statement, _) in REFUSED.items()} == {
        what: state for what, (_, state) in REFUSED.items()
    }
    assert ken.session.rows("select * from mutuals.line order by device, n") == before


def test_the_same_line_again_is_stored_once_and_a_table_in_the_way_changes_nothing(ken: Intruder) -> None:
    ken.session.rows("create temp table member (space text, name text, role text)")
    ken.session.rows(OWN, ken.values)
    ken.session.rows(OWN, ken.values)
    assert ken.session.rows("select count(*) from mutuals.line where op = 'op'") == [(1,)]


def test_a_line_that_a_member_made_up_is_told_and_the_others_count(ken: Intruder, guarded: Team) -> None:
    ken.session.rows(OWN, ken.values)
    late = guarded.seat("ines", "late")
    late.meet()
    assert late.text() == "hers"
    assert "came back from an old copy" in late.meeting.notices[0], "its chain is made up too"


def test_a_reader_takes_everything_in_and_writes_nothing(guarded: Team) -> None:
    desk, tablet = guarded.seat("ines"), guarded.seat("ruth")
    desk.note("hers", at=1)
    tablet.note("her own, from before")
    for seat in (desk, tablet, desk):
        assert seat.meet().problem == ""
    assert (tablet.text(), desk.text()) == ("hers\n\nher own, from before", "hers")
    intruder = Intruder(guarded, "ruth", desk, tablet)
    with closing(intruder.session):
        assert intruder.tries(OWN) == "MU005"
        row = "values (%(space)s, %(own)s, 'p', 1, 'x')"
        assert intruder.tries(f"insert into mutuals.contact (space, device, person, n, body) {row}") == "42501"
    desk.forget(WREN, "act")
    for seat in (desk, tablet):
        assert seat.meet().problem == ""
    heard = guarded.admin.rows("select count(distinct device) from mutuals.line where matter = 'forget'")
    assert (tablet.text(), heard) == (None, [(2,)]), "a reader says that she has deleted"


def test_who_was_dismissed_sees_nothing_on_a_connection_that_is_open_and_no_stranger_does(
    ken: Intruder, guarded: Team
) -> None:
    guarded.admin.rows("select mutuals.dismiss(%(space)s, %(me)s)", ken.values)
    assert ken.tries("select * from mutuals.line") == "42501"
    assert ken.tries(OWN) == "42501"
    guarded.admin.rows(f"grant usage on schema mutuals to {ken.values['me']}")
    guarded.admin.rows(f"grant select on mutuals.line to {ken.values['me']}")
    assert ken.session.rows("select * from mutuals.line") == [], "the row policy holds by itself"


def test_a_member_who_keeps_a_transaction_open_stops_nobody(ken: Intruder, guarded: Team) -> None:
    with ken.session.transaction():
        ken.session.rows(OWN, ken.values)
        desk = guarded.seat("ines", "another")
        desk.note("meanwhile")
        assert desk.meet().problem == ""
        assert desk.meeting.waiting == 0


def test_a_program_on_the_servers_port_gets_no_password() -> None:
    got = bytearray()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=play_server, args=(listener, got), daemon=True)
        thread.start()
        port = listener.getsockname()[1]
        with pytest.raises(CarrierError):
            connect(address.read(f"postgresql://ines@127.0.0.1:{port}/notes"), PASSWORD)
        thread.join(10)
    assert PASSWORD.encode() not in bytes(got)
    assert b"ines" in bytes(got), "it was asked"


def play_server(listener: socket.socket, got: bytearray) -> None:
    """Refuse encryption, then ask for the password in clear, as anybody on a free port could."""
    peer, _ = listener.accept()
    with peer:
        peer.settimeout(10)
        while data := peer.recv(4096):
            got += data
            peer.sendall(b"R\x00\x00\x00\x08\x00\x00\x00\x03" if b"ines" in data else b"N")


def test_a_statement_that_hangs_is_cut_off_from_another_thread(server: Server) -> None:
    with (
        server.admin("postgres") as session,
        closing(connect(address.read(server.place("keeper", "postgres", socket=True)))) as other,
    ):
        own = other.rows("select pg_backend_pid()")[0][0]
        cut = threading.Thread(target=cut_when_asleep, args=(session, other, own))
        cut.start()
        with pytest.raises(CarrierError):
            other.rows("select pg_sleep(100)")
        cut.join()


def cut_when_asleep(session: Session, other: Session, pid: object) -> None:
    query = "select 1 from pg_stat_activity where pid = %(pid)s and wait_event = 'PgSleep'"
    while not session.rows(query, {"pid": pid}):
        pass
    other.cut()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("postgresql://ines@db.example/notes?sslmode=disable", "others on the way can read"),
        ("postgresql://ines@db.example/notes?options=-c", "does not belong there"),
        ("postgresql://db.example/notes", "needs a login"),
        ("postgresql://ines@db.example", "needs a login and a database"),
        ("postgresql://ines@db.example:port/notes", "cannot be read"),
        ("mysql://ines@db.example/notes", "Say where"),
    ],
)
def test_an_address_that_cannot_be_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(SettingError, match=words):
        address.read(text)


def test_a_connection_over_a_network_is_encrypted_bound_and_by_scram_alone() -> None:
    remote = address.read("postgresql://ines%40work@db.example:6432/our-notes").parameters()
    expected = {"sslmode": "verify-full", "channel_binding": "require", "require_auth": "scram-sha-256"}
    assert expected.items() <= remote.items()
    assert (remote["user"], remote["port"], remote["dbname"]) == ("ines@work", "6432", "our-notes")
    assert remote["keepalives_idle"] == "30"
    signed_by_itself = address.read("postgresql://ines@db.example/notes?sslmode=require").parameters()
    assert (signed_by_itself["sslmode"], signed_by_itself["channel_binding"]) == ("require", "require")
    here = address.read("postgresql://ines@127.0.0.1/notes").parameters()
    assert (here["require_auth"], "channel_binding" in here) == ("scram-sha-256", False)
