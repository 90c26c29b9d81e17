"""A report of X's page: copied from the panel as an outline, and what `mutuals doctor` is told of the page."""

from __future__ import annotations

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from companion.store.page_health import read_page_health
from tests.browser.chromium import Chromium
from tests.browser.devtools import until
from tests.browser.house import House
from tests.browser.pages import Card, XPage
from tests.browser.test_main_path import stored_note
from tests.browser.words import words
from tests.replica import people
from tests.replica.server import Replica

HEAR = "navigator.clipboard.writeText = async (text) => { window.copied = text; }"


def test_the_page_beside_the_panel_is_copied_without_its_people_and_texts(x: XPage, chromium: Chromium) -> None:
    x.open_profile("wrenwrites")
    until(lambda: "wrenwrites" in x.authors(), "posts on the page")
    driver = chromium.driver
    driver.switch_to.new_window("tab")
    driver.get(chromium.url("pages/panel.html"))
    driver.execute_script(HEAR)
    until(lambda: driver.find_element(By.ID, "copy-page").text, "the button's words, with which it works")
    driver.find_element(By.ID, "copy-page").click()
    until(lambda: driver.find_element(By.ID, "copied").text.startswith("Copied"), "that it is copied")
    copied = str(driver.execute_script("return window.copied"))
    assert 'data-testid="tweet"' in copied
    assert 'data-testid="UserName"' in copied
    for secret in ("wren", "adaquill", "2000001", "proofs"):
        assert secret not in copied.lower()


def test_the_companion_is_told_which_program_of_x_drew_the_page(x: XPage, house: House) -> None:
    x.open_profile("wrenwrites")
    data = house.process.data

    def told() -> bool:
        health = read_page_health(data)
        return health is not None and health.client == "classic" and health.missing == []

    until(told, "the check of the page", 20)


def test_on_a_page_without_test_ids_people_are_still_found(x: XPage, house: House, replica: Replica) -> None:
    viewer: dict[str, object] = {"id": people.ADA.id, "handle": people.ADA.handle}
    house.write(viewer, {"id": people.WREN.id, "handle": people.WREN.handle}, "tags", {"tags": ["small press"]})
    replica.world.look.test_ids = False
    x.open("/wrenwrites")
    assert not x.driver.find_elements(By.CSS_SELECTOR, "[data-testid]")
    until(lambda: [one.says for one in x.leaves("card")] == ["wrenwrites"], "the card under the header")
    x.badge_of("wrenwrites", "small press")
    x.open("/adaquill/followers")
    x.badge_of("wrenwrites", "small press")
    assert not [leaf for leaf in x.leaves() if leaf.says == "adaquill"]


def test_on_a_page_without_test_ids_a_note_a_report_and_the_marks_work(
    x: XPage, house: House, replica: Replica
) -> None:
    replica.world.look.test_ids = False
    x.open("/bargainbarn")
    card = Card(x.browser, "[data-mutuals=card]")
    card.part(".chip.add")
    ActionChains(x.driver).send_keys("v").perform()
    card.part(".vet .v")
    card.says(words("vetRow_posts"), ".vet")
    until(lambda: words("vetLooking") not in card.text(".vet"), "link and photo to be looked at", 20)
    x.open("/wrenwrites")
    card.part(".chip.add")
    ActionChains(x.driver).send_keys("e").perform()
    card.part(".note textarea")
    card.press(*"Phone first.")
    card.press(Keys.ENTER, control=True)
    until(lambda: stored_note(house) == "Phone first.", "the note on disk")
    x.badge_of("wrenwrites")
    x.open_mark().says("Phone first.", ".note")
    x.open("/home")
    until(x.leaves, "marks on the home page")
