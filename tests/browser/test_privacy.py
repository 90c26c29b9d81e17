"""What must never happen: a word to a strange page, a changed answer, a request to X, a press on X's buttons."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.chromium import Chromium, start_chromium
from tests.browser.devtools import until
from tests.browser.house import House
from tests.browser.pages import XPage
from tests.browser.test_timeline import VIEWER
from tests.replica import people
from tests.replica.server import Replica

TOUR = ["/wrenwrites", "/wrenwrites/with_replies", "/home", "/adaquill/followers", "/notifications"]
HOSTILE = (Path(__file__).parent / "hostile.html").read_text()


def test_a_hostile_page_in_another_tab_gets_nothing(chromium: Chromium, house: House, replica: Replica) -> None:
    house.write(VIEWER, {"id": people.WREN.id, "handle": "wrenwrites"}, "note", {"text": "a very private word"})
    before = house.process.output
    replica.hostile = HOSTILE.replace("PORT", str(house.port)).replace("EXTENSION", chromium.id)
    chromium.driver.get("https://hostile.example/")
    tried = chromium.driver.execute_async_script("window.done.then(arguments[0])")
    assert {name: tried[name] for name in ("read", "post", "own file", "own picture")} == dict.fromkeys(
        ("read", "post", "own file", "own picture"), "refused: TypeError"
    )
    assert not any("200" in str(result) for result in tried.values()), tried
    assert tried["message"] in {"undefined", "null"} or "refused" in tried["message"]
    assert "a very private word" not in chromium.driver.page_source
    assert house.process.output == before


def test_the_tap_leaves_every_answer_of_x_byte_for_byte_as_it_was_sent(x: XPage, replica: Replica) -> None:
    for path in TOUR:
        x.open(path)
        until(lambda: x.driver.find_elements("css selector", "article, [data-testid=UserCell]"), f"rows on {path}")
    until(lambda: len(replica.recorder.heard) >= 8, "the page's own hashes")
    assert replica.recorder.changed_answers() == []
    assert replica.recorder.errors == []


@pytest.mark.parametrize("path", ["/home", "/wrenwrites"])
def test_the_page_can_tell_neither_our_scripts_nor_our_texts(x: XPage, house: House, path: str) -> None:
    house.write(VIEWER, {"id": people.WREN.id, "handle": "wrenwrites"}, "tags", {"tags": ["zebra crossing"]})
    x.open("/wrenwrites")
    x.badge_of("wrenwrites", "zebra")
    assert "zebra" not in x.driver.page_source
    assert x.driver.execute_script(
        "return [...document.querySelectorAll('[data-mutuals]')].every((one) => one.shadowRoot === null)"
    )


def test_nothing_is_asked_of_x_and_nothing_of_x_is_pressed(x: XPage, house: House, replica: Replica) -> None:
    house.write(VIEWER, {"id": people.WREN.id, "handle": "wrenwrites"}, "tags", {"tags": ["small press"]})
    with_us = tour(x, replica)
    assert replica.recorder.foreign() == []
    assert replica.recorder.synthetic == []
    replica.reset()
    bare = start_chromium(replica, extension=None)
    try:
        assert tour(XPage(bare), replica) == with_us
    finally:
        bare.quit()


def tour(x: XPage, replica: Replica) -> set[tuple[str, str, str]]:
    """Walk through the page and return what was asked for: method, host and path."""
    for path in TOUR:
        x.open(path)
        rows = "[data-testid=primaryColumn] :is(article, [data-testid=UserCell])"
        until(lambda css=rows: x.driver.find_elements("css selector", css), f"rows on {path}")  # type: ignore[misc]
        if path == "/wrenwrites" and x.browser.id:
            x.card().write("Walked by.")
            x.card().saved()
    operations = [one for one in replica.recorder.requests if "/i/api/" in one.path]
    return {(one.method, one.host, one.path.split("?")[0].rsplit("/", 1)[-1]) for one in operations}


def test_a_broken_page_of_x_turns_the_tap_off(x: XPage, replica: Replica) -> None:
    replica.world.look.broken = True
    x.open("/home")
    wrapped = "return XMLHttpRequest.prototype.open.toString().includes('[native code]')"
    until(lambda: x.driver.execute_script(wrapped), "the tap to take itself out", seconds=15)
