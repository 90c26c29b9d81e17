"""What the browser tests share: one replica, one companion, two browsers; a clean start for each test."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.bidi import Bidi
from tests.browser.chromium import Chromium, start_chromium
from tests.browser.dashboard_tab import Dashboard
from tests.browser.firefox import start_firefox
from tests.browser.firefox_page import pair
from tests.browser.house import House
from tests.browser.options import OptionsPage
from tests.browser.pages import XPage
from tests.browser.storage import Storage
from tests.browser.town_house import town_house
from tests.replica.server import Replica
from tests.replica.world import World


@pytest.fixture(scope="session")
def shared_replica() -> Iterator[Replica]:
    """The replica, with enough posts for a long scroll."""
    with Replica(World(crowd=160, home_posts=1300)) as replica:
        yield replica


@pytest.fixture(scope="session")
def shared_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The companion."""
    house = House(tmp_path_factory.mktemp("companion"))
    yield house
    house.close()


@pytest.fixture(scope="session")
def shared_chromium(shared_replica: Replica) -> Iterator[Chromium]:
    """Chromium with the extension, not paired yet."""
    browser = start_chromium(shared_replica)
    yield browser
    browser.quit()


@pytest.fixture(scope="module")
def shared_firefox(shared_replica: Replica, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bidi]:
    """Firefox with the extension and nothing cached, not paired yet."""
    browser = start_firefox(shared_replica, tmp_path_factory.mktemp("firefox"))
    yield browser
    browser.quit()


@pytest.fixture(scope="module")
def paired(shared_firefox: Bidi, shared_house: House, paired_storage: dict[str, object]) -> Bidi:
    """Firefox, paired through its options page with a fresh companion."""
    shared_house.reset()
    pair(shared_firefox, shared_house)
    return shared_firefox


@pytest.fixture(scope="session")
def paired_storage(shared_chromium: Chromium, shared_house: House) -> dict[str, object]:
    """What the browser keeps right after pairing, which is done once, through the options page."""
    page = OptionsPage(shared_chromium)
    page.open()
    page.set_port(shared_house.port)
    page.pair(shared_house.process.open_pairing())
    shared_house.keep_first()
    return Storage(shared_chromium).read()


LATE = os.environ.get("MUTUALS_LATE_SEED")
"""If set, X's answers come late in every browser test, each by a time of chance; the same seed draws the same times."""
LATE_BY = 0.25
"""Seconds on average."""


@pytest.fixture(autouse=True)
def replica(shared_replica: Replica, request: pytest.FixtureRequest) -> Replica:
    """The replica with its world as at the start and nothing recorded, whatever test was before and asks for what."""
    shared_replica.reset()
    if LATE is not None:
        look = shared_replica.world.look
        look.delay, look.chance = LATE_BY, random.Random(f"{LATE} {request.node.nodeid}")
    return shared_replica


@pytest.fixture
def house(shared_house: House, paired_storage: dict[str, object]) -> House:
    """The companion, running, paired, knowing nobody."""
    shared_house.reset()
    return shared_house


@pytest.fixture
def chromium(shared_chromium: Chromium, paired_storage: dict[str, object], house: House, replica: Replica) -> Chromium:
    """The paired browser with nothing cached, its worker asleep, on an empty page."""
    driver = shared_chromium.driver
    driver.switch_to.window(driver.window_handles[0])
    driver.get("about:blank")
    driver.delete_all_cookies()
    options = paired_storage["options"]
    assert isinstance(options, dict)
    Storage(shared_chromium).replace({**paired_storage, "options": {**options, "port": house.port}})
    shared_chromium.devtools.kill_worker()
    return shared_chromium


@pytest.fixture
def x(chromium: Chromium) -> XPage:
    """X's page in the paired browser."""
    return XPage(chromium)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder as a browser test."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def plain_chromium(shared_replica: Replica) -> Iterator[Chromium]:
    """Chromium without the extension: the dashboard needs none."""
    browser = start_chromium(shared_replica, extension=None)
    yield browser
    browser.quit()


@pytest.fixture
def town(tmp_path: Path) -> Iterator[House]:
    """A companion that knows a town."""
    with town_house(tmp_path) as house:
        yield house


@pytest.fixture
def dashboard(plain_chromium: Chromium, town: House) -> Iterator[Dashboard]:
    """Its dashboard, just opened."""
    driver = plain_chromium.driver
    page = Dashboard(driver, town)
    page.said_by_browser()
    yield page
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
