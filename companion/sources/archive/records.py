"""Turns one archive record (a post, a like, a message, a follower) into posts and interactions. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from companion.sources.archive.dates import epoch, epoch_of_id
from companion.sources.sightings import INBOUND, OUTBOUND, Interaction, Post

SOURCE = "archive"
GONE = "-1"
"""The id that X writes for a mentioned account that no longer exists."""
AUTO_MENTIONS_SINCE = 1_490_832_000
"""2017-03-30: from then on X itself puts the people of a thread before a reply; before, the author typed them."""
_REPOST = re.compile(r"^RT @(\w{1,20})\b")
_STATUS = re.compile(r"^https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/(\w{1,20})/status/(\d+)")
_TAG = re.compile(r"<[^>]*>")
_LEADERS = re.compile(r"^(?:@\w{1,20}\s+)+")

Record = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Mention:
    """One ``@handle`` in a post: whose it is (None when gone) and where it starts."""

    id: str | None
    handle: str
    start: int


_NOTHING: Record = {}


def record(value: object) -> Record:
    """Return ``value`` if it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else _NOTHING


def text_of(values: Record, *names: str) -> str | None:
    """Return the first of the named fields that holds text or a number, as text."""
    for name in names:
        value = values.get(name)
        if isinstance(value, str):
            if value:
                return value
        elif isinstance(value, int) and value is not True and value is not False:
            return str(value)
    return None


def id_of(values: Record, *names: str) -> str | None:
    """Return the first of the named fields that holds a numeric id; ``-1`` and non-numbers are None."""
    for name in names:
        value = text_of(values, name)
        if value and value.isdigit():
            return value
    return None


def post_id_of(values: Record, *names: str) -> str | None:
    """Return the first of the named fields that holds a post's id: a name, so any whole number will do."""
    return next((value for name in names if (value := text_of(values, name)) and value.lstrip("-").isdigit()), None)


def mentions_of(tweet: Record) -> list[Mention]:
    """Return every mention in the post's entities, in order, repeats included."""
    found = record(tweet.get("entities")).get("user_mentions")
    listed = [record(one) for one in found] if isinstance(found, list) else []
    return [Mention(id_of(one, "id_str", "id"), text_of(one, "screen_name") or "", _start(one)) for one in listed]


def _start(mention: Record) -> int:
    indices = mention.get("indices")
    first = indices[0] if isinstance(indices, list) and indices else 0
    return int(first) if isinstance(first, (int, str)) and str(first).isdigit() else 0


def reposted(tweet: Record, text: str, mentions: Sequence[Mention]) -> Mention | None:
    """Return whose post this reposts, or None. Archives say it by ``RT @`` alone; the 2012 format has the post too."""
    if "retweeted_status" in tweet:
        original = record(record(tweet["retweeted_status"]).get("user"))
        return Mention(id_of(original, "id_str", "id"), text_of(original, "screen_name") or "", 3)
    match = _REPOST.match(text) if text.startswith("RT @") else None
    if match is None:
        return None
    named = next((one for one in mentions if one.handle.lower() == match[1].lower()), None)
    return named or Mention(None, match[1], 3)


@dataclass(frozen=True, slots=True)
class ReadPost:
    """One record read once: the post, every mention in it, and whose post it repeats, if any."""

    post: Post
    mentions: Sequence[Mention]
    repost: Mention | None


def read_post(tweet: Record, owner: str, long_text: str | None = None) -> ReadPost | None:
    """Return what a record of the owner's posts says, or None where it has no id.

    Args:
        tweet: one record of tweets.js (old or new) or of a 2012-format month.
        owner: the archive owner's id.
        long_text: the whole text, where a note-tweet belongs to it.
    """
    made = post_id_of(tweet, "id_str", "id", "tweet_id")
    if made is None:
        return None
    text, mentions = long_text or text_of(tweet, "full_text", "text") or "", mentions_of(tweet)
    repost = reposted(tweet, text, mentions)
    at = epoch(tweet.get("created_at"))
    post = Post(id=made, author_id=owner, text=text, at=at if at is not None else epoch_of_id(made))
    if repost:
        post.repost_of = post_id_of(record(tweet.get("retweeted_status")), "id_str", "id")
        post.repost_of_id, post.repost_of_handle = repost.id, repost.handle
    else:
        _add_quote(tweet, post)
    _add_reply(tweet, post)
    if mentions and not repost:
        post.mentions = [(one.id, one.handle) for one in _written(mentions, text, post.at, post.reply_to_id)]
    return ReadPost(post, mentions, repost)


