"""Serves the replica over HTTPS on a free port of this computer, for browsers that map x.com and twitter.com to it."""

from __future__ import annotations

import json
import ssl
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.replica import actions, shell
from tests.replica.answers import answer
from tests.replica.certificate import make_certificate
from tests.replica.pictures import picture
from tests.replica.recorder import Recorder, Request
from tests.replica.world import World

STATIC = Path(__file__).parent / "static"
TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
Answer = tuple[int, list[tuple[str, str]], bytes]


class Replica:
    """The replica as an object: its world, its recorder, its address.

    Attributes:
        world: change it at any time; the page sees the change with its next answer.
        recorder: what was asked and reported.
        port: where it listens on 127.0.0.1, for ``--host-resolver-rules``.
        spki: the pin of its key.
        saved: path to HTML that is served instead of the page's shell (saved pages).
        hostile: HTML of a page on another site, ``https://hostile.example/``.
    """

    def __init__(self, world: World | None = None, port: int = 0) -> None:
        self.world = world or World()
        self.recorder = Recorder()
        self.saved: dict[str, str] = {}
        self.hostile = "<!DOCTYPE html><title>hostile</title>"
        self._folder = tempfile.TemporaryDirectory(prefix="replica-")
        certificate = make_certificate(Path(self._folder.name))
        self.spki = certificate.spki
        self._server = _Server(("127.0.0.1", port), type("Handler", (_Handler,), {"replica": self}))
        self._server.tls = certificate.context()
        self.port: int = self._server.server_address[1]

    def start(self) -> Replica:
        """Serve in a thread of this process."""
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def stop(self) -> None:
        """Stop serving and remove the certificate."""
        self._server.shutdown()
        self._server.server_close()
        self._folder.cleanup()

    def reset(self) -> None:
        """Start a new test: a fresh world of the same people, nothing recorded, no saved pages."""
        self.world = World(self.world.clock, self.world.crowd, self.world.home_posts, self.world.seed)
        self.recorder.clear()
        self.saved.clear()

    def __enter__(self) -> Replica:
        return self.start()

    def __exit__(self, *error: object) -> None:
        self.stop()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    tls: ssl.SSLContext

    def finish_request(self, request: object, client_address: object) -> None:
        """Shake hands in the connection's own thread, so that a slow one does not hold up the others."""
        try:
            with self.tls.wrap_socket(request, server_side=True) as secured:  # type: ignore[arg-type]
                self.RequestHandlerClass(secured, client_address, self)  # type: ignore[arg-type]
        except (ssl.SSLError, ConnectionError, TimeoutError):
            return  # a page that was left early


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    replica: Replica

    def do_GET(self) -> None:
        self._serve(b"")

    def do_POST(self) -> None:
        self._serve(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet; the recorder knows all."""

    def _serve(self, body: bytes) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        host = headers.get("host", "").split(":")[0]
        if not self.path.startswith("/_replica/"):
            self.replica.recorder.request(Request(self.command, host, self.path, headers, body))
        status, extra, answered = self._route(host, body)
        self.send_response(status)
        for name, value in extra:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answered)))
        self.end_headers()
        self.wfile.write(answered)

    def _route(self, host: str, body: bytes) -> Answer:
        path = urlsplit(self.path).path
        if host.endswith("twimg.com"):
            return 200, [("Content-Type", "image/svg+xml"), ("Cache-Control", "max-age=600")], picture(path).encode()
        if host.endswith("hostile.example"):
            return 200, [("Content-Type", "text/html; charset=utf-8")], self.replica.hostile.encode()
        if path.startswith("/_replica/"):
            return self._control(path, body)
        if path.startswith("/client/"):
            return self._static(path)
        return self._api(path, body) if path.startswith("/i/api/") else self._document(path)

    def _document(self, path: str) -> Answer:
        nonce = "N" + str(time.monotonic_ns())
        text = self.replica.saved.get(path) or shell.document(self.replica.world, nonce)
        return 200, shell.document_headers(self.replica.world, nonce), text.encode()

    def _static(self, path: str) -> Answer:
        file = STATIC / Path(path).name
        if file.suffix not in TYPES or not file.is_file():
            return 404, [], b""
        return 200, [("Content-Type", TYPES[file.suffix]), ("Cache-Control", "max-age=600")], file.read_bytes()

    def _api(self, path: str, body: bytes) -> Answer:
        world = self.replica.world
        look = world.look
        time.sleep(look.delay if look.chance is None else look.chance.uniform(0, 2 * look.delay))
        if look.gate is not None:
            look.gate.wait(30)
        if any(part in path for part in actions.REST):
            return self._json(actions.rest(world, path, body))
        op, variables = path.rsplit("/", 1)[-1], self._variables(body)
        if world.look.error:
            return self._json({"errors": [{"message": "Internal: Unspecified", "code": 0}]}, 500)
        found = actions.act(world, op, variables) or answer(world, op, variables)
        return self._json(found) if found is not None else (404, [], b"{}")

    def _variables(self, body: bytes) -> dict[str, object]:
        if body:
            given = json.loads(body)["variables"]
        else:
            given = json.loads(parse_qs(urlsplit(self.path).query).get("variables", ["{}"])[0])
        return dict(given)

    def _json(self, reply: dict[str, object], status: int = 200) -> Answer:
        body = json.dumps(reply, ensure_ascii=False, separators=(",", ":")).encode()
        name = str(time.monotonic_ns())
        self.replica.recorder.answered(name, body)
        return status, [("Content-Type", "application/json; charset=utf-8"), ("x-response-id", name)], body

    def _control(self, path: str, body: bytes) -> Answer:
        replica = self.replica
        given = json.loads(body or b"{}")
        if path == "/_replica/report":
            replica.recorder.report(given)
        elif path == "/_replica/switch":
            replica.world.viewer_id = given["id"]
        elif path == "/_replica/look":
            for name, value in given.items():
                setattr(replica.world.look, name, value)
        headers = [("Content-Type", "application/json")]
        if path == "/_replica/switch":
            headers.append(("Set-Cookie", f"twid=u%3D{replica.world.viewer_id}; Path=/; Secure"))
        return 200, headers, b"{}"
