"""A small invented town for the dashboard: the replica's story of eight, and some sixty neighbours with habits."""

from __future__ import annotations

import random

from companion.domain import sightings
from companion.domain.dates import DAY
from companion.domain.sightings import Interaction, Person, Relation, Understanding
from companion.practice.circles import Circles
from companion.sources.interactions import interactions_of
from companion.store import touches
from companion.store.account import Account
from companion.store.documents import Document, Json
from tests.replica import people
from tests.replica.people import ADA, ADA_FOLLOWS, FEATURED, FOLLOWS_ADA
from tests.replica.posts import Post, Writer
from tests.replica.story import tell

NOW = 1_760_000_000
NEIGHBOURS = 64
NOTE = "Looking for essayists for the spring issue. Promised her the Abeokuta interview. Phone first, she hates DMs."
TAGS = {
    people.WREN: ["small press"],
    people.INES: ["printer"],
    people.TOMO: ["#bookchat"],
    people.BOLA: ["riso"],
    people.MILL: ["local"],
}
CIRCLES = {people.INES: ["watchlist"], people.WREN: ["watchlist"], people.RHEA: ["say-things"]}


def settle(account: Account, now: int = NOW) -> None:
    """Fill both stores with the town."""
    account.ledger.owner_for(ADA.id, ADA.handle, now)
    posts = [seen_post(post) for post in tell(Writer(7), now)]
    relations = [Relation(one.id, one.handle, one.id in FOLLOWS_ADA, one.id in ADA_FOLLOWS) for one in FEATURED]
    acts = interactions_of(posts, relations, ADA.id, ADA.handle, "page", at=now)
    told = [seen_person(one) for one in (ADA, *FEATURED)]
    asked = Interaction("in", "reply", now - 14 * DAY, "910001", id=people.TOMO.id, post="910001")
    question = sightings.Post(
        "910001", people.TOMO.id, people.TOMO.handle, "When is the spring issue out?", now - 14 * DAY
    )
    record(account, Understanding("UserTweets", told, [*posts, question], relations, [*acts, asked]), now)
    _neighbours(account, now)
    _written(account, now)


def record(account: Account, told: Understanding, now: int) -> None:
    """Record a page, also what happened before the first visit."""
    account.ledger.record(account.owner, Understanding(op="HomeTimeline"), now - 400 * DAY)
    account.ledger.record(account.owner, told, now)


def seen_post(post: Post) -> sightings.Post:
    """Return a post of the replica as a source understands it."""
    answered = post.reply_to
    return sightings.Post(
        post.id, post.author.id, post.author.handle, post.text, post.at,
        reply_to_post=answered.id if answered else None,
        reply_to_id=answered.author.id if answered else None,
        reply_to_handle=answered.author.handle if answered else None,
        mentions=[(one.id, one.handle) for one in post.mentions],
        favorited=ADA.id in post.liked_by or None,
    )  # fmt: skip


def seen_person(one: people.Account) -> Person:
    """Return an account of the replica as a source understands it."""
    return Person(one.id, one.handle, one.name, one.bio, one.location, followers=one.followers, following=one.following)


def _neighbours(account: Account, now: int) -> None:
    """People with a habit each: from weekly talk both ways down to a single like."""
    dice = random.Random(11)
    crowd = people.invent(NEIGHBOURS)
    acts: list[Interaction] = []
    for number, one in enumerate(crowd):
        busy, theirs = dice.random() ** 2.2, 0.25 + 0.6 * dice.random()
        quiet = 0 if number % 5 else dice.randrange(15, 40) * 7
        for week in range(52):
            chances = {"in": busy * (0.4 + theirs), "out": busy * (1.3 - theirs)}
            for way in [way for way, chance in chances.items() if dice.random() < chance]:
                at = now - quiet * DAY - week * 7 * DAY - dice.randrange(1, 7) * DAY + dice.randrange(DAY)
                kind = dice.choice(("reply", "reply", "reply", "mention", "like", "quote"))
                ref = str(920_000 + number * 200 + week * 2 + (way == "in"))
                acts.append(Interaction(way, kind, at, f"like:{ref}" if kind == "like" else ref, id=one.id, post=ref))
    relations = [Relation(one.id, one.handle, n % 2 == 0, n % 3 == 0) for n, one in enumerate(crowd)]
    told = Understanding("Followers", [seen_person(one) for one in crowd], [], relations, acts)
    account.ledger.record(account.owner, told, now)


def _written(account: Account, now: int) -> None:
    notebook, owner = account.notebook, account.owner
    for number, (one, tags) in enumerate(TAGS.items()):
        words: list[Json] = list(tags)
        notebook.write(f"town-tags-{number}", "tags", one.id, {"tags": words}, None, now, owner)
    for number, (one, circles) in enumerate(CIRCLES.items()):
        Circles(notebook).put(one.id, owner, circles, op=f"town-circle-{number}", at=now)
    notebook.write("town-note-1", "note", people.WREN.id, {"text": NOTE}, None, now, owner)
    call: Document = {"what": "call", "when": now - 20 * DAY, "words": "The Porto book fair"}
    touches.add(account, people.INES.id, call, op="town-touch-1", at=now)
