"""Vetting, as a person does it: from the followers page, from a profile in one key, from the queue; and seen again."""

from __future__ import annotations

import random

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tests.browser.axe import violations
from tests.browser.chromium import Chromium
from tests.browser.devtools import until
from tests.browser.house import House
from tests.browser.pages import Card, XPage, patient
from tests.browser.test_main_path import VIEWER
from tests.browser.words import words
from tests.replica import people
from tests.replica.server import Replica
from tests.replica.world import Theme

BARGAIN = {"id": people.BARGAIN.id}
BOLA = {"id": people.BOLA.id}


def decided(house: House, person: dict[str, str]) -> tuple[str, list[str]]:
    """What the companion has as the latest decision and its reasons."""
    decision = house.ask("person", viewer=VIEWER, person=person)["decision"]
    return (str(decision["decision"]), list(decision["reasons"])) if isinstance(decision, dict) else ("", [])


def few(replica: Replica) -> None:
    """Leave the viewer only the featured followers, two of them new: a queue for one sitting."""
    featured = {person.id for person in people.FEATURED}
    for viewer, person in [key for key in replica.world.bonds if key[1] not in featured]:
        del replica.world.bonds[viewer, person]


def followers(x: XPage) -> None:
    """Open the viewer's own followers."""
    x.open("/adaquill/followers")


def row_of(x: XPage, handle: str) -> WebElement:
    """The row of one follower."""
    return patient(
        lambda: x.driver.find_element(By.XPATH, f"//*[@data-testid='UserCell'][.//a[@href='/{handle}']]"), handle
    )


def vet_button(x: XPage, handle: str) -> WebElement:
    """The Vet button of ours in a follower's row."""

    def look() -> WebElement:
        host = row_of(x, handle).find_element(By.CSS_SELECTOR, "[data-mutuals=vet]")
        return host.shadow_root.find_element(By.CSS_SELECTOR, "button")

    return patient(look, f"the Vet button of @{handle}")


def press_vet(x: XPage, handle: str) -> Card:
    """Press the Vet button in a follower's row, and return the card that opens."""
    x.badge_of(handle)  # the row moves when it comes
    return x.open_from(lambda: vet_button(x, handle))


def word_of(button: WebElement) -> str:
    """The word that is drawn on a button of ours."""
    return str(button.get_attribute("data-word"))


def test_a_follower_is_vetted_from_the_followers_page_and_the_decision_is_there_after_a_reload(
    x: XPage, house: House, replica: Replica
) -> None:
    followers(x)
    card = press_vet(x, "bargainbarn")
    card.part(".vet .v")
    card.says(words("vetYouDecide"))
    card.press("1")
    until(lambda: decided(house, BARGAIN) == ("no", ["sells_followers"]), "the decision to be kept")
    assert replica.recorder.synthetic == []
    followers(x)
    until(
        lambda: vet_button(x, "bargainbarn").get_attribute("data-word") == words("vetIs_no"),
        "the row to say what was decided",
    )
    press_vet(x, "bargainbarn").says("sells followers", ".decided")


def test_a_profile_is_vetted_in_one_key_and_the_decision_seen_again(x: XPage, house: House) -> None:
    card = x.open_profile("bolaprints")
    ActionChains(x.driver).send_keys("v").perform()
    card.says(words("vetRow_relation"), ".vet")
    card.says("Follows you", ".vet .f")
    card.click("[data-as=wait]")
    until(lambda: decided(house, BOLA) == ("wait", []), "the decision to be kept")
    x.open_profile("bolaprints").says("You chose to wait", ".decided")


@pytest.mark.parametrize("seed", range(3))
def test_v_pressed_before_x_has_answered_ends_with_what_a_fresh_report_says(
    x: XPage, house: House, replica: Replica, seed: int
) -> None:
    replica.world.look.delay, replica.world.look.chance = 0.5, random.Random(seed)
    card = x.open_profile("bargainbarn")
    ActionChains(x.driver).send_keys("v").perform()

    def agrees() -> bool:
        report = house.ask("vet", viewer=VIEWER, person=BARGAIN)
        rows = report["rows"]
        assert isinstance(rows, list)
        posts = next(row for row in rows if row["name"] == "posts")
        told = [*(str(piece["text"]) for piece in posts["pieces"]), str(report["line"])]
        return report["looked_at"] is not None and all(one in card.text(".vet") for one in told)

    until(agrees, "the open report to say what a fresh one says")


