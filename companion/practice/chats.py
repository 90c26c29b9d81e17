"""The user's chats: named by hashtag and hour, marked on what is seen, and told again with a next step for each person.

Essay 2: the aim of a chat is people, "not to say profound things".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, time
from functools import lru_cache
from urllib.parse import quote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from companion.domain.chat_times import RULES, Chat, Session, session_at
from companion.domain.hashtags import key_of, tag_of, tags_in
from companion.domain.sightings import INBOUND, OUTBOUND, Interaction, Understanding
from companion.errors import BodyError
from companion.store.documents import Document
from companion.store.ledger.queries.own_practice import ChatRow
from companion.store.ledger.rows import InteractionRow
from companion.store.notebook.named_rows import CHATS
from companion.store.notebook.notebook import Notebook

MOST = 50
"""Chats of one user."""
MOST_WITHOUT = 60
"""Days on which a chat does not take place, the latest; they have to fit the field of its row."""
SHORTEST, LONGEST = 10, 24 * 60
MARKED = frozenset({"reply", "mention", "quote"})
"""Acts that have words under a hashtag."""


@lru_cache(maxsize=64)
def is_zone(name: str) -> bool:
    """Return whether this computer knows a zone, such as America/New_York."""
    try:
        return bool(name) and bool(ZoneInfo(name).key)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


def all_chats(notebook: Notebook) -> list[Chat]:
    """Return the chats, as they were named."""
    return [
        Chat(
            str(row["tag"]), date.fromisoformat(str(row["day"])), time.fromisoformat(str(row["time"])),
            str(row["zone"]), str(row["rule"]), int(str(row["minutes"])), _days(str(row.get("without", ""))),
        )
        for row in notebook.shared.rows(CHATS)
        if row.get("time") and is_zone(str(row.get("zone"))) and row.get("rule") in RULES
    ]  # fmt: skip


def _days(text: str) -> frozenset[date]:
    """Return the days of a text such as "2026-12-24 2026-12-31"; what is no day is left out."""
    found = set()
    for one in text.split():
        with suppress(ValueError):
            found.add(date.fromisoformat(one))
    return frozenset(found)


def chat_of(notebook: Notebook, key: str) -> Chat | None:
    """Return the chat of a tag, None if it is not named."""
    return next((chat for chat in all_chats(notebook) if chat.key == key_of(key)), None)


def checked(fields: dict[str, str]) -> Chat:
    """Return the chat that a form names. Raises ``BodyError`` if a field says nothing possible."""
    try:
        day, hour = date.fromisoformat(fields["day"]), time.fromisoformat(fields["time"])
        minutes = int(fields.get("minutes") or 60)
    except ValueError as error:
        raise BodyError(
            "Give the chat's day, its hour such as 20:00, and how many minutes it takes.", field="time"
        ) from (error)
    if not is_zone(fields["zone"]):
        raise BodyError("Give the chat's own zone, such as America/New_York.", field="zone")
    if fields.get("rule") not in RULES:
        raise BodyError(f"Choose how often: {', '.join(RULES)}.", field="rule")
    if not SHORTEST <= minutes <= LONGEST:
        raise BodyError(f"A chat takes from {SHORTEST} minutes to a day.", field="minutes")
    return Chat(tag_of(fields["tag"]), day, time(hour.hour, hour.minute), fields["zone"], fields["rule"], minutes)


def save(notebook: Notebook, chat: Chat) -> Chat | None:
    """Keep a chat in the place of the one of its tag, which is returned for the undo."""
    before = chat_of(notebook, chat.key)
    if before is None and len(all_chats(notebook)) >= MOST:
        raise BodyError(f"{MOST} chats are the most. Drop one that is over.", field="tag")
    row: Document = {
        "tag": chat.key, "day": chat.first.isoformat(), "time": f"{chat.hour:%H:%M}", "zone": chat.zone,
        "rule": chat.rule, "minutes": str(chat.minutes),
        "without": " ".join(day.isoformat() for day in sorted(chat.without)[-MOST_WITHOUT:]),
    }  # fmt: skip
    notebook.shared.save_row(CHATS, {**row, "tag": f"#{chat.key}"})
    return before


def leave_out(notebook: Notebook, key: str, day: date, *, out: bool) -> Chat | None:
    """Say that a chat does not take place on a day of its own, or does; return it, None if it is not named."""
    chat = chat_of(notebook, key)
    if chat is not None:
        save(notebook, replace(chat, without=chat.without | {day} if out else chat.without - {day}))
    return chat


def drop(notebook: Notebook, key: str) -> Chat | None:
    """Name a chat no more and return it for the undo; what was marked with it stays."""
    found = chat_of(notebook, key)
    if found is not None:
        notebook.shared.save_row(CHATS, {"tag": f"#{found.key}", "gone": True})
    return found


def mark(understanding: Understanding, chats: Sequence[Chat]) -> None:
    """Mark the interactions of an understanding that belong to a chat: under its tag, and in its hour."""
    if not chats:
        return
    texts = {post.id: post.text or "" for post in understanding.posts}
    answered = {post.id: post.reply_to_post for post in understanding.posts}
    for act in understanding.interactions:
        post = act.post or act.ref
        if act.kind in MARKED and act.chat is None and post in texts:
            act.chat = chat_at(chats, act.at, f"{texts[post]} {texts.get(answered[post] or '', '')}")


def chat_at(chats: Iterable[Chat], at: int, text: str) -> str | None:
    """Return the tag of the chat that a text of a moment belongs to, None if to none."""
    keys = tags_in(text)
    return next((chat.tag for chat in chats if chat.key in keys and session_at(chat, at)), None)


def found_before(rows: Iterable[ChatRow], chat: Chat) -> list[tuple[str, Interaction]]:
    """Return (person, interaction) of what was seen before the chat was named and belongs to it."""
    return [
        (row.pid, Interaction(row.direction, row.kind, row.at, row.ref, id=row.pid, post=row.post, source=row.source,
                              partial=bool(row.partial), automatic=bool(row.automatic), chat=chat.tag))
        for row in rows
        if row.kind in MARKED and row.chat is None and row.text and chat_at([chat], row.at, row.text)
    ]  # fmt: skip


def running(notebook: Notebook, now: int) -> list[Session]:
    """Return the sessions that a moment (epoch seconds UTC) belongs to."""
    return [one for chat in all_chats(notebook) if (one := session_at(chat, now))]


@dataclass(frozen=True, slots=True)
class ChatTalk:
    """How often each of the two wrote in a session."""

    session: Session
    they: int
    you: int


def talk_in(sessions: Iterable[Session], acts: Iterable[InteractionRow]) -> ChatTalk | None:
    """Return the talk of one person with the user in the first of these sessions that has any, None if none has."""
    rows = [row for row in acts if row.kind in MARKED and row.chat]
    for session in sessions:
        ways = [row.direction for row in rows if key_of(row.chat or "") == session.chat.key and session.holds(row.at)]
        if ways:
            return ChatTalk(session, ways.count(INBOUND), ways.count(OUTBOUND))
    return None


def recap_path(key: str, day: date) -> str:
    """Return the path of a session's recap on the dashboard."""
    return f"/web/chats?chat={quote(key)}&day={day.isoformat()}"


