"""The main job, end to end: see who somebody is, write a note, never lose it."""

from __future__ import annotations

from tests.browser.chromium import Chromium
from tests.browser.devtools import until
from tests.browser.house import House
from tests.browser.pages import XPage
from tests.browser.storage import Storage
from tests.browser.words import words
from tests.replica import people
from tests.replica.server import Replica

WREN = {"id": people.WREN.id}
VIEWER = {"id": people.ADA.id, "handle": people.ADA.handle}


def stored_note(house: House, person: dict[str, object] | None = None) -> str:
    card = house.ask("person", viewer=VIEWER, person=person or WREN)
    note = card.get("note")
    return str(note["text"]) if isinstance(note, dict) else ""


def test_a_profile_shows_the_card_with_the_relation_that_the_pages_told(
    x: XPage, house: House, replica: Replica
) -> None:
    replica.world.look.page_size = 400
    x.open("/adaquill/with_replies")
    until(lambda: house.ask("person", viewer=VIEWER, person=WREN)["you"] == 11, "the viewer's replies to be taken in")
    x.open("/wrenwrites/with_replies")
    card = x.card()
    card.says(words("follow_yes_yes"))
    card.says(words("cardState_warm"))
    card.says("you 11 · they 12")


LEAVE_AT_ONCE = """
const asked = encodeURIComponent(JSON.stringify({ screen_name: arguments[0] }));
const request = new XMLHttpRequest();
request.open("GET", `/i/api/graphql/abc/UserByScreenName?variables=${asked}`);
request.addEventListener("load", () => setTimeout(() => { location.href = "about:blank"; }, 30));
setTimeout(() => request.send(), 1000); // what was shown before has been handed on by then
"""
"""The page is shown somebody, and is left within the pause in which the extension gathers what it hears."""


def test_what_the_page_showed_just_before_it_was_left_is_kept(x: XPage, house: House, chromium: Chromium) -> None:
    tomo = {"id": people.TOMO.id}
    x.open_profile("wrenwrites")
    assert house.ask("person", viewer=VIEWER, person=tomo)["name"] is None
    chromium.driver.execute_script(LEAVE_AT_ONCE, people.TOMO.handle)
    until(lambda: chromium.driver.current_url == "about:blank", "the page to be left")
    until(lambda: house.ask("person", viewer=VIEWER, person=tomo)["name"] == people.TOMO.name, "Tomo to be known")


def test_a_note_written_on_the_card_is_on_disk_when_the_card_says_saved(x: XPage, house: House) -> None:
    card = x.open_profile("wrenwrites")
    card.write("Promised her the Abeokuta interview.")
    card.saved()
    assert stored_note(house) == "Promised her the Abeokuta interview."


def test_notes_written_before_during_and_after_a_kill_of_the_companion_are_all_there(x: XPage, house: House) -> None:
    x.open_profile("wrenwrites").write("Before the kill.")
    x.card().saved()
    house.kill()
    x.open("/inesmakes")
    card = x.card()
    card.write("While it was away.")
    card.saved(words("saidQueued"))
    house.start()
    x.open("/tomoreads")
    x.card().write("After it came back.")
    x.card().saved()
    until(lambda: stored_note(house, {"id": people.INES.id}), "the queued note to arrive")
    assert stored_note(house) == "Before the kill."
    assert stored_note(house, {"id": people.INES.id}) == "While it was away."
    assert stored_note(house, {"id": people.TOMO.id}) == "After it came back."
    assert x.open_profile("inesmakes").note() == "While it was away."


def test_a_save_survives_the_worker_being_killed_in_the_middle(x: XPage, house: House, chromium: Chromium) -> None:
    card = x.open_profile("wrenwrites")
    for number in range(5):
        card.write(f"Version {number} of the note.")
        assert chromium.devtools.kill_worker(), "the worker outlived the kill"
        last = f"Version {number} of the note."
        x.open("/wrenwrites")
        card = x.card()
        until(lambda expected=last: stored_note(house) == expected, f"{last!r} on disk")  # type: ignore[misc]
        assert card.note() == last


def test_without_the_companion_the_card_shows_what_was_cached_and_says_so(x: XPage, house: House) -> None:
    card = x.open_profile("wrenwrites")
    card.write("Phone first, she hates DMs.")
    card.saved()
    house.kill()
    card = x.open_profile("wrenwrites")
    assert card.note() == "Phone first, she hates DMs."
    card.says(words("away_unreachable"))


def test_the_note_is_there_in_a_fresh_browser_start_of_the_worker_and_page(
    x: XPage, chromium: Chromium, replica: Replica
) -> None:
    card = x.open_profile("wrenwrites")
    card.write("Looking for essayists.")
    card.saved()
    assert chromium.devtools.kill_worker(), "the worker outlived the kill"
    assert x.open_profile("wrenwrites").note() == "Looking for essayists."
    kept = Storage(chromium).read()
    assert any("Looking for essayists." in str(value) for value in kept.values())
    assert replica.recorder.errors == []
