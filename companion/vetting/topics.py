"""Tells whether a person's bio or posts contain a topic of the user's own list, or of one of their goals."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from companion.errors import SettingError
from companion.store.account import Account
from companion.store.notebook.named_rows import GOALS
from companion.store.notebook.notebook import Notebook
from companion.vetting.user_lists import topics_of
from companion.vetting.word_lists import found_words


def relevant(account: Account, pid: str, data: Path) -> bool | None:
    """Return whether somebody shares a topic; None if no topics are set or the list cannot be read.

    Args:
        account: what was seen of the person, and the goals.
        pid: the person.
        data: the data folder, which holds the topics.
    """
    shared = shared_topics(account, pid, data)
    return None if shared is None else bool(shared)


def shared_topics(account: Account, pid: str, data: Path) -> list[str] | None:
    """Return the topics in somebody's bio and posts, those of the bio first; None as for `relevant`."""
    topics = known_topics(account.notebook, data)
    if not topics:
        return None
    known = account.ledger.person(account.owner, pid)
    texts = [known.profile.bio or ""] if known else []
    texts += [post.text or "" for post in account.ledger.posts_of(account.owner, pid)]
    return list(dict.fromkeys(word for text in texts for word in found_words(text, topics)))


def known_topics(notebook: Notebook, data: Path) -> list[str]:
    """Return the user's topics and those of the goals; without the list if it cannot be read, which vetting tells."""
    try:
        return with_goals(topics_of(data), notebook)
    except SettingError:
        return with_goals((), notebook)


def with_goals(topics: Iterable[str], notebook: Notebook) -> list[str]:
    """Return topics with those of all goals after them, each once whatever its case."""
    of_goals = [part for row in notebook.shared.rows(GOALS) for part in str(row.get("topics", "")).split(", ") if part]
    once: dict[str, str] = {}
    for topic in (*topics, *of_goals):
        once.setdefault(topic.casefold(), topic)
    return list(once.values())
