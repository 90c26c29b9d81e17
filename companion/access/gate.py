"""Access control for every request: a request is refused unless it passes each row below, before any view runs.

===  =====================================================  ======  ================
row  refused when                                           status  ``error``
===  =====================================================  ======  ================
1    Host is not exactly 127.0.0.1:PORT or localhost:PORT   421     ``host``
2    Origin is missing or not a browser extension's         403     ``origin``
3    OPTIONS from an origin that is not paired              403     ``origin``
4    the method is not POST                                 405     ``method``
5    the body is not plain application/octet-stream         415     ``content-type``
     (while pairing: application/json)
6    no length / too large a length                         411/413 ``length``
7    /v1/pair: wrong code, or no pairing window is open     403     ``pairing``
8    the origin is not paired                               401     ``unpaired``
9    wrong proof, time off by over a minute or before       401     ``proof``
     this run, or nonce used before
10   the API version differs                                426     ``version``
11   the body does not decrypt / is no JSON / breaks the    400/422 ``body``
     schema
===  =====================================================  ======  ================

The rows apply to every path and method, also to those that do not exist, so a path's spelling decides nothing. Row 7
is `companion.api.pair`, which replies alike whether a pairing window is open or not. Row 9 has one message for all its
cases. Row 11 is `companion.access.wire` and `companion.api.resources`. Replies from row 11 on are encrypted, those of
the rows before are not, and none of them names a version. There are two other surfaces. The dashboard under /web
(`companion.access.sessions`):
===  =====================================================  ======  ================
W0   Host is not the dashboard's name in this run           421     ``host``
W1   another site sent the browser here                     403     ``session``
W2   no cookie from a one-time link of this run             403     ``session``
W3   a form without this session's form token               403     ``form``
W4   a large body (a piece of an upload) that fails W0-W3   403     as there
===  =====================================================  ======  ================

W4 checks W0 to W3 before the body is received, with the form token in a header (`companion.server.early_refusal`).
The calendar feed under /calendar (`companion.access.calendar_feed`) is for programs that can send no key:
===  =====================================================  ======  ================
C0   Host is not exactly 127.0.0.1:PORT or localhost:PORT   421     ``host``
C1   a page of a browser asks                               403     ``calendar``
C2   the method is neither GET nor HEAD, or has a body      405     ``method``
C3   the path does not carry the secret, or there is none   403     ``calendar``
===  =====================================================  ======  ================

What counts as /web or /calendar is what the router matched, so no other spelling of a path can reach it. Out of scope:
programs that run as the same user, since they can read the data folder itself.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple

from companion import API_VERSION
from companion.access import wire
from companion.access.calendar_feed import CalendarFeed
from companion.access.clients import Clients
from companion.access.log_limit import LogLimit
from companion.access.replays import Replays
from companion.access.sessions import Sessions
from companion.errors import GateError
from companion.settings import Settings

Clock = Callable[[], int]
"""Returns the time in epoch seconds UTC."""
EXTENSION_ORIGIN = re.compile(r"(?:chrome|moz)-extension://[A-Za-z0-9-]{1,64}", re.ASCII)
"""Must match the whole Origin: a prefix match is how CVE-2026-40110 happened."""
MILLISECONDS = re.compile(r"[0-9]{1,15}", re.ASCII)
NONCE = re.compile(r"[0-9a-f]{32}", re.ASCII)
"""16 random bytes in hex."""
PAIR_PATHS = frozenset({"/v1/pair", "/v1/pair/confirm"})
PAIR_BYTES = 2048
"""Body limit of a request that no key proves."""
LOG_LINES_PER_MINUTE = 10

log = logging.getLogger("mutuals.gate")


_HEADERS = (
    *("HOST", "ORIGIN", "X_MUTUALS_CLIENT", "X_MUTUALS_TIME", "X_MUTUALS_NONCE"),
    *("CONTENT_ENCODING", "X_MUTUALS_API", "X_MUTUALS_PROOF"),
)


@lru_cache
def _names(prefix: str) -> tuple[str, ...]:
    """Return the headers that a `Call` is read from, as a table of headers names them."""
    return tuple(prefix + name for name in _HEADERS)


class Call(NamedTuple):
    """The parts of a request that the rows check; header values as received, empty when absent."""

    claims: wire.Claims
    content_type: str
    content_encoding: str
    api: str
    proof: str

    @classmethod
    def of(cls, method: str, path: str, headers: Mapping[str, str], prefix: str = "HTTP_") -> Call:
        """Read them from a WSGI environment or, with an empty prefix, from the header table of the server's parser."""
        host, origin, client, time, nonce, encoding, api, proof = [headers.get(name, "") for name in _names(prefix)]
        claims = wire.Claims(method, path, host, origin, client, time, nonce, headers.get("CONTENT_LENGTH", ""))
        return cls(claims, headers.get("CONTENT_TYPE", ""), encoding, api, proof)

    @property
    def unproved(self) -> bool:
        """Whether no key proves this request: it is a preflight or part of pairing."""
        return self.claims.method == "OPTIONS" or self.pairing

    @property
    def pairing(self) -> bool:
        """Whether this request is part of pairing, which strangers may send."""
        return self.claims.path in PAIR_PATHS


