"""Sixty pages and answers made to cost a reader time: by nesting, by repetition, by packing, by how they are sent."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from functools import partial

from tests.companion.vetting.network.farm import Play, Request

MOST = 1_000_000
"""Bytes of a page; a little under what the opener reads."""
NESTED = ["div", "b", "a", "p", "table", "font", "svg", "math", "template", "select", "button", "nobr", "li", "ruby"]
REPEATED = [
    "<",
    "<a",
    "<a ",
    "<a '",
    '<a "',
    "<a b",
    "<a b=",
    "<a b='",
    "<a b=c ",
    "</",
    "</ ",
    "<!",
    "<!>",
    "<!-",
    "<!--",
    "<!-->",
    "<!--a-->",
    "<?",
    "<title>",
    "<title ",
    "<meta ",
    "<meta a=b>",
    "<meta http-equiv=refresh content=';'>",
    "&amp",
    "&#x",
    "<script>",
    "</script",
    "<style>",
    "<svg><title>",
    "<base href=//a>",
    "<template></template>",
    f"<meta http-equiv=refresh content={'1' * 4000}x>",
    "domain name is domain may be ",
    "<b><i></b></i>",
]


def pages() -> dict[str, Play]:
    """Return name -> what the server does."""
    made: dict[str, Play] = {}
    for name in NESTED:
        made[f"nested-{name}"] = partial(_send, part=f"<{name}>".encode())
    for number, text in enumerate(REPEATED):
        made[f"repeated-{number}"] = partial(_send, part=text.encode())
    for text in ("<div>", "<a b='", "<meta a=b>", "<b><i></b></i>"):
        made[f"packed-{text}"] = partial(_packed, part=text.encode())
    for charset in ("utf-8", "punycode", "unicode_escape", "idna", "iso-2022-jp"):
        made[f"bytes-{charset}"] = partial(_bytes, charset=charset)
    return {**made, **_SENT}


def _send(request: Request, part: bytes) -> None:
    request.answer("200 OK", {"Content-Type": "text/html; charset=utf-8"}, part * (MOST // len(part)))


def _packed(request: Request, part: bytes) -> None:
    body = gzip.compress(part * (4 * MOST // len(part)))
    request.answer("200 OK", {"Content-Type": "text/html", "Content-Encoding": "gzip"}, body)


def _bytes(request: Request, charset: str) -> None:
    body = bytes(range(1, 256)) * (MOST // 255)
    request.answer("200 OK", {"Content-Type": f"text/html; charset={charset}"}, body)


def _flood(request: Request, head: bytes, part: bytes) -> None:
    """Send the same again for as long as somebody listens, but no more than the farm's own processor time allows."""
    request.connection.sendall(head)
    begun = time.thread_time()
    while not request.ended.is_set() and time.thread_time() - begun < 0.2:
        request.connection.sendall(part)


_SENT: dict[str, Callable[[Request], None]] = {
    "interim": partial(_flood, head=b"", part=b"HTTP/1.1 100 Continue\r\n\r\n" * 500),
    "crumbs": partial(
        _flood,
        head=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n",
        part=b"1\r\nx\r\n" * 500,
    ),
    "headers": partial(_flood, head=b"HTTP/1.1 200 OK\r\n", part=b"X: y\r\n" * 500),
}
