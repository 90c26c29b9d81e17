"""Whatever a page is made of, looking at it costs little: its length is bounded, and no nesting counts."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from companion.vetting.network.html_scan import tags
from companion.vetting.network.link_opener import open_link
from companion.vetting.network.page_reader import read_page, sends_on
from companion.vetting.network.results import PROBLEMS
from tests.companion.vetting.network.farm import Farm, running_farm
from tests.companion.vetting.network.hostile_pages import pages

MOST_SECONDS = 6.0
"""Of processor time for all pages, the servers' own and every thread's counted in."""


@pytest.fixture
def farm() -> Iterator[Farm]:
    with running_farm() as farm:
        yield farm


def test_sixty_hostile_pages_cost_six_seconds_of_processor_time_in_all(farm: Farm) -> None:
    hostile = pages()
    assert len(hostile) == 60
    begun, costs = time.process_time(), dict[str, float]()
    for number, (name, play) in enumerate(hostile.items()):
        farm.pages[f"/{number}"] = play
        before = time.process_time()
        found = open_link(f"http://good.example/{number}", farm.network(), seconds=5.0)
        costs[name] = time.process_time() - before
        assert found.problem is None or found.problem in PROBLEMS
        assert found.status == (None if name in ("interim", "headers") else 200), name
    slowest = sorted(costs.items(), key=lambda cost: -cost[1])[:3]
    assert time.process_time() - begun < MOST_SECONDS, slowest


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<title>a &lt;b&gt; c</title>", "a <b> c"),
        ("<!-- <title>no</title> --><title>yes</title>", "yes"),
        ("<!--><title>yes</title>-->", "yes"),
        ("<script>'<title>no</title>'</script><title>yes</title>", "yes"),
        ("<div data-x='<title>no</title>'><title>yes</title>", "yes"),
        ("<svg><title>no</title></svg><title>yes</title>", "yes"),
        ("<template><title>no</title></template><title>yes</title>", "yes"),
        ("<TITLE\n lang=x>yes</TITLE >", "yes"),
        ("<titles>no</titles><title>yes</title>", "yes"),
        ("<title>first</title><title>second</title>", "first"),
        ("<textarea><title>no</title></textarea><title>yes</title>", "yes"),
        ("<plaintext><title>no</title>", ""),
        ("<p title='<title>no</title>'", ""),
        ("<title>open", "open"),
    ],
)
def test_the_title_is_the_one_that_a_browser_shows(html: str, title: str) -> None:
    assert read_page(html.encode()).title == title


@pytest.mark.parametrize(
    ("content", "address"),
    [
        ("0; url=/b", "/b"),
        ("0;URL='/b' ", "/b"),
        ('5 , url = "/b"', "/b"),
        ("0 /b", "/b"),
        (".5;/b", "/b"),
        ("0;url=/b'c", "/b'c"),
        ("30;url=/b", "/b"),
        ("31;url=/b", None),
        ("900; url=/b?fresh=1", None),
        (f"{'9' * 400};url=/b", None),
        ("0; url='/b'; x", "/b"),
        ("1800", None),
        ("1800;url=", None),
        ("url=/b", None),
        ("x; url=/b", None),
        ("", None),
        ("0x; url=/b", None),
        ("-1; url=/b", None),
    ],
)
def test_a_refresh_is_read_as_the_html_standard_says(content: str, address: str | None) -> None:
    assert sends_on(content) == address


def test_only_a_refresh_that_stands_in_the_page_itself_counts() -> None:
    meta = "<meta http-equiv=refresh content='0;url=/b'>"
    assert read_page(meta.encode()).refresh == "/b"
    for around in (
        "<!-- {} -->",
        "<template>{}</template>",
        "<script>{}</script>",
        '<p title="{}">',
        "<title>{}</title>",
    ):
        assert read_page(around.format(meta).encode()).refresh is None


def test_an_attribute_named_twice_has_its_first_value() -> None:
    assert next(tags("<meta a=1 A=2 b='x &amp; y' c>")).attributes == {"a": "1", "b": "x & y", "c": ""}
