"""Sends requests to X's API through tweepy: reserves their cost first, explains errors, waits for rate limits."""

from __future__ import annotations

import ipaddress
import os
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from companion.domain.handles import without_at
from companion.errors import MutualsError, SettingError
from companion.sources.x_api.keys import Keys
from companion.sources.x_api.records import billed, next_page
from companion.sources.x_api.spending import Spending

if TYPE_CHECKING:
    from tweepy import Client
    from tweepy.errors import HTTPException

USER_FIELDS = [
    "created_at", "description", "entities", "location", "name", "pinned_tweet_id", "profile_image_url", "protected",
    "public_metrics", "url", "username", "verified", "verified_type",
]  # fmt: skip
POST_FIELDS = [
    "attachments", "author_id", "conversation_id", "created_at", "entities", "in_reply_to_user_id", "lang",
    "note_tweet", "referenced_tweets",
]  # fmt: skip
AUTHORS = {"expansions": ["author_id"], "user_fields": USER_FIELDS}
"""Posts with the users who wrote them."""
LEAST, MOST = 5, 100
"""Posts in one page of a timeline, as X documents it."""
STAND_IN = "MUTUALS_X_API"
"""Environment variable: another address on this machine to use instead of X's; for tests."""
WAITS = 3
LONGEST_WAIT = 16 * 60
"""X's windows are 15 minutes."""


class IdRange(NamedTuple):
    """Posts with ids above ``after`` and below ``before``; None is no bound."""

    after: str | None = None
    before: str | None = None

    def parameters(self) -> dict[str, object]:
        """Return the range as parameters of X's API."""
        return {"since_id": self.after, "until_id": self.before}


ALL = IdRange()
PageRequest = Callable[["Client", dict[str, object]], object]


class _Pages(NamedTuple):
    """Pages of posts: how many users come with each post, whether they are the viewer's own, and how to ask."""

    users: int
    owned: bool
    request: PageRequest
    parameters: Mapping[str, object]


def _likes_of(id: str) -> PageRequest:
    return lambda client, page: client.get_liked_tweets(id, **page)


class XApiError(MutualsError):
    """X's API refused, could not be reached, or answered with something that cannot be read."""

    code = "x-api"
    status = 502


