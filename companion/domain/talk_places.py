"""Where two people talk, by the kind of page that showed it: chats, lists, notifications, home and further (pure)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Protocol

from companion.domain.kinds import LIGHT_KINDS, NO_WEIGHT_KINDS, OFF_X_KINDS
from companion.domain.page_kinds import HOME, LIST, NOTIFICATIONS, OWN_TABS, REPOSTS_TAB, SEARCH, STATUS

PLACES = {
    "chats": "Chats",
    "lists": "Lists",
    "notifications": "Notifications",
    "home": "Home feed",
    "posts": "Single posts",
    "profiles": "Profiles",
    "off_x": "Off X",
    "archive": "Your archive",
    "other": "Elsewhere on X",
}
"""Name on the wire -> its words; in the extension ``place_NAME``."""
_BY_PAGE = (
    (LIST, "lists"),
    (NOTIFICATIONS, "notifications"),
    (HOME, "home"),
    (STATUS, "posts"),
    (OWN_TABS | REPOSTS_TAB | SEARCH, "profiles"),
)
"""What a post counts under that several pages showed: the first that fits, the most chosen place first."""


class SeenAct(Protocol):
    """The fields of an interaction that tell where it was seen."""

    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def ref(self) -> str: ...  # noqa: D102
    @property
    def post(self) -> str | None: ...  # noqa: D102
    @property
    def chat(self) -> str | None: ...  # noqa: D102
    @property
    def source(self) -> str: ...  # noqa: D102
    @property
    def automatic(self) -> bool: ...  # noqa: D102


def talk_places(acts: Iterable[SeenAct], pages: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return (place, how often) of all talk, the most first; together they are all of it.

    Args:
        acts: interactions with one person; likes, follows and automatic ones are no talk, and a call that both sides
            had is one.
        pages: post -> the kinds of page that showed it, see `companion.domain.page_kinds`.
    """
    talk = {(act.kind, act.ref): act for act in acts if not act.automatic and act.kind not in _NO_TALK}
    found = Counter(_place(act, pages.get(act.post or act.ref, 0)) for act in talk.values())
    return sorted(found.items(), key=lambda one: (-one[1], list(PLACES).index(one[0])))


_NO_TALK = LIGHT_KINDS | NO_WEIGHT_KINDS


def _place(act: SeenAct, pages: int) -> str:
    if act.kind in OFF_X_KINDS:
        return "off_x"
    if act.chat:
        return "chats"
    shown = next((name for bits, name in _BY_PAGE if pages & bits), None)
    return shown or ("archive" if act.source == "archive" else "other")
