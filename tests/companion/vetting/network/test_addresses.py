"""Only the public internet counts as public."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.vetting.network.addresses import is_public, numeric_address


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]
)
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address", ["", "wren.example", "1.2.3", "::ffff:192.168.0.1", "2001:0:7f00:1::", "64:ff9b::a00:1"]
)
def test_the_rest_is_not(address: str) -> None:
    assert not is_public(address)


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_judged_the_same_inside_an_ipv6_one(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    for wrapped in (0xFFFF << 32 | number, 0x64FF9B << 96 | number, 0x2002 << 112 | number << 80):
        assert is_public(str(ipaddress.IPv6Address(wrapped))) == is_public(str(address))


@given(st.ip_addresses(v=4))
def test_whatever_python_calls_private_is_never_public(address: ipaddress.IPv4Address) -> None:
    if (
        address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_reserved
        or address.is_multicast
    ):
        assert not is_public(str(address))


@given(st.integers(0, 2**32 - 1))
def test_a_number_written_any_way_means_the_same_address(number: int) -> None:
    plain = str(ipaddress.IPv4Address(number))
    octal = ".".join(f"0{int(part):o}" for part in plain.split("."))
    assert {numeric_address(form) for form in (str(number), hex(number), octal, plain)} == {plain}


def test_a_name_is_no_number() -> None:
    assert numeric_address("wren.example") is None
    assert numeric_address("1password.example") is None
    assert numeric_address("999.1.1.1") == ""
