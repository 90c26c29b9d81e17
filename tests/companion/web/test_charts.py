"""Charts: what Plotly is given is valid, sums up, and is there as a table too."""

from __future__ import annotations

import json

from plotly.graph_objects import Figure

from companion.store.ledger.queries.statistics import ActCount
from companion.web import charts
from tests.companion.web.browser import Browser
from tests.companion.web.town import NOW

COLOURS = ("they", "you", "warn", "dim", "faint", "blank", "blue", "rose", "green")


def valid(chart: charts.Chart) -> None:
    """Let Plotly's own schema judge the figure, with real colours in place of their names."""
    text = json.dumps(chart.figure)
    for name in COLOURS:
        text = text.replace(f'"{name}"', '"#123456"')
    Figure(json.loads(text))


def test_weeks_say_who_wrote(web: Browser) -> None:
    chart = charts.heat([("Wren", [(0, 0), (1, 0), (0, 2), (1, 1)]), ("Ines", [(1, 1)] * 4)], NOW)
    valid(chart)
    data = chart.figure["data"]
    assert isinstance(data, list)
    assert data[0]["z"] == [[3, 3, 3, 3], [0, 2, 1, 3]], "the first person on top"
    assert chart.rows == [("Wren", 1, 1, 1), ("Ines", 4, 0, 0)]


ACTS = [
    ActCount("reply", "in", False, "page", 4), ActCount("reply", "out", True, "archive", 2),
    ActCount("call", "in", False, "you", 1), ActCount("like", "out", False, "wire", 9),
    ActCount("follow", "in", False, "notifications", 99), ActCount("dm", "in", False, "notifications", 3),
    ActCount("quote", "in", False, "x-api", 5), ActCount("reply", "in", False, "dom", 2),
]  # fmt: skip


def test_the_places_of_talk_add_up_to_the_total_and_follows_are_no_talk() -> None:
    chart = charts.places(ACTS)
    valid(chart)
    assert {row[0]: row[1] for row in chart.rows} == {
        "Chats": 2, "Replies to you": 6, "Mentions and quotes": 5, "Messages": 3, "Off X": 1, "Likes and reposts": 9,
    }  # fmt: skip


def test_the_sources_tell_who_saw_the_same_acts() -> None:
    chart = charts.sources(ACTS)
    valid(chart)
    assert {row[0]: row[1] for row in chart.rows} == {
        "X's page": 7, "Your own clicks on it": 9, "What the page showed (DOM)": 2, "Your archive": 2, "X's API": 5,
        "By hand": 1,
    }  # fmt: skip
    assert charts.sources([]).rows == []


def test_the_spread_has_every_step() -> None:
    chart = charts.spread({0: 400, 60: 3, 90: 1})
    valid(chart)
    assert [row[2] for row in chart.rows] == [400, 0, 0, 0, 0, 0, 3, 0, 0, 1]


def test_each_chart_of_the_page_has_its_table(web: Browser) -> None:
    page = web.get("/web/pictures")
    assert len(page.all("[data-chart]")) == 4
    for section in page.all("section:has([data-chart])"):
        assert len(section.css("table tbody tr")) > 1
        assert json.loads(section.css("script")[0].text())["data"]


def test_plotly_comes_from_this_machine(web: Browser) -> None:
    script = web.get("/web/pictures/plotly.min.js")
    assert script.status == 200
    assert script.html.startswith("/**\n* plotly.js")
    assert all((one.attributes["src"] or "").startswith("/web/") for one in web.get("/web/pictures").all("script[src]"))
