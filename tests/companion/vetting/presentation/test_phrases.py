"""What a report says: kind words, a place for every code, singular and plural, signs that need no colour."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import companion.vetting
from companion.cli import vet_report
from companion.cli.vet_report import text_of
from companion.domain.dates import DAY
from companion.vetting.findings import Example, Finding
from companion.vetting.presentation import phrases
from companion.vetting.presentation.phrases import GOOD, ROWS, SENTENCES, SHORT, row_of, sentence, short
from companion.vetting.presentation.rows import BUILDERS
from companion.vetting.report import VERDICTS
from companion.vetting.service import PLAIN_LINES, vet_person
from tests.companion.conftest import NOW, House
from tests.companion.vetting.service_help import account, offers, shop, show
from tests.companion.vetting.test_vocabulary import INSULTS

CHECKS = "\n".join(path.read_text("utf-8") for path in Path(companion.vetting.__file__).parent.glob("checks/*.py"))
CODES = set(re.findall(r'"((?:bio|photo|profile|posts|link|relation|relevance)_\w+)"', CHECKS)) - {
    "posts_share_replies", "posts_share_reposts", "posts_share_quotes", "link_only",
}  # fmt: skip


def test_every_code_that_a_check_can_give_has_words() -> None:
    assert {code for code in CODES if code not in SHORT and code not in SENTENCES} == set()


def test_no_word_insults_and_the_verdicts_are_kind() -> None:
    said = [*SHORT.values(), *SENTENCES.values(), *PLAIN_LINES.values(), *vet_report.VERDICTS.values()]
    assert [words for words in said if INSULTS.search(words)] == []
    assert set(vet_report.VERDICTS) == set(PLAIN_LINES) == set(VERDICTS)


def test_every_code_belongs_to_a_row_that_is_drawn() -> None:
    assert {row_of(Finding(code)) for code in CODES} <= set(ROWS) == set(BUILDERS)
    assert GOOD <= CODES


def test_every_template_can_be_filled() -> None:
    params: dict[str, int | float | str] = {
        "words": "a", "host": "a.example", "title": "b", "status": 404, "kind": "image/png", "detail": "d", "last": NOW,
        "since": NOW, "at": NOW, "handles": "@a", "shop": "s.example", "following": 5000, "followers": 9, "days": 3,
        "decision": "no", "reason": "adult", "problem": "size", "posts": 2, "pictures": "🌱", "app": "Web",
        "place": "Portugal",
    }  # fmt: skip
    for code in {*SHORT, *SENTENCES}:
        found = Finding(code, count=2, of=40, params=params, examples=(Example("@x"),))
        assert "{" not in short(found, NOW) + sentence(found, NOW)


def test_one_is_told_as_one() -> None:
    assert short(Finding("posts_broadcast", count=1, of=40), NOW) == "1 reply"
    assert short(Finding("posts_broadcast", count=21, of=400), NOW) == "21 replies"
    assert sentence(Finding("posts_seen", count=1), NOW) == "1 post was seen."


def test_the_terminal_shows_facts_with_signs_and_what_to_open(house: House) -> None:
    show(house, shop(), offers(27, 13))
    text = text_of(vet_person(account(house), "2000008", None, NOW, house.settings.data))
    assert "! " in text
    assert "https://x.com/bargainbarn/status/" in text
    assert "--look opens it safely" in text
    assert phrases.ROWS[0].capitalize() in text


@pytest.mark.parametrize(("zone", "day"), [("Pacific/Auckland", "2 Nov"), ("America/Los_Angeles", "1 Nov")])
def test_days_are_the_users(zone: str, day: str) -> None:
    morning = int(datetime(2026, 11, 1, 20, tzinfo=UTC).timestamp())
    said = Finding("posts_quiet", "fact", params={"since": morning, "days": 40})
    assert day in short(said, morning + 40 * DAY, ZoneInfo(zone))
    decided = Finding("relation_decided", "fact", params={"decision": "no", "at": morning})
    assert f"on {day}" in short(decided, morning + 40 * DAY, ZoneInfo(zone)) + sentence(
        decided, morning + 40 * DAY, ZoneInfo(zone)
    )
