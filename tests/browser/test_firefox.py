"""The main path in Firefox, over plain WebDriver BiDi: pair, see marks, write a note, keep it through an idle stop."""

from __future__ import annotations

from tests.browser.bidi import Bidi
from tests.browser.devtools import until
from tests.browser.firefox_page import card_text, mark, wait_for, write_note
from tests.browser.house import House
from tests.browser.other_port import NAMES, TITLE, other_port
from tests.browser.test_main_path import stored_note
from tests.browser.words import words
from tests.replica import people
from tests.replica.server import Replica


def test_firefox_shows_the_card_takes_a_note_and_marks_the_timeline(paired: Bidi, shared_house: House) -> None:
    paired.open("https://x.com/wrenwrites")
    write_note(paired, "Written in Firefox.")
    until(lambda: stored_note(shared_house) == "Written in Firefox.", "the note on disk")
    paired.open("https://x.com/wrenwrites/with_replies")
    until(lambda: "Written in Firefox." in card_text(paired, ".note"), "the note on the card")
    until(lambda: mark(paired) != "", "a mark in the timeline")


def test_in_firefox_a_note_written_while_the_companion_is_away_arrives_later(paired: Bidi, shared_house: House) -> None:
    shared_house.kill()
    paired.open("https://x.com/inesmakes")
    write_note(paired, "Kept while away.")
    until(lambda: words("saidQueued") in card_text(paired, ".saved"), "the card to say that it is kept")
    shared_house.start()
    paired.open("https://x.com/tomoreads")
    write_note(paired, "And on we go.")
    key: dict[str, object] = {"id": people.INES.id}
    until(lambda: stored_note(shared_house, key) == "Kept while away.", "the note that waited", 30)


def test_in_firefox_a_hostile_page_learns_nothing_and_x_gets_no_request_of_ours(
    paired: Bidi, shared_house: House, shared_replica: Replica
) -> None:
    shared_replica.recorder.clear()
    paired.open("https://x.com/adaquill/followers")
    until(lambda: mark(paired) != "", "a mark in the list")
    assert shared_replica.recorder.foreign() == []
    assert shared_replica.recorder.synthetic == []
    until(lambda: len(shared_replica.recorder.heard) >= 3, "the page's own hashes")
    assert shared_replica.recorder.changed_answers() == []
    opened = paired.evaluate(
        f"fetch('http://127.0.0.1:{shared_house.port}/v1/status').then(() => 'read', () => 'refused')"
    )
    assert opened == "refused"


def test_firefox_opens_the_dashboard_at_its_own_name_by_a_one_time_link(paired: Bidi, shared_house: House) -> None:
    link = str(shared_house.ask("dashboard")["url"])
    assert ".localhost" in link
    paired.open(link)
    wait_for(paired, "document.querySelector('main h1')?.innerText.trim()", "the first page")
    assert str(paired.evaluate("location.hostname")).endswith(".localhost")
    assert paired.evaluate("location.search + location.hash") == "", "the link's secret is not left in the address"


def test_firefox_sends_the_dashboards_cookie_to_no_other_port(paired: Bidi, shared_house: House) -> None:
    paired.open(str(shared_house.ask("dashboard")["url"]))
    wait_for(paired, "document.querySelector('main h1')?.innerText.trim()", "the first page")
    with other_port() as other:
        for address in other.addresses():
            # Leaving a page with an opener policy, Firefox never tells that the next one is loaded.
            paired.call("browsingContext.navigate", context=paired.tab, url=address, wait="none")
            until(lambda: paired.evaluate("document.title") == TITLE, f"the page at {address}")
    assert len(other.heard) >= len(NAMES)
    assert other.cookies() == {""}
