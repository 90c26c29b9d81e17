"""What every page of the dashboard works with: the account it is about, the time, links, undo and the kept figures."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import urlencode

from flask import current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from companion.access.middleware import cookie_name
from companion.api.context import ApiContext
from companion.api.endpoint import api_context
from companion.errors import BodyError
from companion.store.account import Account
from companion.web.cache import FigureCache
from companion.web.undo import Undos

STATE = "mutuals.dashboard"
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class State:
    """What one running dashboard remembers between two pages."""

    undos: Undos = field(default_factory=Undos)
    kept: FigureCache = field(default_factory=FigureCache)


@dataclass(frozen=True, slots=True)
class PageContext:
    """One request: whose people, and when (epoch seconds UTC).

    Attributes:
        desk: settings, stores and clock.
        account: notebook, ledger and owner; the owner is "" as long as nobody was seen.
        owners: all of the user's accounts, the last active first.
        now: the time.
        state: undo and kept figures.
    """

    context: ApiContext
    account: Account
    owners: list[str]
    now: int
    state: State

    @property
    def owner(self) -> str:
        """Return the account's key."""
        return self.account.owner

    def link(self, page: str, pid: str = "", **params: object) -> str:
        """Return the address of a page, about the same account; ``page`` is an endpoint without ``web.``."""
        path = url_for(f"web.{page}", pid=pid) if pid else url_for(f"web.{page}")
        told = {name: str(value) for name, value in params.items() if value not in ("", None, False)}
        if self.owners and self.owner != self.owners[0]:
            told["viewer"] = self.owner
        return f"{path}?{urlencode(told)}" if told else path

    def figure(self, name: str, make: Callable[[], Found]) -> Found:
        """Return a figure over everybody, a minute old at most."""
        return self.state.kept.get((self.owner, name), self.now, make)


def page_context() -> PageContext:
    """Return what the page being asked for works with."""
    found = api_context()
    owners = found.stores.ledger.owners()
    asked = request.values.get("viewer", "")
    owner = asked if asked in owners else next(iter(owners), "")
    account = Account(found.stores.notebook, found.stores.ledger, owner)
    state = current_app.extensions.setdefault(STATE, State())
    return PageContext(found, account, owners, found.clock(), state)


def form_token() -> str:
    """Return the token that every form of this browser must carry."""
    found = api_context()
    return found.stores.sessions.form_token(request.cookies.get(cookie_name(found.settings.port), ""))


def new_op() -> str:
    """Return the id of a write that a form makes."""
    return f"web-{uuid.uuid4()}"


def done(now: PageContext, back: str, words: str, take_back: Callable[[], object]) -> Response:
    """Answer a form: lead on to a page that says what was done and offers to take it back."""
    now.state.kept.clear()
    token = now.state.undos.offer(words, take_back, back, now.now)
    return redirect(with_parameter(back, f"undo={token}"), 303)


def needed(name: str, most: int = 200) -> str:
    """Return a form's field; ``BodyError`` if it is empty or too long."""
    text = request.form.get(name, "").strip()
    if not text or len(text) > most:
        raise BodyError(f"Fill in the {name}, with at most {most} characters.", field=name)
    return text


def with_parameter(address: str, parameter: str) -> str:
    """Return an address with one more parameter."""
    return f"{address}{'&' if '?' in address else '?'}{parameter}"
