"""The input of the checks: what was seen of one account, and what the viewer decided and cares about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, tzinfo

from companion.domain.sightings import Interaction, Person, Post, Relation
from companion.vetting.network.results import Opened, Picture
from companion.vetting.word_lists import WordLists, supplied_lists


@dataclass(frozen=True, slots=True)
class EarlierDecision:
    """An earlier decision of the viewer about this account: "follow", "wait" or "no", its reason and time."""

    decision: str
    reason: str
    at: int


@dataclass(frozen=True, slots=True)
class Facts:
    """The input of one report; what was not seen is None or empty, and the checks then say nothing about it."""

    person: Person
    now: int
    """Epoch seconds UTC."""
    zone: tzinfo = UTC
    """The user's, whose days are told."""
    posts: Sequence[Post] = ()
    """Posts of this person that were seen, in any order."""
    relation: Relation | None = None
    interactions: Sequence[Interaction] = ()
    """Between the viewer and this person."""
    topics: Sequence[str] = ()
    """The viewer's own topics. Without any, relevance is unknown, never low."""
    decided: Sequence[EarlierDecision] = ()
    """Earlier decisions, latest last."""
    former_handles: Sequence[str] = ()
    auto_dm: bool = False
    """The viewer marked that this account sent an automatic message after a follow."""
    picture: Picture | None = None
    """The result of inspecting the picture, on the viewer's click."""
    opened: Opened | None = None
    """The result of opening the link, on the viewer's click."""
    lists: WordLists = field(default_factory=supplied_lists)

    @property
    def own_posts(self) -> list[Post]:
        """Posts that the person wrote, without reposts."""
        return [post for post in self.posts if not is_repost(post)]


def is_repost(post: Post) -> bool:
    """Return whether a post is a repost, by X's field or by the old form "RT @"."""
    return post.repost_of is not None or post.repost_of_handle is not None or (post.text or "").startswith("RT @")


def is_reply(post: Post, handle: str | None) -> bool:
    """Return whether a post is a reply to somebody else; a reply to oneself is a thread."""
    if is_repost(post):
        return False
    to = (post.reply_to_handle or "").casefold()
    if to:
        return to != (handle or "").casefold()
    if post.reply_to_id is not None:
        return post.reply_to_id != post.author_id
    return (post.text or "").startswith("@")
