"""Remembers each request that reached the replica and what its page reported, to prove what was not done."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass, field

PAGE_MARK = "x-client-transaction-id"
"""Header that the replica's own page puts on each request of its scripts, as X's page does."""


@dataclass(frozen=True)
class Request:
    """One request as it arrived; ``headers`` have lower-case names."""

    method: str
    host: str
    path: str
    headers: dict[str, str]
    body: bytes = b""

    @property
    def by_page(self) -> bool:
        """Whether the replica's own scripts, or the browser for its document, sent this."""
        if self.headers.get(PAGE_MARK):
            return True
        return self.headers.get("sec-fetch-dest", "") in {"document", "script", "style", "image", "font", "manifest"}


@dataclass
class Recorder:
    """Thread-safe lists of what happened; ``clear`` starts a new test."""

    requests: list[Request] = field(default_factory=list)
    sent: dict[str, str] = field(default_factory=dict)
    heard: dict[str, str] = field(default_factory=dict)
    synthetic: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lock = threading.Lock()

    def request(self, request: Request) -> None:
        """Keep one request."""
        with self._lock:
            self.requests.append(request)

    def answered(self, answer_id: str, body: bytes) -> None:
        """Keep the hash of a JSON answer's bytes."""
        with self._lock:
            self.sent[answer_id] = hashlib.sha256(body).hexdigest()

    def report(self, report: dict[str, str]) -> None:
        """Take what the page reports: the hash of an answer it read, an untrusted event, or an error of its own."""
        with self._lock:
            if report.get("kind") == "heard":
                self.heard[report["id"]] = report["hash"]
            elif report.get("kind") == "synthetic":
                self.synthetic.append(report["event"])
            else:
                self.errors.append(report.get("message", ""))

    def changed_answers(self) -> list[str]:
        """Return the ids of answers whose text the page saw was not, byte for byte, what was sent.

        What a page reports late, of an answer from before `clear`, cannot be judged.
        """
        with self._lock:
            return [name for name, digest in self.heard.items() if self.sent.get(name, digest) != digest]

    def foreign(self) -> list[Request]:
        """Return the requests that neither the page nor the browser's own loading explains."""
        with self._lock:
            return [request for request in self.requests if not request.by_page]

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            for kept in (self.requests, self.synthetic, self.errors):
                kept.clear()
            self.sent.clear()
            self.heard.clear()
