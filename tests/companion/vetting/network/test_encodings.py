"""A page's letters are read as browsers read them, whatever it or its server calls its encoding."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.vetting.network.encodings import codec_of
from companion.vetting.network.page_reader import read_page

SHOP = "陶芸の店"


@pytest.mark.parametrize(
    ("body", "content_type", "title"),
    [
        (f"<title>{SHOP}</title>".encode("shift_jis"), "text/html; charset=Shift_JIS", SHOP),
        (f"<title>{SHOP}</title>".encode("shift_jis"), "text/html; charset=x-sjis", SHOP),
        (f'<meta charset="Shift_JIS"><title>{SHOP}</title>'.encode("shift_jis"), "text/html", SHOP),
        (
            '<meta http-equiv="Content-Type" content="text/html; charset=euc-kr"><title>도자기</title>'.encode(
                "euc-kr"
            ),
            "text/html",
            "도자기",
        ),
        ("<title>陶瓷朱镕基</title>".encode("gbk"), "text/html; charset=gb2312", "陶瓷朱镕基"),
        ("<title>Ann’s “pots”</title>".encode("cp1252"), "text/html; charset=iso-8859-1", "Ann’s “pots”"),
        ("<title>Ann’s “pots”</title>".encode("cp1252"), "text/html", "Ann’s “pots”"),
        ("<title>Töpfe</title>".encode("utf-16"), "text/html", "Töpfe"),
        ("\ufeff<title>Töpfe</title>".encode(), "text/html; charset=shift_jis", "Töpfe"),
        ("<meta charset=utf-16><title>Töpfe</title>".encode(), "text/html", "Töpfe"),
        (f"<title>{SHOP}</title>".encode(), "text/html", SHOP),
        (
            f'<?xml version="1.0" encoding="Shift_JIS"?><title>{SHOP}</title>'.encode("shift_jis"),
            "application/xhtml+xml",
            SHOP,
        ),
        ('<?xml version="1.0" encoding="idna"?><title>Töpfe</title>'.encode(), "text/html", "Töpfe"),
        (f'<title>{SHOP}</title><meta charset="euc-jp">'.encode("euc-jp"), 'text/html; charset=" EUC-JP "', SHOP),
    ],
)
def test_a_title_is_read_in_the_encoding_that_a_browser_takes(body: bytes, content_type: str, title: str) -> None:
    assert read_page(body, content_type).title == title


@pytest.mark.parametrize("label", ["undefined", "idna", "none", "utf-8,gbk", "hex", "", "punycode", "utf-7", "rot13"])
def test_a_label_that_no_browser_knows_is_passed_over(label: str) -> None:
    assert codec_of(label) is None
    assert read_page(b"<title>Pottery</title>", f"text/html; charset={label}").title == "Pottery"
    assert read_page(b"<meta charset='%b'><title>Pottery</title>" % label.encode()).title == "Pottery"


@given(
    st.binary(), st.sampled_from(["utf-8", "gbk", "sjis", "big5", "utf-16", "iso-2022-jp", "euc-kr", "latin1", "866"])
)
def test_any_bytes_in_any_encoding_are_read_without_an_error(body: bytes, label: str) -> None:
    assert codecs.lookup(codec_of(label) or "")
    read_page(b"<title>" + body, f"text/html; charset={label}")
