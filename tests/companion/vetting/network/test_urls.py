"""Addresses are read as the URL Standard reads them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.vetting.network.urls import AddressError, parse

BASE = parse("https://wren.example:8443/a/b?c=d")


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("http://Wren.Example", "http://wren.example/"),
        ("https://wren.example:443/", "https://wren.example/"),
        ("https://wren.example:0000443/", "https://wren.example/"),
        (" ht\ntp://wren.example/a\tb ", "http://wren.example/ab"),
        ("http:\\\\wren.example\\a\\..\\b", "http://wren.example/b"),
        ("http:wren.example/x", "http://wren.example/x"),
        ("http:////wren.example/x", "http://wren.example/x"),
        ("http://a@b:c@wren.example/", "http://wren.example/"),
        ("http://wren.example/a/%2e%2E/b/./c/..", "http://wren.example/b/"),
        ("http://wren.example/töpfe?q=töpfe#ende", "http://wren.example/t%C3%B6pfe?q=t%C3%B6pfe"),
        ("http://wren.example/%zz a'b|^`{}\"<>", "http://wren.example/%zz%20a'b|%5E%60%7B%7D%22%3C%3E"),
        ("http://wren.example/?a b'c\"^`{}", "http://wren.example/?a%20b%27c%22^`{}"),
        ("http://wren.example?x", "http://wren.example/?x"),
        ("http://töpfe.example./", "http://xn--tpfe-5qa.example/"),
        ("http://faß.example/", "http://xn--fa-hia.example/"),
        ("http://i❤.example/", "http://xn--i-7iq.example/"),
        ("http://w%72en.example/", "http://wren.example/"),
        ("http://a_b.example/", "http://a_b.example/"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("http://[2A00:0:0::1]:80/", "http://[2a00::1]/"),
    ],
)
def test_an_address_is_brought_into_its_normal_form(text: str, href: str) -> None:
    assert parse(text).href == href


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("x", "https://wren.example:8443/a/x"),
        ("/x", "https://wren.example:8443/x"),
        ("../x", "https://wren.example:8443/x"),
        ("//ines.example/x", "https://ines.example/x"),
        ("\\\\ines.example/x", "https://ines.example/x"),
        ("?e", "https://wren.example:8443/a/b?e"),
        ("#f", "https://wren.example:8443/a/b?c=d"),
        ("", "https://wren.example:8443/a/b?c=d"),
        ("https:x", "https://wren.example:8443/a/x"),
        ("http:ines.example", "http://ines.example/"),
        ("a:b", None),
        ("./a:b", "https://wren.example:8443/a/a:b"),
    ],
)
def test_a_relative_address_is_joined(text: str, href: str | None) -> None:
    if href is None:
        with pytest.raises(AddressError):
            parse(text, BASE)
    else:
        assert parse(text, BASE).href == href


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "http://",
        "http:///",
        "http://:80/",
        "http://a b.example/",
        "http://a%00b/",
        "http://a<b/",
        "http://[::1",
        "http://[x]/",
        "http://[::1%25eth0]/",
        "http://wren.example:99999/",
        "http://wren.example:22/",
        "http://wren.example:x/",
        "http://999.1.1.1/",
        "http://" + "a" * 64 + ".example/",
        "http://\u00ad/",
        "http://wren.example/" + "a" * 9000,
        "//wren.example",
    ],
)
def test_what_names_no_server_is_refused(text: str) -> None:
    with pytest.raises(AddressError) as refused:
        parse(text)
    assert refused.value.problem == "address"


@pytest.mark.parametrize("text", ["ftp://wren.example/", "javascript:alert(1)", "FILE:///etc/passwd"])
def test_only_the_webs_schemes_are_read(text: str) -> None:
    with pytest.raises(AddressError) as refused:
        parse(text)
    assert refused.value.problem == "scheme"


def test_a_query_is_sent_in_the_encoding_of_its_page_and_a_path_in_utf8() -> None:
    assert parse("/店?店é", BASE, "cp932").path == "/%E5%BA%97?%93X%26%23233%3B"


@given(st.text(), st.booleans())
def test_any_text_gives_an_address_that_reads_the_same_again_or_an_error(text: str, relative: bool) -> None:
    try:
        read = parse(text if relative else f"http://wren.example/{text}", BASE)
    except AddressError:
        return
    assert parse(read.href) == read
    assert read.path.isascii()
    assert " " not in read.href
