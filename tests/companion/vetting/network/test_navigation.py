"""Redirects and refreshes lead where they would lead a browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from companion.vetting.network.link_opener import open_link
from companion.vetting.network.results import Opened
from tests.companion.vetting.network.farm import Farm, running_farm


@pytest.fixture
def farm() -> Iterator[Farm]:
    with running_farm() as farm:
        yield farm


def opened(farm: Farm, url: str) -> Opened:
    return open_link(url, farm.network())


HOME = ["http://news.example/"]


@pytest.mark.parametrize(
    ("content", "hops"),
    [
        ("900; url=http://news.example/", HOME),
        ("900; url=HTTP://NEWS.example:80/#top", HOME),
        ("1800;url=", HOME),
        ("1800", HOME),
        ("300; url=/?fresh=1", HOME),
        ("120; url=/next-story", HOME),
        ("0; url=javascript:void(0)", HOME),
        ("0; url=http://[", HOME),
        ("0; url=b", [*HOME, "http://news.example/b"]),
        ("0; url=//ines.example/töpfe", [*HOME, "http://ines.example/t%C3%B6pfe"]),
    ],
)
def test_a_page_that_loads_itself_anew_leads_nowhere(farm: Farm, content: str, hops: list[str]) -> None:
    html = f'<meta http-equiv="refresh" content="{content}"><title>News</title>'
    farm.pages["/"] = lambda request: request.page(html)
    farm.pages["/b"] = farm.pages["/t%C3%B6pfe"] = lambda request: request.page("<title>Next</title>")
    found = opened(farm, "http://news.example/")
    assert [hop.url for hop in found.hops] == hops
    assert (found.problem, found.title) == (None, "News" if hops == HOME else "Next")


def test_a_refresh_goes_from_the_base_of_its_page_and_may_stand_in_the_head_of_the_answer(farm: Farm) -> None:
    farm.pages["/"] = lambda request: request.page("<base href=/x/><meta http-equiv=refresh content='0;url=b'>")
    farm.pages["/x/b"] = lambda request: request.answer("200 OK", {"Content-Type": "x/y", "Refresh": "0; url=/end"})
    hops = opened(farm, "http://a.example/").hops
    assert [hop.url for hop in hops][1:] == ["http://a.example/x/b", "http://a.example/end"]


@pytest.mark.parametrize(
    ("location", "asked"),
    [
        ("/töpfe", ("wren.example", "/t%C3%B6pfe")),
        ("/t%C3%B6pfe", ("wren.example", "/t%C3%B6pfe")),
        ("http://töpfe.example", ("xn--tpfe-5qa.example", "/")),
        ("/a b?c d#e", ("wren.example", "/a%20b?c%20d")),
        ("\\\\ines.example\\x", ("ines.example", "/x")),
    ],
)
def test_a_redirect_is_followed_where_a_browser_would_go(farm: Farm, location: str, asked: tuple[str, str]) -> None:
    farm.pages["/s"] = lambda request: request.connection.sendall(
        f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode()
    )
    opened(farm, "http://wren.example/s")
    assert (farm.requests[-1].host, farm.requests[-1].path) == asked


@pytest.mark.parametrize("charset", ["idna", "undefined", "punycode", "x" * 5000])
def test_a_charset_that_is_none_is_passed_over(farm: Farm, charset: str) -> None:
    headers = {"Content-Type": f"text/html;charset={charset}"}
    farm.pages["/"] = lambda request: request.page("<title>Pots</title>", headers)
    found = opened(farm, "http://odd.example/")
    assert (found.problem, found.title) == (None, "Pots")