class Gate:
    """Checks requests against the rows, for one companion.

    Args:
        settings: the port that Host must name and the body limit.
        clients: the paired extensions.
        sessions: the dashboard's links, cookies and form tokens.
        clock: the time in epoch seconds.
        milliseconds: the time in epoch milliseconds, from the same clock.
    """

    def __init__(
        self, settings: Settings, clients: Clients, sessions: Sessions, clock: Clock, milliseconds: Clock
    ) -> None:
        self.hosts = frozenset({f"127.0.0.1:{settings.port}", f"localhost:{settings.port}"})
        self.port = settings.port
        self.max_body = settings.max_body_bytes
        self.clients = clients
        self.sessions = sessions
        self.clock = clock
        self.milliseconds = milliseconds
        self.calendar = CalendarFeed(settings.data / "calendar-feed")
        self.replays = Replays(milliseconds())
        self.log_limit = LogLimit(LOG_LINES_PER_MINUTE)

    def refusal(self, call: Call) -> GateError | None:
        """Return the refusal of the first row that this API request fails, and log it; None if it passes all."""
        error = self.silent_refusal(call)
        if error is not None:
            self.log_refusal(error.code, call.claims.origin)
        return error

    def silent_refusal(self, call: Call) -> GateError | None:
        """Return the same without logging, for a caller that passes refused requests on to be checked again."""
        rows = PREFLIGHT_ROWS if call.claims.method == "OPTIONS" else PAIRING_ROWS if call.pairing else ROWS
        for row in rows:
            error = row(self, call)
            if error is not None:
                return error
        return None

    def admit(self, call: Call) -> wire.Exchange | None:
        """Admit an API request once: its nonce is used up. Return what decrypts and encrypts its bodies.

        Returns None for preflight and pairing, which no key proves.

        Raises:
            GateError: the request fails a row; the refusal is logged.
        """
        exchange = self.silent_admission(call)
        if exchange is not None:
            return exchange
        error = self.silent_refusal(call) or (None if call.unproved else wrong_proof())
        if error is not None:
            self.log_refusal(error.code, call.claims.origin)
            raise error
        return None

    def silent_admission(self, call: Call) -> wire.Exchange | None:
        """Return the same without logging, and None for a refused request."""
        claims = call.claims
        if call.unproved or self.silent_refusal(call) is not None:
            return None
        keys = self.clients.held_keys(claims.origin)  # row 8 looked at the file
        if keys is None or not self.replays.use(keys.client, claims.nonce, int(claims.time), self.milliseconds()):
            return None
        return wire.Exchange(keys, claims.listed(), claims.nonce)

    def web_refusal(self, call: Call, fetch_site: str, cookie: str, entering: bool) -> GateError | None:
        """Return the refusal of this request to the dashboard (rows W0 to W2), or None."""
        error = self._web_host_refusal(call)
        if error is None and not entering:
            error = self._site_refusal(call, fetch_site) or self._cookie_refusal(cookie)
        if error is not None:
            self.log_refusal(error.code, call.claims.origin)
        return error

    def calendar_refusal(self, call: Call, fetch_site: str) -> GateError | None:
        """Return the refusal of this request for the calendar feed (rows C0 to C3), or None."""
        claims = call.claims
        error = _host(self, call) or self.calendar.refusal(
            claims.method, claims.path, claims.length, page=bool(claims.origin) or fetch_site not in {"", "none"}
        )
        if error is not None:
            self.log_refusal(error.code, call.claims.origin)
        return error

    @property
    def web_host(self) -> str:
        """The Host that requests to the dashboard must name."""
        return f"{self.sessions.name}:{self.port}"

    def form_refusal(self, cookie: str, token: str) -> GateError | None:
        """Return the refusal of this form (row W3), or None."""
        if self.sessions.form_token_fits(cookie, token):
            return None
        self.log_refusal("form", "")
        return GateError("form", 403, "This form is out of date. Load the page again and repeat what you did.")

    def shares_with(self, host: str, origin: str) -> bool:
        """Return whether CORS may share the reply with this origin: a paired one, and Host is the companion's."""
        return bool(EXTENSION_ORIGIN.fullmatch(origin)) and host in self.hosts and self.clients.paired(origin)

    def _web_host_refusal(self, call: Call) -> GateError | None:
        """Check row W0; the refusal does not tell the name, which only links carry."""
        if call.claims.host == self.web_host:
            return None
        return GateError("host", 421, "The dashboard is not at this address. Open it with `mutuals open`.")

    def _site_refusal(self, call: Call, fetch_site: str) -> GateError | None:
        if fetch_site not in {"", "none", "same-origin"} or call.claims.origin not in {"", f"http://{self.web_host}"}:
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


