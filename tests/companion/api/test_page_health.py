"""The latest check of X's page is kept for `mutuals doctor`, and nothing about a person gets into it."""

from __future__ import annotations

import os
import stat

import pytest

from companion.store.page_health import FILE, read_page_health
from tests.companion.conftest import NOW, House


def test_the_latest_check_takes_the_place_of_the_one_before(house: House) -> None:
    data = house.settings.data
    assert read_page_health(data) is None
    house.ask("page-health", {"client": "classic", "missing": [{"place": "post", "page": "home", "since": NOW - 9}]})
    first = read_page_health(data)
    assert first is not None
    assert [(one.place, one.page, one.since) for one in first.missing] == [("post", "home", NOW - 9)]
    house.ask("page-health", {"client": "x-web"})
    second = read_page_health(data)
    assert second is not None
    assert (second.client, second.missing, second.at) == ("x-web", [], NOW)
    if os.name != "nt":
        assert stat.S_IMODE((data / FILE).stat().st_mode) == 0o600


@pytest.mark.parametrize("place", ["@wrenwrites", "wren writes", "1000001", "", "x" * 41])
def test_a_place_is_a_word_and_no_text_of_a_page(house: House, place: str) -> None:
    house.ask("page-health", {"missing": [{"place": place, "page": "home", "since": NOW}]}, 422)


def test_a_damaged_file_is_no_check_and_the_next_one_mends_it(house: House) -> None:
    (house.settings.data / FILE).write_text("damaged")
    assert read_page_health(house.settings.data) is None
    house.ask("page-health", {"client": "classic"})
    assert read_page_health(house.settings.data) is not None
