"""In Firefox: a word that an input method composes is kept whole, and once; a chat is logged by its key."""

from __future__ import annotations

from tests.browser.bidi import Bidi
from tests.browser.devtools import until
from tests.browser.firefox_page import card, card_text
from tests.browser.firefox_window import compose, press_alt_shift, settle
from tests.browser.house import House
from tests.browser.test_main_path import VIEWER, WREN, stored_note
from tests.replica import people

PAUSE = "performance.now() - (globalThis.since ??= performance.now()) > 1200"
"""True once three times the pause has passed after which the card saves, by the clock of its frame."""
CHOICES = ".note .picks button"


def versions(house: House) -> list[str]:
    """Return every text of the note that was kept, the latest first."""
    told = house.ask("versions", viewer=VIEWER, person=WREN)["versions"]
    assert isinstance(told, list)
    return [str(one["text"]) for one in told]


def in_firefox(browser: Bidi, handle: str) -> None:
    browser.open(f"https://x.com/{handle}")
    until(lambda: card_text(browser, ".note .text"), "the note on the card")
    browser.press("e")
    card(browser).has("document.activeElement.tagName === 'TEXTAREA'")


def test_firefox_keeps_nothing_of_a_word_that_is_being_composed(paired: Bidi, shared_house: House) -> None:
    in_firefox(paired, "wrenwrites")
    compose(paired, "し")
    compose(paired, "しみz")
    card(paired).has(PAUSE)
    assert versions(shared_house) == []
    settle(paired, "清水さん")
    until(lambda: stored_note(shared_house) == "清水さん", "the word on disk")
    assert versions(shared_house) == ["清水さん"]


def test_firefox_leaves_the_box_alone_until_a_composition_ends(paired: Bidi, shared_house: House) -> None:
    in_firefox(paired, "inesmakes")
    shared_house.write(VIEWER, {"id": people.INES.id}, "note", {"text": "Theirs"})
    paired.press(*"Met ")
    compose(paired, "しみ")
    card(paired).has(PAUSE)
    card(paired).has("document.querySelector('.note textarea')?.value === 'Met しみ'")
    settle(paired, "清水")
    card(paired).has(f"document.querySelectorAll({CHOICES!r}).length >= 3")
    card(paired).says("Met 清水")
    card(paired).says("Theirs")


def test_firefox_logs_a_chat_by_its_key(paired: Bidi, shared_house: House) -> None:
    person: dict[str, object] = {"id": people.TOMO.id}
    paired.open("https://x.com/tomoreads")
    until(lambda: shared_house.ask("person", viewer=VIEWER, person=person)["handle"], "the person to be known")
    paired.open(f"https://x.com/i/chat/{people.ADA.id}-{people.TOMO.id}")
    press_alt_shift(paired, "C")

    def kinds() -> list[object]:
        told = shared_house.ask("interactions", viewer=VIEWER, person=person, before=None, limit=20)["lines"]
        return [one["kind"] for one in told] if isinstance(told, list) else []

    until(lambda: "chat" in kinds(), "the chat in the history")
