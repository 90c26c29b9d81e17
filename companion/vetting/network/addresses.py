"""Tells which network addresses may be opened: only public ones, in whatever form they are written."""

from __future__ import annotations

import ipaddress
import re
import socket

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_INSIDE = tuple(
    ipaddress.ip_network(text)
    for text in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4", "::/96", "100::/64", "2001:db8::/32", "3fff::/20", "5f00::/16", "fc00::/7",
        "fe80::/10", "fec0::/10", "ff00::/8",
    )
)  # fmt: skip
"""Not public: IANA's special-purpose registries (RFC 6890 and after), multicast and the old site-local range."""
_LOCAL_TRANSLATION = ipaddress.ip_network("64:ff9b:1::/48")
_TRANSLATION = ipaddress.ip_network("64:ff9b::/96")
_SIX_TO_FOUR = ipaddress.ip_network("2002::/16")
_TEREDO = ipaddress.ip_network("2001::/32")
_NUMERIC = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+)){0,3}\.?", re.IGNORECASE)


def is_public(address: str) -> bool:
    """Return whether an address is public; one that cannot be parsed is not.

    An IPv4 address inside an IPv6 one (mapped, translated, 6to4, Teredo) is judged as the address it leads to.
    """
    try:
        read = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = _inner(read)
    if inner is not None:
        return is_public(str(inner))
    if isinstance(read, ipaddress.IPv6Address) and read in _LOCAL_TRANSLATION:
        return False
    return read.is_global and not read.is_multicast and not any(read in inside for inside in _of_version(read))


def _of_version(address: IPAddress) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    return [network for network in _INSIDE if network.version == address.version]


def _inner(address: IPAddress) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that an IPv6 one stands for, if it does."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in _TRANSLATION:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address in _SIX_TO_FOUR:
        return address.sixtofour
    if address in _TEREDO and address.teredo is not None:
        return address.teredo[1]
    return None


def numeric_address(host: str) -> str | None:
    """Return the address that a host written as numbers means, or None for a name.

    Hosts like ``0177.0.0.1``, ``2130706433``, ``0x7f.1`` and ``127.1`` are read as the system's own libraries read
    them, so that no form slips past the check. A number that means no address gives ``""``.
    """
    bare = host.strip("[]")
    if ":" in bare:
        return bare
    if not _NUMERIC.fullmatch(bare):
        return None
    try:
        return socket.inet_ntoa(socket.inet_aton(bare.rstrip(".")))
    except OSError:
        return ""
