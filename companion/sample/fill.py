"""Fills empty stores with the invented people: profiles, ten weeks of acts, and what the user wrote."""

from __future__ import annotations

import random
from collections.abc import Iterator

from companion.domain.dates import DAY, local_day
from companion.domain.sightings import INBOUND, OUTBOUND, Interaction, Person, Post, Relation, Understanding
from companion.machine_zone import MACHINE
from companion.practice.circles import Circles
from companion.sample.people import FIRST_ID, PEOPLE, YOU, YOUR_HANDLE, YOUR_NAME, Invented
from companion.store import touches
from companion.store.account import Account
from companion.store.documents import Document, Json
from companion.store.ledger.ledger import Ledger
from companion.store.notebook.notebook import Notebook
from companion.store.notebook.results import LATEST

SPAN = 70
"""Days over which the acts are spread."""
SEEN_BEFORE = 400
"""Days ago since when their side counts as visible."""
KINDS = ("reply", "reply", "reply", "mention", "quote")


def fill(notebook: Notebook, ledger: Ledger, now: int) -> None:
    """Write the sample as of ``now`` (epoch seconds UTC); the same for the same second.

    Raises:
        StoreError: the disk does not take it.
    """
    owner = ledger.owner_for(YOU, YOUR_HANDLE, now)
    account = Account(notebook, ledger, owner)
    ledger.record(owner, Understanding(op="HomeTimeline"), now - SEEN_BEFORE * DAY)
    ledger.record(owner, _seen(now), now)
    for number, one in enumerate(PEOPLE, 1):
        _write(account, str(FIRST_ID + number), one, now)


def _seen(now: int) -> Understanding:
    dice = random.Random(5)
    people = [Person(YOU, YOUR_HANDLE, YOUR_NAME)]
    told = Understanding("Followers", people)
    for number, one in enumerate(PEOPLE, 1):
        pid = str(FIRST_ID + number)
        people.append(Person(pid, one.handle, one.name, one.bio, followers=120 + 37 * number, following=90 + number))
        told.relations.append(Relation(pid, one.handle, one.follows_you, one.you_follow))
        told.interactions.extend(_acts(pid, one, now, dice))
        if one.follows_you:
            followed = now - (2 if not one.they else 300) * DAY
            told.interactions.append(Interaction(INBOUND, "follow", followed, f"follow:in:{pid}", id=pid))
        if one.asks:
            post = f"{number}01"
            told.posts.append(Post(post, pid, one.handle, one.asks, now - DAY))
            told.interactions.append(Interaction(INBOUND, "reply", now - DAY, post, id=pid, post=post))
    return told


def _acts(pid: str, one: Invented, now: int, dice: random.Random) -> Iterator[Interaction]:
    """Yield one act for each day on which a side wrote."""
    for way, days in ((INBOUND, one.they), (OUTBOUND, one.you)):
        for day in dice.sample(range(SPAN), days):
            at = now - (one.quiet + day) * DAY - dice.randrange(DAY)
            yield Interaction(way, dice.choice(KINDS), at, f"{pid[-2:]}{day:02}{1 if way == INBOUND else 2}", id=pid)


def _write(account: Account, pid: str, one: Invented, now: int) -> None:
    """Write note, tags, circle, roles, step and call."""
    tags: list[Json] = list(one.tags)
    roles: list[Json] = list(one.roles)
    step: Document = {"words": one.step, "day": str(local_day(now + 2 * DAY, MACHINE))}
    bodies: dict[str, Document | None] = {
        "note": {"text": one.note} if one.note else None,
        "tags": {"tags": tags} if tags else None,
        "roles": {"roles": roles} if roles else None,
        "step": step if one.step else None,
    }
    for kind, body in bodies.items():
        if body is not None:
            account.notebook.write(f"sample-{kind}-{pid}", kind, pid, body, LATEST, now, account.owner)
    if one.circle:
        Circles(account.notebook).put(pid, account.owner, [one.circle], op=f"sample-circle-{pid}", at=now)
    if one.call:
        call: Document = {"what": "call", "when": now - 20 * DAY, "words": one.call}
        touches.add(account, pid, call, op=f"sample-touch-{pid}", at=now)
