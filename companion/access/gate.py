"""Access control for every request: a request is refused unless it passes each row below, before any view runs.

===  =====================================================  ======  ================
row  refused when                                           status  ``error``
===  =====================================================  ======  ================
1    Host is not exactly 127.0.0.1:PORT or localhost:PORT   421     ``host``
2    Origin is missing or not a browser extension's         403     ``origin``
3    OPTIONS from an origin that is not paired              403     ``origin``
4    the method is not POST                                 405     ``method``
5    the body is not plain application/json                 415     ``content-type``
6    no length / too large a length                         411/413 ``length``
7    /v1/pair: wrong code, or no pairing window is open     403     ``pairing``
8    the origin is not paired                               401     ``unpaired``
9    the token is not the one issued to that origin         401     ``token``
10   the API version differs                                426     ``version``
11   the body is no JSON / breaks the schema                 400/422 ``body``
===  =====================================================  ======  ================

The rows apply to every path and method, also to those that do not exist, so a path's spelling decides nothing. Row 7's
code is in the body, so `companion.api.pair` compares it; without an open window the request is refused here, its body
unread, with the same message. Row 11 is `companion.api.endpoint`. The only other surface is the dashboard under /web
(`companion.access.sessions`): row 1, then
===  =====================================================  ======  ================
W1   another site sent the browser here                     403     ``session``
W2   no cookie from a one-time link of this run             403     ``session``
W3   a form without this session's form token               403     ``form``
W4   a large body (a piece of an upload) that fails W1-W3   403     as there
===  =====================================================  ======  ================

W4 checks W1 to W3 before the body is received, with the form token in a header (`companion.server.early_refusal`).
What counts as /web is what the router matched, so no other spelling of a path can reach it. Out of scope: programs that
run as the same user, since they can read the data folder itself.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from companion import API_VERSION
from companion.access.clients import Clients
from companion.access.pairing import Pairing
from companion.access.sessions import Sessions
from companion.errors import GateError
from companion.settings import Settings

Clock = Callable[[], int]
"""Returns the time in epoch seconds UTC."""
EXTENSION_ORIGIN = re.compile(r"(?:chrome|moz)-extension://[A-Za-z0-9-]{1,64}", re.ASCII)
"""Must match the whole Origin: a prefix match is how CVE-2026-40110 happened."""
PAIR_PATH = "/v1/pair"
LOG_LINES_PER_MINUTE = 10

log = logging.getLogger("mutuals.gate")


class Call(NamedTuple):
    """The parts of a request that the rows check; header values as received, empty when absent."""

    method: str
    host: str
    origin: str
    content_type: str
    content_encoding: str
    content_length: str
    authorization: str
    api: str
    pairing: bool

    @classmethod
    def of(cls, method: str, path: str, headers: Mapping[str, str], prefix: str = "HTTP_") -> Call:
        """Read them from a WSGI environment or, with an empty prefix, from the header table of the server's parser."""
        get = headers.get
        return cls(
            method,
            host=get(f"{prefix}HOST", ""),
            origin=get(f"{prefix}ORIGIN", ""),
            content_type=get("CONTENT_TYPE", ""),
            content_encoding=get(f"{prefix}CONTENT_ENCODING", ""),
            content_length=get("CONTENT_LENGTH", ""),
            authorization=get(f"{prefix}AUTHORIZATION", ""),
            api=get(f"{prefix}X_MUTUALS_API", ""),
            pairing=path == PAIR_PATH,
        )


class Gate:
    """Checks requests against the rows, for one companion.

    Args:
        settings: the port that Host must name and the body limit.
        clients: the paired extensions.
        pairing: the pairing window.
        sessions: the dashboard's links, cookies and form tokens.
        clock: the time in epoch seconds.
    """

    def __init__(
        self, settings: Settings, clients: Clients, pairing: Pairing, sessions: Sessions, clock: Clock
    ) -> None:
        self.hosts = frozenset({f"127.0.0.1:{settings.port}", f"localhost:{settings.port}"})
        self.port = settings.port
        self.max_body = settings.max_body_bytes
        self.clients = clients
        self.pairing = pairing
        self.sessions = sessions
        self.clock = clock
        self.log_limit = LogLimit(LOG_LINES_PER_MINUTE)

    def refusal(self, call: Call) -> GateError | None:
        """Return the refusal of the first row that this API request fails, and log it; None if it passes all."""
        error = self.silent_refusal(call)
        if error is not None:
            self.log_refusal(error.code, call.origin)
        return error

    def silent_refusal(self, call: Call) -> GateError | None:
        """Return the same without logging, for a caller that passes refused requests on to be checked again."""
        rows = PREFLIGHT_ROWS if call.method == "OPTIONS" else PAIRING_ROWS if call.pairing else ROWS
        for row in rows:
            error = row(self, call)
            if error is not None:
                return error
        return None

    def web_refusal(self, call: Call, fetch_site: str, cookie: str, entering: bool) -> GateError | None:
        """Return the refusal of this request to the dashboard (rows 1, W1, W2), or None."""
        error = _host(self, call)
        if error is None and not entering:
            error = self._site_refusal(call, fetch_site) or self._cookie_refusal(cookie)
        if error is not None:
            self.log_refusal(error.code, call.origin)
        return error

    def form_refusal(self, cookie: str, token: str) -> GateError | None:
        """Return the refusal of this form (row W3), or None."""
        if self.sessions.form_token_fits(cookie, token):
            return None
        self.log_refusal("form", "")
        return GateError("form", 403, "This form is out of date. Load the page again and repeat what you did.")

    def shares_with(self, host: str, origin: str) -> bool:
        """Return whether CORS may share the reply with this origin: a paired one, and Host is the companion's."""
        return bool(EXTENSION_ORIGIN.fullmatch(origin)) and host in self.hosts and self.clients.paired(origin)

    def _site_refusal(self, call: Call, fetch_site: str) -> GateError | None:
        own = {f"http://{host}" for host in self.hosts}
        if fetch_site not in {"", "none", "same-origin"} or (call.origin and call.origin not in own):
            return GateError("session", 403, "Another site sent you here. Open the dashboard with `mutuals open`.")
        return None

    def _cookie_refusal(self, cookie: str) -> GateError | None:
        if self.sessions.knows(cookie, self.clock()):
            return None
        return GateError("session", 403, "The dashboard opens with a fresh link. Run `mutuals open`, or use the panel.")

    def log_refusal(self, reason: str, origin: str) -> None:
        """Log a refusal: its reason and the origin, nothing else, at most `LOG_LINES_PER_MINUTE` times a minute."""
        skipped = self.log_limit.count(self.clock())
        if skipped is not None:
            more = f" ({skipped} more not shown)" if skipped else ""
            log.warning("refused: %s from %s%s", reason, ascii(origin[:80]) if origin else "no origin", more)


