"""A piece of an upload is judged by its headers: a stranger's megabytes are refused before they are sent."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from companion.access.headers import FORM_BYTES, FORM_HEADER, cookie_name
from tests.companion_process import CompanionProcess

PIECE = 4 * 1024 * 1024


@pytest.fixture(scope="module")
def companion(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CompanionProcess]:
    """One running companion."""
    with CompanionProcess(tmp_path_factory.mktemp("unread") / "data") as process:
        process.pair()
        yield process


@pytest.fixture(scope="module")
def entered(companion: CompanionProcess) -> dict[str, str]:
    """Cookie and token of a browser that came by a one-time link."""
    link = urlsplit(str(companion.post("dashboard", {})["url"]))
    connection = http.client.HTTPConnection("127.0.0.1", companion.port, timeout=20)
    host = {"Host": link.netloc}
    connection.request("GET", link.path, headers=host)
    answer = connection.getresponse()
    answer.read()
    cookie = str(answer.headers["Set-Cookie"]).partition(";")[0]
    connection.request("GET", "/web/import", headers={**host, "Cookie": cookie})
    page = connection.getresponse().read().decode()
    connection.close()
    return {**host, "Cookie": cookie, FORM_HEADER: page.partition('data-token="')[2].partition('"')[0]}


def head(companion: CompanionProcess, headers: dict[str, str], *, path: str = "/web/import/part") -> str:
    usual = {"Host": f"127.0.0.1:{companion.port}", "Content-Length": str(PIECE)}
    told = {name: text for name, text in (usual | headers).items() if text}
    return "\r\n".join([f"POST {path} HTTP/1.1", *(f"{name}: {text}" for name, text in told.items()), "", ""])


def answer(companion: CompanionProcess, sent: str) -> tuple[int, str]:
    """Send a head and no body; return status and code of what comes back within a few seconds."""
    with socket.create_connection(("127.0.0.1", companion.port), timeout=10) as connection:
        connection.sendall(sent.encode("latin-1"))
        reply = http.client.HTTPResponse(connection)
        reply.begin()
        return reply.status, str(json.loads(reply.read())["error"])


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"Host": "evil.example"}, (421, "host")),
        ({"Origin": "https://x.com"}, (403, "session")),
        ({"Sec-Fetch-Site": "cross-site"}, (403, "session")),
        ({"Cookie": ""}, (403, "session")),
        ({"Cookie": "mutuals=guess"}, (403, "session")),
        ({FORM_HEADER: ""}, (403, "form")),
        ({FORM_HEADER: "guess"}, (403, "form")),
        ({FORM_HEADER: "", "Transfer-Encoding": "chunked", "Content-Length": ""}, (403, "form")),
    ],
)
def test_a_large_body_without_cookie_and_token_is_refused_unread(
    companion: CompanionProcess, entered: dict[str, str], changed: dict[str, str], refused: tuple[int, str]
) -> None:
    assert answer(companion, head(companion, entered | changed)) == refused


def test_no_other_path_of_the_dashboard_takes_a_large_body_either(
    companion: CompanionProcess, entered: dict[str, str]
) -> None:
    usual = {"Host": entered["Host"], "Content-Length": str(FORM_BYTES + 1)}
    for path in ("/web", "/web/later", "/web/nothing-there", "//web/import/part"):
        assert answer(companion, head(companion, usual, path=path))[0] == 403, path


def test_a_refused_piece_leaves_the_connection_good_and_a_right_one_is_taken(
    companion: CompanionProcess, entered: dict[str, str]
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", companion.port, timeout=20)

    def post(path: str, body: bytes, **headers: str) -> tuple[int, dict[str, object]]:
        connection.request("POST", f"/web/import/{path}", body, {**entered, **headers})
        reply = connection.getresponse()
        return reply.status, json.loads(reply.read())

    form = f"form_token={entered[FORM_HEADER]}&name=a.zip&size={2 * PIECE}&modified=1&sending={2 * PIECE}"
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    status, upload = post("begin", form.encode(), **kind)
    assert status == 200, upload
    path = f"part?upload={upload['id']}&offset=0"
    assert post(path, b"x" * PIECE, **{FORM_HEADER: "guess"})[0] == 403
    assert post(path, b"x" * PIECE) == (200, {"have": PIECE})
    assert post(f"part?upload={upload['id']}&offset={PIECE}", b"x" * (PIECE + 1))[0] == 422
    connection.close()


def test_the_cookie_is_the_one_of_this_port(companion: CompanionProcess, entered: dict[str, str]) -> None:
    assert entered["Cookie"].startswith(f"{cookie_name(companion.port)}=")
    elsewhere = entered["Cookie"].replace(cookie_name(companion.port), cookie_name(1), 1)
    assert answer(companion, head(companion, entered | {"Cookie": elsewhere})) == (403, "session")


def test_what_was_sent_lies_in_a_private_folder(companion: CompanionProcess, entered: dict[str, str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", companion.port, timeout=20)
    form = f"form_token={entered[FORM_HEADER]}&name=private.zip&size=9&modified=1&sending=9"
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/web/import/begin", form, {**entered, **kind})
    assert connection.getresponse().status == 200
    connection.close()
    folder: Path = companion.settings.uploads_path
    assert {path.stat().st_mode & 0o077 for path in (folder, *folder.iterdir())} == {0}
