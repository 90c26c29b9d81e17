"""POST /v1/time: what a browser measured is kept; what no browser could have measured is refused."""

from __future__ import annotations

import re

import pytest

from companion.domain.time_sources import SOURCES
from companion.store.time_spent import read_time
from tests.companion.conftest import House
from tests.companion_process import ROOT

BROWSER = "11111111-2222-4333-8444-555555555555"


def test_the_time_is_kept_and_an_empty_one_wipes_it(house: House) -> None:
    days = {"2026-11-29": {"home": 1200, "lists": 60}}
    assert house.ask("time", {"browser": BROWSER, "days": days}) == {"days": 1}
    assert read_time(house.settings.data) == days
    house.ask("time", {"browser": BROWSER, "days": {}})
    assert read_time(house.settings.data) == {}


@pytest.mark.parametrize(
    "days",
    [{"29 Nov": {"home": 1}}, {"2026-11-29": {"work": 1}}, {"2026-11-29": {"home": 86_401}},
     {"2026-11-29": {"home": -1}}, {f"2026-{n // 28 + 1:02}-{n % 28 + 1:02}": {} for n in range(91)}],
)  # fmt: skip
def test_what_cannot_be_is_refused(house: House, days: dict[str, object]) -> None:
    house.ask("time", {"browser": BROWSER, "days": days}, expect=422)


def test_the_extension_measures_by_the_same_names() -> None:
    script = (ROOT / "extension/background/time_spent.js").read_text("utf-8")
    mapping = script[script.index("const SOURCES") : script.index("export function counted")]
    named = set(re.findall(r'"([a-z]+)"', mapping))
    assert {name for name in SOURCES if name not in named} == set()
