"""Reads likes, reposts and follows from X's notifications, in GraphQL's format and in the older REST one.

Replies, mentions and quotes arrive as whole posts and are read from those. An aggregate ("A and 12 others liked")
names only some people: those count, marked partial; the others cannot be known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from companion.domain.sightings import INBOUND, Interaction
from companion.sources.interactions import RELATION_REF
from companion.sources.json_tree import Json, Node, branch, nodes, text_at
from companion.sources.post_forms import post_id
from companion.sources.timeline import Entry, Timeline
from companion.sources.times import from_milliseconds
from companion.sources.users import user_handle, user_id

SOURCE = "notifications"

KINDS = {
    "users_followed_you": "follow",
    "user_followed_you": "follow",
    "follow_from_recommended_user": "follow",
    "users_liked_your_tweet": "like",
    "user_liked_multiple_tweets": "like",
    "users_liked_your_retweet": "like",
    "users_retweeted_your_tweet": "repost",
    "users_retweeted_your_retweet": "repost",
    "user_retweeted_multiple_tweets": "repost",
}
"""X's own name of a notification -> kind of interaction. Notifications under other names say nothing about a person."""

ICONS = {"heart_icon": "like", "retweet_icon": "repost", "person_icon": "follow"}
"""Used where the name is missing, which the old REST format allows."""


@dataclass(frozen=True, slots=True)
class _Notice:
    kind: str
    at: int | None
    people: list[tuple[str | None, str | None]]
    """(id, handle) of the named people."""
    targets: list[str]
    """Ids of the posts it is about."""


def interactions_in(root: Json, timeline: Timeline, at: int) -> list[Interaction]:
    """Return the likes, reposts and follows in notifications.

    Args:
        root: the whole parsed answer (the REST format keeps the notices apart from the timeline).
        timeline: the answer's entries and cursors.
        at: when it was seen, epoch seconds UTC; dates a notice without a time of its own.
    """
    interactions: dict[tuple[str, str, str], Interaction] = {}
    for notice in [*_graphql(timeline), *_rest(root, timeline)]:
        for act in _acts(notice, at):
            interactions.setdefault((act.id or act.handle or "", act.kind, act.ref), act)
    return list(interactions.values())


def _acts(notice: _Notice, at: int) -> Iterator[Interaction]:
    targets = [None] if notice.kind == "follow" else notice.targets
    partial = len(notice.people) > 1 or len(notice.targets) > 1
    for number, handle in notice.people:
        for post in targets:
            yield Interaction(
                direction=INBOUND,
                kind=notice.kind,
                at=notice.at or at,
                ref=RELATION_REF if post is None else f"{notice.kind}:{post}",
                id=number,
                handle=handle,
                post=post,
                source=SOURCE,
                partial=partial or notice.at is None,
            )


def _graphql(timeline: Timeline) -> Iterator[_Notice]:
    for entry in timeline:
        if not isinstance(entry, Entry) or entry.content.get("itemType") != "TimelineNotification":
            continue
        kind = KINDS.get(entry.element) or (
            ICONS.get(text_at(entry.content, "notification_icon") or "", "") if not entry.element else ""
        )
        template = branch(entry.content, "template")
        people = [branch(item, "user_results", "result") for item in nodes(template, "from_users")]
        targets = [post_id(branch(item, "tweet_results", "result")) for item in nodes(template, "target_objects")]
        if kind:
            yield _Notice(
                kind=kind,
                at=from_milliseconds(entry.content.get("timestamp_ms")),
                people=[(user_id(item), user_handle(item)) for item in people if user_id(item)],
                targets=[number for number in targets if number],
            )


def _rest(root: Json, timeline: Timeline) -> Iterator[_Notice]:
    notices = branch(root, "globalObjects", "notifications")
    if not notices:
        return
    users = branch(root, "globalObjects", "users")
    elements = _elements(timeline)
    for key, notice in notices.items():
        if isinstance(notice, dict):
            element = elements.get(key, "")
            kind = KINDS.get(element) if element else ICONS.get(text_at(notice, "icon", "id") or "")
            if kind:
                yield _rest_notice(kind, notice, users)


def _rest_notice(kind: str, notice: Node, users: Node) -> _Notice:
    template = branch(notice, "template", "aggregateUserActionsV1")
    ids = [text_at(item, "user", "id") for item in nodes(template, "fromUsers")]
    targets = [text_at(item, "tweet", "id") for item in nodes(template, "targetObjects")]
    return _Notice(
        kind=kind,
        at=from_milliseconds(notice.get("timestampMs")),
        people=[(number, user_handle(branch(users, number))) for number in ids if number and number.isdigit()],
        targets=[number for number in targets if number and number.isdigit()],
    )


def _elements(timeline: Timeline) -> dict[str, str]:
    """Return notice id -> X's own name of it, from the REST timeline."""
    elements: dict[str, str] = {}
    for entry in timeline:
        if isinstance(entry, Entry):
            notice = text_at(entry.content, "notification", "id")
            if notice is not None:
                elements[notice] = entry.element
    return elements
