"""The kinds of page that show posts, and which of them can show an author's replies and reposts.

X's Posts tab holds no reply to others, whatever the author does (0 of 83 own posts in four saved answers, against 15 of
63 in the Replies tab), so a share of replies is counted only over posts of pages that could have held one.
"""

from __future__ import annotations

UNKNOWN = 0
"""Also the value of a post that a page shows only inside another one (a quoted post)."""
POSTS_TAB, ORIGINALS_TAB, REPLIES_TAB, BOTH_TABS, REPOSTS_TAB, MEDIA_TAB = 1, 2, 4, 8, 16, 32
"""Tabs of a profile: posts with reposts (the older Posts tab), posts alone, replies alone, posts with replies …"""
SEARCH, STATUS, LIKES, HOME, LIST, NOTIFICATIONS = 64, 128, 256, 512, 1024, 2048
"""``SEARCH`` is a search for all posts of one author."""
WHOLE = 4096
"""A source that gives all that an author posts: X's API, an archive."""

SHOWS_REPLIES = REPLIES_TAB | BOTH_TABS | SEARCH | STATUS | WHOLE
SHOWS_REPOSTS = POSTS_TAB | REPOSTS_TAB | WHOLE
OWN_TABS = POSTS_TAB | ORIGINALS_TAB | REPLIES_TAB | BOTH_TABS | MEDIA_TAB
"""Together with a Replies tab that was read, these show what an author posts."""

TAB_OPERATIONS = {
    "UserTweets": POSTS_TAB,
    "UserOriginalsTimeline": ORIGINALS_TAB,
    "UserRepliesTimeline": REPLIES_TAB,
    "UserTweetsAndReplies": BOTH_TABS,
    "UserRepostsTimeline": REPOSTS_TAB,
    "UserMedia": MEDIA_TAB,
    "UserPhotoTimeline": MEDIA_TAB,
    "UserVideoTimeline": MEDIA_TAB,
}
"""X's operations behind the tabs of a profile; their posts of other people say nothing about those people's habits."""
OPERATIONS = TAB_OPERATIONS | {
    "TweetDetail": STATUS,
    "TweetResultByRestId": STATUS,
    "Likes": LIKES,
    "HomeTimeline": HOME,
    "HomeLatestTimeline": HOME,
    "ListLatestTweetsTimeline": LIST,
    "NotificationsTimeline": NOTIFICATIONS,
}
PATHS = {"with_replies": REPLIES_TAB, "reposts": REPOSTS_TAB, "media": MEDIA_TAB, "status": STATUS, "likes": LIKES}
"""Second part of a page's address -> kind."""

OWN_PATHS = {"home": HOME, "notifications": NOTIFICATIONS, "i": UNKNOWN}
"""First part of the address of a page that is nobody's profile -> kind."""


def search_kind(query: str) -> int:
    """Return the kind of a search: ``SEARCH`` if it asks for all posts of one author, else unknown."""
    words = query.casefold().split()
    narrowed = any((":" in word and not word.startswith("from:")) or word.startswith("-") for word in words)
    return SEARCH if any(word.startswith("from:") for word in words) and not narrowed else UNKNOWN


def shows_replies(pages: int) -> bool:
    """Return whether one of these pages could have shown a reply of the author's."""
    return bool(pages & SHOWS_REPLIES)


def shows_reposts(pages: int) -> bool:
    """Return whether one of these pages could have shown a repost of the author's."""
    return bool(pages & SHOWS_REPOSTS)
