"""Only the public internet counts as public."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.vetting.network.addresses import is_public, numeric_address


@pytest.mark.parametrize("address", ["93.184.216.34", "1.1.1.1", "2606:4700::1111", "2a00:1450::1", "2001:4860::8888"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "wren.example",
        "1.2.3",
        "2001::1",
        "2001:20::1",
        "2001:db8::1",
        "2001:c001::1",
        "2d00::1",
        "3000::1",
        "3fff::1",
        "3ffe::1",
        "4000::1",
        "1000::1",
        "::",
        "::1",
        "100::1",
        "5f00::1",
        "fc00::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "64:ff9b:1::1",
        "2620:4f:8000::1",
    ],
)
def test_the_rest_is_not(address: str) -> None:
    assert not is_public(address)


@given(st.ip_addresses(v=4))
def test_no_ipv6_address_that_stands_for_an_ipv4_one_is_public(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    mapped, compatible, translated = 0xFFFF << 32 | number, number, 0x64FF9B << 96 | number
    teredo = 0x2001 << 112 | number << 64 | (number ^ 0xFFFFFFFF)
    isatap = [0x2A001450 << 96 | tunnel << 32 | number for tunnel in (0x5EFE, 0x02005EFE)]
    for wrapped in (mapped, compatible, translated, 0x2002 << 112 | number << 80, teredo, *isatap):
        assert not is_public(str(ipaddress.IPv6Address(wrapped)))


@given(st.ip_addresses(v=6))
def test_whatever_python_calls_private_is_never_public_in_ipv6_either(address: ipaddress.IPv6Address) -> None:
    assert not is_public(str(address)) or address.is_global


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
