"""Derives the interactions between the viewer and one other person from posts (pure)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from companion.domain.handles import fold, same
from companion.domain.sightings import INBOUND, OUTBOUND, Interaction, Post, Relation
from companion.sources.times import from_post_id

IsThanks = Callable[[str], bool]
"""Returns whether a post's text is an automated thanks ("IsThanks for the follow, my top interactors this week…")."""

RELATION_REF = "follow"
"""``ref`` of a follow: there is one at a time between two people."""


def no_thanks(_text: str) -> bool:
    """Return False for every text: the default where no phrase list is given."""
    return False


@dataclass(frozen=True, slots=True)
class _Party:
    id: str | None
    handle: str | None

    def is_viewer(self, viewer: _Party) -> bool:
        if self.id is not None and viewer.id is not None:
            return self.id == viewer.id
        return same(self.handle, viewer.handle)

    def known(self) -> bool:
        return self.id is not None or self.handle is not None


def interactions_of(
    posts: Iterable[Post],
    relations: Iterable[Relation],
    viewer_id: str | None,
    viewer_handle: str | None,
    source: str,
    *,
    at: int = 0,
    is_thanks: IsThanks = no_thanks,
) -> list[Interaction]:
    """Return each interaction between the viewer and one other person that the posts show, once.

    Args:
        posts: as read from the source, reposted and quoted posts included.
        relations: likewise; a follow has no date there, so no interaction comes of it, but they join ids and handles.
        viewer_id: id of the account that is logged in; None if not known.
        viewer_handle: its handle; used where one side's id is missing.
        source: name of the source: page, dom, notifications…
        at: when it was seen, epoch seconds UTC; dates what carries no date of its own.
        is_thanks: returns whether a post's text is an automated thanks.

    Returns:
        Interactions with distinct (person, kind, direction, ref), none of strangers among themselves. A repost's ref is
        ``repost:POST``, a like's ``like:POST``: the same whether the page showed the act or only its trace.
    """
    viewer = _Party(viewer_id, viewer_handle)
    if not viewer.known():
        return []
    handles = {relation.id: relation.handle for relation in relations if relation.id and relation.handle}
    numbers = {fold(handle): number for number, handle in handles.items()}
    interactions: dict[tuple[str, ...], Interaction] = {}
    for post in posts:
        for act in _acts(post, viewer, at):
            act.source = source
            act.automatic = post.promoted or bool(act.direction == INBOUND and post.text and is_thanks(post.text))
            act.handle = act.handle or handles.get(act.id or "")
            act.id = act.id or numbers.get(fold(act.handle or ""))
            interactions.setdefault((act.id or act.handle or "", act.kind, act.direction, act.ref), act)
    return list(interactions.values())


@dataclass(frozen=True, slots=True)
class _Act:
    """One thing an author did: what, which post carries it, and when."""

    kind: str
    ref: str
    when: int
    post: str

    def between(self, actor: _Party, target: _Party, viewer: _Party) -> Iterator[Interaction]:
        """Yield the act if exactly one of the two is the viewer and the other is known."""
        if not actor.known() or not target.known():
            return
        outbound, inbound = actor.is_viewer(viewer), target.is_viewer(viewer)
        if outbound == inbound:
            return
        other = target if outbound else actor
        direction = OUTBOUND if outbound else INBOUND
        act = Interaction(direction=direction, kind=self.kind, at=self.when, ref=self.ref, post=self.post)
        act.id, act.handle = other.id, other.handle
        yield act


def _acts(post: Post, viewer: _Party, at: int) -> Iterator[Interaction]:
    author = _Party(post.author_id, post.author_handle)
    when = post.at or from_post_id(post.id) or at
    if post.repost_of is not None:
        original = _Party(post.repost_of_id, post.repost_of_handle)
        act = _Act("repost", f"repost:{post.repost_of}", when, post.repost_of)
        yield from act.between(author, original, viewer)
        return
    yield from _written(post, author, viewer, when)
    if author.known() and not author.is_viewer(viewer):
        yield from _traces(post, author, when)


def _written(post: Post, author: _Party, viewer: _Party, when: int) -> Iterator[Interaction]:
    """Yield what the post itself says to others: a reply, a quote, mentions."""
    answered = _Party(post.reply_to_id, post.reply_to_handle)
    quoted = _Party(post.quote_of_id, post.quote_of_handle)
    yield from _Act("reply", post.act_ref, when, post.id).between(author, answered, viewer)
    yield from _Act("quote", post.act_ref, when, post.id).between(author, quoted, viewer)
    for number, handle in post.mentions:
        yield from _Act("mention", post.act_ref, when, post.id).between(author, _Party(number, handle), viewer)


def _traces(post: Post, author: _Party, when: int) -> Iterator[Interaction]:
    """Yield the viewer's likes and reposts of the post. X does not date them; the post's own date is the earliest."""
    for done, kind in ((post.favorited, "like"), (post.retweeted, "repost")):
        if done:
            trace = Interaction(direction=OUTBOUND, kind=kind, at=when, ref=f"{kind}:{post.id}", partial=True)
            trace.id, trace.handle, trace.post = author.id, author.handle, post.id
            yield trace
