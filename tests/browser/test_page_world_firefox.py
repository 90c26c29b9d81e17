"""X's page against us, in Firefox: the same hostile script and probes as in Chromium learn nothing the user wrote."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.browser.bidi import Bidi
from tests.browser.chromium import EXTENSION
from tests.browser.devtools import until
from tests.browser.firefox import extension_url
from tests.browser.firefox_page import CONTROL, END, ENTER, LINE, MIDDLE, Shown, card, drawn, mark, press_mark
from tests.browser.house import House
from tests.browser.page_world import (
    FETCH,
    FIRST_HEIGHT,
    FONTS,
    FRAME,
    ISOLATION,
    LENGTHS,
    PERSON,
    SCRIPT,
    SECRETS,
    TEXTUAL,
    VIEWER,
    ask_all,
    check_replies,
    control,
    learnt,
    settled_heights,
    tell,
    tell_lengths,
    traces,
)
from tests.browser.test_main_path import stored_note
from tests.replica.server import Replica

NOTE, TAG, ALIAS, TOUCH, REASON = SECRETS
UNKNOWN_UNITS = {"modify by paragraph", "modify by documentboundary"}
"""Units that a selection in Firefox does not grow by."""
NAME = "[data-testid=primaryColumn] [data-testid=User-Name] a[href='/wrenwrites']"


@pytest.fixture(scope="module")
def told(paired: Bidi, shared_house: House) -> Bidi:
    """Firefox, paired with a companion that has a secret in every place there is."""
    tell(shared_house)
    return paired


@pytest.fixture
def hostile(told: Bidi, replica: Replica) -> Iterator[Bidi]:
    """Firefox, whose next page of X has the hostile script."""
    replica.world.look.script = SCRIPT
    yield told
    told.open("about:blank")


def open_profile(browser: Bidi, path: str = "/wrenwrites") -> None:
    """Open the profile of the person of whom much is written, until card and mark are there."""
    browser.open(f"https://x.com{path}")
    card(browser).says(NOTE, ".note")
    until(lambda: ALIAS in mark(browser), "the mark")


def typed(browser: Bidi) -> list[object]:
    """Return every key and input event that the page was told of."""
    found = browser.evaluate("window.Spy.log")
    assert isinstance(found, list)
    return found


def test_no_probe_reads_a_card_with_everything_open_or_a_mark(hostile: Bidi) -> None:
    open_profile(hostile)
    shown = card(hostile)
    shown.press_until(".state", lambda: TOUCH in shown.text(".tl") or bool(shown.text(".why")), "the card to be opened")
    hostile.press("m")
    shown.says(TOUCH, ".tl")
    hostile.press("v")
    shown.has("document.querySelector('.vet .v') !== null")
    shown.says(REASON)
    assert learnt(hostile.evaluate) == {}
    found = set(control(hostile.evaluate))
    assert set(TEXTUAL) - UNKNOWN_UNITS <= found, "a probe that does not find plain text proves nothing"


def test_no_probe_reads_the_popover_or_its_editor(hostile: Bidi) -> None:
    open_profile(hostile)
    shown = press_mark(hostile)
    shown.says(NOTE, ".note")
    shown.press_until(
        ".note .text",
        lambda: hostile.evaluate("Boolean(document.querySelector('textarea'))", shown.frame()) is True,
        "the editor",
    )
    assert learnt(hostile.evaluate) == {}


def test_no_probe_reads_what_is_searched_and_found(hostile: Bidi) -> None:
    hostile.open("https://x.com/adaquill/with_replies")
    until(lambda: mark(hostile), "a mark")
    hostile.press(";")
    shown = Shown(hostile, "Boolean(document.querySelector('.palette'))")
    shown.has("document.activeElement.tagName === 'INPUT'")
    hostile.type(NOTE[:9])
    shown.says(NOTE, ".pick")
    assert learnt(hostile.evaluate) == {}
    assert typed(hostile) == []


def hover(browser: Bidi) -> None:
    """Rest the pointer on the person's name in a timeline until X's hover card has our line."""

    def hovered() -> bool:
        place = browser.evaluate(f"{MIDDLE}(document.querySelector({NAME!r}))")
        assert isinstance(place, list)
        browser.rest(1, 1)
        browser.rest(place[0], place[1])
        with suppress(AssertionError):  # X's page may have redrawn the row under the pointer
            until(lambda: TAG in drawn(browser, LINE), "the line", 2)
            return True
        return False

    until(lambda: browser.evaluate(f"Boolean(document.querySelector({NAME!r}))"), "a post of theirs")
    until(hovered, "the line in the hover card", 20)


def test_no_probe_reads_the_line_in_xs_hover_card(hostile: Bidi) -> None:
    hostile.open("https://x.com/adaquill/with_replies")
    hover(hostile)
    assert learnt(hostile.evaluate) == {}
    assert learnt(hostile.evaluate, ("Not known yet", "Has a note")) == {}


def fonts_asked(replica: Replica) -> list[str]:
    """Return the fonts of the hostile script that the browser fetched."""
    return [one.path for one in replica.recorder.requests if FONTS in one.path]


def test_fonts_that_the_page_defines_are_fetched_for_its_own_letters_and_not_for_ours(
    hostile: Bidi, replica: Replica
) -> None:
    hostile.open("https://x.com/adaquill/with_replies")
    hostile.evaluate("window.Spy.fonts()")
    hover(hostile)
    hostile.evaluate("window.Replica.go('/wrenwrites')")
    card(hostile).says(NOTE, ".note")
    until(lambda: ALIAS in mark(hostile), "a mark")
    assert fonts_asked(replica) == []
    hostile.evaluate("window.Spy.plant('Ж')")
    until(lambda: fonts_asked(replica), "the font of the page's own letter")


def test_the_size_of_a_mark_tells_nothing_of_its_word(hostile: Bidi, shared_house: House) -> None:
    sizes = set()
    for word in ("i", "small press", "W" * 40):
        shared_house.write(VIEWER, PERSON, "alias", {"alias": word})
        hostile.open("https://x.com/wrenwrites")
        until(lambda said=word: mark(hostile).startswith(said[:5]), f"the mark to say {word}")  # type: ignore[misc]
        found = hostile.evaluate("window.Spy.sizes().filter(([kind]) => kind === 'badge')")
        assert isinstance(found, list)
        sizes |= {tuple(one) for one in found}
    shared_house.write(VIEWER, PERSON, "alias", {"alias": ALIAS})
    assert len(sizes) == 1


def test_the_height_of_a_card_tells_a_notes_length_in_steps_of_24_pixels_alone(
    hostile: Bidi, shared_house: House
) -> None:
    tell_lengths(shared_house)
    heights = set()
    for person, _ in LENGTHS:
        hostile.open(f"https://x.com/{person.handle}")
        card(hostile).says("end", ".note")
        heights |= set(settled_heights(hostile.evaluate))
    assert len(heights) > 1, "the control: a long note does make the card higher"
    assert {height % 24 for height in heights - {FIRST_HEIGHT}} == {0}


def rests(shown: Shown) -> None:
    """Wait until the card has heard that all is kept: a page that goes before leaves the text to the next card."""
    shown.has("!CardPage.shown().editor.isBusy()")


def test_what_is_typed_right_after_e_reaches_the_frame_and_not_the_page(hostile: Bidi, shared_house: House) -> None:
    open_profile(hostile)
    hostile.press("e", *"typed at once")
    until(lambda: stored_note(shared_house).endswith("typed at once"), "what was typed at once, on disk")
    hostile.hold(CONTROL, ENTER)
    rests(card(hostile))
    assert typed(hostile) == []


def test_a_paste_and_a_composition_in_the_frame_are_not_told_to_the_page(hostile: Bidi, shared_house: House) -> None:
    open_profile(hostile)
    shown = card(hostile)
    hostile.press("e")
    shown.has("document.activeElement.tagName === 'TEXTAREA'")
    hostile.compose("しみ", "清水")
    until(lambda: stored_note(shared_house).endswith("清水"), "the composed text on disk")
    composed = stored_note(shared_house)
    hostile.hold(CONTROL, "a")
    hostile.hold(CONTROL, "c")
    hostile.press(END)
    hostile.hold(CONTROL, "v")
    hostile.hold(CONTROL, ENTER)
    until(lambda: stored_note(shared_house) == composed * 2, "the pasted text on disk")
    rests(shown)
    assert typed(hostile) == []


def test_the_control_a_key_pressed_in_xs_page_is_told_to_it(hostile: Bidi) -> None:
    open_profile(hostile)
    hostile.press("j")
    assert ["keydown", "j"] in typed(hostile)


@pytest.mark.parametrize("header", ISOLATION, ids=[f"{name} {value[:14]}" for name, value in ISOLATION])
def test_no_header_makes_the_browser_report_where_the_frame_comes_from(
    hostile: Bidi, replica: Replica, header: tuple[str, str]
) -> None:
    replica.world.look.headers = (header,)
    open_profile(hostile)
    assert "extension://" not in traces(hostile.evaluate)
    assert not [one for one in replica.recorder.requests if b"extension://" in one.body]


def test_the_page_sees_neither_frame_nor_address(hostile: Bidi) -> None:
    open_profile(hostile)
    assert hostile.evaluate("[window.length, document.querySelectorAll('iframe').length]") == [0, 0]
    assert "extension://" not in traces(hostile.evaluate)
    hostile.press("e")
    card(hostile).has("document.activeElement.tagName === 'TEXTAREA'")
    assert hostile.evaluate("document.activeElement.dataset.mutuals") == "card", "only that the focus is in it"


def test_a_page_that_frames_our_page_itself_gets_an_empty_shell(hostile: Bidi) -> None:
    open_profile(hostile)
    found = hostile.evaluate(f"{FRAME}({json.dumps(extension_url('card/card.html'))})")
    assert isinstance(found, list)
    said, text = found
    assert [one for one in said if "drawn" in one or "height" in one] == []
    assert text in {"SecurityError", "TypeError"}


def test_no_page_gets_more_of_the_extension_than_its_empty_shell_even_where_it_knows_the_address(
    hostile: Bidi, replica: Replica
) -> None:
    open_profile(hostile)
    for guessed in ("manifest.json", "card/main.js", "pages/options.html", "lib/protocol.js"):
        assert hostile.evaluate(f"{FETCH}({json.dumps(extension_url(guessed))})") == "refused", guessed
    other = "moz-extension://11111111-2222-4333-8444-555555555555/card/card.html"
    assert hostile.evaluate(f"{FETCH}({json.dumps(other)})") == "refused"
    hostile.open("https://hostile.example/")
    assert hostile.evaluate(f"{FETCH}({json.dumps(extension_url('card/card.html'))})") == "refused"


def test_the_tap_shows_its_port_to_no_built_in_that_the_page_replaces(hostile: Bidi, shared_house: House) -> None:
    open_profile(hostile)
    hostile.evaluate("window.Replica.go('/inesmakes')")
    until(
        lambda: shared_house.ask("person", viewer=VIEWER, person={"handle": "inesmakes"})["name"],
        "Ines to be taken in",
    )
    assert hostile.evaluate("[window.Spy.ports.length, window.Spy.tampered]") == [0, []]


RELAY = """
addEventListener("relay", async () => {
  document.documentElement.dataset.relayed =
    JSON.stringify(await ASK((message) => browser.runtime.sendMessage(message)));
});
"""
"""A content script that asks the background for everything: a browser without a debugger for that world needs one."""


def with_relay(folder: Path) -> Path:
    """Return a copy of the extension that has one more content script, which asks for everything when told to."""
    shutil.copytree(EXTENSION, folder)
    (folder / "relay.js").write_text(RELAY.replace("ASK", ask_all()))
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["content_scripts"][2]["js"].append("relay.js")
    path.write_text(json.dumps(manifest))
    return folder


def test_the_content_scripts_get_no_note_talk_or_reason_by_any_message(hostile: Bidi, tmp_path: Path) -> None:
    hostile.open("about:blank")  # a page of the extension's own would go with it
    hostile.install(with_relay(tmp_path / "extension"))
    try:
        open_profile(hostile)
        hostile.evaluate("dispatchEvent(new Event('relay'))")
        until(lambda: hostile.evaluate("document.documentElement.dataset.relayed"), "the replies")
        check_replies(json.loads(str(hostile.evaluate("document.documentElement.dataset.relayed"))))
    finally:
        hostile.open("about:blank")
        hostile.install(EXTENSION)
