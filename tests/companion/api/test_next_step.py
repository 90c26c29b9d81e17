"""The next step and due contact on the card."""

from __future__ import annotations

from datetime import timedelta

from companion.domain.dates import local_day
from companion.machine_zone import MACHINE
from tests.companion.conftest import NOW, VIEWER, WREN, House

TODAY = local_day(NOW, MACHINE)


def card(house: House) -> dict[str, object]:
    return house.ask("person", {"viewer": VIEWER, "person": WREN})


def write(house: House, kind: str, body: dict[str, object], op: str) -> None:
    house.stores.notebook.write(op, kind, WREN["id"], body, None, NOW, VIEWER["id"])


def test_the_step_of_the_earliest_day_is_on_the_card_with_what_ticking_it_writes(house: House) -> None:
    assert card(house)["next_step"] is None
    yesterday, monday = TODAY - timedelta(days=1), TODAY + timedelta(days=3)
    write(house, "step", {"words": "Some day"}, "s-0")
    write(house, "step", {"words": "Send it", "day": monday.isoformat()}, "s-1")
    write(house, "step", {"words": "Hello", "day": yesterday.isoformat(), "start": yesterday.isoformat(),
                          "every": "week"}, "s-2")  # fmt: skip
    step = card(house)["next_step"]
    assert isinstance(step, dict)
    assert (step["words"], step["day"], step["over"]) == ("Hello", yesterday.isoformat(), True)
    assert step["done"]["day"] == (yesterday + timedelta(days=7)).isoformat()
    house.stores.notebook.write("tick", "step", WREN["id"], step["done"], None, NOW, VIEWER["id"])
    after = card(house)["next_step"]
    assert isinstance(after, dict)
    assert after["words"] == "Send it"
    house.stores.notebook.write("untick", "step", WREN["id"], step["undo"], None, NOW, VIEWER["id"])
    assert card(house)["next_step"] == {**step, "rev": 3}


def test_contact_is_due_from_its_day_on_and_not_before(house: House) -> None:
    since = (TODAY - timedelta(days=10)).isoformat()
    write(house, "cadence", {"every": "2 weeks", "since": since}, "c-1")
    assert card(house)["contact_due"] is None
    write(house, "cadence", {"every": "week", "since": since}, "c-2")
    assert card(house)["contact_due"] == (TODAY - timedelta(days=3)).isoformat()


def test_a_step_changed_elsewhere_is_not_covered_by_an_older_card(house: House) -> None:
    write(house, "step", {"words": "Send it"}, "s-1")
    shown = card(house)["next_step"]
    assert isinstance(shown, dict)
    assert (shown["item"], shown["rev"]) == ("s-1", 1)
    write(house, "step", {"item": "s-1", "words": "Send both"}, "elsewhere")
    refused = house.write("step", shown["done"], shown["rev"], expect=409, saw=shown["words"])
    assert refused["error"] == "conflict"
    now = card(house)["next_step"]
    assert isinstance(now, dict)
    assert now["words"] == "Send both"
    house.write("step", now["done"], now["rev"], saw=now["words"])
    assert card(house)["next_step"] is None


def test_a_tick_after_an_edit_that_waited_counts_though_it_knew_no_newer_revision(house: House) -> None:
    write(house, "step", {"words": "Send it"}, "s-1")
    house.write("step", {"item": "s-1", "words": "Send both"}, 1, saw="Send it")
    house.write("step", {"item": "s-1", "words": "Send both", "done": TODAY.isoformat()}, 1, saw="Send both")
    assert card(house)["next_step"] is None
