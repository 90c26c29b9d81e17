"""Deleting one interaction: it stays deleted when it is seen again, and the undo brings it back as it was."""

from __future__ import annotations

from companion.domain.dates import DAY
from companion.domain.sightings import Understanding
from companion.practice import deletion, timeline
from companion.store import touches
from companion.store.account import Account
from tests.companion.store.ledger_help import ADA, NOW, WREN, page, reply, wren


def seen() -> Understanding:
    return page([wren()], [reply("900001", NOW - DAY), reply("900002", NOW - 2 * DAY, "out")])


def test_a_deleted_interaction_does_not_come_back_with_the_page(account: Account) -> None:
    account.ledger.record(ADA, seen(), NOW)
    row = deletion.find(account, WREN, ("in", "reply", "900001"), NOW - DAY)
    assert row is not None
    deletion.deletion(account, row, op="op-00000001", now=NOW)
    account.ledger.record(ADA, seen(), NOW + 60)
    assert [one.ref for one in account.ledger.interactions(ADA, WREN)] == ["900002"]
    assert account.ledger.sums_and_tally(ADA, WREN)[1].days_in == 0


def test_the_undo_restores_history_and_score_exactly(account: Account) -> None:
    account.ledger.record(ADA, seen(), NOW)
    before = account.ledger.interactions(ADA, WREN), account.ledger.sums_and_tally(ADA, WREN)
    row = before[0][0]
    deletion.deletion(account, row, op="op-00000001", now=NOW)
    deletion.put_back(account, row, NOW)
    assert (account.ledger.interactions(ADA, WREN), account.ledger.sums_and_tally(ADA, WREN)) == before


def test_deleting_a_touch_takes_it_from_the_notebook_too(account: Account) -> None:
    touches.add(account, WREN, {"what": "call", "when": NOW}, op="op-00000001", at=NOW)
    deletion.deletion(account, account.ledger.interactions(ADA, WREN)[0], op="op-00000002", now=NOW)
    assert account.ledger.interactions(ADA, WREN) == []
    assert account.notebook.about(WREN).others.get("touch", []) == []


def test_what_is_gone_already_is_not_found(account: Account) -> None:
    assert deletion.find(account, WREN, ("in", "reply", "1"), NOW) is None


def test_a_line_of_the_history_is_found_by_its_act_and_its_very_second(account: Account) -> None:
    account.ledger.record(ADA, seen(), NOW)
    line = timeline.line_of(account, WREN, "900001", "reply", "in", NOW - DAY)
    assert line is not None
    assert (line.ref, line.direction, line.at) == ("900001", "in", NOW - DAY)
    assert timeline.line_of(account, WREN, "900001", "reply", "out", NOW - DAY) is None
