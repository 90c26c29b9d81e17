"""Who is who and who looks: renames, handles taken over, two accounts in one browser."""

from __future__ import annotations

import time

from selenium.webdriver.common.by import By

from tests.browser.devtools import until
from tests.browser.pages import XPage, patient
from tests.browser.words import words
from tests.replica import people
from tests.replica.server import Replica


def later() -> None:
    """Wait for the clock's next second: sightings are dated by seconds, and nobody renames twice in one."""
    now = int(time.time())
    until(lambda: int(time.time()) > now, "the next second")


def test_a_rename_keeps_the_note_and_shows_the_former_handle(x: XPage, replica: Replica) -> None:
    x.open_profile("wrenwrites").write("Knows every printer in Lagos.")
    x.card().saved()
    later()
    replica.world.rename(people.WREN.id, "wren_okafor")
    card = x.open_profile("wren_okafor")
    card.says("Knows every printer in Lagos.")
    card.says("@wrenwrites")


def test_a_handle_taken_over_by_somebody_else_does_not_inherit_the_note(x: XPage, replica: Replica) -> None:
    x.open_profile("rheapillai").write("Sent her the spring issue.")
    x.card().saved()
    later()
    replica.world.recycle(people.RHEA.id, "4000001")
    card = x.open_profile("rheapillai")
    card.says(words("noticeRecycled"))
    assert card.note() == ""
    assert x.open_profile("rheapillai_old").note() == "Sent her the spring issue."


def test_each_account_has_its_own_relation_and_sees_the_same_note(x: XPage, replica: Replica) -> None:
    x.open("/wrenwrites/with_replies")
    card = x.card()
    card.write("Written as Ada.")
    card.saved()
    card.says(words("follow_yes_yes"))
    switch_account(x, people.ADA_AT_WORK.handle)
    card = x.open_profile("wrenwrites")
    card.says("Written as Ada.")
    card.says(words("follow_no_no"))
    assert replica.world.viewer_id == people.ADA_AT_WORK.id


def switch_account(x: XPage, handle: str) -> None:
    """Use X's own account menu, which has the hover card's test id and must get nothing of ours."""
    patient(
        lambda: x.driver.find_element(By.CSS_SELECTOR, "[data-testid=SideNav_AccountSwitcher_Button]").click(), "menu"
    )
    accounts = "[data-testid=HoverCard] [data-account]"
    until(lambda: len(x.driver.find_elements(By.CSS_SELECTOR, accounts)) == 2, "both accounts")
    x.driver.find_elements(By.CSS_SELECTOR, accounts)[1].click()
    until(lambda: x.driver.current_url.endswith("/home"), "the page to load again")
    link = f"[data-testid=AppTabBar_Profile_Link][href='/{handle}']"
    until(lambda: x.driver.find_elements(By.CSS_SELECTOR, link), "the other account's page")
    assert not x.leaves("line")