@dataclass(frozen=True, slots=True)
class Met:
    """Somebody with whom the user talked in a session.

    Attributes:
        pid: the person.
        they: when they wrote, epoch seconds UTC; ``you``: when the user did.
        text: their last words, empty if they are not kept.
        post: their last post that has no answer, empty if there is none.
        asks: whether that asks something.
    """

    pid: str
    they: tuple[int, ...]
    you: tuple[int, ...]
    text: str
    post: str
    asks: bool


def recap(rows: Iterable[ChatRow], session: Session) -> list[Met]:
    """Return exactly those who answered the user, or whom the user answered, in a session; most turns first."""
    people: dict[str, list[ChatRow]] = {}
    for row in rows:
        if row.kind in MARKED and row.chat and key_of(row.chat) == session.chat.key and session.holds(row.at):
            people.setdefault(row.pid, []).append(row)
    met = [_met(pid, sorted(listed, key=lambda row: row.at)) for pid, listed in people.items()]
    return sorted(met, key=lambda one: (-len(one.they) - len(one.you), one.pid))


def _met(pid: str, rows: Sequence[ChatRow]) -> Met:
    theirs, mine = ([row for row in rows if row.direction == way] for way in ("in", "out"))
    last = theirs[-1] if theirs else None
    waits = last if last and not any(row.at > last.at for row in mine) else None
    return Met(
        pid, tuple(row.at for row in theirs), tuple(row.at for row in mine), (last.text or "") if last else "",
        (waits.post or waits.ref) if waits else "", waits is not None and "?" in (waits.text or ""),
    )  # fmt: skip


ANSWER, PROFILE, GREET, OUTSIDE, REMIND = "answer", "profile", "greet", "outside", "remind"


def next_step(met: Met, *, new: bool, talked_since: bool, chat_only: bool) -> str:
    """Return the one step after a chat: their open question first, then who is new, then a word outside."""
    if met.asks:
        return ANSWER
    if new:
        return PROFILE
    if not talked_since:
        return OUTSIDE if chat_only else GREET
    return REMIND
