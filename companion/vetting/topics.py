"""Whether a person's bio or posts share a topic of the user's own list."""

from __future__ import annotations

from pathlib import Path

from companion.errors import SettingError
from companion.store.ledger.ledger import Ledger
from companion.vetting.user_lists import topics_of
from companion.vetting.word_lists import found_words


def relevant(ledger: Ledger, owner: str, pid: str, data: Path) -> bool | None:
    """Tell whether somebody shares a topic; None, which is unknown, where no topics are set (or can be read).

    Args:
        ledger: what was seen of them.
        owner: by whom.
        pid: the person.
        data: the data folder, in which the topics are kept.
    """
    try:
        topics = topics_of(data)
    except SettingError:  # vetting says so, in words; here it only means that it is not known
        return None
    if not topics:
        return None
    known = ledger.person(owner, pid)
    texts = [known.profile.bio or ""] if known else []
    texts += [post.text or "" for post in ledger.posts_of(owner, pid)]
    return any(found_words(text, topics) for text in texts)
