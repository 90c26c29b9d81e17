"""X's page against us, in Chromium: a hostile script with every probe we know learns nothing that the user wrote."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from tests.browser.chromium import Chromium
from tests.browser.devtools import until
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
from tests.browser.pages import Card, XPage
from tests.browser.test_main_path import stored_note
from tests.replica.server import Replica

NOTE, TAG, ALIAS, TOUCH, REASON = SECRETS


def evaluate(x: XPage) -> Callable[[str], object]:
    """Return what evaluates an expression in X's own world."""
    x.driver.switch_to.default_content()
    return lambda expression: x.driver.execute_script(f"return {expression}")


@pytest.fixture
def hostile(x: XPage, house: House, replica: Replica) -> XPage:
    """X's page with the hostile script, about somebody of whom much is written."""
    replica.world.look.script = SCRIPT
    tell(house)
    return x


def everything_open(x: XPage) -> Card:
    """Show the card with its history, its versions and a report."""
    x.open("/wrenwrites")
    card = x.card()
    x.badge_of("wrenwrites", ALIAS)
    card.click(".state")
    card.press("m")
    card.says(TOUCH, ".tl")
    card.press("v")
    card.part(".vet .v")
    card.says(NOTE, ".note")
    card.says(REASON)
    return card


def test_no_probe_reads_a_card_with_everything_open_or_a_mark(hostile: XPage) -> None:
    everything_open(hostile)
    page = evaluate(hostile)
    assert learnt(page) == {}
    found = control(page)
    assert set(TEXTUAL) <= set(found), "a probe that does not find plain text proves nothing"


def test_no_probe_reads_the_popover_or_its_editor(hostile: XPage) -> None:
    hostile.open("/wrenwrites")
    hostile.badge_of("wrenwrites", ALIAS)
    card = hostile.open_mark()
    card.says(NOTE)
    card.click(".note .text")
    card.part("textarea")
    assert learnt(evaluate(hostile)) == {}


def test_no_probe_reads_the_line_in_xs_hover_card(hostile: XPage) -> None:
    hostile.open("/adaquill/with_replies")
    hostile.line_over("wrenwrites", TAG)
    page = evaluate(hostile)
    assert learnt(page) == {}
    assert learnt(page, ("Not known yet", "Has a note")) == {}


def fonts_asked(replica: Replica) -> list[str]:
    """Return the fonts of the hostile script that the browser fetched."""
    return [one.path for one in replica.recorder.requests if FONTS in one.path]


def test_fonts_that_the_page_defines_are_fetched_for_its_own_letters_and_not_for_ours(
    hostile: XPage, replica: Replica
) -> None:
    hostile.open("/wrenwrites")
    page = evaluate(hostile)
    page("window.Spy.fonts()")
    hostile.badge_of("wrenwrites", ALIAS)
    hostile.card().says(NOTE, ".note")
    hostile.line_over("wrenwrites", TAG)
    assert fonts_asked(replica) == []
    page("window.Spy.plant('Ж')")
    until(lambda: fonts_asked(replica), "the font of the page's own letter")


def test_the_size_of_a_mark_tells_nothing_of_its_word(x: XPage, house: House, replica: Replica) -> None:
    replica.world.look.script = SCRIPT
    sizes = set()
    for word in ("i", "small press", "W" * 40):
        house.write(VIEWER, PERSON, "tags", {"tags": [word]})
        x.open("/wrenwrites")
        x.badge_of("wrenwrites", word[:5])
        found = evaluate(x)("window.Spy.sizes().filter(([kind]) => kind === 'badge')")
        assert isinstance(found, list)
        sizes |= {tuple(one) for one in found}
    assert len(sizes) == 1


def test_the_height_of_a_card_tells_a_notes_length_in_steps_of_24_pixels_alone(
    x: XPage, house: House, replica: Replica
) -> None:
    replica.world.look.script = SCRIPT
    tell_lengths(house)
    heights = set()
    for person, _ in LENGTHS:
        x.open(f"/{person.handle}")
        x.card().says("end", ".note")
        heights |= set(settled_heights(evaluate(x)))
    assert len(heights) > 1, "the control: a long note does make the card higher"
    assert {height % 24 for height in heights - {FIRST_HEIGHT}} == {0}


def typed(x: XPage) -> list[list[str]]:
    """Return every key and input event that the page was told of."""
    return [list(one) for one in x.driver.execute_script("return window.Spy.log")]


