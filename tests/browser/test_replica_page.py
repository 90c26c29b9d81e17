"""The stand-in behaves as X's page does: recycled rows, flipped buttons, late content, tabs, menus."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from selenium.webdriver.common.by import By

from tests.browser.chromium import start_chromium
from tests.browser.devtools import until
from tests.browser.pages import XPage, patient
from tests.replica import people
from tests.replica.server import Replica


@pytest.fixture(scope="module")
def bare_browser(shared_replica: Replica) -> Iterator[XPage]:
    """A browser without the extension."""
    browser = start_chromium(shared_replica, extension=None)
    yield XPage(browser)
    browser.quit()


@pytest.fixture
def bare(bare_browser: XPage, replica: Replica) -> XPage:
    """The page in it, with nothing recorded."""
    bare_browser.driver.get("about:blank")
    return bare_browser


def test_scrolling_reuses_the_same_node_for_other_people(bare: XPage) -> None:
    bare.open("/home")
    until(bare.authors, "the timeline")
    bare.driver.execute_script(
        "window.first = document.querySelector('[data-testid=cellInnerDiv]');"
        "window.who = () => first.querySelector('[data-testid^=UserAvatar]')?.dataset.testid"
    )
    seen = set()
    for _ in range(12):
        seen.add(bare.driver.execute_script("return first.isConnected ? who() : null"))
        bare.scroll(2500)
    assert len(seen - {None}) > 1


def test_following_flips_the_test_id_on_the_same_button_and_tells_x(bare: XPage, replica: Replica) -> None:
    bare.open("/bolaprints")
    css = f"[data-testid=placementTracking] [data-testid='{people.BOLA.id}-follow']"
    button = patient(lambda: bare.driver.find_element(By.CSS_SELECTOR, css), "the follow button")
    button.click()
    until(lambda: button.get_attribute("data-testid") == f"{people.BOLA.id}-unfollow", "the flipped button")
    until(lambda: replica.world.bond(people.BOLA.id).following, "friendships/create")
    assert any(one.path.endswith("/friendships/create.json") for one in replica.recorder.requests)


def test_liking_a_post_tells_x_which(bare: XPage, replica: Replica) -> None:
    bare.open("/bolaprints")
    like = patient(lambda: bare.driver.find_element(By.CSS_SELECTOR, "[data-testid=like]"), "a like button")
    like.click()
    until(lambda: any("FavoriteTweet" in one.path for one in replica.recorder.requests), "FavoriteTweet")


def test_the_header_is_there_before_its_content(bare: XPage, replica: Replica) -> None:
    gate = replica.world.look.gate = threading.Event()
    bare.open("/wrenwrites")
    assert bare.driver.find_elements(By.CSS_SELECTOR, "[data-testid=app-bar-back]")
    assert not bare.driver.find_elements(By.CSS_SELECTOR, "[data-testid=UserName]")
    gate.set()
    until(lambda: bare.driver.find_elements(By.CSS_SELECTOR, "[data-testid=UserName]"), "the late header")


@pytest.mark.parametrize(("redesign", "tabs"), [(True, 5), (False, 3)])
def test_the_profile_has_the_tabs_of_its_design(bare: XPage, replica: Replica, redesign: bool, tabs: int) -> None:
    replica.world.look.redesign = redesign
    bare.open("/wrenwrites")
    until(lambda: len(bare.driver.find_elements(By.CSS_SELECTOR, "[role=tab]")) == tabs, f"{tabs} tabs")


def visit(bare: XPage, replica: Replica, path: str) -> None:
    """Open a page and stay until it has heard an answer, however late X's answers are."""
    before = len(replica.recorder.heard)
    bare.open(path)
    until(lambda: bare.driver.find_elements(By.CSS_SELECTOR, "[data-testid=AppTabBar_Profile_Link]"), path)
    until(lambda: len(replica.recorder.heard) > before, f"an answer to {path}")


def test_the_page_reads_what_it_was_sent_and_makes_no_errors(bare: XPage, replica: Replica) -> None:
    for path in (
        "/wrenwrites",
        "/home",
        "/notifications",
        "/adaquill/followers",
        "/search?q=harbour&f=live",
        "/i/chat",
    ):
        visit(bare, replica, path)
    until(lambda: len(replica.recorder.heard) > 5, "hashes of the answers")
    assert replica.recorder.changed_answers() == []
    assert replica.recorder.errors == []
    assert replica.recorder.foreign() == []
