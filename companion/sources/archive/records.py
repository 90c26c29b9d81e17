"""Turns one archive record (a post, a like, a message, a follower) into posts and interactions (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from companion.domain.handles import same
from companion.domain.sightings import INBOUND, OUTBOUND, Interaction, Post
from companion.sources.archive.dates import SNOWFLAKES_SINCE, epoch, epoch_of_id
from companion.sources.archive.record_types import (
    Author,
    Like,
    Linked,
    Mentioned,
    Record,
    Text,
    Tweet,
    first_version,
    text_of,
)

SOURCE = "archive"
GONE = "-1"
"""The id that X writes for a mentioned account that no longer exists."""
LONGEST_ID = 19
"""Digits of the largest id that fits into X's 64 bits."""
AUTO_MENTIONS_SINCE = 1_490_832_000
"""2017-03-30: from then on X itself puts the people of a thread before a reply; before, the author typed them."""
_REPOST = re.compile(r"^RT @(\w{1,20})\b")
_STATUS = re.compile(r"^https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/(?!i/)(\w{1,20})/status/(\d+)")
_TAG = re.compile(r"<[^>]*>")
_LEADERS = re.compile(r"^(?:@\w{1,20}\s+)+")


Mention = tuple[str | None, str]
"""(id, handle) of a mentioned account; the id is None if the account no longer exists."""


def first_id(*values: Text) -> str | None:
    """Return the first value that is a numeric id; ``-1`` and non-numbers are passed over."""
    for value in values:
        if value is not None and (text := str(value)).isdigit():
            return text
    return None


def first_post_id(*values: Text) -> str | None:
    """Return the first value that is a post's id; any whole number is one, negative ones too."""
    for value in values:
        if value is not None and (text := str(value)).lstrip("-").isdigit():
            return text
    return None


def id_of(values: Record, *names: str) -> str | None:
    """Return the first of the named fields that holds a numeric id; ``-1`` and non-numbers are None."""
    return first_id(*(text_of(values, name) for name in names))


def reposted(tweet: Tweet, text: str, mentions: Sequence[Mention]) -> Mention | None:
    """Return whose post this reposts, or None. Archives say it by ``RT @`` alone; the 2012 format has the post too."""
    if tweet.retweeted_status:
        author = tweet.retweeted_status.user or Author()
        return first_id(author.id_str, author.id), author.screen_name or ""
    match = _REPOST.match(text) if text.startswith("RT @") else None
    if match is None:
        return None
    return next((mention for mention in mentions if same(mention[1], match[1])), (None, match[1]))


class ReadPost(msgspec.Struct, frozen=True, gc=False):
    """One record as read: the record, the post, every mention in it, and the author of the post it reposts."""

    tweet: Tweet
    post: Post
    mentions: Sequence[Mention]
    repost: Mention | None


def read_post(tweet: Tweet, owner: str, long_text: str | None = None) -> ReadPost | None:
    """Turn a record of the owner's posts into a post, or None where it has no id.

    Written out rather than in small steps: this runs for every post of twenty years.

    Args:
        tweet: one record of tweets.js (old or new) or of a 2012-format month.
        owner: the archive owner's id.
        long_text: the whole text, where a note-tweet belongs to it.
    """
    post_id, entities = tweet.id_str, tweet.entities
    if post_id is None or not post_id.isdigit():
        post_id = first_post_id(tweet.id_str, tweet.id, tweet.tweet_id)
        if post_id is None:
            return None
    text = long_text or tweet.full_text or tweet.text or ""
    listed = entities.user_mentions if entities and entities.user_mentions else []
    mentions: list[Mention] = [
        (
            mention.id_str if mention.id_str and mention.id_str.isdigit() else first_id(mention.id_str, mention.id),
            mention.screen_name or "",
        )
        for mention in listed
    ]
    at = epoch(tweet.created_at)
    post = Post(id=post_id, author_id=owner, text=text, at=epoch_of_id(post_id) if at is None else at)
    if tweet.edit_info:
        post.first_version = first_version(tweet)
    _add_reply(tweet, post)
    repost = reposted(tweet, text, mentions) if tweet.retweeted_status or text.startswith("RT @") else None
    if repost:
        if tweet.retweeted_status:
            post.repost_of = first_post_id(tweet.retweeted_status.id_str, tweet.retweeted_status.id)
        post.repost_of_id, post.repost_of_handle = repost
        return ReadPost(tweet, post, mentions, repost)
    if entities and entities.urls:
        _add_links(post, entities.urls)
    if mentions:
        post.mentions = mentions if post.reply_to_id is None else _written(mentions, listed, post)
    return ReadPost(tweet, post, mentions, None)