def _host(gate: Gate, call: Call) -> GateError | None:
    if call.claims.host in gate.hosts:
        return None
    return GateError("host", 421, "This address is not the companion's. Use http://127.0.0.1 and the companion's port.")


def _origin(gate: Gate, call: Call) -> GateError | None:
    if EXTENSION_ORIGIN.fullmatch(call.claims.origin):
        return None
    return GateError("origin", 403, "Only a paired browser extension may ask.")


def _preflight(gate: Gate, call: Call) -> GateError | None:
    if gate.clients.paired(call.claims.origin):
        return None
    return GateError("origin", 403, "Only a paired browser extension may ask.")


def _method(gate: Gate, call: Call) -> GateError | None:
    return None if call.claims.method == "POST" else GateError("method", 405, "Ask with POST.")


def _content_type(gate: Gate, call: Call) -> GateError | None:
    kind, _, parameters = call.content_type.partition(";")
    wanted = "application/json" if call.pairing else wire.SEALED
    plain = kind.strip().lower() == wanted and parameters.strip().lower() in {"", "charset=utf-8"}
    if plain and call.content_encoding.lower() in {"", "identity"}:
        return None
    return GateError(
        "content-type", 415, f"Send the body as uncompressed {wanted}. An extension that does not must be updated."
    )


def _length(gate: Gate, call: Call) -> GateError | None:
    length, most = call.claims.length, PAIR_BYTES if call.pairing else gate.max_body
    if not (length.isascii() and length.isdigit()):
        return GateError("length", 411, "Send the body's length in Content-Length.")
    if len(length) > 12 or int(length) > most:
        return GateError("length", 413, f"Send at most {most} bytes at once; split what you send.")
    return None


def _paired(gate: Gate, call: Call) -> GateError | None:
    if gate.clients.paired(call.claims.origin):
        return None
    return GateError(
        "unpaired", 401, "This extension is not paired. Run `mutuals pair` and type the code in its options."
    )


def _proof(gate: Gate, call: Call) -> GateError | None:
    """Check row 9; the proof is computed and compared first, whatever else is wrong, so that timing tells nothing."""
    claims, keys = call.claims, gate.clients.held_keys(call.claims.origin)  # row 8 looked at the file
    if keys is None:
        return wrong_proof()
    fits = wire.proof_fits(keys.head, claims.listed(), call.proof)
    well_formed = MILLISECONDS.fullmatch(claims.time) and NONCE.fullmatch(claims.nonce) and claims.client == keys.client
    if fits and well_formed and gate.replays.fresh(keys.client, claims.nonce, int(claims.time), gate.milliseconds()):
        return None
    return wrong_proof()


def wrong_proof() -> GateError:
    """Return row 9's refusal: the same for a wrong key, a wrong time and a repeated request."""
    return GateError(
        "proof",
        401,
        "The pairing is no longer valid, or this was sent before. Run `mutuals pair` and type the code in the options.",
    )


def _version(gate: Gate, call: Call) -> GateError | None:
    if call.api.partition(".")[0] == str(API_VERSION):
        return None
    return GateError("version", 426, "The extension and the companion speak different versions: update both.")


Row = Callable[[Gate, Call], GateError | None]
PREFLIGHT_ROWS: tuple[Row, ...] = (_host, _origin, _preflight)
PAIRING_ROWS: tuple[Row, ...] = (_host, _origin, _method, _content_type, _length)
ROWS: tuple[Row, ...] = (_host, _origin, _method, _content_type, _length, _paired, _proof, _version)
