"""Fetches one person, or the viewer's latest mentions, posts and likes, from X's API into the stores."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import msgspec

from companion.domain.handles import is_id
from companion.domain.sightings import Understanding
from companion.domain.typed_json import decoded
from companion.errors import SourceError, UnknownError
from companion.sources.x_api.client import LEAST, MOST, IdRange, XApi, XApiError
from companion.sources.x_api.records import RequestContext, next_page, understand
from companion.sources.x_api.spending import SpendingError
from companion.store.files import write_private
from companion.store.ingest import KeepsNotes, take
from companion.store.ledger.ledger import Ledger
from companion.vetting.checks.thanks import is_automatic_thanks

PERSON_POSTS = 20
"""Posts read of one person: enough to vet them (10 are the least that says something)."""
SYNC_POSTS = 800
"""As far back as X's API goes for mentions."""
KNOWN_LIKES = 20
SINCE_FILE = "x-api-since.json"
Answer = Mapping[str, object]


@dataclass(slots=True)
class Fetched:
    """The result of a fetch; ``cost`` in millionths of a dollar, ``problems`` as sentences."""

    people: int = 0
    posts: int = 0
    interactions: int = 0
    cost: int = 0
    problems: list[str] = field(default_factory=list)
    pids: list[str] = field(default_factory=list)
    stopped: str | None = None
    """Why it ended before everything was read; what was read is stored, and the next time goes on."""


class Mark(msgspec.Struct, omit_defaults=True):
    """How far one kind was read: everything up to ``done``, and from ``bottom`` to ``top`` of a run that was cut off.

    A run that the cap ended continues below ``bottom`` the next time, so that no post is paid for twice.
    """

    done: str | None = None
    top: str | None = None
    bottom: str | None = None
    known: list[str] = []
    """The latest likes of the last complete run: several, because the latest may have been taken back."""

    def read(self, ids: Iterable[str]) -> None:
        """Record that a page with these ids was read."""
        numbers = sorted(ids, key=int)
        if numbers:
            self.top, self.bottom = self.top or numbers[-1], numbers[0]

    def finish(self) -> None:
        """Record that everything down to ``done`` was read."""
        self.done, self.top, self.bottom = self.top or self.done, None, None