def test_follow_back_only_moves_the_focus_and_x_is_never_asked_to_follow(
    x: XPage, house: House, replica: Replica
) -> None:
    card = x.open_profile("bolaprints")
    ActionChains(x.driver).send_keys("v").perform()
    card.click("[data-as=follow_back]")
    until(
        lambda: x.driver.switch_to.active_element.get_attribute("data-testid") == f"{people.BOLA.id}-follow",
        "the focus on X's own button",
    )
    until(lambda: decided(house, BOLA)[0] == "follow_back", "the decision to be kept")
    assert replica.recorder.synthetic == []
    assert not replica.world.bond(people.BOLA.id).following
    assert [call for call in replica.recorder.requests if "friendships" in call.path] == []


def test_a_decision_is_taken_back_by_one_key(x: XPage, house: House) -> None:
    card = x.open_profile("bargainbarn")
    ActionChains(x.driver).send_keys("v").perform()
    card.part(".vet .v")
    card.press("2")
    until(lambda: decided(house, BARGAIN) == ("no", ["adult"]), "the decision")
    card.press("z")
    until(lambda: decided(house, BARGAIN) == ("", []), "nothing decided any more")


def test_the_queue_goes_through_new_followers_by_keys_survives_a_reload_and_ends(
    x: XPage, house: House, replica: Replica
) -> None:
    few(replica)
    followers(x)
    until(lambda: house.ask("queue", viewer=VIEWER)["waiting"] == 2, "two new followers to be taken in")
    followers(x)
    queue_says(x, f"{words('vetQueue')} 2")
    card = start_queue(x)
    card.part(".vet .v")
    card.press("3")
    until(lambda: house.ask("queue", viewer=VIEWER)["waiting"] == 1, "one to be decided about")
    followers(x)
    queue_says(x, f"{words('vetQueue')} 1")
    card = start_queue(x)
    card.part(".vet .v")
    card.press("3")
    followers(x)
    queue_says(x, words("vetQueueDone"))


def queue_says(x: XPage, said: str) -> None:
    """Wait until the bar over the list of followers says something; tell what it says if it never does."""
    bars: list[str] = []

    def says() -> bool:
        bars[:] = [bar.text for bar in x.leaves("queue")]
        return any(said in text for text in bars)

    try:
        until(says, f"the bar to say {said!r}")
    except AssertionError as never:
        raise AssertionError(f"{never}; it says {bars}") from never


def start_queue(x: XPage) -> Card:
    """Press Start on that bar, and return the card that opens."""
    bar = (By.CSS_SELECTOR, "nav [data-mutuals=queue]")
    return x.open_from(lambda: x.driver.find_element(*bar).shadow_root.find_element(By.CSS_SELECTOR, "button"))


def test_the_panel_has_the_same_stack_with_the_same_keys(
    x: XPage, house: House, chromium: Chromium, replica: Replica
) -> None:
    few(replica)
    followers(x)
    until(lambda: house.ask("queue", viewer=VIEWER)["waiting"] == 2, "two new followers to be taken in")
    driver = chromium.driver
    driver.get(chromium.url("pages/panel.html"))
    until(lambda: driver.find_elements(By.CSS_SELECTOR, "#queue .v"), "the first card")
    assert violations(driver) == []
    driver.execute_script("document.activeElement.blur()")
    first = driver.find_element(By.CSS_SELECTOR, "#queue .people a").get_attribute("href")
    ActionChains(driver).send_keys("2").perform()
    until(lambda: house.ask("queue", viewer=VIEWER)["waiting"] == 1, "one to be decided about")
    until(
        lambda: (
            [one.get_attribute("href") for one in driver.find_elements(By.CSS_SELECTOR, "#queue .people a")]
            not in ([first], [])
        ),
        "the next card",
    )
    ActionChains(driver).send_keys("z").perform()
    until(lambda: house.ask("queue", viewer=VIEWER)["waiting"] == 2, "it to be taken back")


def test_after_the_users_own_follow_a_small_question_keeps_why(x: XPage, house: House) -> None:
    x.open("/bolaprints")
    x.card()
    press_x(x, f"{people.BOLA.id}-follow")
    why = x.popover()
    why.click("input")
    why.press(*"met at the riso fair", Keys.ENTER)
    until(lambda: decided(house, BOLA)[0] == "follow_back", "the reason to be kept")
    x.open_profile("bolaprints").says("met at the riso fair", ".decided")


def press_x(x: XPage, testid: str) -> None:
    """Press a button or menu item of X's own, as the user does."""
    patient(lambda: x.driver.find_element(By.CSS_SELECTOR, f"[data-testid='{testid}']").click(), f"X's {testid}")


