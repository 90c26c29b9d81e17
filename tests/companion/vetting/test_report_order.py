"""After any order and delay of page, look and key, the open report equals what a fresh one would say.

Card and background are modelled by their rules (`extension/card/vetting/vet.js`, `extension/background/vet.js`):
requests are numbered, an older answer is not drawn over a newer one, news of the person asks again, and what the page
shows after a press of V is looked at too. The companion is the real one, with an invented network.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.api import vet
from companion.server.app import create_app
from companion.settings import Settings
from companion.stores import Stores
from companion.vetting.look import Inspectors
from companion.vetting.network.results import Hop, Opened, Picture
from tests.companion.conftest import NOW, ORIGIN, PORT, SECRET, VIEWER, House
from tests.x_json import PostFacts, UserFacts, tweet_json, user_json
from tests.x_timeline import profile_json, timeline_json, tweet_entry

Json = dict[str, object]
Steps = Generator[str, None, None]
DONE = "done"
GOING = "on its way"
PERSON, HANDLE = "2000001", "wrenwrites"
PROFILES = (
    UserFacts(PERSON, HANDLE, "Wren", bio="Zines and letters.", website="https://wren.example/", followers=90),
    UserFacts(PERSON, HANDLE, "Wren", bio="Zines, letters, tea.", website="https://tea.example/", followers=91),
    UserFacts(PERSON, HANDLE, "Wren", avatar="https://pbs.twimg.com/profile_images/2/new_normal.jpg", follows_me=True),
)


def profile(number: int) -> Json:
    text = json.dumps(profile_json(user_json(PROFILES[number])))
    return {"seen": [{"op": "UserByScreenName", "at": NOW + number, "text": text}]}


def posts(number: int) -> Json:
    """Posts of the person, some offers, that the profile's first visit shows."""
    author = user_json(PROFILES[0])
    told = [
        PostFacts(str(10**18 + 100 * number + at), author, f"Mug {at} only $9.99, buy now!", NOW - at * 60)
        for at in range(4 + number)
    ]
    text = json.dumps(timeline_json("UserTweets", [tweet_entry(tweet_json(post)) for post in told]))
    return {"seen": [{"op": "UserTweets", "at": NOW, "text": text}]}


def reading(number: int) -> Json:
    """What the page's markup alone tells: the handle, and whether they follow."""
    person = {"handle": HANDLE, "name": "Wren", "follows_me": bool(number)}
    return {"readings": [{"kind": "dom", "page": "profile", "at": NOW + number, "people": [person], "posts": []}]}


PAGES = [*map(profile, range(3)), *map(posts, range(3)), *map(reading, range(2))]


@dataclass
class World:
    """One card of one person, its background, and the messages on their way; ``order`` picks which goes on next."""

    house: House
    order: list[int]
    during: int
    """Steps that go on while a link is opened."""
    running: list[Steps] = field(default_factory=list)
    requests: int = 0
    drawn: int = 0
    shown: Json | None = None
    opened: bool = False
    outdated: bool = False
    pressed: bool = False
    looking: bool = False

    def run(self, most: int = 10_000) -> None:
        """Let messages go on, one step of one at a time, until none is left."""
        while self.running and most:
            most -= 1
            going = self.running.pop((self.order.pop() if self.order else 0) % len(self.running))
            if next(going, DONE) is not DONE:
                self.running.append(going)

    def vet(self, *, look: bool) -> Json:
        return self.house.ask("vet", {"viewer": VIEWER, "person": {"handle": HANDLE}, "look": look})

    def ask(self, *, look: bool, looking: bool = False) -> Generator[str, None, Json]:
        yield GOING
        self.pressed = self.pressed or look
        yield GOING
        report = self.vet(look=look)
        yield GOING
        if report["look_due"] and self.pressed and not look and not looking and not self.looking:
            self.looking = True
            self.running.append(self.look_later())
        return report

    def look_later(self) -> Steps:
        yield GOING
        self.vet(look=True)
        yield GOING
        self.looking = False
        self.refresh()

    def press(self) -> Steps:
        self.outdated = False
        report = yield from self.ask(look=False, looking=True)
        self.opened, self.shown = True, report
        yield from self.update(look=True)

    def update(self, *, look: bool) -> Steps:
        self.requests += 1
        number = self.requests
        report = yield from self.ask(look=look)
        if number >= self.drawn:
            self.drawn, self.shown = number, report
        elif look:
            yield from self.update(look=False)

    def refresh(self) -> None:
        if self.opened:
            self.running.append(self.update(look=False))
        else:
            self.outdated = True

    def page(self, body: Json) -> Steps:
        yield GOING
        changed = self.house.ask("sightings", {"viewer": VIEWER, **body})["changed"]
        yield GOING
        assert isinstance(changed, list)
        if any(ref.get("id") == PERSON or ref.get("handle") == HANDLE for ref in changed):
            self.refresh()

    def network(self) -> Inspectors:
        """Return inspectors during whose work the page goes on."""

        def link(url: str) -> Opened:
            self.run(self.during)
            return Opened(url, (Hop(url, 200, "end"),), 200, url.split("/")[2], "A page", "text/html")

        def picture(address: str, _known: object) -> Picture:
            return Picture(f"{len(address):016x}", ())

        return Inspectors(link, picture)


@contextmanager
def new_world(order: list[int], during: int) -> Iterator[World]:
    """Yield a card before an empty companion, whose looks use an invented network."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        config = Settings(data=Path(folder), port=PORT)
        stores = Stores.open(config)
        stores.clients.add(ORIGIN, "test", SECRET, NOW)
        app = create_app(config, stores, lambda: NOW + 60)
        world = World(House(config, stores, app, app.test_client(), [NOW + 60]), order, during)
        patch.setattr(vet, "network_inspectors", world.network)
        try:
            yield world
        finally:
            stores.close()


@settings(max_examples=200, deadline=None)
@given(
    before=st.lists(st.integers(0, len(PAGES) - 1), max_size=2),
    pages=st.lists(st.integers(0, len(PAGES) - 1), max_size=5),
    presses=st.integers(1, 2),
    during=st.integers(0, 6),
    order=st.lists(st.integers(0, 7), max_size=60),
)
def test_the_open_report_is_what_a_fresh_one_says(
    before: list[int], pages: list[int], presses: int, during: int, order: list[int]
) -> None:
    with new_world(order, during) as world:
        for number in before:
            world.house.ask("sightings", {"viewer": VIEWER, **PAGES[number]})
        world.running += [world.page(PAGES[number]) for number in pages]
        world.running += [world.press() for _ in range(presses)]
        world.run()
        assert world.shown == world.vet(look=False)
        assert world.shown is not None
        assert not world.shown["look_due"]
