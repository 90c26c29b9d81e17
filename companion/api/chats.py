"""POST /v1/chats: the user's chat that runs now or has just ended, and with whom the user talked in it so far."""

from __future__ import annotations

import msgspec

from companion.api.card_schemas import Badge
from companion.api.context import ApiContext
from companion.api.presenters import badge_of_row, owner_of
from companion.api.resources import Resources, resource
from companion.api.schemas import Viewer
from companion.domain.chat_times import EARLY, LATE, Session, current_session
from companion.practice import chats as chat_practice
from companion.store.ledger.queries import directory, own_practice

resources = Resources()
TOLD_AFTER = 12 * 3600
"""Seconds for which a chat that ended is still told, so that its recap is one press away."""


class ChatsRequest(msgspec.Struct):
    """The account that talks."""

    viewer: Viewer


class ChatPerson(msgspec.Struct):
    """Somebody with whom the user talked in the hour, and how often each wrote."""

    badge: Badge
    they: int
    you: int


class ChatNow(msgspec.Struct):
    """One session; ``start`` and ``end`` are epoch seconds UTC."""

    tag: str
    start: int
    end: int
    running: bool
    """Else it is over."""
    path: str
    """The recap's page on the dashboard."""
    people: list[ChatPerson]


class ChatsResponse(msgspec.Struct):
    """Those that run first; empty outside of their hours."""

    chats: list[ChatNow]


@resource(resources, "/chats", ChatsRequest, ChatsResponse)
def chats(context: ApiContext, body: ChatsRequest) -> ChatsResponse:
    """Return the chats of these hours; nobody is listed who did not talk with the user."""
    owner, now = owner_of(context, body.viewer), context.clock()
    named = chat_practice.all_chats(context.stores.notebook)
    found = [one for chat in named if (one := current_session(chat, now, TOLD_AFTER))]
    told = [_told(context, owner, one, now) for one in sorted(found, key=lambda one: (-one.end, one.chat.key))]
    return ChatsResponse(told)


def _told(context: ApiContext, owner: str, session: Session, now: int) -> ChatNow:
    ledger, key = context.stores.ledger, session.chat.key
    rows = own_practice.acts_between(ledger, owner, session.start - EARLY, session.end + LATE)
    met = chat_practice.recap(rows, session)
    known = directory.by_pids(ledger, owner, [one.pid for one in met])
    people = [
        ChatPerson(badge_of_row(context, owner, known[one.pid]), len(one.they), len(one.you))
        for one in met
        if one.pid in known
    ]
    path = chat_practice.recap_path(key, session.day)
    return ChatNow(session.chat.tag, session.start, session.end, now < session.end, path, people)
