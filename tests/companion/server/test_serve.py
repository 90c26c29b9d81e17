"""A real companion process: the gate over sockets, bodies never waited for, one folder one process, an orderly end."""

from __future__ import annotations

import errno
import http.client
import json
import socket
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from wsgiref.validate import validator

import pytest
from werkzeug.test import EnvironBuilder, run_wsgi_app

from companion.cli.exit_codes import PORT, exit_code
from companion.server import serve
from companion.server.app import whole_of
from companion.server.connections import BoundedServer
from tests.companion.conftest import NOW, VIEWER, WREN, House
from tests.companion_process import ORIGIN, CompanionProcess, free_port

STRANGER = "chrome-extension://ponmlkjihgfedcbaponmlkjihgfedcba"


@pytest.fixture(scope="module")
def companion(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CompanionProcess]:
    """One running companion with a paired extension."""
    with CompanionProcess(tmp_path_factory.mktemp("server") / "data") as process:
        process.pair()
        yield process


def note(companion: CompanionProcess, text: str, op: str) -> dict[str, object]:
    instance = companion.post("status", {})["instance"]
    return {
        "instance": instance, "viewer": VIEWER, "op": op, "kind": "note", "person": WREN,
        "body": {"text": text}, "base": None, "at": NOW,
    }  # fmt: skip


def answer(companion: CompanionProcess, head: str) -> bytes:
    """Send only a request's head and return what comes back within a few seconds."""
    with socket.create_connection(("127.0.0.1", companion.port), timeout=10) as connection:
        connection.sendall(head.replace("\n", "\r\n").encode("latin-1") + b"\r\n\r\n")
        return connection.recv(65_536)


def head(companion: CompanionProcess, *sizes: int, **changed: str) -> str:
    size = sizes[0] if sizes else 5_000_000
    usual = companion.sealed.headers("/v1/status", size)
    named = {name.replace("_", "-"): value for name, value in changed.items()}
    return "\n".join(["POST /v1/status HTTP/1.1", *(f"{name}: {value}" for name, value in (usual | named).items())])


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"Host": "evil.example"}, b"421"),
        ({"Origin": "https://x.com"}, b"403"),
        ({"Content_Type": "text/plain"}, b"415"),
        ({"Content_Length": "99999999"}, b"413"),
        ({"Origin": STRANGER}, b"401"),
        ({"X_Mutuals_Proof": "guess"}, b"401"),
        ({"X_Mutuals_Api": "7"}, b"426"),
    ],
)
def test_a_refusal_does_not_wait_for_the_body(
    companion: CompanionProcess, changed: dict[str, str], status: bytes
) -> None:
    assert answer(companion, head(companion, **changed)).startswith(b"HTTP/1.1 " + status)


def test_a_body_of_untold_length_is_refused(companion: CompanionProcess) -> None:
    text = head(companion).replace("Content-Length: 5000000", "Transfer-Encoding: chunked")
    assert b"411" in answer(companion, text)


def test_a_refused_body_is_thrown_away_and_the_connection_serves_on(companion: CompanionProcess) -> None:
    """A browser that sends a large body to a companion it is not paired with reads the 401, not a broken connection."""
    connection = http.client.HTTPConnection("127.0.0.1", companion.port, timeout=10)
    client = companion.sealed
    for _ in range(3):
        wrong = client.headers("/v1/status", 3_000_000) | {"X-Mutuals-Proof": "no"}
        connection.request("POST", "/v1/status", b"x" * 3_000_000, wrong)
        refused = connection.getresponse()
        assert (refused.status, json.loads(refused.read())["error"]) == (401, "proof")
        headers, data = client.request("/v1/status", b"{}")
        connection.request("POST", "/v1/status", data, headers)
        served = connection.getresponse()
        assert served.status == 200
        assert json.loads(client.open(headers["X-Mutuals-Nonce"], 200, served.read()))["api"] == 2
    connection.close()


