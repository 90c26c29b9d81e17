"""Invented people and X's answers about them, small enough to read in a test."""

from __future__ import annotations

import json
from typing import cast

from companion.domain.sightings import Interaction, Understanding
from companion.sources.page import understand
from tests.x_json import Generation, Json, PostFacts, UserFacts, tweet_json, user_json
from tests.x_timeline import timeline_json, tweet_entry

GENERATIONS: tuple[Generation, ...] = ("A", "B", "C")
AT = 1_789_000_000
"""When the pages of these tests were seen: 9 September 2026."""

ADA = UserFacts("1000001", "adaquill", "Ada Quill", bio="Letters by hand.", followers=120, following=80)
WREN = UserFacts(
    "2000001",
    "wrenwrites",
    "Wren Okafor",
    bio="Essays & tea.",
    location="Lagos",
    website="https://wren.example/essays",
    created_at=1_400_000_000,
    followers=310,
    following=290,
    posts=4_021,
    likes=900,
    media=77,
    listed=3,
    banner="https://pbs.twimg.com/profile_banners/2000001/1",
    category="Writer",
    follows_me=True,
    i_follow=False,
    pinned=["1700000000000000001"],
)
INES = UserFacts("2000002", "inesmakes", "Ines Duarte", bio="Pots.", followers=50, following=60)
NOBODY = UserFacts("2000007", "nobodyyouknow", "Nobody You Know", followers=1, following=2)
BARN = UserFacts("2000008", "bargainbarn", "Bargain Barn", bio="Sells.", followers=9_000, following=10)


def see(
    answer: object,
    op: str = "",
    *,
    url: str = "",
    request: str = "",
    viewer: UserFacts | None = ADA,
) -> Understanding:
    """Understand an answer as Ada's page would have received it."""
    return understand(
        json.dumps(answer),
        op=op,
        url=url,
        request=request,
        viewer_id=viewer.id if viewer else None,
        viewer_handle=viewer.handle if viewer else None,
        at=AT,
    )


def post(
    number: int,
    author: UserFacts,
    text: str = "A post.",
    generation: Generation = "C",
    *,
    reply_to: tuple[str, str, str] | None = None,
    repost_of: Json | None = None,
    quote_of: Json | None = None,
    links: tuple[str, ...] = (),
    favorited: bool = False,
    retweeted: bool = False,
) -> Json:
    """Return a post object; ``number`` makes its id and its hour."""
    facts = PostFacts(post_id(number), user_json(author, generation), text, post_time(number))
    facts.reply_to, facts.repost_of, facts.quote_of = reply_to, repost_of, quote_of
    facts.links, facts.favorited, facts.retweeted = list(links), favorited, retweeted
    return tweet_json(facts)


def post_time(number: int) -> int:
    """Return when an invented post was written."""
    return AT - 86_400 + number * 3_600


def post_id(number: int) -> str:
    """Return an invented post's id."""
    return str(1_900_000_000_000_000_000 + number)


def answering(number: int, person: UserFacts) -> tuple[str, str, str]:
    """Return what a reply says of the post it answers."""
    return (post_id(number), person.id, person.handle)


def legacy(tweet: Json) -> Json:
    """Return the part of a post object that holds its text."""
    return cast("Json", tweet["legacy"])


def mention(person: UserFacts, start: int) -> Json:
    """Return one entry of ``user_mentions`` at a place in the text."""
    end = start + len(person.handle) + 1
    return {"id_str": person.id, "screen_name": person.handle, "name": person.name, "indices": [start, end]}


def timeline(*posts: Json, op: str = "HomeTimeline") -> Json:
    """Return a timeline answer with these posts."""
    return timeline_json(op, [tweet_entry(one) for one in posts])


def acts(understood: Understanding) -> set[tuple[str, str, str | None, str]]:
    """Return the interactions as (direction, kind, handle, ref)."""
    return {(act.direction, act.kind, act.handle, act.ref) for act in understood.interactions}


def only(understood: Understanding) -> Interaction:
    """Return the one interaction there is."""
    assert len(understood.interactions) == 1, understood.interactions
    return understood.interactions[0]
