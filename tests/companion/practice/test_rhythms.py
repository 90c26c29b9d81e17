"""How often to be in touch with a circle or a tag."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, timedelta
from pathlib import Path

import pytest

from companion.domain.dates import DAY, local_day
from companion.domain.sightings import Interaction, Understanding
from companion.errors import BodyError, UnknownError
from companion.practice import reminders, rhythms
from companion.practice.circles import Circles
from companion.settings import Settings
from companion.store.account import Account
from companion.store.documents import Document
from companion.stores import Stores
from tests.companion.store.ledger_help import NOW
from tests.companion.store.notebook.sharing import Machine

ADA, WREN, INES = "1000001", "2000001", "2000002"
TODAY = date(2026, 11, 28)


@pytest.fixture
def account(tmp_path: Path) -> Iterator[Account]:
    """An account with Wren in The Watchlist and Ines tagged "printer"."""
    stores = Stores.open(Settings(data=tmp_path))
    stores.ledger.owner_for(ADA, "ada", NOW)
    Circles(stores.notebook).put(WREN, ADA, ["watchlist"], op="in-1", at=NOW)
    stores.notebook.write("tag-1", "tags", INES, {"tags": ["Printer", "b", "c", "d"]}, None, NOW, ADA)
    yield Account(stores.notebook, stores.ledger, ADA)
    stores.close()


def due(account: Account) -> dict[str, tuple[str, str]]:
    return {one.pid: (one.day.isoformat(), one.source) for one in reminders.everybody(account, UTC)}


def test_everybody_in_a_circle_or_with_a_tag_has_its_rhythm(account: Account) -> None:
    rhythms.set_rhythm(account.notebook, "circle", "watchlist", "3 weeks", TODAY)
    rhythms.set_rhythm(account.notebook, "tag", "PRINTER", "month", TODAY)
    assert due(account) == {WREN: ("2026-12-19", "The Watchlist"), INES: ("2026-12-28", "printer")}


def test_contact_starts_it_anew_and_an_own_rhythm_goes_before(account: Account) -> None:
    rhythms.set_rhythm(account.notebook, "circle", "watchlist", "3 weeks", TODAY)
    act = Interaction("in", "reply", NOW - DAY, "77", id=WREN)
    account.ledger.record(ADA, Understanding("x", interactions=[act]), NOW)
    last = local_day(NOW - DAY, UTC)
    assert due(account)[WREN] == ((last + timedelta(days=21)).isoformat(), "The Watchlist")
    account.notebook.write("own-1", "cadence", WREN, {"every": "2 days", "since": "2026-11-28"}, None, NOW, ADA)
    assert due(account)[WREN] == ((last + timedelta(days=2)).isoformat(), "")


def test_of_two_rhythms_the_shorter_holds_and_an_empty_one_ends(account: Account) -> None:
    account.notebook.write("tag-2", "tags", WREN, {"tags": ["printer"]}, None, NOW, ADA)
    rhythms.set_rhythm(account.notebook, "circle", "watchlist", "month", TODAY)
    rhythms.set_rhythm(account.notebook, "tag", "printer", "2 weeks", TODAY)
    assert due(account)[WREN] == ("2026-12-12", "printer")
    assert rhythms.set_rhythm(account.notebook, "tag", "printer", "", TODAY) == "2 weeks"
    assert due(account) == {WREN: ("2026-12-28", "The Watchlist")}


def test_a_circles_rhythm_put_off_for_one_person_rests_for_them_alone(account: Account) -> None:
    Circles(account.notebook).put(INES, ADA, ["watchlist"], op="in-2", at=NOW)
    rhythms.set_rhythm(account.notebook, "circle", "watchlist", "week", TODAY)
    later = {"every": "", "later": "2026-12-24", "said": "2026-11-28"}
    account.notebook.write("rest-1", "cadence", WREN, later, None, NOW, ADA)
    assert due(account) == {WREN: ("2026-12-24", "The Watchlist"), INES: ("2026-12-05", "The Watchlist")}


def test_what_is_no_group_or_no_rhythm_is_refused(account: Account) -> None:
    for kind, group, every, error in (
        ("circle", "nowhere", "week", UnknownError), ("circle", "mentioned", "week", BodyError),
        ("tag", " ", "week", BodyError), ("everybody", "x", "week", BodyError), ("tag", "x", "often", BodyError),
    ):  # fmt: skip
        with pytest.raises(error):
            rhythms.set_rhythm(account.notebook, kind, group, every, TODAY)
    assert rhythms.all_rhythms(account.notebook) == []


def test_rhythms_of_groups_reach_the_other_machine(tmp_path: Path) -> None:
    desk, lap = Machine(tmp_path, "d" * 16), Machine(tmp_path, "e" * 16)
    rhythms.set_rhythm(desk.notebook, "tag", "printer", "3 weeks", TODAY)
    lap.hear(desk)
    assert [(one.whom, str(one.every)) for one in rhythms.all_rhythms(lap.notebook)] == [("tag:printer", "3 weeks")]


def test_what_was_put_off_is_put_off_after_a_restart_too(tmp_path: Path) -> None:
    stores = Stores.open(Settings(data=tmp_path))
    stores.ledger.owner_for(ADA, "ada", NOW)
    body: Document = {"words": "Weekly hello", "day": "2026-11-27", "every": "week", "later": "2026-12-04"}
    stores.notebook.write("step-1", "step", WREN, body, None, NOW, ADA)
    stores.close()
    again = Stores.open(Settings(data=tmp_path))
    account = Account(again.notebook, again.ledger, ADA)
    assert reminders.due(reminders.everybody(account, UTC), TODAY) == []
    assert due(account) == {WREN: ("2026-12-04", "")}
    again.close()
