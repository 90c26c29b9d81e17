"""Days, numbers and shares are written as browsers write them: Node's Intl is asked for the same."""

from __future__ import annotations

import datetime
import json
import shutil
import subprocess

import pytest

from companion.i18n import formats
from companion.i18n.languages import LANGUAGES, tag

DAYS = [datetime.date(2026, month, month * 2 + 1) for month in range(1, 13)]
NUMBERS = [0, 7, 999, 1000, 1234, 9999, 10_000, 1_234_567]
SHARES = ["0%", "4.1%", "18%", "100%"]
ASK = """
const [tags, days, numbers, shares] = JSON.parse(process.argv[1]);
const day = (tag) => new Intl.DateTimeFormat(tag, { dateStyle: "medium", timeZone: "UTC" });
const named = (tag) => /^(en|es|pt|fr)/.test(tag) ? "short" : "numeric";
const short = (tag) => new Intl.DateTimeFormat(tag, { month: named(tag), day: "numeric", timeZone: "UTC" });
const share = (tag, one) => new Intl.NumberFormat(tag, { style: "percent", maximumFractionDigits: 1 })
  .format(parseFloat(one) / 100);
console.log(JSON.stringify(tags.map((tag) => [
  days.map((one) => day(tag).format(new Date(one))),
  days.map((one) => short(tag).format(new Date(one))),
  numbers.map((one) => one.toLocaleString(tag)),
  shares.map((one) => share(tag, one)),
])));
"""


def ours(code: str) -> list[list[str]]:
    return [
        [formats.day(one, code) for one in DAYS],
        [formats.day_of_year(one, code) for one in DAYS],
        [formats.number(one, code) for one in NUMBERS],
        [formats.share(one, code) for one in SHARES],
    ]


@pytest.fixture(scope="module")
def browsers() -> dict[str, list[list[str]]]:
    """What a browser's engine writes, by language; English is told by its British form, day before month."""
    node = shutil.which("node")
    assert node, "Node is needed, as for the extension's tests"
    codes = list(LANGUAGES)
    tags = ["en-GB" if code == "en" else tag(code) for code in codes]
    asked = json.dumps([tags, [one.isoformat() for one in DAYS], NUMBERS, SHARES])
    answer = subprocess.run([node, "-e", ASK, asked], capture_output=True, check=True, text=True, encoding="utf-8")
    return dict(zip(codes, json.loads(answer.stdout), strict=True))


@pytest.mark.parametrize("code", LANGUAGES)
def test_days_numbers_and_shares_are_those_of_browsers(code: str, browsers: dict[str, list[list[str]]]) -> None:
    theirs = json.loads(json.dumps(browsers[code]).replace("Sept", "Sep"))
    assert ours(code) == theirs


def test_a_number_may_come_as_english_writes_it() -> None:
    assert formats.number("1,234.5", "de") == "1.234,5"
    assert formats.number("12,345", "es") == "12.345"
