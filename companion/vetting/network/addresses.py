"""Tells which network addresses may be opened: only public ones, in whatever form they are written."""

from __future__ import annotations

import ipaddress
import re
import socket

_INSIDE = tuple(
    ipaddress.IPv4Network(text)
    for text in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
"""Not public: IANA's special-purpose registry (RFC 6890 and after) and multicast."""
_ASSIGNED = tuple(
    ipaddress.IPv6Network(text)
    for text in (
        "2001::/16", "2003::/18", "2400::/11", "2600::/12", "2610::/23", "2620::/23", "2630::/12", "2800::/12",
        "2a00::/11", "2c00::/12",
    )
)  # fmt: skip
"""What IANA has given to the regional registries out of 2000::/3 (its registry of global unicast assignments)."""
_SPECIAL = tuple(
    ipaddress.IPv6Network(text)
    for text in ("2001::/23", "2001:db8::/32", "2001:c000::/18", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
)
"""Within those: protocols' own (Teredo among them), documentation, never assigned, 6to4 and AS112."""
_ISATAP = (0x00005EFE, 0x02005EFE)
"""Third quarter of an address that leads through a tunnel to the IPv4 address in its last one (RFC 5214)."""
_NUMERIC = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+)){0,3}\.?", re.IGNORECASE)


def is_public(address: str) -> bool:
    """Return whether an address is public; one that cannot be parsed is not.

    Of IPv6 only what is assigned counts. Addresses that stand for an IPv4 one (mapped, NAT64, 6to4, Teredo, ISATAP) do
    not, whatever they lead to: no server is reached by them alone, and a translator may lead anywhere.
    """
    try:
        read = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(read, ipaddress.IPv4Address):
        return read.is_global and not any(read in inside for inside in _INSIDE)
    if int(read) >> 32 & 0xFFFFFFFF in _ISATAP:
        return False
    return any(read in given for given in _ASSIGNED) and not any(read in special for special in _SPECIAL)


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
