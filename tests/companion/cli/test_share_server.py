"""`mutuals share` with a PostgreSQL server: made, joined, used by two machines, checked and left by commands alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError, PasswordDeleteError

from companion.cli.exit_codes import PROBLEM
from companion.settings import Settings
from companion.share.membership import membership_of
from tests.browser.devtools import until
from tests.companion.cli.runs import run
from tests.companion.cli.test_share import PERSON, SECONDS, VIEWER, WREN, note, shown, text_of
from tests.companion_process import CompanionProcess
from tests.postgres_server import ADMIN, PASSWORD, Server

pytestmark = pytest.mark.kill  # the server is a process of its own


class Store(KeyringBackend):
    """The system's key store, in memory."""

    priority = 1.0

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.kept:
            raise PasswordDeleteError
        del self.kept[service, username]


def typed(prompt: str) -> str:
    """What is typed at a hidden prompt, without a terminal."""
    return sys.stdin.readline().rstrip("\n")


@pytest.fixture(autouse=True)
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("MUTUALS_PASSPHRASE", "four plain words here")
    monkeypatch.setenv("PGPASSFILE", "none")
    monkeypatch.setattr("click.termui.hidden_prompt_func", typed)
    monkeypatch.delenv("PGPASSWORD", raising=False)
    before, made = keyring.get_keyring(), Store()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


class Place:
    """A shared notebook that the command made."""

    def __init__(self, server: Server, *more: str) -> None:
        self.server, self.ines, self.ken = server, server.login(), server.login()
        self.database = server.database(self.ines, self.ken)
        self.address = server.place(ADMIN, self.database, socket=True)
        self.made = run(
            None, "share", "create", self.address, "--member", f"{self.ines}:owner", "--member", self.ken, *more
        )

    def join(self, data: Path, login: str, name: str, typed: str = f"{PASSWORD}\n") -> tuple[int, str]:
        """Join as a login and return how it went."""
        done = run(data, "share", "join", self.server.place(login, self.database), "--name", name, typed=typed)
        return done.code, done.out + done.err


@pytest.fixture
def place(server: Server) -> Place:
    return Place(server)


def test_a_note_goes_from_one_machine_to_the_other_with_the_commands_alone(place: Place, tmp_path: Path) -> None:
    assert f"{place.ines} (owner), {place.ken} (member)" in place.made.out
    desk, lap = tmp_path / "desk", tmp_path / "lap"
    note(desk, "Met at the fair", "op-00001")
    assert place.join(desk, place.ines, "desk")[0] == 0
    code, said = place.join(lap, place.ken, "lap")
    assert (code, "desk: " in said, "Your role: member" in said) == (0, True, True), said
    assert text_of(lap) == "Met at the fair"
    note(lap, "Owes me a lamp", "op-00002")
    assert run(lap, "share", "status").code == run(desk, "share", "status").code == 0
    assert text_of(desk) == "Owes me a lamp"
    listed = run(desk, "share", "members").out
    assert f"{place.ines}: owner, 1 device(s)" in listed


def test_a_password_is_asked_for_once_and_is_in_the_key_store_and_nowhere_else(
    place: Place, tmp_path: Path, store: Store
) -> None:
    desk = tmp_path / "desk"
    code, said = place.join(desk, place.ines, "desk")
    assert (code, PASSWORD in said, list(store.kept.values())) == (0, False, [PASSWORD])
    assert run(desk, "share", "status").code == 0
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or PASSWORD.encode() not in file.read_bytes(), file
    assert run(desk, "share", "leave").code == 0
    assert store.kept == {}


def test_without_a_key_store_one_is_told_of_the_passfile_and_with_it_nothing_is_asked(
    place: Place, tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: str) -> None:
        raise KeyringError("locked")

    monkeypatch.setattr(store, "set_password", refuses)
    code, said = place.join(tmp_path / "desk", place.ines, "desk")
    assert (code != 0, "passfile" in said, PASSWORD in said) == (True, True, False)
    assert membership_of(Settings(data=tmp_path / "desk")) is None
    passfile = tmp_path / "pgpass"
    passfile.write_text(f"127.0.0.1:*:*:{place.ines}:{PASSWORD}\n", encoding="utf-8")
    passfile.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(passfile))
    assert place.join(tmp_path / "desk", place.ines, "desk", typed="")[0] == 0


