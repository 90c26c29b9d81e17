"""What the checks work from: what the page showed of one account, and what the viewer knows and cares about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from companion.domain.sightings import Interaction, Person, Post, Relation
from companion.vetting.network.results import Opened, Picture
from companion.vetting.word_lists import WordLists, supplied_lists


@dataclass(frozen=True, slots=True)
class EarlierDecision:
    """What the viewer decided about this account before: "follow", "wait" or "no", why, and when."""

    decision: str
    reason: str
    at: int


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything one report is made of; what was not seen is None or empty, and then nothing is said about it."""

    person: Person
    now: int
    """Epoch seconds UTC."""
    posts: Sequence[Post] = ()
    """Posts of this person that were seen, in any order."""
    relation: Relation | None = None
    interactions: Sequence[Interaction] = ()
    """Between the viewer and this person."""
    topics: Sequence[str] = ()
    """The viewer's own topics; none set makes relevance unknown, never low."""
    decided: Sequence[EarlierDecision] = ()
    """Earlier decisions, latest last."""
    former_handles: Sequence[str] = ()
    auto_dm: bool = False
    """The viewer marked that this account sent an automatic message after a follow."""
    picture: Picture | None = None
    """What was found when the picture was looked at, on the viewer's click."""
    opened: Opened | None = None
    """What was found when the link was opened, on the viewer's click."""
    lists: WordLists = field(default_factory=supplied_lists)

    @property
    def own_posts(self) -> list[Post]:
        """Posts the person wrote (reposts left out)."""
        return [post for post in self.posts if not is_repost(post)]


def is_repost(post: Post) -> bool:
    """Tell a repost by X's field, or by its old written form."""
    return post.repost_of is not None or post.repost_of_handle is not None or (post.text or "").startswith("RT @")


def is_reply(post: Post, handle: str | None) -> bool:
    """Tell a reply to somebody else; answering oneself is a thread."""
    if is_repost(post):
        return False
    to = (post.reply_to_handle or "").casefold()
    if to:
        return to != (handle or "").casefold()
    if post.reply_to_id is not None:
        return post.reply_to_id != post.author_id
    return (post.text or "").startswith("@")
