"""The context of a dashboard request: the account it shows, the time, links, undo and cached figures."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar
from urllib.parse import urlencode

from flask import current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from companion.access.headers import cookie_name
from companion.api.context import ApiContext
from companion.api.endpoint import api_context
from companion.errors import BodyError
from companion.sample.folder import open_sample, settings_of_sample
from companion.store.account import Account
from companion.stores import Stores
from companion.web.cache import FigureCache
from companion.web.undo import Undos

STATE = "mutuals.dashboard"
SAMPLE_STATE = "mutuals.dashboard.sample"
Figure = TypeVar("Figure")


@dataclass(frozen=True, slots=True)
class DashboardState:
    """What the dashboard of one companion holds in memory between requests."""

    undos: Undos = field(default_factory=Undos)
    figures: FigureCache = field(default_factory=FigureCache)


@dataclass(frozen=True, slots=True)
class PageContext:
    """One request to the dashboard.

    Attributes:
        context: settings, stores and clock.
        account: notebook, ledger and owner; the owner is "" until an account was seen.
        owners: all of the user's accounts, the last active first.
        now: epoch seconds UTC.
        state: undo and cached figures.
        sample: whether these are the invented people, in a data folder of their own.
    """

    context: ApiContext
    account: Account
    owners: list[str]
    now: int
    state: DashboardState
    sample: bool = False

    @property
    def owner(self) -> str:
        """Return the account's key."""
        return self.account.owner

    def link(self, page: str, pid: str = "", **params: object) -> str:
        """Return the address of a page for the same account; ``page`` is an endpoint without the prefix ``web.``."""
        path = url_for(f"web.{page}", pid=pid) if pid else url_for(f"web.{page}")
        parameters = {name: str(value) for name, value in params.items() if value not in ("", None, False)}
        if self.owners and self.owner != self.owners[0]:
            parameters["viewer"] = self.owner
        return f"{path}?{urlencode(parameters)}" if parameters else path

    def figure(self, name: str, make: Callable[[], Figure]) -> Figure:
        """Return a figure over all people, computed by ``make`` at most a minute ago."""
        return self.state.figures.get((self.owner, name), self.now, make)


def page_context() -> PageContext:
    """Return the context of the current request: that of the invented people while they are there."""
    context = api_context()
    sample = open_sample(context.settings, context.stores)
    if sample is not None:
        context = replace(context, settings=settings_of_sample(context.settings), stores=sample)
    owners = context.stores.ledger.owners()
    viewer = request.values.get("viewer", "")
    owner = viewer if viewer in owners else next(iter(owners), "")
    account = context.account(owner)
    return PageContext(context, account, owners, context.clock(), _state(sample), sample is not None)


def _state(sample: Stores | None) -> DashboardState:
    """Return the dashboard's state; each sample has its own, which goes with it."""
    extensions = current_app.extensions
    if sample is None:
        extensions.pop(SAMPLE_STATE, None)
        own: DashboardState = extensions.setdefault(STATE, DashboardState())
        return own
    held: tuple[Stores, DashboardState] | None = extensions.get(SAMPLE_STATE)
    if held is None or held[0] is not sample:
        held = extensions[SAMPLE_STATE] = (sample, DashboardState())
    return held[1]


def form_token() -> str:
    """Return the form token of the current session."""
    context = api_context()
    return context.stores.sessions.form_token(request.cookies.get(cookie_name(context.settings.port), ""))


def new_op() -> str:
    """Return a fresh id for a write made by a form."""
    return f"web-{uuid.uuid4()}"


def done(page: PageContext, back: str, words: str, take_back: Callable[[], object]) -> Response:
    """Redirect after a form to ``back``, which shows ``words`` and offers to undo it by calling ``take_back``."""
    page.state.figures.clear()
    token = page.state.undos.offer(words, take_back, back, page.now)
    return redirect(with_parameter(back, f"undo={token}"), 303)


def came_from(page: PageContext, pid: str) -> str:
    """Return the page to go back to: the one that the form names, else the person's."""
    views = {"home": "home.home", "reminders": "reminders.reminders"}
    view = views.get(request.form.get("from", ""))
    return page.link(view) if view else page.link("person.person", pid)


def required_field(name: str, most: int = 200) -> str:
    """Return a field of the form. Raises `BodyError` if it is empty or longer than ``most`` characters."""
    text = request.form.get(name, "").strip()
    if not text or len(text) > most:
        raise BodyError(f"Fill in the {name}, with at most {most} characters.", field=name)
    return text


def with_parameter(address: str, parameter: str) -> str:
    """Return an address with one more parameter."""
    return f"{address}{'&' if '?' in address else '?'}{parameter}"
