"""Off-X touches: kept in the notebook, counted in the ledger, taken back from both."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from companion.domain.dates import DAY
from companion.errors import BodyError
from companion.practice import timeline
from companion.reciprocity.judgement import judge
from companion.reciprocity.sums import score_of
from companion.settings import Settings
from companion.store import touches
from companion.store.account import Account
from companion.store.documents import Document
from companion.stores import Stores
from tests.companion.store.ledger_help import ADA, NOW, WREN, page, reply, wren

CALL: Document = {"what": "call", "when": NOW, "words": "About the spring issue"}


def score(account: Account) -> float:
    sums, _ = account.ledger.sums_and_tally(ADA, WREN)
    return score_of(sums, NOW)


def test_a_call_counts_as_talk_of_both(account: Account) -> None:
    account.ledger.record(ADA, page([wren()], [reply("900001", NOW - 40 * DAY)]), NOW)
    before = score(account)
    touches.add(account, WREN, dict(CALL), op="op-00000001", at=NOW)
    assert score(account) > before + 10
    assert {(row.kind, row.direction) for row in account.ledger.interactions(ADA, WREN)} >= {
        ("call", "in"),
        ("call", "out"),
    }


def test_one_call_outweighs_many_likes(account: Account) -> None:
    account.ledger.record(ADA, page([wren()]), NOW)
    touches.add(account, WREN, dict(CALL), op="op-00000001", at=NOW)
    assert score(account) > 13.7, "the most that likes can give together"


def test_the_same_write_twice_counts_once(account: Account) -> None:
    for _ in range(2):
        touches.add(account, WREN, dict(CALL), op="op-00000001", at=NOW)
    assert len(account.ledger.interactions(ADA, WREN)) == 2


def test_taking_a_touch_back_restores_the_score(account: Account) -> None:
    account.ledger.record(ADA, page([wren()], [reply("900001", NOW - 40 * DAY)]), NOW)
    before = score(account)
    done = touches.add(account, WREN, dict(CALL), op="op-00000001", at=NOW)
    touches.take_back(account, WREN, str(done.item), op="op-00000002", at=NOW)
    assert score(account) == pytest.approx(before, abs=1e-9)
    assert account.notebook.about(WREN).others.get("touch", []) == []


def test_a_corrected_touch_counts_as_what_it_is_now(account: Account) -> None:
    done = touches.add(account, WREN, dict(CALL), op="op-00000001", at=NOW)
    meal: Document = {"what": "meal", "when": NOW - DAY, "item": done.item}
    touches.add(account, WREN, meal, op="op-00000002", at=NOW)
    assert {(row.kind, row.at) for row in account.ledger.interactions(ADA, WREN)} == {("meal", NOW - DAY)}


def test_a_one_sided_touch_counts_for_one_side(account: Account) -> None:
    touches.add(account, WREN, {**CALL, "way": "out"}, op="op-00000001", at=NOW)
    assert [row.direction for row in account.ledger.interactions(ADA, WREN)] == ["out"]


def test_a_touch_of_the_future_is_dated_now(account: Account) -> None:
    touches.add(account, WREN, {**CALL, "when": NOW + 9 * DAY}, op="op-00000001", at=NOW)
    assert {row.at for row in account.ledger.interactions(ADA, WREN)} == {NOW}


def test_a_lost_ledger_gets_its_touches_back(account: Account) -> None:
    touches.add(account, WREN, dict(CALL), op="op-00000001", at=NOW)
    account.ledger.forget(WREN)
    assert touches.restore(account.notebook, account.ledger, NOW) == 2
    assert touches.restore(account.notebook, account.ledger, NOW) == 0
    assert judge(*account.ledger.sums_and_tally(ADA, WREN), NOW).balance == (1, 1)


def test_a_damaged_ledger_is_begun_again_with_the_touches_in_it(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    stores = Stores.open(settings)
    account = Account(stores.notebook, stores.ledger, ADA)
    touches.add(account, WREN, dict(CALL), op="op-00000001", at=NOW)
    stores.close()
    for ledger in tmp_path.glob("ledger.db*"):
        ledger.write_bytes(b"no database")
    stores = Stores.open(settings)
    assert stores.warnings
    assert {row.kind for row in stores.ledger.interactions(ADA, WREN)} == {"call"}
    stores.close()


def test_a_meal_marks_that_the_two_have_met(account: Account) -> None:
    touches.add(account, WREN, dict(CALL), op="op-00000001", at=NOW)
    assert "met" not in account.notebook.summary(WREN).marks
    touches.add(account, WREN, {"what": "meal", "when": NOW}, op="op-00000002", at=NOW)
    assert account.notebook.summary(WREN).marks["met"] is True


@pytest.mark.parametrize(
    "body",
    [
        {"what": "telepathy", "when": NOW},
        {"what": "call"},
        {"what": "call", "when": "today"},
        {"what": "call", "when": NOW, "way": "sideways"},
        {"what": "call", "when": NOW, "words": "x" * 201},
        {"what": "call", "when": NOW, "price": 3},
    ],
)
def test_what_is_no_touch_is_refused_in_words(account: Account, body: dict[str, object]) -> None:
    with pytest.raises(BodyError, match=r"\.$"):
        account.notebook.write("op-00000001", "touch", WREN, body, None, NOW, ADA)


@pytest.mark.parametrize("name", ["Pacific/Auckland", "America/Los_Angeles", "Europe/London", "Pacific/Kiritimati"])
def test_a_day_stays_that_day_in_every_zone(name: str, account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    zone = ZoneInfo(name)
    noon = int(datetime(2025, 9, 20, 12, tzinfo=zone).timestamp())
    monkeypatch.setenv("TZ", name)
    time.tzset()
    try:
        touches.add(account, WREN, {"what": "meal", "when": noon}, op="op-00000011", at=NOW)
        touches.add(account, WREN, {"what": "call", "when": NOW, "day": "2025-09-20"}, op="op-00000012", at=NOW)
        lines, _ = timeline.page_of(account, WREN, 10, None)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert {line.day for line in lines} == {"2025-09-20"}
    assert {datetime.fromtimestamp(line.at, UTC).date().isoformat() for line in lines} == {"2025-09-20"}
    assert {datetime.fromtimestamp(line.at, zone).date().isoformat() for line in lines} == {"2025-09-20"}


def test_a_time_of_that_day_stays_a_time(account: Account) -> None:
    today = datetime.fromtimestamp(NOW - 60, UTC).date().isoformat()
    touches.add(account, WREN, {"what": "call", "when": NOW - 60, "day": today}, op="op-00000013", at=NOW)
    lines, _ = timeline.page_of(account, WREN, 10, None)
    assert [(line.at, line.day) for line in lines] == [(NOW - 60, today)]


@pytest.mark.parametrize("day", ["yesterday", "2025-13-01", 5])
def test_a_day_that_is_none_is_refused(account: Account, day: str | int) -> None:
    with pytest.raises(BodyError, match="year-month-day"):
        touches.add(account, WREN, {"what": "call", "when": NOW, "day": day}, op="op-00000014", at=NOW)