class LogLimit:
    """Rate limit for log lines: lets a few a minute through and counts the rest."""

    def __init__(self, lines: int) -> None:
        self.lines = lines
        self.minute = -1
        self.lines_logged = 0
        self.skipped = 0

    def count(self, now: int) -> int | None:
        """Return how many lines were skipped since the last one let through, or None if this one is skipped too."""
        if now // 60 != self.minute:
            self.minute, self.lines_logged = now // 60, 0
        self.lines_logged += 1
        if self.lines_logged > self.lines:
            self.skipped += 1
            return None
        skipped, self.skipped = self.skipped, 0
        return skipped


def _host(gate: Gate, call: Call) -> GateError | None:
    if call.host in gate.hosts:
        return None
    return GateError("host", 421, "This address is not the companion's. Use http://127.0.0.1 and the companion's port.")


def _origin(gate: Gate, call: Call) -> GateError | None:
    if EXTENSION_ORIGIN.fullmatch(call.origin):
        return None
    return GateError("origin", 403, "Only a paired browser extension may ask.")


def _preflight(gate: Gate, call: Call) -> GateError | None:
    if gate.clients.paired(call.origin):
        return None
    return GateError("origin", 403, "Only a paired browser extension may ask.")


def _method(gate: Gate, call: Call) -> GateError | None:
    return None if call.method == "POST" else GateError("method", 405, "Ask with POST.")


def _content_type(gate: Gate, call: Call) -> GateError | None:
    kind, _, parameters = call.content_type.partition(";")
    plain = kind.strip().lower() == "application/json" and parameters.strip().lower() in {"", "charset=utf-8"}
    if plain and call.content_encoding.lower() in {"", "identity"}:
        return None
    return GateError("content-type", 415, "Send the body as uncompressed application/json.")


def _length(gate: Gate, call: Call) -> GateError | None:
    if not (call.content_length.isascii() and call.content_length.isdigit()):
        return GateError("length", 411, "Send the body's length in Content-Length.")
    if len(call.content_length) > 12 or int(call.content_length) > gate.max_body:
        return GateError("length", 413, f"Send at most {gate.max_body} bytes at once; split what you send.")
    return None


def _window(gate: Gate, call: Call) -> GateError | None:
    return None if gate.pairing.is_open(gate.clock()) else wrong_code()


def wrong_code() -> GateError:
    """Return row 7's refusal: the same for a wrong code and for no open window."""
    return GateError("pairing", 403, "That code does not work. Run `mutuals pair` for a new one and type it in time.")


def _paired(gate: Gate, call: Call) -> GateError | None:
    if gate.clients.paired(call.origin):
        return None
    return GateError(
        "unpaired", 401, "This extension is not paired. Run `mutuals pair` and type the code in its options."
    )


def _token(gate: Gate, call: Call) -> GateError | None:
    scheme, _, token = call.authorization.partition(" ")
    if scheme.lower() == "bearer" and gate.clients.holds(call.origin, token):
        return None
    return GateError(
        "token", 401, "The pairing is no longer valid. Run `mutuals pair` and type the code in the options."
    )


def _version(gate: Gate, call: Call) -> GateError | None:
    version = call.api.partition(".")[0]
    if version == str(API_VERSION):
        return None
    newer = version.isascii() and version.isdigit() and len(version) < 9 and int(version) > API_VERSION
    side = "the companion" if newer else "the extension"
    return GateError("version", 426, f"The two speak different versions: update {side}.", need=API_VERSION)


Row = Callable[[Gate, Call], GateError | None]
PREFLIGHT_ROWS: tuple[Row, ...] = (_host, _origin, _preflight)
PAIRING_ROWS: tuple[Row, ...] = (_host, _origin, _method, _content_type, _length, _window, _version)
ROWS: tuple[Row, ...] = (_host, _origin, _method, _content_type, _length, _paired, _token, _version)
