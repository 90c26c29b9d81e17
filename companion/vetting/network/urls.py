"""Parses web addresses as the URL Standard does (url.spec.whatwg.org): the opener goes where a browser would go."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes

import idna

from companion.vetting.network.addresses import numeric_address

LONGEST = 8192
"""Characters of an address; servers refuse longer ones."""
LONGEST_HOST = 253
PORTS = {"http": 80, "https": 443}
_TRIMMED = "".join(map(chr, range(0x21)))
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_FORBIDDEN = re.compile(r"[\x00-\x20\"#%/:<>?@\[\\\]^`{|}\x7f]")
"""Characters that no host may have ("forbidden domain code points")."""
_PATH_SAFE = "!$%&'()*+,-./:;=@[]_|~"
_QUERY_SAFE = "!$%&()*+,-./:;=?@[\\]^_`{|}~"
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")


class AddressError(ValueError):
    """An address that cannot be opened: ``problem`` is "scheme" or "address", the message says it in words."""

    def __init__(self, problem: str, words: str) -> None:
        super().__init__(words)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class WebAddress:
    """One http(s) address in its normal form: ``path`` has the query, the fragment is left out."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """Host and, unless it is the scheme's own, port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def href(self) -> str:
        """The address as text."""
        return f"{self.scheme}://{self.authority}{self.path}"


def parse(text: str, base: WebAddress | None = None, encoding: str = "utf-8") -> WebAddress:
    """Parse an address.

    Args:
        text: as written in a profile, a header or a page.
        base: what a relative address is relative to.
        encoding: Python codec of the page it is written in; a query's other letters are sent in it.

    Raises:
        AddressError: it is no web address, or one without a server that may be asked.
    """
    text = re.sub(r"[\t\n\r]", "", text.strip(_TRIMMED))
    if len(text) > LONGEST:
        raise AddressError("address", "The address is too long.")
    text = text.partition("#")[0]
    named = _SCHEME.match(text)
    if named is None:
        if base is None:
            raise AddressError("address", "The address cannot be read.")
        return _relative(text, base, encoding)
    scheme, rest = named[1].lower(), text[named.end() :]
    if scheme not in PORTS:
        raise AddressError("scheme", f"Only http and https are opened, not {scheme}.")
    if base is not None and base.scheme == scheme and not rest.startswith("//"):
        return _relative(rest, base, encoding)
    return _absolute(scheme, rest, encoding)


def _relative(text: str, base: WebAddress, encoding: str) -> WebAddress:
    start = text[:2].replace("\\", "/")
    if start == "//":
        return _absolute(base.scheme, text, encoding)
    base_path = base.path.partition("?")[0]
    if text == "":
        return base
    path, mark, query = text.partition("?")
    if path == "":
        return WebAddress(base.scheme, base.host, base.port, base_path + _query(mark, query, encoding))
    if start[0] != "/":
        path = base_path.rpartition("/")[0] + "/" + path
    return WebAddress(base.scheme, base.host, base.port, _path(path) + _query(mark, query, encoding))


def _absolute(scheme: str, text: str, encoding: str) -> WebAddress:
    authority, rest = _cut(text.lstrip("/\\"), re.compile(r"[/\\?]"))
    host, port = _host_and_port(authority.rpartition("@")[2], scheme)
    path, mark, query = rest.partition("?")
    return WebAddress(scheme, host, port, _path(path) + _query(mark, query, encoding))


def _cut(text: str, where: re.Pattern[str]) -> tuple[str, str]:
    match = where.search(text)
    return (text, "") if match is None else (text[: match.start()], text[match.start() :])


def _host_and_port(text: str, scheme: str) -> tuple[str, int]:
    read = re.fullmatch(r"(\[[^\]]*\]|[^:]*)(?::(\d*))?", text)
    if read is None:
        raise AddressError("address", "The address cannot be read.")
    port = int(read[2].lstrip("0")[:6] or 0) if read[2] else PORTS[scheme]
    if not 0 < port < 65536 or (port < 1024 and port not in PORTS.values()):
        raise AddressError("address", "The address names no web server.")
    return _host(read[1]), port


def _host(text: str) -> str:
    """Return a host in its normal form: ASCII, lower case, numbers as four parts, no point at the end.

    Raises:
        AddressError: it is no host.
    """
    if text.startswith("["):
        return _ipv6(text[1:-1])
    try:
        name = unquote_to_bytes(text.encode("utf-8", "surrogateescape")).decode()
        name = name.lower() if name.isascii() else _to_ascii(name)
    except UnicodeError as error:  # idna's own errors are ones too
        raise AddressError("address", "The name of the host cannot be read.") from error
    name = name.removesuffix(".")
    if not name or len(name) > LONGEST_HOST or _FORBIDDEN.search(name) or any(len(one) > 63 for one in name.split(".")):
        raise AddressError("address", "The name of the host cannot be read.")
    numeric = numeric_address(name)
    if numeric == "":
        raise AddressError("address", f"{name} is no address.")
    return numeric or name


def _ipv6(text: str) -> str:
    try:
        read = ipaddress.IPv6Address(text)
    except ValueError:
        read = None
    if read is None or "%" in text:
        raise AddressError("address", f"{text} is no address.")
    return str(read)


def _to_ascii(name: str) -> str:
    """Map and encode an international name (UTS 46, non-transitional, without the checks that browsers skip)."""
    if len(name) > LONGEST_HOST:
        raise UnicodeError("longer than any name")
    mapped = idna.uts46_remap(name, std3_rules=False, transitional=False)
    return ".".join(
        label if label.isascii() else f"xn--{label.encode('punycode').decode('ascii')}" for label in mapped.split(".")
    )


def _path(text: str) -> str:
    """Resolve the dots of a path and send what is not plain ASCII as UTF-8 bytes."""
    parts: list[str] = []
    segments = text.replace("\\", "/").removeprefix("/").split("/")
    for number, segment in enumerate(segments):
        dots = re.sub("%2e", ".", segment, flags=re.IGNORECASE)
        if dots == ".." and parts:
            parts.pop()
        if dots not in (".", ".."):
            parts.append(segment)
        elif number == len(segments) - 1:
            parts.append("")
    return "/" + quote("/".join(parts), safe=_PATH_SAFE, errors="surrogateescape")


def _query(mark: str, text: str, encoding: str) -> str:
    if not mark:
        return ""
    query = _NOT_ASCII.sub(lambda run: quote(_encoded(run[0], encoding), safe=""), text)
    return "?" + quote(query, safe=_QUERY_SAFE)


def _encoded(text: str, encoding: str) -> bytes:
    try:
        return text.encode("utf-8", "surrogateescape") if encoding == "utf-8" else text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode(encoding, "xmlcharrefreplace")