@dataclass(slots=True)
class XApi:
    """One user's access to X's API.

    Attributes:
        keys: the user's own.
        spending: the cap, and where every read is counted.
        clock: epoch seconds UTC.
        base: another address to use instead of X's (loopback only); for tests.
        wait: wait when X says that a limit is reached, instead of reporting it.
        sleep: waits that many seconds.
        notify: receives a sentence when a wait begins.
    """

    keys: Keys
    spending: Spending
    clock: Callable[[], int]
    base: str | None = None
    wait: bool = False
    sleep: Callable[[float], object] = time.sleep
    notify: Callable[[str], object] = lambda _words: None
    cost: int = 0
    """Millionths of a dollar that this object's requests cost so far."""

    def me(self) -> Mapping[str, object]:
        """Return the user whose keys these are (user keys only)."""
        return self._request(0, 1, lambda client: client.get_me(user_fields=USER_FIELDS, user_auth=True))

    def user(self, id: str | None, handle: str | None) -> Mapping[str, object]:
        """Return one user by id or by handle, with the relation to the user whose keys these are."""
        fields = [*USER_FIELDS, "connection_status"] if self.keys.as_user else USER_FIELDS
        name = without_at(handle)
        return self._request(
            0,
            1,
            lambda client: client.get_user(
                id=id, username=None if id else name, user_fields=fields, user_auth=self.keys.as_user
            ),
        )

    def posts(
        self, id: str, most: int, between: IdRange = ALL, *, owned: bool = False
    ) -> Iterator[Mapping[str, object]]:
        """Return pages of a user's posts, latest first; each is requested when the iterator reaches it.

        ``owned`` says that it is the viewer's own timeline.
        """
        pages = _Pages(0, owned, lambda client, page: client.get_users_tweets(id, **page), between.parameters())
        return self._pages(most, pages)

    def mentions(self, id: str, most: int, between: IdRange = ALL) -> Iterator[Mapping[str, object]]:
        """Return pages of the posts that mention a user, latest first, with their authors."""
        parameters = {**between.parameters(), **AUTHORS}
        pages = _Pages(1, True, lambda client, page: client.get_users_mentions(id, **page), parameters)
        return self._pages(most, pages)

    def likes(self, id: str, most: int, *, first: int = MOST) -> Iterator[Mapping[str, object]]:
        """Return pages of the posts that a user likes, latest like first, with their authors.

        ``first`` is the size of the first page; each further one is twice as long as the one before.
        """
        return self._pages(most, _Pages(1, True, _likes_of(id), AUTHORS), first)

    def newest_likes(self, id: str) -> Mapping[str, object]:
        """Return the smallest page of likes without authors, which shows for little whether there are new ones."""
        return next(self._pages(LEAST, _Pages(0, True, _likes_of(id), {})))

    def _pages(self, most: int, pages: _Pages, size: int = MOST) -> Iterator[Mapping[str, object]]:
        """Yield pages until there are no more, or ``most`` or the cap is reached."""
        token: str | None = None
        while most > 0:
            count = self._affordable(max(min(most, size), LEAST), pages)
            page = {**pages.parameters, "tweet_fields": POST_FIELDS, "user_auth": self.keys.as_user}
            page |= {"max_results": count, "pagination_token": token}
            call = partial(_on_page, pages.request, page)
            answer = self._request(count, count * pages.users, call, owned=pages.owned)
            yield answer
            most, token, size = most - count, next_page(answer), min(2 * size, MOST)
            if token is None:
                return

    def _affordable(self, count: int, pages: _Pages) -> int:
        """Return how many posts today's cap still allows, up to ``count``, but no less than the smallest page."""
        prices = self.spending.prices()
        each = prices.of(1, pages.users, owned=pages.owned)
        return count if each == 0 else max(min(count, self.spending.left(self.clock()) // each), LEAST)

    def _request(
        self, posts: int, users: int, call: Callable[[Client], object], *, owned: bool = False
    ) -> Mapping[str, object]:
        """Make one request that returns at most ``posts`` and ``users``; wait for rate limits if ``wait`` is set."""
        for turn in range(WAITS + 1):
            reserved = self.spending.reserve(posts, users, self.clock(), owned=owned)
            answer = self._attempt(call, release=partial(self.spending.release, reserved))
            if isinstance(answer, Mapping):
                self.cost += self.spending.settle(reserved, *billed(answer))
                return answer
            self._wait_for(answer, last=turn == WAITS)
        raise AssertionError("the last turn waits no more")

    def _attempt(
        self, call: Callable[[Client], object], release: Callable[[], None]
    ) -> Mapping[str, object] | int | None:
        """Return the answer, or the time at which the rate limit ends (None if X did not say)."""
        import requests
        from tweepy.errors import HTTPException, TooManyRequests

        try:
            answer = call(self._client())
        except TooManyRequests as error:
            release()
            reset = error.reset_time
            return reset if isinstance(reset, int) else None
        except HTTPException as error:
            release()
            raise XApiError(_sentence(error)) from error
        except requests.exceptions.JSONDecodeError as error:
            raise XApiError("X's API answered with something that is not JSON. Try again later.") from error
        except requests.exceptions.ConnectionError as error:
            raise XApiError("X's API cannot be reached. Check the connection and try again.") from error
        except requests.exceptions.RequestException as error:
            raise XApiError(f"X's API did not answer in order ({type(error).__name__}). Try again later.") from error
        except (AttributeError, KeyError, TypeError, ValueError) as error:  # tweepy reads error bodies trustingly
            raise XApiError("X's API answered with something that is not in its documents.") from error
        if not isinstance(answer, Mapping):
            raise XApiError("X's API answered with something that is not in its documents.")
        return answer

    def _wait_for(self, reset: int | None, *, last: bool) -> None:
        seconds = max((reset or 0) - self.clock(), 0) + 1
        if not self.wait or last or reset is None or seconds > LONGEST_WAIT:
            when = f"in {_minutes(seconds)}" if reset is not None else "in a quarter of an hour"
            raise XApiError(f"X's API allows no more requests of this kind for now. Try again {when}.", reset=reset)
        self.notify(f"X's API allows no more requests of this kind for now; waiting {_minutes(seconds)}.")
        self.sleep(seconds)

    def _client(self) -> Client:
        from tweepy import Client

        from companion.sources.x_api.transport import reach

        keys = self.keys
        client = Client(
            keys.bearer,
            keys.consumer_key,
            keys.consumer_secret,
            keys.access_token,
            keys.access_secret,
            return_type=dict,
        )
        reach(client.session, self.base)
        return client


def _on_page(request: PageRequest, page: dict[str, object], client: Client) -> object:
    return request(client, page)


def stand_in() -> str | None:
    """Return the address on this machine that stands in for X's API (``MUTUALS_X_API``), None for X itself."""
    return loopback(os.environ.get(STAND_IN))


def loopback(address: str | None) -> str | None:
    """Return the address to use instead of X's: only one of this machine, so that keys are sent nowhere else.

    Raises:
        SettingError: The address is no ``http`` address of this machine.
    """
    if not address:
        return None
    parts = urlsplit(address)
    try:
        own = ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError:
        own = False
    if parts.scheme != "http" or not own:
        raise SettingError(
            f"{address} is not a loopback address; X's API is only replaced by a server of this machine."
        )
    return address.rstrip("/")


def _minutes(seconds: int) -> str:
    return f"{seconds} s" if seconds < 120 else f"{round(seconds / 60)} minutes"


def _sentence(error: HTTPException) -> str:
    """Return what an error of the API means and what to do."""
    status: int = error.response.status_code
    messages = "; ".join(str(words) for words in error.api_messages if words)
    suffix = f" X said: {messages}" if messages else ""
    if status == 401:
        return f"X's API does not accept the keys (401). Run `mutuals x-api login` with new ones.{suffix}"
    if status == 402:
        return f"The account at X has no credit left (402). Add some in X's developer console.{suffix}"
    if status == 403:
        return f"X's API does not allow this with these keys (403). Look at the app's access in X's console.{suffix}"
    if status == 404:
        return f"X's API knows nothing under that name (404).{suffix}"
    if status >= 500:
        return f"X's API is in trouble itself ({status}). Nothing was charged; try again later.{suffix}"
    return f"X's API refused the request ({status}).{suffix}"
