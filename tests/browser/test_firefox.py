"""The main path in Firefox, over plain WebDriver BiDi: pair, see marks, write a note, keep it through an idle stop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from tests.browser.bidi import Bidi
from tests.browser.devtools import until
from tests.browser.firefox import extension_url, start_firefox
from tests.browser.house import House
from tests.browser.page_world import (
    FADED,
    PERSON,
    REMOVE,
    SCRIPT,
    SECRETS,
    TEXTUAL,
    VIEWER,
    control,
    learnt,
    tell,
    traces,
)
from tests.browser.test_main_path import stored_note
from tests.browser.words import words
from tests.replica import people
from tests.replica.server import Replica

BADGE = "[data-mutuals=badge]"
ENTER = "\ue007"
UNKNOWN_UNITS = {"modify by paragraph", "modify by documentboundary"}
"""Units that a selection in Firefox does not grow by."""


@pytest.fixture(scope="module")
def firefox(shared_replica: Replica, shared_house: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bidi]:
    """Firefox with the extension, paired through the options page."""
    browser = start_firefox(shared_replica, tmp_path_factory.mktemp("firefox"))
    yield browser
    browser.quit()


def wait_for(browser: Bidi, expression: str, what: str, seconds: float = 15.0) -> None:
    """Wait until an expression in the page is true."""
    until(lambda: browser.evaluate(expression), what, seconds)


def mark(browser: Bidi) -> str:
    """Return the word drawn on the first mark, "" while there is none."""
    try:
        found = browser.inside(browser.shadow(BADGE), "button")
        return str(browser.of(found[0], "(one) => one.dataset.word")) if found else ""
    except (LookupError, RuntimeError):
        return ""


def card(browser: Bidi) -> str:
    """Return the frame that shows the card of the profile."""
    for frame in browser.frames():
        with suppress(RuntimeError):  # it may have gone since
            if browser.evaluate("Boolean(document.querySelector('.card-in-page'))", frame):
                return frame
    raise LookupError("no card")


def card_text(browser: Bidi, css: str) -> str:
    """Return the text of a part of the card, "" while there is none."""
    try:
        return str(browser.evaluate(f"document.querySelector({css!r})?.innerText ?? ''", card(browser)))
    except (LookupError, RuntimeError):
        return ""


def write_note(browser: Bidi, text: str) -> None:
    """Open the note by its key, with the focus on X's page, and type at once."""
    until(lambda: card_text(browser, ".note button.text"), "the invitation to write a note")
    browser.press("e", *text)


def pair(browser: Bidi, house: House) -> None:
    """Pair it through its options page, anew where it was paired before."""
    browser.open(extension_url("pages/options.html"))
    wait_for(browser, "document.getElementById('port').value !== ''", "the options")
    browser.evaluate(
        f"(port => {{ port.value = '{house.port}'; port.dispatchEvent(new Event('change')) }})"
        "(document.getElementById('port'))"
    )
    browser.evaluate("document.getElementById('code').focus()")
    browser.type(house.process.open_pairing())
    browser.press(ENTER)
    wait_for(browser, "!document.getElementById('unpair').hidden", "the pairing to be done")
    wait_for(browser, "document.getElementById('code').value === ''", "the code to be taken")


@pytest.fixture(scope="module")
def paired(firefox: Bidi, shared_house: House, paired_storage: dict[str, object]) -> Bidi:
    """Firefox, paired through its options page with a fresh companion."""
    shared_house.reset()
    pair(firefox, shared_house)
    return firefox


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


def test_in_firefox_no_probe_of_xs_page_reads_the_card_its_editor_or_a_mark(
    paired: Bidi, shared_house: House, shared_replica: Replica
) -> None:
    shared_house.reset()
    pair(paired, shared_house)
    tell(shared_house)
    shared_replica.world.look.script = SCRIPT
    try:
        paired.open("https://x.com/wrenwrites/with_replies")
        until(lambda: SECRETS[0] in card_text(paired, ".note"), "the note on the card")
        until(lambda: SECRETS[2] in mark(paired), "the mark")
        paired.evaluate("window.Spy.fonts()")
        paired.press("e", *"typed at once")
        until(lambda: stored_note(shared_house).endswith("typed at once"), "what was typed at once, on disk")
        assert learnt(paired.evaluate) == {}
        assert "extension://" not in traces(paired.evaluate)
        assert paired.evaluate("window.Spy.log") == []
        assert paired.evaluate("window.length") == 0
        assert [one for one in shared_replica.recorder.requests if "probe-font" in one.path] == []
        found = set(control(paired.evaluate))
        assert set(TEXTUAL) - UNKNOWN_UNITS <= found, "a probe that does not find plain text proves nothing"
    finally:
        shared_replica.reset()


def press_remove(browser: Bidi) -> None:
    """Press the button on the card that takes a tag off, once the frame lets a click count."""
    frame = card(browser)
    place = browser.evaluate(
        f"(one => {{ one.scrollIntoView({{block: 'center'}}); const b = one.getBoundingClientRect();"
        f"return [b.x + b.width / 2, b.y + b.height / 2]; }})(document.querySelector({REMOVE!r}))",
        frame,
    )
    assert isinstance(place, list)
    browser.rest(place[0], place[1], frame)
    until(lambda: browser.evaluate("Clicks.isSettled()", frame), "a frame that stands still")
    browser.click(place[0], place[1], frame)


def press_until(browser: Bidi, done: Callable[[], bool], what: str) -> None:
    """Press the button until something is so: a press right after the card grew or shrank does nothing, silently."""

    def pressed() -> bool:
        press_remove(browser)
        with suppress(AssertionError):
            until(done, what, 2)
            return True
        return False

    until(pressed, what, 20)


def test_in_firefox_a_click_on_a_card_that_the_page_fades_does_nothing(paired: Bidi, shared_house: House) -> None:
    shared_house.reset()
    pair(paired, shared_house)
    tell(shared_house)
    paired.open("https://x.com/wrenwrites")
    until(lambda: SECRETS[1] in card_text(paired, ".chips"), "the tag on the card")
    for how in ("no opacity", "a filter", "a clip", "a mask", "a mixed colour"):
        paired.evaluate(FADED[how])
        press_until(paired, lambda: words("clickCovered") in card_text(paired, ".saved"), f"a refusal under {how}")
        paired.evaluate("document.querySelector('[data-mutuals=card]').parentElement.removeAttribute('style')")
        paired.evaluate("document.querySelector('.saved').textContent = ''", card(paired))
    assert SECRETS[1] in str(shared_house.ask("person", viewer=VIEWER, person=PERSON)["tags"])
    press_until(
        paired, lambda: not shared_house.ask("person", viewer=VIEWER, person=PERSON)["tags"], "the tag to be gone"
    )


def test_firefox_opens_the_dashboard_at_its_own_name_by_a_one_time_link(paired: Bidi, shared_house: House) -> None:
    link = str(shared_house.ask("dashboard")["url"])
    assert ".localhost" in link
    paired.open(link)
    wait_for(paired, "document.querySelector('main h1')?.innerText.trim()", "the first page")
    assert str(paired.evaluate("location.hostname")).endswith(".localhost")
    assert paired.evaluate("location.search + location.hash") == "", "the link's secret is not left in the address"
