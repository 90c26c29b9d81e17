"""waitress task that sends the head and the body of a short answer in one piece."""

from __future__ import annotations

from functools import lru_cache

from waitress.task import WSGITask
from waitress.utilities import build_http_date

TOGETHER_BYTES = 64 * 1024
"""Longer bodies are not copied behind their heads."""
NAMED_BY_WAITRESS = frozenset({"Connection", "Date", "Server"})
"""Headers that an answer of the usual kind does not bring itself."""

_date = lru_cache(maxsize=2)(build_http_date)


class AnswerTask(WSGITask):  # type: ignore[misc]  # waitress has no types
    """Sends what fits together at once: each piece is a system call, at which other threads take their turn."""

    wrote_header: bool = False

    def write(self, data: bytes) -> None:
        """Send a piece of the body, the first one behind the head."""
        whole = self.complete and not self.wrote_header and self.has_body and len(data) == self.content_length
        if not whole or len(data) > TOGETHER_BYTES:
            super().write(data)
            return
        self.channel.write_soon(self.build_response_header() + data)
        self.wrote_header = True
        self.content_bytes_written = len(data)

    def build_response_header(self) -> bytes:
        """Return the head; of an answer of told length on a connection that stays open without a look at each name."""
        names = {name for name, _ in self.response_headers}
        stays = (
            self.has_body and self.version == "1.1" and self.request.headers.get("CONNECTION", "").lower() != "close"
        )
        if not stays or self.close_on_finish or "Content-Length" not in names or names & NAMED_BY_WAITRESS:
            head: bytes = super().build_response_header()
            return head
        lines = "".join([f"{name}: {value}\r\n" for name, value in self.response_headers])
        return f"HTTP/1.1 {self.status}\r\n{lines}Date: {_date(int(self.start_time))}\r\n\r\n".encode("latin-1")
