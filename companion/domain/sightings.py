"""Sightings: the people, posts, relations and interactions that a source parsed, in one form for all sources."""

from __future__ import annotations

import msgspec

INBOUND = "in"
OUTBOUND = "out"


class Person(msgspec.Struct, omit_defaults=True):
    """One account's profile fields as one source showed them; ``None`` means not shown, never "no".

    Either ``id`` (X's numeric id as text) or ``handle`` (without @, case as shown) is present.
    Times are epoch seconds UTC. ``rich`` is False for a thin copy (a quoted author, a notification's actor),
    which must not blank the fields of a fuller sighting.
    """

    id: str | None = None
    handle: str | None = None
    name: str | None = None
    bio: str | None = None
    location: str | None = None
    link: str | None = None
    """The profile's website, expanded where known."""
    bio_links: list[str] | None = None
    avatar: str | None = None
    banner: str | None = None
    created_at: int | None = None
    followers: int | None = None
    following: int | None = None
    posts: int | None = None
    likes: int | None = None
    media: int | None = None
    listed: int | None = None
    protected: bool | None = None
    verified: bool | None = None
    blue: bool | None = None
    default_avatar: bool | None = None
    category: str | None = None
    automated: bool | None = None
    pinned_post: str | None = None
    based_in: str | None = None
    """Country or region that X's page about the account names, in English."""
    based_in_sure: bool | None = None
    """False where X warns that the place may be wrong (a VPN); X changes it by itself, so it is never a verdict."""
    connected_via: str | None = None
    """App or shop through which the account was made or is used, as X names it."""
    renames: int | None = None
    renamed_at: int | None = None
    """How often X counts that the handle changed, and when it did last."""
    replies_at: int | None = None
    """When their Replies tab was last read."""
    gone: str | None = None
    """Why the account cannot be seen ("Suspended", "NoReason"); notes stay."""
    rich: bool = True


class Post(msgspec.Struct, omit_defaults=True, gc=False):
    """One post as seen. ``at`` is epoch seconds UTC; ids are X's numeric ids as text."""

    id: str
    author_id: str | None = None
    author_handle: str | None = None
    text: str | None = None
    at: int | None = None
    lang: str | None = None
    source_app: str | None = None
    conversation_id: str | None = None
    reply_to_post: str | None = None
    reply_to_id: str | None = None
    reply_to_handle: str | None = None
    repost_of: str | None = None
    repost_of_id: str | None = None
    repost_of_handle: str | None = None
    """For a repost: the post, and the person who wrote it."""
    quote_of: str | None = None
    quote_of_id: str | None = None
    quote_of_handle: str | None = None
    mentions: list[tuple[str | None, str]] = []
    """(id or None, handle) of every mention the author wrote (auto-added reply leaders are left out)."""
    links: list[str] = []
    has_media: bool = False
    favorited: bool | None = None
    """The viewer likes it."""
    retweeted: bool | None = None
    """The viewer reposted it."""
    promoted: bool = False
    pages: int = 0
    """Kinds of page that showed it, as bits of ``companion.domain.page_kinds``; 0 is unknown."""
    first_version: str | None = None
    """For an edited post: the id of its first version. Each version has its own id, and all are one act."""

    @property
    def act_ref(self) -> str:
        """What its acts are referred to by: the id that all its versions share."""
        return self.first_version or self.id


class Relation(msgspec.Struct, omit_defaults=True):
    """Follows, blocks and mutes between the viewer and one person; ``None`` is unknown, never "no"."""

    id: str | None = None
    handle: str | None = None
    follows_me: bool | None = None
    i_follow: bool | None = None
    blocking: bool | None = None
    blocked_by: bool | None = None
    muting: bool | None = None
    requested: bool | None = None
    mutuals_shown: int | None = None
    """How many "followed by people you follow" the page named; display only."""


class Interaction(msgspec.Struct, omit_defaults=True, gc=False):
    """One act between the viewer and one person; ``kind`` is one of ``companion.domain.kinds``.

    ``ref`` identifies the act for deduplication: the post's id, or for a like or follow a stable text such as
    ``like:POSTID``; the same act has the same ``ref`` whichever source saw it.
    """

    direction: str
    kind: str
    at: int
    ref: str
    id: str | None = None
    handle: str | None = None
    post: str | None = None
    """Post to link to."""
    source: str = "page"
    """page, dom, wire, notifications, archive, x-api, you."""
    partial: bool = False
    """Seen through an aggregate that named only some of the people, or dated only approximately."""
    automatic: bool = False
    """Automated thanks, promoted: kept for the record, weight 0."""
    chat: str | None = None
    """The chat (hashtag) it belonged to, if any."""
    removed: bool = False
    """The act was seen undone (unlike, unfollow): retract it."""


class ListPage(msgspec.Struct, omit_defaults=True):
    """One page of a follower or following list; the chain of pages shows whether the list was seen whole."""

    owner_id: str
    kind: str
    """followers or following."""
    cursor_in: str | None = None
    cursor_out: str | None = None
    ids: list[str] = []
    end: bool = False


class Understanding(msgspec.Struct, omit_defaults=True):
    """Everything that was parsed from one text (a JSON response, a saved page, a DOM reading)."""

    op: str = ""
    people: list[Person] = []
    posts: list[Post] = []
    relations: list[Relation] = []
    interactions: list[Interaction] = []
    lists: list[ListPage] = []
    problems: list[str] = []
    """What could not be understood, in words; never a reason to store something wrong."""
    partial: bool = False
    """X answered with errors beside partial data."""
    viewer_id: str | None = None
    viewer_handle: str | None = None
    """Who the page itself says is logged in, where it tells."""