@pytest.mark.parametrize("act", ["unfollowed", "muted", "blocked"])
def test_after_an_unfollow_mute_or_block_the_question_keeps_a_reason_that_is_said_when_they_are_met_again(
    x: XPage, house: House, replica: Replica, act: str
) -> None:
    replica.world.bond(people.BOLA.id).following = True
    x.open("/bolaprints")
    x.card()
    if act == "unfollowed":
        press_x(x, f"{people.BOLA.id}-unfollow")
    else:
        press_x(x, "userActions")
        press_x(x, {"muted": "mute", "blocked": "block"}[act])
    if act != "muted":
        press_x(x, "confirmationSheetConfirm")
    x.popover().says(words("vetReason_sells_followers"), ".chips")
    x.popover().click(".chip")
    until(lambda: decided(house, BOLA) == (act, ["sells_followers"]), "the reason to be kept")
    x.open_profile("bolaprints").says(f"You {act} on ", ".decided")
    assert "sells followers" in x.card().text(".decided")
    assert replica.recorder.synthetic == []


def test_an_unfollow_not_confirmed_asks_nothing_and_escape_ignores_the_question_after_a_mute(
    x: XPage, house: House, replica: Replica
) -> None:
    replica.world.bond(people.BOLA.id).following = True
    x.open("/bolaprints")
    x.card()
    press_x(x, f"{people.BOLA.id}-unfollow")
    press_x(x, "confirmationSheetCancel")
    press_x(x, "userActions")
    press_x(x, "mute")
    x.popover().says(words("vetReason_sells_followers"), ".chips")
    assert "mute" in str(x.popover().measure("return document.querySelector('input').placeholder")).lower()
    ActionChains(x.driver).send_keys(Keys.ESCAPE).perform()
    until(lambda: not x.popover().has("input"), "the question to be gone")
    assert decided(house, BOLA)[0] == ""


def test_the_question_can_be_ignored_with_escape(x: XPage, house: House) -> None:
    x.open("/bolaprints")
    x.card()
    press_x(x, f"{people.BOLA.id}-follow")
    x.popover().part("input")
    ActionChains(x.driver).send_keys(Keys.ESCAPE).perform()
    until(lambda: not x.popover().has("input"), "the question to be gone")
    assert decided(house, BOLA)[0] == ""


@pytest.mark.parametrize("theme", ["light", "dim", "dark"])
def test_axe_finds_nothing_in_the_report(x: XPage, replica: Replica, theme: Theme) -> None:
    replica.world.look.theme = theme
    card = x.open_profile("bargainbarn")
    ActionChains(x.driver).send_keys("v").perform()
    card.part(".vet .v")
    with card.inside() as frame:
        assert violations(frame) == []


def test_ones_own_profile_has_a_mirror_and_nothing_to_decide(x: XPage, replica: Replica) -> None:
    x.open("/adaquill")
    mirror = Card(x.browser, "[data-testid=primaryColumn] [data-mutuals=card]")
    mirror.says(words("vetMirror"), ".acts")
    mirror.click("button")
    mirror.says(words("vetMirrorOnly"), ".vet")
    mirror.says("21 seen", ".vet .f")
    assert not mirror.has("[data-as]")
    assert words("vetRow_relation") not in mirror.text(".vet")
    assert replica.recorder.synthetic == []
    with mirror.inside() as frame:
        assert violations(frame) == []


def test_v_vets_whom_xs_hover_card_is_about(x: XPage, house: House, replica: Replica) -> None:
    x.open("/home")

    def press_v() -> None:
        x.line_over("wrenwrites", "")
        ActionChains(x.driver).send_keys("v").perform()

    card = x.open_by(press_v)
    card.says("@wrenwrites", ".closer")
    card.part(".vet .v")
    assert replica.recorder.synthetic == []


def test_v_vets_a_new_follower_in_the_notifications_and_the_row_says_what_was_decided(x: XPage, house: House) -> None:
    x.open("/notifications")

    def row() -> WebElement:
        return x.driver.find_element(By.XPATH, "//article[@data-testid='notification'][.//*[@data-mutuals='vet']]")

    card = x.open_by(lambda: ActionChains(x.driver).move_to_element(row()).send_keys("v").perform())
    card.part(".vet .v")
    card.press("7")
    until(lambda: decided(house, BOLA) == ("no", ["only_sells"]), "the decision to be kept")
    x.open("/notifications")

    def said() -> None:
        host = row().find_element(By.CSS_SELECTOR, "[data-mutuals=vet]")
        assert word_of(host.shadow_root.find_element(By.CSS_SELECTOR, "button")).startswith(words("vetIs_no"))

    patient(said, "the row to say what was decided")