def test_only_an_owner_goes_first_and_only_an_owner_admits_and_dismisses(place: Place, tmp_path: Path) -> None:
    desk, lap = tmp_path / "desk", tmp_path / "lap"
    code, said = place.join(lap, place.ken, "lap")
    assert (code != 0, "the first owner chooses" in said) == (True, True)
    place.join(desk, place.ines, "desk")
    place.join(lap, place.ken, "lap")
    other = place.server.login()
    assert "no such login" in run(desk, "share", "admit", other).err
    assert "Only an owner" in run(lap, "share", "admit", place.ken, "--role", "owner").err
    note(lap, "about Wren", "op-00000")
    assert "Only an owner" in run(lap, "forget", "--yes", WREN).err
    assert "last owner" in run(desk, "share", "dismiss", place.ines).err
    assert "administrator" in run(desk, "share", "admit", ADMIN).err
    assert run(desk, "share", "dismiss", place.ken).code == 0
    note(lap, "written afterwards", "op-00001")
    shut = run(lap, "share", "status")
    assert (shut.code, "Ask an owner" in shut.err, text_of(lap)) == (PROBLEM, True, "written afterwards")
    run(desk, "share", "admit", place.ken, "--role", "reader")
    assert "Your role: reader" in run(lap, "share", "status").out


def test_check_says_who_has_deleted_and_what_the_server_still_holds(place: Place, tmp_path: Path) -> None:
    desk, lap = tmp_path / "desk", tmp_path / "lap"
    note(desk, "a secret", "op-00001")
    place.join(desk, place.ines, "desk")
    place.join(lap, place.ken, "lap")
    assert "Nobody was forgotten" in run(desk, "share", "check").out
    assert run(desk, "forget", "--yes", WREN).code == 0
    run(desk, "share", "status")
    told = run(desk, "share", "check")
    assert (told.code, f"{place.ken}'s device" in told.err, "vacuum mutuals.line" in told.err) == (PROBLEM, True, True)
    run(lap, "share", "status")
    with place.server.admin(place.database) as session:
        session.rows("vacuum mutuals.line")
        session.rows("select pg_stat_force_next_flush()")
    told = run(desk, "share", "check")
    assert (told.err, told.out.count("has deleted everybody"), "sealed" in told.out) == ("", 2, True)
    assert text_of(lap) is None


@pytest.mark.parametrize(
    "address",
    ["postgresql://ada:p@ss/w#rd@db.example/notes", "postgresql://ada:word@db.example/notes", "postgresql://ada@x/y?password=word"],
)  # fmt: skip
def test_an_address_with_a_password_is_refused_and_no_part_of_it_is_printed(tmp_path: Path, address: str) -> None:
    done = run(tmp_path / "desk", "share", "join", address)
    assert (done.code != 0, "Leave the password out" in done.err) == (True, True)
    assert [part for part in ("p@ss", "w#rd", "word") if part in (done.out + done.err).replace("password", "")] == []


def test_two_running_companions_come_to_the_same_and_forget_together(place: Place, tmp_path: Path) -> None:
    desk, lap = tmp_path / "desk", tmp_path / "lap"
    note(desk, "Met at the fair", "op-00001")
    environment = {"PGPASSWORD": PASSWORD}
    with CompanionProcess(desk, env=environment) as one, CompanionProcess(lap, env=environment) as two:
        place.join(desk, place.ines, "desk")
        place.join(lap, place.ken, "lap")
        one.pair()
        two.pair()
        instance = one.post("status", {})["instance"]
        until(lambda: shown(two) == "Met at the fair", "the note of the other machine", SECONDS)
        write = {"instance": instance, "viewer": VIEWER, "op": "op-in-a-browser", "kind": "note", "person": PERSON}
        one.post("writes", {**write, "body": {"text": "Owes me a lamp"}, "at": 200, "base": 1})
        until(lambda: shown(two) == "Owes me a lamp", "the changed note", SECONDS)
        assert run(desk, "forget", "--yes", WREN).code == 0
        until(lambda: shown(two) is None, "the person to be forgotten there too", SECONDS)
        assert (one.stop(), two.stop()) == (0, 0)
    assert text_of(desk) is text_of(lap) is None


def test_an_owner_changes_the_passphrase_and_the_other_login_joins_again_with_it(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, lap = tmp_path / "desk", tmp_path / "lap"
    assert (place.join(desk, place.ines, "desk")[0], place.join(lap, place.ken, "lap")[0]) == (0, 0)
    assert "Only an owner" in run(lap, "share", "passphrase").err
    monkeypatch.setenv("MUTUALS_PASSPHRASE", "quite other words")
    assert "is changed" in run(desk, "share", "passphrase").out
    note(desk, "Met at the fair", "op-00001")
    assert run(desk, "share", "status").code == 0
    late = run(lap, "share", "status")
    assert (late.code, "share join" in late.err) == (PROBLEM, True)
    assert place.join(lap, place.ken, "lap")[0] == 0
    assert text_of(lap) == "Met at the fair"
