"""A server of this machine that answers as X's API v2 documents it, for tests; it notes what it was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import parse_qs, urlsplit

Query = dict[str, str]
Reply = tuple[int, object, dict[str, str]]
NOW = 1_790_000_000


def user(number: str, handle: str, **more: object) -> dict[str, object]:
    return {"id": number, "username": handle, "name": handle.title(), **more}


def tweet(number: int, author: str, text: str, **more: object) -> dict[str, object]:
    return {"id": str(number), "author_id": author, "text": text, "created_at": "2026-09-01T10:00:00.000Z", **more}


class StandIn:
    """Users by handle, posts by path; ``fail`` answers instead of the data as long as it returns something."""

    def __init__(self) -> None:
        self.users: dict[str, dict[str, object]] = {}
        self.lists: dict[str, list[dict[str, object]]] = {}
        self.asked: list[tuple[str, Query, str]] = []
        self.fail: Callable[[str], Reply | None] = lambda _path: None
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                stand_in.asked.append((parts.path, query, self.headers.get("Authorization", "")))
                status, body, headers = stand_in.fail(parts.path) or stand_in.answer(parts.path, query)
                data = body if isinstance(body, bytes) else json.dumps(body).encode()
                self.send_response(status)
                for name, value in {"Content-Type": "application/json", **headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, format: str, *args: object) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self._server.server_address[1]}"

    def answer(self, path: str, query: Query) -> Reply:
        """Answer as X documents it."""
        parts = path.split("/")
        if path == "/2/users/me":
            return 200, {"data": next(iter(self.users.values()))}, {}
        if path in self.lists:
            return 200, self._page(self.lists[path], query), {}
        key = parts[-1].lower()
        found = next((one for one in self.users.values() if key in (one["id"], str(one["username"]).lower())), None)
        if found is not None:
            return 200, {"data": found}, {}
        error = {"title": "Not Found Error", "detail": f"Could not find user with username: [{key}].", "value": key}
        return 200, {"errors": [{**error, "resource_type": "user"}]}, {}

    def _page(self, rows: list[dict[str, object]], query: Query) -> dict[str, object]:
        above, below = int(query.get("since_id", 0)), int(query.get("until_id", 10**30))
        fitting = [row for row in rows if above < int(str(row["id"])) < below]
        start, count = int(query.get("pagination_token", "0")), int(query["max_results"])
        assert 5 <= count <= 100, "X documents pages of 5 to 100"
        shown = fitting[start : start + count]
        body: dict[str, object] = {"meta": {"result_count": len(shown)}}
        if shown:
            body["data"] = shown
        if start + count < len(fitting):
            body["meta"] = {"result_count": len(shown), "next_token": str(start + count)}
        if query.get("expansions") == "author_id":
            authors = {row["author_id"] for row in shown}
            body["includes"] = {"users": [one for one in self.users.values() if one["id"] in authors]}
        return body

    def __enter__(self) -> StandIn:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