Marks = dict[str, Mark]
"""Kind (mentions, posts, likes) -> how far it was read, for one viewer."""


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches into one pair of stores; every page is stored before the next is paid for."""

    api: XApi
    ledger: Ledger
    notebook: KeepsNotes
    folder: Path
    now: Callable[[], int]

    def person(self, owner: str, id: str | None, handle: str | None, posts: int = PERSON_POSTS) -> Fetched:
        """Fetch one person's profile and latest posts.

        Raises:
            SpendingError: The cap does not allow it.
            XApiError: X refused or cannot be reached.
            UnknownError: X knows nobody under that name.
        """
        fetched = Fetched()
        understanding = self._store(fetched, owner, self.api.user(id, handle), "x-api.user")
        number = next((person.id for person in understanding.people if person.id), None)
        if number is None:
            why = understanding.problems[0] if understanding.problems else "X's API knows nobody under that name."
            raise UnknownError(why)
        if posts > 0 and not any(person.protected for person in understanding.people):
            for page in self.api.posts(number, posts):
                self._store(fetched, owner, page, "x-api.posts", author=number)
        fetched.pids = [number]
        fetched.cost = self.api.cost
        return fetched

    def viewer(self, owner: str) -> str:
        """Return the viewer's id; if unknown, X is asked for the owner of the keys or of the handle.

        Raises:
            SourceError: Neither the ledger nor X knows it.
        """
        if is_id(owner):
            return owner
        answer = self.api.me() if self.api.keys.as_user and not owner else self.api.user(None, owner)
        understanding = understand(answer, "x-api.user", RequestContext(None, None, self.now()))
        person = next((person for person in understanding.people if person.id), None)
        if person is None or person.id is None:
            raise SourceError(
                "X's API did not say whose posts to read. Name the account: `mutuals sync --viewer @you`."
            )
        return self.ledger.owner_for(person.id, person.handle, self.now())

    def sync(self, owner: str, most: int = SYNC_POSTS) -> Fetched:
        """Fetch the viewer's mentions, posts and likes since the last time; ``stopped`` says why it ended early."""
        fetched, marks = Fetched(), self._all_marks().get(owner, {})
        try:
            self._timeline(fetched, owner, marks, "mentions", partial(self.api.mentions, owner, most))
            self._timeline(fetched, owner, marks, "posts", partial(self.api.posts, owner, most, owned=True))
            self._likes(fetched, owner, marks, most)
        except (SpendingError, XApiError) as error:
            fetched.stopped = error.message
        fetched.cost = self.api.cost
        return fetched

    def _timeline(
        self, fetched: Fetched, owner: str, marks: Marks, kind: str, pages: Callable[[IdRange], Iterator[Answer]]
    ) -> None:
        """Read what an earlier run left out, then what is new; the mark is saved after each page.

        Where there is more above what was read before than is wanted at once, the rest is left for the next time: a gap
        there would look as if nobody had written.
        """
        mark, author = marks.setdefault(kind, Mark()), owner if kind == "posts" else None
        runs = [IdRange(mark.done, mark.bottom)] if mark.bottom else []
        for between in (*runs, None):
            more = None
            for page in pages(between or IdRange(mark.done)):
                more = next_page(page)
                understanding = self._store(fetched, owner, page, f"x-api.{kind}", author=author)
                mark.read(post.id for post in understanding.posts)
                self._remember(owner, marks)
            if more is not None and mark.done is not None:
                return
            mark.finish()
            self._remember(owner, marks)

    def _likes(self, fetched: Fetched, owner: str, marks: Marks, most: int) -> None:
        """Read likes, latest first, until one that is known: X offers no "since" for them.

        The smallest page, without authors, shows first whether there is anything new.
        """
        mark = marks.setdefault("likes", Mark())
        known = {*mark.known, *([mark.done] if mark.done else [])}
        if known and not self._new_likes(owner, known):
            return
        latest: list[str] = []
        for page in self.api.likes(owner, most, first=LEAST if known else MOST):
            understanding = self._store(fetched, owner, page, "x-api.likes")
            ids = [post.id for post in understanding.posts]
            latest += ids[: KNOWN_LIKES - len(latest)]
            if known & set(ids):
                break
        mark.done, mark.known = None, [*latest, *(id for id in mark.known if id not in latest)][:KNOWN_LIKES]
        self._remember(owner, marks)

    def _new_likes(self, owner: str, known: set[str]) -> bool:
        """Return whether the latest like is not known."""
        context = RequestContext(owner, None, self.now(), True, None, is_automatic_thanks)
        newest = understand(self.api.newest_likes(owner), "x-api.likes", context).posts
        return bool(newest) and newest[0].id not in known

    def _store(
        self, fetched: Fetched, owner: str, answer: Answer, op: str, *, author: str | None = None
    ) -> Understanding:
        id, handle = (owner, None) if is_id(owner) else (None, owner)
        context = RequestContext(id, handle, self.now(), op == "x-api.likes", author, is_automatic_thanks)
        understanding = understand(answer, op, context)
        recorded = take(self.ledger, self.notebook, owner, understanding, self.now())
        fetched.people += recorded.people
        fetched.posts += recorded.posts
        fetched.interactions += recorded.interactions
        fetched.problems += understanding.problems
        return understanding

    def _all_marks(self) -> dict[str, Marks]:
        try:
            return decoded((self.folder / SINCE_FILE).read_bytes(), dict[str, Marks])
        except (FileNotFoundError, msgspec.MsgspecError):
            return {}  # everything is read again, which changes nothing twice

    def _remember(self, owner: str, marks: Marks) -> None:
        write_private(self.folder / SINCE_FILE, msgspec.json.encode({**self._all_marks(), owner: marks}))