def _add_quote(tweet: Record, post: Post) -> None:
    post.links = _links(tweet)
    quote = _quoted(post.links) if post.links else None
    if quote:
        post.quote_of_handle, post.quote_of = quote


def _add_reply(tweet: Record, post: Post) -> None:
    post.reply_to_id = id_of(tweet, "in_reply_to_user_id_str", "in_reply_to_user_id")
    post.reply_to_post = post_id_of(tweet, "in_reply_to_status_id_str", "in_reply_to_status_id")
    if post.reply_to_id:
        post.reply_to_handle = text_of(tweet, "in_reply_to_screen_name")


def kept(tweet: Record, post: Post) -> Post:
    """Return the post with what only a post that is kept whole needs: language and app."""
    post.lang = text_of(tweet, "lang")
    post.source_app = _TAG.sub("", text_of(tweet, "source") or "") or None
    return post


def _links(tweet: Record) -> list[str]:
    urls = record(tweet.get("entities")).get("urls")
    listed = [record(one) for one in urls] if isinstance(urls, list) else []
    return [link for one in listed if (link := text_of(one, "expanded_url", "url"))]


def _quoted(links: Sequence[str]) -> tuple[str, str] | None:
    for link in reversed(links):
        match = _STATUS.match(link)
        if match:
            return match[1], match[2]
    return None


def _written(listed: Sequence[Mention], text: str, at: int | None, reply_to: str | None) -> Sequence[Mention]:
    """Return the mentions that the author wrote: those that X put before a reply are left out."""
    if reply_to is None or (at or 0) < AUTO_MENTIONS_SINCE:
        return [one for one in listed if one.id != reply_to or reply_to is None]
    body = len(text) - len(_LEADERS.sub("", text))
    return [one for one in listed if one.start >= body and one.id != reply_to]


def acts_of(post: Post, owner: str) -> Iterator[Interaction]:
    """Yield what the owner did towards others by this post: one interaction a person, the strongest kind first."""
    if post.at is None:
        return
    met: set[str] = {owner}
    for kind, person, handle in _towards(post):
        key = person or f"@{handle.lower()}"
        if key == "@" or key in met:
            continue
        met.add(key)
        yield Interaction(
            OUTBOUND, kind, post.at, post.id, id=person, handle=handle or None, post=post.id, source=SOURCE
        )


def _towards(post: Post) -> Iterator[tuple[str, str | None, str]]:
    if post.repost_of_id or post.repost_of_handle:
        yield "repost", post.repost_of_id, post.repost_of_handle or ""
        return
    if post.reply_to_id:
        yield "reply", post.reply_to_id, post.reply_to_handle or ""
    if post.quote_of_handle:
        yield "quote", None, post.quote_of_handle
    for person, handle in post.mentions:
        yield "mention", person, handle


def message_act(message: Record, owner: str, group: str | None) -> Iterator[Interaction]:
    """Yield the interaction that one direct message was: who and when, never its text.

    Args:
        message: the record inside ``messageCreate``.
        owner: the archive owner's id.
        group: the conversation's id if it is a group. Then only what others wrote counts, and weakly: a word to
            a room is not a word to one person.
    """
    sender, recipient = id_of(message, "senderId"), id_of(message, "recipientId")
    made, at = text_of(message, "id"), epoch(message.get("createdAt"))
    if sender is None or made is None or at is None or sender == recipient:
        return
    if group is not None:
        if sender != owner:
            yield Interaction(INBOUND, "group", at, f"dm:{made}", id=sender, source=SOURCE, chat=group)
    elif sender == owner and recipient:
        yield Interaction(OUTBOUND, "dm", at, f"dm:{made}", id=recipient, source=SOURCE)
    elif recipient == owner:
        yield Interaction(INBOUND, "dm", at, f"dm:{made}", id=sender, source=SOURCE)
