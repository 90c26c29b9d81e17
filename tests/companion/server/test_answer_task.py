"""A short answer leaves in one piece, and its head says what waitress' own heads say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from waitress.task import WSGITask

from companion.server.answer_task import TOGETHER_BYTES, AnswerTask

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

USUAL = (("Content-Type", "application/octet-stream"), ("Cache-Control", "no-store"))


def sent(
    task_class: type[WSGITask],
    body: Iterable[bytes],
    headers: Iterable[tuple[str, str]] = USUAL,
    status: str = "200 OK",
    version: str = "1.1",
    connection: str = "",
) -> tuple[list[bytes], bool]:
    """Answer one request; return the pieces that were sent, and whether the connection is closed then."""

    def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        start_response(status, list(headers))
        return body

    pieces: list[bytes] = []
    adj = SimpleNamespace(ident=None, url_prefix="", log_socket_errors=False)
    server = SimpleNamespace(application=app, adj=adj, effective_port=1, server_name="here")
    disconnected: Callable[[], bool] = lambda: False  # noqa: E731
    channel = SimpleNamespace(
        server=server, adj=adj, addr=("127.0.0.1", 1), write_soon=pieces.append, check_client_disconnected=disconnected
    )
    request = SimpleNamespace(
        version=version, headers={"CONNECTION": connection} if connection else {}, command="POST", path="/", query="",
        request_uri="/", url_scheme="http", get_body_stream=BytesIO,
    )  # fmt: skip
    task = task_class(channel, request)
    task.service()
    return pieces, task.close_on_finish


def lines(pieces: list[bytes]) -> tuple[bytes, set[bytes], bytes]:
    """Return the status line, the headers without the date, and the body."""
    head, _, body = b"".join(pieces).partition(b"\r\n\r\n")
    status, *headers = head.split(b"\r\n")
    assert sum(header.startswith(b"Date: ") for header in headers) == 1
    assert len(headers) == len(set(headers))
    return status, {header for header in headers if not header.startswith(b"Date: ")}, body


def length(body: bytes) -> tuple[str, str]:
    return "Content-Length", str(len(body))


def test_a_short_answer_leaves_in_one_piece() -> None:
    pieces, closed = sent(AnswerTask, [b"{}"], [*USUAL, length(b"{}")])
    assert (len(pieces), closed) == (1, False)
    assert lines(pieces)[2] == b"{}"


def test_a_long_answer_is_not_copied_behind_its_head() -> None:
    body = b"x" * (TOGETHER_BYTES + 1)
    pieces, _ = sent(AnswerTask, [body], [*USUAL, length(body)])
    assert [len(piece) for piece in pieces[1:]] == [len(body)]


@pytest.mark.parametrize("version", ["1.0", "1.1"])
@pytest.mark.parametrize("connection", ["", "close", "keep-alive", "Close"])
@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        ([b"{}"], [*USUAL, length(b"{}")], "200 OK"),
        ([b"{}"], USUAL, "422 UNPROCESSABLE ENTITY"),
        ([b"{", b"}"], [*USUAL, length(b"{}")], "200 OK"),
        ([b"{", b"}"], USUAL, "200 OK"),
        ([b"{}"], [*USUAL, length(b"{}"), ("Date", "Thu, 01 Jan 1970 00:00:00 GMT")], "200 OK"),
        ([b"{}"], [*USUAL, length(b"{}"), ("Server", "another")], "200 OK"),
        ([], [length(b"{}"), *USUAL], "204 NO CONTENT"),
        ([b"{}"], [*USUAL, length(b"{}")], "304 NOT MODIFIED"),
        ([], [*USUAL, length(b"")], "200 OK"),
    ],
)
def test_an_answer_says_what_waitress_would_say(
    body: list[bytes], headers: list[tuple[str, str]], status: str, version: str, connection: str
) -> None:
    ours, closed = sent(AnswerTask, body, headers, status, version, connection)
    theirs, closed_there = sent(WSGITask, body, headers, status, version, connection)
    assert lines(ours) == lines(theirs)
    assert closed == closed_there