def test_a_request_hidden_in_a_refused_body_is_never_served(companion: CompanionProcess) -> None:
    headers, data = companion.sealed.request("/v1/status", b"{}")
    lines = ["POST /v1/status HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    inner = "\r\n".join([*lines, "", ""]).encode() + data
    outer = head(companion, len(inner), Origin="https://x.com").replace("\n", "\r\n").encode()
    with socket.create_connection(("127.0.0.1", companion.port), timeout=10) as connection:
        connection.sendall(outer + b"\r\n\r\n" + inner + head(companion, Host="last").encode() + b"\r\n\r\n")
        connection.shutdown(socket.SHUT_WR)
        told = b"".join(iter(lambda: connection.recv(65_536), b""))
    assert b"HTTP/1.1 403" in told
    assert b"HTTP/1.1 200" not in told


def test_what_is_no_http_gets_no_more_than_a_refusal(companion: CompanionProcess) -> None:
    for text in ("NONSENSE", "POST /v1/status HTTP/1.1\nHost : x", "GET http://evil.example/v1/status HTTP/1.1"):
        told = answer(companion, text)
        assert told.startswith((b"HTTP/1.1 4", b"HTTP/1.0 4"))
        assert b"access-control" not in told.lower()


def test_a_refusal_reaches_the_paired_page_and_no_other(companion: CompanionProcess) -> None:
    assert f"Access-Control-Allow-Origin: {ORIGIN}".encode() in answer(companion, head(companion, X_Mutuals_Proof="no"))
    assert b"Access-Control" not in answer(companion, head(companion, Origin=STRANGER))


def test_a_refused_method_is_told_with_the_one_that_is_allowed_and_other_refusals_name_none(
    companion: CompanionProcess,
) -> None:
    refused = answer(companion, head(companion).replace("POST", "GET", 1))
    assert refused.startswith(b"HTTP/1.1 405")
    assert b"\r\nAllow: POST\r\n" in refused
    assert b"\r\nAllow:" not in answer(companion, head(companion, Origin="https://x.com"))


def test_an_acknowledged_note_outlives_a_kill(tmp_path: Path) -> None:
    companion = CompanionProcess(tmp_path / "data").start()
    companion.pair()
    companion.post("writes", note(companion, "before the kill", "op-before-kill"))
    companion.kill()
    companion.start()
    shown = companion.post("person", {"viewer": VIEWER, "person": WREN})["note"]
    assert isinstance(shown, dict)
    assert shown["text"] == "before the kill"
    assert companion.post("writes", note(companion, "before the kill", "op-before-kill"))["repeated"] is True
    assert companion.stop() == 0


def test_asked_to_end_it_ends_in_good_order_and_gives_the_folder_back(tmp_path: Path) -> None:
    companion = CompanionProcess(tmp_path / "data").start()
    assert companion.stop() == 0
    assert "everything is on the disk" in companion.output
    assert companion.start().stop() == 0


def test_a_second_companion_on_the_folder_says_who_has_it(companion: CompanionProcess) -> None:
    second = CompanionProcess(companion.data).spawn()
    assert second.wait() == 3
    assert str(companion.pid) in second.output
    assert str(companion.port) in second.output
    assert "Traceback" not in second.output


def test_a_taken_port_is_told_and_never_wandered_from(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", free_port()))
        taken.listen()
        companion = CompanionProcess(tmp_path / "data", taken.getsockname()[1]).spawn()
        assert companion.wait() == 4
    assert f"Port {companion.port} is taken" in companion.output
    assert "Traceback" not in companion.output


def test_the_same_port_of_ipv6_is_kept_from_others_because_browsers_try_it_first(companion: CompanionProcess) -> None:
    """Whoever had it would be sent the dashboard's one-time links."""
    with ipv6() as other, pytest.raises(OSError, match="in use"):
        other.bind(("::1", companion.port))
    with ipv6() as other, pytest.raises(ConnectionRefusedError):
        other.connect(("::1", companion.port))


def test_a_port_that_another_program_has_on_ipv6_is_told_as_taken(tmp_path: Path) -> None:
    with ipv6() as taken:
        taken.bind(("::1", free_port()))
        taken.listen()
        companion = CompanionProcess(tmp_path / "data", taken.getsockname()[1]).spawn()
        assert companion.wait() == 4
    assert f"Port {companion.port} is taken" in companion.output


def ipv6() -> socket.socket:
    return socket.socket(socket.AF_INET6, socket.SOCK_STREAM)


def test_a_damaged_client_list_is_told_in_words(tmp_path: Path) -> None:
    companion = CompanionProcess(tmp_path / "data")
    companion.data.mkdir()
    companion.settings.clients_path.write_text("{torn")
    companion.spawn()
    assert companion.wait() == 5
    assert "mutuals pair" in companion.output
    assert "Traceback" not in companion.output


def test_data_of_a_newer_mutuals_is_refused_in_words(tmp_path: Path) -> None:
    companion = CompanionProcess(tmp_path / "data")
    companion.data.mkdir()
    companion.settings.clients_path.write_text('{"schema": 99, "clients": []}')
    companion.spawn()
    assert companion.wait() == 5
    assert "newer Mutuals" in companion.output


def test_the_data_folder_is_private_and_the_first_start_prints_a_code(tmp_path: Path) -> None:
    with CompanionProcess(tmp_path / "data") as companion:
        assert stat.S_IMODE(companion.data.stat().st_mode) == 0o700
        assert "Pairing code: " in companion.output
        code = companion.output.partition("Pairing code: ")[2][:11]
        companion.pair(code=code)
        assert companion.post("status", {})["api"] == 2


def test_it_listens_on_loopback_only(companion: CompanionProcess) -> None:
    with socket.socket() as other:
        assert other.connect_ex(("127.0.0.2", companion.port)) != 0


def test_the_app_keeps_to_the_wsgi_rules(house: House) -> None:
    for method, path, changed in (
        ("POST", "/v1/status", {}), ("OPTIONS", "/v1/status", {}), ("POST", "/v1/status", {"Origin": "https://x.com"}),
        ("GET", "/web", {"Host": house.app.extensions["mutuals.gate"].web_host}),
    ):  # fmt: skip
        headers, data = house.request(path, b"{}", method)
        environ = EnvironBuilder(path, method=method, headers=[*(headers | changed).items()], data=data).get_environ()
        environ["QUERY_STRING"] = ""
        body, status, _ = run_wsgi_app(validator(house.app), environ, buffered=True)
        assert int(status[:3]) in {200, 204, 403}
        assert isinstance(b"".join(body), bytes)


def test_torn_stores_are_told_in_words_and_never_started_over(tmp_path: Path) -> None:
    companion = CompanionProcess(tmp_path / "data").start()
    companion.pair()
    companion.post("writes", note(companion, "worth keeping", "op-worth-keeping"))
    companion.stop()
    damaged = [path for path in companion.data.glob("notes.json*") if path.stat().st_size]
    assert damaged
    for path in damaged:
        path.write_bytes(b'{"torn')
    companion.lines.clear()
    companion.spawn()
    assert companion.wait() == 5
    assert "Traceback" not in companion.output
    assert "notes.json" in companion.output
    assert all(path.read_bytes() == b'{"torn' for path in damaged), "what is left of the notes must not be overwritten"


def test_a_damaged_ledger_is_told_and_the_notes_are_there(tmp_path: Path) -> None:
    companion = CompanionProcess(tmp_path / "data").start()
    companion.pair()
    companion.post("writes", note(companion, "still here", "op-still-here"))
    companion.stop()
    companion.settings.ledger_path.write_bytes(b"not a database" * 1000)
    companion.start()
    assert "Note: " in companion.output
    assert companion.post("status", {})["warnings"] != []
    shown = companion.post("person", {"viewer": VIEWER, "person": WREN})["note"]
    assert isinstance(shown, dict)
    assert shown["text"] == "still here"
    companion.stop()


def test_a_port_that_may_not_be_opened_is_named_with_the_reason(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_arguments: object, **_options: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(serve, "BoundedServer", refused)
    with pytest.raises(serve.PortError) as caught:
        serve.listen(whole_of(house.app), house.settings)
    assert caught.value.message == (
        f"Port {house.settings.port} cannot be opened (Permission denied). Start with `--port` and another number."
    )
    assert exit_code(caught.value) == PORT


def test_whoever_sees_the_port_open_finds_the_name_of_this_run(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    sessions = house.app.extensions["mutuals.gate"].sessions
    sessions.publish_name()
    sessions.name = "mutuals-of-the-next-run.localhost"
    found: list[str | None] = []

    def watched(*arguments: object, **options: object) -> BoundedServer:
        found.append(sessions.published_name())
        return BoundedServer(*arguments, **options)

    monkeypatch.setattr(serve, "BoundedServer", watched)
    server = serve.listen(whole_of(house.app), replace(house.settings, port=free_port()))
    server.close()
    assert found == [sessions.name]
