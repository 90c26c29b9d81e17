"""Tells whether a person's bio or posts contain a topic of the user's own list."""

from __future__ import annotations

from pathlib import Path

from companion.errors import SettingError
from companion.store.ledger.ledger import Ledger
from companion.vetting.user_lists import topics_of
from companion.vetting.word_lists import found_words


def relevant(ledger: Ledger, owner: str, pid: str, data: Path) -> bool | None:
    """Return whether somebody shares a topic; None if no topics are set or the list cannot be read.

    Args:
        ledger: what was seen of the person.
        owner: the account that saw it.
        pid: the person.
        data: the data folder, which holds the topics.
    """
    shared = shared_topics(ledger, owner, pid, data)
    return None if shared is None else bool(shared)


def shared_topics(ledger: Ledger, owner: str, pid: str, data: Path) -> list[str] | None:
    """Return the topics in somebody's bio and posts, those of the bio first; None as for `relevant`."""
    topics = known_topics(data)
    if not topics:
        return None
    known = ledger.person(owner, pid)
    texts = [known.profile.bio or ""] if known else []
    texts += [post.text or "" for post in ledger.posts_of(owner, pid)]
    return list(dict.fromkeys(word for text in texts for word in found_words(text, topics)))


def known_topics(data: Path) -> list[str]:
    """Return the user's topics; empty if there are none or the list cannot be read, which vetting then tells."""
    try:
        return list(topics_of(data))
    except SettingError:
        return []