def test_e_and_what_is_typed_at_once_after_it_reach_the_frame_and_not_the_page(hostile: XPage, house: House) -> None:
    hostile.open("/wrenwrites")
    hostile.card().says(NOTE, ".note")
    ActionChains(hostile.driver).send_keys("e", *"typed at once").perform()
    card = hostile.card()
    card.press(Keys.ENTER, control=True)
    card.saved()
    assert stored_note(house).endswith("typed at once")
    assert typed(hostile) == []
    # the control: a key pressed outside the frame is heard
    hostile.driver.execute_script("document.activeElement.blur()")
    ActionChains(hostile.driver).send_keys("x").perform()
    assert typed(hostile)[0] == ["keydown", "x"]


def test_a_paste_and_a_composition_in_the_frame_are_not_told_to_the_page(hostile: XPage, house: House) -> None:
    hostile.open("/wrenwrites")
    card = hostile.card()
    card.click(".note .text")
    card.part("textarea")
    with card.inside() as frame:
        frame.execute_cdp_cmd("Input.imeSetComposition", {"text": "しみ", "selectionStart": 2, "selectionEnd": 2})
        frame.execute_cdp_cmd("Input.insertText", {"text": "清水"})
    until(lambda: stored_note(house).endswith("清水"), "the composed text on disk")
    composed = stored_note(house)
    card.press("a", control=True)
    card.press("c", control=True)
    card.press(Keys.END)
    card.press("v", control=True)
    card.press(Keys.ENTER, control=True)
    until(lambda: stored_note(house) == composed * 2, "the pasted text on disk")
    assert typed(hostile) == []


def test_the_control_a_key_pressed_in_xs_page_is_told_to_it(hostile: XPage) -> None:
    hostile.open("/wrenwrites")
    hostile.card()
    ActionChains(hostile.driver).send_keys("j").perform()
    assert ["keydown", "j"] in typed(hostile)


@pytest.mark.parametrize("header", ISOLATION, ids=[f"{name} {value[:14]}" for name, value in ISOLATION])
def test_no_header_makes_the_browser_report_where_the_frame_comes_from(
    hostile: XPage, replica: Replica, header: tuple[str, str]
) -> None:
    replica.world.look.headers = (header,)
    hostile.open("/wrenwrites")
    hostile.card().says(NOTE, ".note")
    assert "extension://" not in traces(evaluate(hostile))
    assert not [one for one in replica.recorder.requests if b"extension://" in one.body]


def test_the_page_sees_neither_frame_nor_address(hostile: XPage) -> None:
    hostile.open("/wrenwrites")
    hostile.card().says(NOTE, ".note")
    page = evaluate(hostile)
    assert page("[window.length, document.querySelectorAll('iframe').length]") == [0, 0]
    assert "extension://" not in traces(page)
    hostile.card().click(".state")
    assert evaluate(hostile)("document.activeElement.dataset.mutuals") == "card", "only that the focus is in it"


def test_a_page_that_frames_our_page_itself_gets_an_empty_shell(hostile: XPage) -> None:
    hostile.open("/wrenwrites")
    hostile.card().says(NOTE, ".note")
    with hostile.card().inside() as frame:
        known = str(frame.execute_script("return location.href"))
    hostile.driver.switch_to.default_content()
    said, text = hostile.driver.execute_script(f"return {FRAME}(arguments[0])", known)
    assert [one for one in said if "drawn" in one or "height" in one] == []
    assert text in {"SecurityError", "TypeError"}


def test_our_page_is_not_to_be_had_at_the_extensions_lasting_address(hostile: XPage) -> None:
    hostile.open("/wrenwrites")
    hostile.card()
    address = hostile.browser.url("card/card.html")
    assert hostile.driver.execute_script(f"return {FETCH}(arguments[0])", address) == "refused"


def test_the_tap_shows_its_port_to_no_built_in_that_the_page_replaces(hostile: XPage, house: House) -> None:
    hostile.open("/wrenwrites")
    hostile.card()
    hostile.go("/inesmakes")
    until(lambda: house.ask("person", viewer=VIEWER, person={"handle": "inesmakes"})["name"], "Ines to be taken in")
    assert evaluate(hostile)("[window.Spy.ports.length, window.Spy.tampered]") == [0, []]


def test_the_content_scripts_get_no_note_talk_or_reason_by_any_message(hostile: XPage, chromium: Chromium) -> None:
    hostile.open("/wrenwrites")
    hostile.card().says(NOTE, ".note")
    asking = f"{ask_all()}((message) => chrome.runtime.sendMessage(message))"
    check_replies(chromium.devtools.in_content_world("https://x.com/wrenwrites", asking))
