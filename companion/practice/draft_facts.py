"""What is known of a person for drafts: handle, first name, their latest post, a shared topic, the next chat."""

from __future__ import annotations

from pathlib import Path

from companion.domain.chat_times import next_sessions
from companion.domain.handles import without_at
from companion.domain.sightings import Post
from companion.practice import drafts
from companion.practice.chats import all_chats
from companion.practice.own_templates import all_templates
from companion.store.account import Account
from companion.vetting.topics import shared_topics

POSTS = 20
"""Latest posts among which one of their own is looked for."""


def facts_of(account: Account, pid: str, data: Path, now: int, called: str = "") -> dict[str, str]:
    """Return field -> value of what is known; a field of which nothing is known is absent.

    ``called`` is the handle by which the person was asked for, for somebody of whom nothing was seen yet.
    """
    known = account.ledger.person(account.owner, pid)
    handle = known.profile.handle if known else None
    if not handle:
        handle = pid.removeprefix("@") if pid.startswith("@") else without_at(called)
    facts = {
        "handle": f"@{handle}" if handle else "",
        "first_name": drafts.first_name(known.profile.name if known else ""),
    }
    post = _own_post(account.ledger.posts_of(account.owner, pid, POSTS))
    if post is not None:
        facts |= {"last_post": drafts.shortened(post.text or ""), "last_post_link": f"https://x.com/i/status/{post.id}"}
    facts |= _next_chat(account, now)
    topics = shared_topics(account, pid, data)
    return {name: value for name, value in {**facts, "topic": topics[0] if topics else ""}.items() if value}


def _next_chat(account: Account, now: int) -> dict[str, str]:
    """Return the tag and the hour of the chat that comes next, the hour by the chat's own clock."""
    coming = [one for chat in all_chats(account.notebook) for one in next_sessions(chat, now, 1)]
    soonest = min(coming, key=lambda one: (one.start, one.chat.key), default=None)
    if soonest is None:
        return {}
    city = soonest.chat.zone.rpartition("/")[2].replace("_", " ")
    return {"chat": soonest.chat.tag, "chat_time": f"{soonest.day:%A} {soonest.chat.hour:%H:%M} ({city})"}


def drafts_for(account: Account, pid: str, data: Path, now: int, called: str = "") -> list[drafts.Draft]:
    """Return the five drafts and the user's own templates, filled in for a person; ``called`` as for `facts_of`."""
    own = [(one.action, one.name, one.text) for one in all_templates(account.notebook)]
    return drafts.drafts(facts_of(account, pid, data, now, called), own)


def _own_post(posts: list[Post]) -> Post | None:
    """Return the latest post that is theirs and answers nobody, else any of theirs."""
    own = [post for post in posts if post.repost_of is None and post.text and post.id.isdigit()]
    return next((post for post in own if post.reply_to_post is None), own[0] if own else None)
