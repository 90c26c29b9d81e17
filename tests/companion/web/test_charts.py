"""Charts: what is drawn sums up, is told in words too, and is there as a table."""

from __future__ import annotations

import math
import re

from hypothesis import given
from hypothesis import strategies as st

from companion.store.ledger.queries.statistics import ActCount
from companion.web import charts, svg
from tests.companion.web.browser import Browser
from tests.companion.web.town import NOW


def test_weeks_say_who_wrote() -> None:
    people = [("7", "Wren", [(0, 0), (1, 0), (0, 2), (1, 1)]), ("8", "Ines", [(1, 1)] * 4)]
    chart = charts.weeks(people, NOW)
    wren, ines = chart.strips
    assert [cell.side for cell in wren.cells] == ["none", "they", "you", "both"]
    assert (wren.pid, wren.label) == ("7", "Of 4 weeks both wrote in 1, only they in 1, only you in 1")
    assert {cell.side for cell in ines.cells} == {"both"}
    assert chart.rows == [("Wren", 1, 1, 1), ("Ines", 4, 0, 0)]


def test_a_week_tells_its_day_and_who_wrote_without_colour() -> None:
    nobody, they, you, both = charts.weeks([("7", "Wren", [(0, 0), (1, 0), (0, 2), (1, 1)])], NOW).strips[0].cells
    assert they.y + they.height == you.y, "theirs is the upper half, yours the lower"
    assert (both.y, both.height) == (0, they.height + you.height)
    assert nobody.height < they.height
    assert re.fullmatch(r"Week of \d+ \w{3} \d{4}: only they wrote", they.title)


ACTS = [
    ActCount("reply", "in", False, "page", 4), ActCount("reply", "out", True, "archive", 2),
    ActCount("call", "in", False, "you", 1), ActCount("like", "out", False, "wire", 9),
    ActCount("follow", "in", False, "notifications", 99), ActCount("dm", "in", False, "notifications", 3),
    ActCount("quote", "in", False, "x-api", 5), ActCount("reply", "in", False, "dom", 2),
]  # fmt: skip


def test_the_places_of_talk_add_up_to_the_total_and_follows_are_no_talk() -> None:
    chart = charts.places(ACTS)
    assert chart.total == 26
    assert {row[0]: row[1] for row in chart.rows} == {
        "Chats": 2, "Replies to you": 6, "Mentions and quotes": 5, "Messages": 3, "Off X": 1, "Likes and reposts": 9,
    }  # fmt: skip


def test_the_sources_tell_who_saw_the_same_acts() -> None:
    chart = charts.sources(ACTS)
    assert {row[0]: row[1] for row in chart.rows} == {
        "X's page": 7, "Your own clicks on it": 9, "What the page showed (DOM)": 2, "Your archive": 2, "X's API": 5,
        "By hand": 1,
    }  # fmt: skip
    assert charts.sources([]).rows == []


def test_each_slice_stands_in_the_row_of_its_table() -> None:
    chart = charts.sources(ACTS)
    said = [f"{name}: {number} ({share})" for name, number, share in chart.rows]
    assert [part.title for part in chart.slices] == said


def turned(path: str) -> tuple[float, float]:
    """Where an arc of the donut begins and ends, as parts of a turn clockwise from the top."""
    numbers = [float(number) for number in re.findall(r"-?\d+\.\d", path)]
    ends = (numbers[:2], numbers[-2:])
    begin, end = (math.atan2(x - svg.DONUT, svg.DONUT - y) / (2 * math.pi) % 1 for x, y in ends)
    return begin, end


@given(st.lists(st.integers(1, 10_000), min_size=2, max_size=7))
def test_slices_follow_each_other_round_the_donut_each_as_large_as_its_share(numbers: list[int]) -> None:
    begun = 0.0
    for number, part in zip(numbers, svg.slices([("a", "they", number) for number in numbers]), strict=True):
        begin, end = turned(part.path)
        share = number / sum(numbers)
        assert abs((begin - begun + 0.5) % 1 - 0.5) < 0.001
        if share > 2 * svg.SLIT:
            assert abs((end - begin) % 1 - (share - svg.SLIT)) < 0.002
        begun += share


def test_one_source_alone_is_a_whole_ring() -> None:
    (part,) = svg.slices([("By hand", "green", 3)])
    begin, end = turned(part.path)
    assert end - begin > 0.99


def test_the_spread_has_every_step() -> None:
    chart = charts.spread({0: 40, 60: 3, 90: 1})
    assert [row[2] for row in chart.rows] == [40, 0, 0, 0, 0, 0, 3, 0, 0, 1]
    assert [column.number for column in chart.columns] == [40, 0, 0, 0, 0, 0, 3, 0, 0, 1]
    assert chart.columns[6].title == "Score 60–69 (Close): 3 people"
    assert chart.columns[9].title == "Score 90–100 (Close): 1 person"
    assert chart.columns[6].height / chart.columns[0].height == round(3 / 40 * svg.COLUMN_HEIGHT, 1) / svg.COLUMN_HEIGHT


def test_a_steep_spread_still_shows_the_few_and_says_how_it_is_drawn() -> None:
    few, many = charts.spread({0: 40, 60: 3}), charts.spread({0: 40_000, 60: 3})
    assert many.columns[6].height > 10
    assert "doubling" in many.about
    assert "doubling" not in few.about


@given(st.lists(st.integers(0, 1_000_000), min_size=10, max_size=10), st.booleans())
def test_columns_stand_on_one_line_and_more_people_are_never_lower(values: list[int], steep: bool) -> None:
    columns = svg.columns(values, [("x", "they")] * 10, steep=steep)
    assert {round(column.y + column.height, 1) for column in columns} == {float(svg.COLUMN_TOP + svg.COLUMN_HEIGHT)}
    by_number = sorted(columns, key=lambda column: column.number)
    assert [column.height for column in by_number] == sorted(column.height for column in columns)
    assert all((column.height > 0) == (column.number > 0) for column in columns)


def test_each_chart_of_the_page_has_its_table(web: Browser) -> None:
    page = web.get("/web/pictures")
    assert len(page.all("[data-chart]")) == 4
    for section in page.all("[data-chart]"):
        assert len(section.css("table tbody tr")) > 1
        assert len(section.css("svg title")) > 1


def test_the_weeks_lead_to_their_people_and_say_themselves_in_words(web: Browser) -> None:
    strips = web.get("/web/pictures").all(".strips li")
    assert len(strips) > 1
    for strip in strips:
        (person,), (weeks,) = strip.css("a"), strip.css("svg[role=img]")
        assert (person.attributes["href"] or "").startswith("/web/person/")
        assert (weeks.attributes["aria-label"] or "").startswith("Of 26 weeks")


def test_pictures_need_no_script_of_their_own(web: Browser) -> None:
    scripts = [one.attributes["src"] or "" for one in web.get("/web/pictures").all("script")]
    assert [source.split("/")[-1].split("?")[0] for source in scripts] == ["dashboard.js"]