def _add_links(post: Post, urls: Iterable[Linked]) -> None:
    post.links = [link for url in urls if (link := url.expanded_url or url.url)]
    quote = _quoted(post.links)
    if quote:
        post.quote_of_handle, post.quote_of = quote


def _add_reply(tweet: Tweet, post: Post) -> None:
    person, number = tweet.in_reply_to_user_id_str, tweet.in_reply_to_user_id
    if person is not None or number is not None:
        post.reply_to_id = person if person and person.isdigit() else first_id(number)
        if post.reply_to_id:
            post.reply_to_handle = tweet.in_reply_to_screen_name or None
    answered, number = tweet.in_reply_to_status_id_str, tweet.in_reply_to_status_id
    if answered is not None or number is not None:
        post.reply_to_post = first_post_id(answered, number)


def completed(tweet: Tweet, post: Post) -> Post:
    """Return the post with language and app, which only posts that are stored whole need."""
    post.lang = tweet.lang or None
    post.source_app = _TAG.sub("", tweet.source or "") or None
    return post


def _quoted(links: Sequence[str]) -> tuple[str, str] | None:
    for link in reversed(links):
        match = _STATUS.match(link)
        if match:
            return match[1], match[2]
    return None


def _written(mentions: Sequence[Mention], listed: Sequence[Mentioned], post: Post) -> list[Mention]:
    """Return the mentions that the author of a reply wrote: those that X put before it are left out."""
    if len(mentions) == 1 and mentions[0][0] == post.reply_to_id:
        return []
    others = [place for place, mention in enumerate(mentions) if mention[0] != post.reply_to_id]
    if others and (post.at or 0) >= AUTO_MENTIONS_SINCE:
        text = post.text or ""
        body = len(text) - len(_LEADERS.sub("", text))
        others = [place for place in others if _start(listed[place]) >= body]
    return [mentions[place] for place in others]


def _start(mention: Mentioned) -> int:
    first = str(mention.indices[0]) if mention.indices else ""
    return int(first) if first.isdigit() else 0


def acts_of(post: Post, owner: str) -> list[Interaction]:
    """Return the owner's interactions by this post: one per person, the strongest kind."""
    interactions: list[Interaction] = []
    at, ref = post.at, post.act_ref
    if at is None:
        return interactions
    seen = ["@", owner]
    for kind, person, handle in _towards(post):
        key = person or f"@{handle.lower()}"
        if key not in seen:
            seen.append(key)
            interactions.append(Interaction(OUTBOUND, kind, at, ref, person, handle or None, ref, SOURCE))
    return interactions


def _towards(post: Post) -> list[tuple[str, str | None, str]]:
    if post.repost_of_id or post.repost_of_handle:
        return [("repost", post.repost_of_id, post.repost_of_handle or "")]
    targets: list[tuple[str, str | None, str]] = []
    if post.reply_to_id:
        targets.append(("reply", post.reply_to_id, post.reply_to_handle or ""))
    if post.quote_of_handle:
        targets.append(("quote", None, post.quote_of_handle))
    targets += [("mention", person, handle) for person, handle in post.mentions]
    return targets


def like_act(like: Like) -> Interaction | None:
    """Return the owner's like of a post, towards whom its link names; without any person where it names nobody.

    An archive does not date likes. None is older than its post, so it gets the time in the post's id, as on the page,
    or where the id tells none, the time before which all such ids were given out.
    """
    link = _STATUS.match(like.expandedUrl or "")
    post = first_id(like.tweetId) or (link[2] if link else None)
    if post is None or len(post) > LONGEST_ID:
        return None
    at = epoch_of_id(post) or SNOWFLAKES_SINCE
    handle = link[1] if link and link[2] == post else None
    return Interaction(OUTBOUND, "like", at, f"like:{post}", None, handle, post, SOURCE, partial=True)


def message_act(message: Record, owner: str, group: str | None) -> Iterator[Interaction]:
    """Yield the interaction that one direct message was: who and when, never its text.

    Args:
        message: the record inside ``messageCreate``.
        owner: the archive owner's id.
        group: the conversation's id if it is a group. Then only what others wrote counts, and weakly: a word to
            a room is not a word to one person.
    """
    sender, recipient = id_of(message, "senderId"), id_of(message, "recipientId")
    message_id, at = text_of(message, "id"), epoch(message.get("createdAt"))
    if sender is None or message_id is None or at is None or sender == recipient:
        return
    if group is not None:
        if sender != owner:
            yield Interaction(INBOUND, "group", at, f"dm:{message_id}", id=sender, source=SOURCE, chat=group)
    elif sender == owner and recipient:
        yield Interaction(OUTBOUND, "dm", at, f"dm:{message_id}", id=recipient, source=SOURCE)
    elif recipient == owner:
        yield Interaction(INBOUND, "dm", at, f"dm:{message_id}", id=sender, source=SOURCE)
