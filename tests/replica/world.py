"""The replica's state: who exists, who follows whom, what was posted, who is logged in, and how the page looks."""

from __future__ import annotations

import random
import threading
import time
from dataclasses import dataclass, field
from typing import Literal

from companion.domain.dates import DAY
from tests.replica import people
from tests.replica.people import Account
from tests.replica.posts import Post, Writer
from tests.replica.story import tell

Generation = Literal["A", "B", "C"]
Theme = Literal["light", "dim", "dark"]


@dataclass
class Look:
    """How the page answers and looks; tests change these fields at will.

    Attributes:
        generation: which of X's three user objects the JSON carries.
        redesign: the profile of August 2026 with its new tabs and operations; False is the one before.
        delay: seconds that each JSON answer is held back (late content).
        chance: if given, each answer is held back by a random time instead, up to twice the delay.
        gate: if given, each JSON answer waits until it is set, 30 s at most.
        page_size: entries of one timeline page.
        test_ids: whether the page's elements carry test ids; False is the theme without.
        error: answers fail, and the page says "Something went wrong".
        broken: the page's scripts did not start, and the page says so in X's way.
        readable_cookie: whether the page's scripts can read ``twid``.
        script: JavaScript that runs before the page's own, as a script of X that turned hostile would.
        headers: what the page comes with besides its usual headers.
    """

    generation: Generation = "C"
    theme: Theme = "light"
    language: str = "en"
    direction: Literal["ltr", "rtl"] = "ltr"
    redesign: bool = True
    delay: float = 0.0
    chance: random.Random | None = None
    gate: threading.Event | None = None
    page_size: int = 20
    test_ids: bool = True
    error: bool = False
    broken: bool = False
    readable_cookie: bool = True
    font_size: int = 15
    script: str = ""
    headers: tuple[tuple[str, str], ...] = ()


@dataclass
class Bond:
    """How one viewer and one person stand: does the viewer follow them, do they follow the viewer."""

    following: bool = False
    followed_by: bool = False


@dataclass
class World:
    """Everything the replica knows. ``clock`` is the epoch second that counts as now; None is the real clock."""

    clock: int | None = None
    crowd: int = 400
    home_posts: int = 1200
    seed: int = 7
    look: Look = field(default_factory=Look)
    viewer_id: str = people.ADA.id
    accounts: dict[str, Account] = field(default_factory=dict)
    bonds: dict[tuple[str, str], Bond] = field(default_factory=dict)
    posts: list[Post] = field(default_factory=list)
    home: list[Post] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.now = self.clock or int(time.time())
        self.writer = Writer(self.seed)
        everyone = [*people.VIEWERS, *people.FEATURED, *people.invent(self.crowd, self.seed)]
        self.accounts = {account.id: _copy(account) for account in everyone}
        self._befriend()
        self.posts = [self._localise(post) for post in tell(self.writer, self.now)]
        self._fill_home()

    @property
    def viewer(self) -> Account:
        """The account that is logged in."""
        return self.accounts[self.viewer_id]

    def by_handle(self, handle: str) -> Account | None:
        """Return the account that has this handle now, in any case of letters."""
        wanted = handle.lower()
        return next((one for one in self.accounts.values() if one.handle.lower() == wanted), None)

    def bond(self, person_id: str) -> Bond:
        """Return how the viewer and this person stand; a change to it stays."""
        return self.bonds.setdefault((self.viewer_id, person_id), Bond())

    def followers_of(self, account: Account) -> list[Account]:
        """Return who follows an account: exact for a viewer, invented for the others."""
        if any(account.id == viewer.id for viewer in people.VIEWERS):
            known = [
                person for (viewer, person), bond in self.bonds.items() if viewer == account.id and bond.followed_by
            ]
            return [self.accounts[person] for person in known]
        return self._some_of(account, 1)

    def followed_by(self, account: Account) -> list[Account]:
        """Return whom an account follows."""
        if any(account.id == viewer.id for viewer in people.VIEWERS):
            known = [person for (viewer, person), bond in self.bonds.items() if viewer == account.id and bond.following]
            return [self.accounts[person] for person in known]
        return self._some_of(account, 2)

    def posts_by(self, account: Account) -> list[Post]:
        """Return an account's posts, newest first."""
        mine = [post for post in (*self.posts, *self.home) if post.author.id == account.id]
        return sorted(mine, key=lambda post: int(post.id), reverse=True)

    def post(self, post_id: str) -> Post | None:
        """Return the post with this id, also one that is only answered, quoted or reposted."""
        for post in (*self.posts, *self.home):
            for one in (post, post.reply_to, post.repost_of, post.quote_of):
                if one and one.id == post_id:
                    return one
        return None

    def rename(self, person_id: str, handle: str) -> None:
        """Give somebody another handle, as X lets people do; the id stays."""
        self.accounts[person_id].handle = handle

    def recycle(self, person_id: str, new_id: str) -> Account:
        """Let another account take over a handle: the first owner moves away, a newcomer gets the handle."""
        first = self.accounts[person_id]
        handle = first.handle
        first.handle = f"{handle[:11]}_old"
        newcomer = Account(new_id, handle, "Somebody Else", "New here.", created_at=self.now - 9 * DAY)
        self.accounts[new_id] = newcomer
        return newcomer

    def _befriend(self) -> None:
        ada, work = people.ADA.id, people.ADA_AT_WORK.id
        for person in people.FEATURED:
            self.bonds[ada, person.id] = Bond(person.id in people.ADA_FOLLOWS, person.id in people.FOLLOWS_ADA)
        self.bonds[work, people.INES.id] = Bond(followed_by=True)
        for account in list(self.accounts.values())[len(people.VIEWERS) + len(people.FEATURED) :]:
            number = int(account.id)
            self.bonds[ada, account.id] = Bond(number % 7 == 0, number % 5 == 0)

    def _localise(self, post: Post) -> Post:
        post.author = self.accounts[post.author.id]
        post.mentions = [self.accounts[one.id] for one in post.mentions]
        for other in (post.reply_to, post.repost_of, post.quote_of):
            if other:
                self._localise(other)
        return post

    def _fill_home(self) -> None:
        skip = {viewer.id for viewer in people.VIEWERS}
        crowd = [account for account in self.accounts.values() if account.id not in skip]
        often = [self.accounts[person.id] for person in people.FEATURED[:7]]
        self.home = self.writer.timeline([*crowd, *often * (1 + len(crowd) // 25)], self.home_posts, self.now - 300)

    def _some_of(self, account: Account, salt: int) -> list[Account]:
        chosen = [one for one in self.accounts.values() if (int(one.id) * 31 + int(account.id) * salt) % 9 < 2]
        return [one for one in chosen if one.id != account.id]


def _copy(account: Account) -> Account:
    return Account(**vars(account))
