"""A farm of web servers on loopback that behave in every way a hostile link can; names lead to it only in the tests."""

from __future__ import annotations

import contextlib
import datetime
import gzip
import socket
import socketserver
import ssl
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from companion.vetting.network.fetch import Network

PUBLIC = "93.184.216.34"
"""An address of the public internet; the farm's dialler leads it to loopback instead."""
GOOD = ["good.example", "wren.example", "ines.example", "slow.example", "pbs.twimg.com"]
"""Names for which the farm has a good certificate."""
Play = Callable[["Request"], None]


@dataclass
class Request:
    """One request that reached the farm."""

    connection: socket.socket
    host: str
    path: str
    headers: dict[str, str]
    ended: threading.Event

    def answer(self, status: str, headers: dict[str, str], body: bytes = b"") -> None:
        """Send one whole answer."""
        told = {"Content-Length": str(len(body)), "Connection": "close", **headers}
        head = f"HTTP/1.1 {status}\r\n" + "".join(f"{name}: {value}\r\n" for name, value in told.items())
        self.connection.sendall(head.encode() + b"\r\n" + body)

    def page(self, html: str, headers: dict[str, str] | None = None) -> None:
        """Send one page."""
        self.answer("200 OK", {"Content-Type": "text/html; charset=utf-8", **(headers or {})}, html.encode())

    def redirect(self, to: str) -> None:
        """Send on."""
        self.answer("302 Found", {"Location": to})


@dataclass
class Farm:
    """The running servers, what they serve, and what reached them."""

    folder: Path
    pages: dict[str, Play] = field(default_factory=dict)
    """Path -> what to do; any host name."""
    names: dict[str, list[list[str]]] = field(default_factory=dict)
    """Host -> answers of the resolver, one after the other (the last one stays)."""
    requests: list[Request] = field(default_factory=list)
    resolved: list[str] = field(default_factory=list)
    dialled: list[str] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)
    ports: dict[str, int] = field(default_factory=dict)
    now: float = 0.0
    """The opener's clock, in seconds: it stands still but for `time_is_up`."""
    ring_at_once: bool = False
    """Whether the opener's time is up as soon as it is connected."""
    alarms: list[Callable[[], None]] = field(default_factory=list)

    def network(self) -> Network:
        """The opener's network: its own checks, the farm's resolver, dialler and clock, and the farm's certificates."""
        return Network(self._resolve, self._dial, self._tls, lambda: self.now, self._alarm)

    def time_is_up(self) -> None:
        """Move the opener's clock past every limit and ring its alarms."""
        self.now += 3_600.0
        for ring in self.alarms:
            ring()

    def _alarm(self, _seconds: float, ring: Callable[[], None]) -> Callable[[], None]:
        self.alarms.append(ring)
        if self.ring_at_once:
            self.time_is_up()
        return self.alarms.clear

    def _resolve(self, host: str, port: int) -> list[str]:
        self.resolved.append(host)
        answers = self.names.get(host, [[PUBLIC]])
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def _dial(self, address: str, port: int, seconds: float) -> socket.socket:
        self.dialled.append(address)
        local = self.ports["https" if port == 443 else "http"]
        return socket.create_connection(("127.0.0.1", local), timeout=seconds)

    def _tls(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.folder / "ca.pem"))

    def take(self, connection: socket.socket) -> None:
        """Read one request head and play what its path says."""
        head = b""
        while b"\r\n\r\n" not in head:
            part = connection.recv(4096)
            if not part:
                return
            head += part
        first, *lines = head.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        request = Request(connection, headers.get("host", ""), first.split(" ")[1], headers, self.ended)
        self.requests.append(request)
        self.pages.get(request.path.partition("?")[0], _missing)(request)


def _missing(request: Request) -> None:
    request.answer("404 Not Found", {})


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    farm: Farm
    secret: Callable[[str], ssl.SSLContext] | None = None

    def finish_request(self, request: object, client_address: object) -> None:
        """Secure the connection where it is the secret server, and let the farm take it."""
        assert isinstance(request, socket.socket)
        with contextlib.suppress(OSError):
            connection = request if self.secret is None else self._secured(request)
            self.farm.take(connection)
            connection.close()

    def _secured(self, request: socket.socket) -> socket.socket:
        assert self.secret is not None
        make = self.secret
        outer = make("good.example")

        def choose(connection: ssl.SSLSocket | ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> None:
            connection.context = make(name or "good.example")

        outer.sni_callback = choose
        return outer.wrap_socket(request, server_side=True)


@contextlib.contextmanager
def running_farm() -> Iterator[Farm]:
    """Run the farm's two servers, one of them with certificates."""
    with tempfile.TemporaryDirectory() as folder:
        farm = Farm(Path(folder))
        _make_certificates(farm.folder)
        servers = []
        for scheme in ("http", "https"):
            server = _Server(("127.0.0.1", 0), socketserver.BaseRequestHandler)
            server.farm = farm
            server.secret = _contexts(farm.folder) if scheme == "https" else None
            farm.ports[scheme] = server.server_address[1]
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
            servers.append(server)
        try:
            yield farm
        finally:
            farm.ended.set()
            for server in servers:
                server.shutdown()
                server.server_close()


def _contexts(folder: Path) -> Callable[[str], ssl.SSLContext]:
    def make(name: str) -> ssl.SSLContext:
        first = name.partition(".")[0]
        kind = first if first in ("expired", "selfsigned", "wrong") else "good"
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / f"{kind}.pem")
        return context

    return make


def _make_certificates(folder: Path) -> None:
    """Make an authority and four certificates: good, expired, for another name, and signed by nobody."""
    authority_key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    authority = _certificate(
        ["Farm authority"], authority_key, None, authority_key, now, now + datetime.timedelta(days=9)
    )
    (folder / "ca.pem").write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    names = {"expired": ["expired.example"], "wrong": ["other.example"], "selfsigned": ["selfsigned.example"]}
    for kind, listed in {"good": GOOD, **names}.items():
        key = ec.generate_private_key(ec.SECP256R1())
        until = now - datetime.timedelta(days=1) if kind == "expired" else now + datetime.timedelta(days=9)
        issuer, signing = (None, key) if kind == "selfsigned" else (authority, authority_key)
        made = _certificate(listed, key, issuer, signing, now, until)
        plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        private = key.private_bytes(serialization.Encoding.PEM, *plain)
        (folder / f"{kind}.pem").write_bytes(private + made.public_bytes(serialization.Encoding.PEM))


def _certificate(
    names: list[str],
    key: ec.EllipticCurvePrivateKey,
    issuer: x509.Certificate | None,
    issuer_key: ec.EllipticCurvePrivateKey,
    now: datetime.datetime,
    until: datetime.datetime,
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=30))
        .not_valid_after(until)
    )
    if " " in names[0]:
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        builder = builder.add_extension(_authority_usage(), critical=True)
        builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    else:
        alternative = x509.SubjectAlternativeName([x509.DNSName(name) for name in names])
        builder = builder.add_extension(alternative, critical=False)
        authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
        builder = builder.add_extension(authority, critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


def _authority_usage() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )


def bomb(megabytes: int) -> bytes:
    """A little gzip that unpacks to much."""
    return gzip.compress(b"<html>" + b" " * (megabytes * 1024 * 1024))
