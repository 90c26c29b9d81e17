"""Records one understanding in the ledger, in one transaction: all of it or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from companion.domain.dates import DAY
from companion.domain.handles import fold, is_stub, stub
from companion.domain.identity import in_time
from companion.domain.sightings import INBOUND, Interaction, Person, Post, Understanding
from companion.store.ledger.batch import Batch
from companion.store.ledger.connections import Connections
from companion.store.ledger.imports import changes
from companion.store.ledger.ingest import follow_lists, wrong_clock
from companion.store.ledger.rows import Recorded
from companion.store.ledger.tables import interactions as interactions_table
from companion.store.ledger.tables import people as people_table
from companion.store.ledger.tables import posts as posts_table
from companion.store.ledger.tables import relations as relations_table
from companion.store.ledger.tables import snapshots as snapshots_table
from companion.store.ledger.tables.interactions import EventState, Key
from companion.store.ledger.tables.people import PersonState
from companion.store.ledger.viewers import Viewer, ViewerUpdate

Evidence = tuple[str | None, str | None, int]
"""(id, handle, time)."""


MENTIONS = "x-api.mentions"
"""Name of the request to X's API that lists the posts naming the viewer."""
MENTION_SECONDS = 365 * DAY
"""A mention this much older than a note by handle does not say who has the handle."""
LISTS = frozenset({"notifications", "x-api"})
"""Sources that list what was sent to the viewer, back to some day."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many posts, and for how many days their texts, are stored."""

    posts_per_person: int = 400
    post_text_days: int = 180


def record(
    connections: Connections,
    writing: ViewerUpdate,
    understanding: Understanding,
    at: int,
    limits: Limits,
    now: int,
    run: int | None = None,
) -> Recorded:
    """See ``Ledger.record``; stored times beyond ``now`` count as just before now."""
    viewer = writing.viewer
    with connections.writing() as connection, changes.noted(connection, viewer.number, run):
        wrong_clock.bring_back(connection, viewer.number, now)
        understanding = posts_table.with_authors(connection, viewer.number, understanding)
        batch = _loaded(connection, viewer, understanding, at, now)
        relations = _take_people(batch, viewer, understanding, at)
        posts = _take_posts(batch, understanding.posts, at, limits)
        acts = _take_interactions(batch, viewer, understanding.interactions, at)
        problems = _take_lists(batch, viewer, understanding, at)
        batch.flush()
        if run is None:
            changes.seen_elsewhere(connection, viewer.number, _told(batch, understanding))
        else:
            changes.also_held(connection, viewer.number, run, _told(batch, understanding))
        _take_snapshots(batch, understanding.people, at)
        if viewer.last_text_day < at // DAY:
            posts_table.drop_old_texts(connection, at, limits.post_text_days)
        after = writing.seen(connection, at, _inbound_since(understanding, at), now)
    writing.viewers.remember(replace(after, last_text_day=at // DAY))
    people = {batch.names.current(pid) for pid in batch.changed}
    changed = people | {batch.names.current(pid) for pid, _ in posts}  # a report on an author counts the posts
    return Recorded(len(people), len(posts), relations, acts, changed, batch.names.events, problems)


def _evidence(understanding: Understanding, at: int) -> Iterator[Evidence]:
    """Yield every id and handle in an understanding, ids first, so that bare handles resolve to them."""
    evidence: list[Evidence] = [(p.id, p.handle, at) for p in understanding.people]
    evidence += [(r.id, r.handle, at) for r in understanding.relations]
    evidence += [(p.author_id, p.author_handle, at) for p in understanding.posts]
    evidence += [(i.id, i.handle, min(at, i.at)) for i in understanding.interactions]
    yield from (item for item in evidence if item[0])
    yield from (item for item in evidence if not item[0])


def _loaded(connection: sqlite3.Connection, viewer: Viewer, understanding: Understanding, at: int, now: int) -> Batch:
    batch = Batch(connection, viewer.number, now=now)
    evidence = list(_evidence(understanding, at))
    pids = [pid for pid, _, _ in evidence if pid] + [pid for page in understanding.lists for pid in page.ids]
    batch.load(pids, [fold(handle) for _, handle, _ in evidence if handle])
    for pid, handle, when in sorted({item for item in evidence if item[0]}, key=in_time):
        batch.see(pid, handle, when)
    batch.introduce(dict.fromkeys(fold(handle) for pid, handle, _ in evidence if handle and not pid))
    _resolve_mentioned(batch, understanding.posts, at)
    return batch


def _resolve_mentioned(batch: Batch, posts: Iterable[Post], at: int) -> None:
    """Resolve people noted by handle alone to the ids that mentions in posts name; strangers are not stored.

    A mention is dated by its post. One that is much older than the stub may mean an earlier holder of the handle.
    """
    mentions = [(pid, handle, min(at, post.at)) for post in posts if post.at for pid, handle in post.mentions if pid]
    keys = dict.fromkeys(fold(handle) for _, handle, _ in mentions)
    batch.load((), keys)
    for pid, handle, when in sorted(mentions, key=lambda mention: -mention[2]):
        noted = batch.names.names.get(stub(handle))
        if noted is not None and when >= noted.since - MENTION_SECONDS:
            batch.load([pid], ())
            batch.see(pid, handle, when)


def _told(batch: Batch, understanding: Understanding) -> Iterator[changes.Change]:
    """Yield what an understanding told of, under the keys that it was filed under."""
    for relation in understanding.relations:
        if pid := _filed(batch, relation.id, relation.handle):
            yield from ((pid, "relation", name) for name, _ in relations_table.statements(relation))
    for post in understanding.posts:
        if pid := _filed(batch, post.author_id, post.author_handle):
            yield pid, "post", post.id
    for act in understanding.interactions:
        if pid := _filed(batch, act.id, act.handle):
            yield pid, "event", changes.key_of(act.direction, act.kind, act.ref)
    yield from ((pid, "person", "") for pid in batch.people)


def _filed(batch: Batch, pid: str | None, handle: str | None) -> str | None:
    return batch.names.current(pid) if pid else batch.names.holders.get(fold(handle)) if handle else None


def _take_people(batch: Batch, viewer: Viewer, understanding: Understanding, at: int) -> int:
    """Record profile fields and relations; return how many relation flags changed."""
    for person in understanding.people:
        pid = batch.see(person.id, person.handle, at)
        if pid is None:
            continue
        state = batch.person(pid)
        state.seen(at)
        fields = people_table.fields_shown(person)
        if state.take(fields, people_table.times_of(person, fields, at)):
            batch.changed.add(pid)
    source = relations_table.source_of(understanding.op)
    changed = 0
    for relation in understanding.relations:
        pid = None if viewer.is_self(relation.id, relation.handle) else batch.see(relation.id, relation.handle, at)
        if pid is not None:
            batch.person(pid).seen(at)
            for name, value in relations_table.statements(relation):
                changed += batch.relations.tell(pid, name, value, source, at)
    return changed


def _take_posts(batch: Batch, posts: Iterable[Post], at: int, limits: Limits) -> set[tuple[str, str]]:
    authored: list[tuple[PersonState, Post]] = []
    for post in posts:
        pid = batch.see(post.author_id, post.author_handle, at)
        if pid is not None:
            state = batch.person(pid)
            state.seen(at)
            authored.append((state, post))
    return posts_table.take(batch.connection, batch.owner, authored, at, limits.posts_per_person, batch.now)


def _take_interactions(batch: Batch, viewer: Viewer, acts: Iterable[Interaction], at: int) -> int:
    """Record interactions, except those with oneself, in the future or of unknown kind; return how many are new."""
    new = 0
    for act in acts:
        own = viewer.is_self(act.id, act.handle) or (not act.id and _was_own(batch, viewer, act.handle))
        if own or not interactions_table.believable(act, at):
            continue
        pid = batch.see(act.id, act.handle, min(at, act.at))
        if pid is not None:
            batch.person(pid).seen(min(at, act.at))
            new += batch.event(pid, (act.direction, act.kind, act.ref), EventState.of(act))
    return new


def _was_own(batch: Batch, viewer: Viewer, handle: str | None) -> bool:
    """Return whether the viewer had this handle before, and no id has it now."""
    key = fold(handle or "")
    return (key, viewer.name) in batch.names.formers and is_stub(batch.names.holders.get(key, stub(key)))


def _take_lists(batch: Batch, viewer: Viewer, understanding: Understanding, at: int) -> list[str]:
    """Record pages of the viewer's own lists, return what cannot be true; a page with errors breaks its chain."""
    problems = []
    for page in understanding.lists:
        if page.owner_id == viewer.name and not understanding.partial:
            own = batch.connection.execute(
                "select followers, following from person where owner = ? and pid = ?", (viewer.number, viewer.name)
            ).fetchone()
            count = (own[0] if page.kind == "followers" else own[1]) if own else None
            problem = follow_lists.take(batch, page, at, count)
            problems += [problem] if problem else []
    return problems


def _take_snapshots(batch: Batch, people: Iterable[Person], at: int) -> None:
    facts = []
    for pid in {p.id for p in people if p.id and p.rich and p.followers is not None}:
        state, badge = batch.people[pid], batch.badge(pid)
        counts = (_number(state, "followers"), _number(state, "following"))
        facts.append((pid, (*counts, badge.follows_me, badge.i_follow)))
    snapshots_table.take(batch.connection, batch.owner, facts, at, batch.now)


def _number(state: PersonState, name: str) -> int | None:
    value = state.values.get(name)
    return value if isinstance(value, int) else None


def _inbound_since(understanding: Understanding, at: int) -> int | None:
    """Return since when inbound contact could have been seen, according to this understanding; None if it never was.

    X's page shows inbound contact from the visit on, its notifications as far back as they go, and X's API as far back
    as the listed mentions go, because it lists them without gaps; its other responses show none. An archive shows
    none, because it has only its owner's own activity. What was not understood whole is no evidence of a silence.
    """
    if understanding.problems:
        return None
    told_nothing = understanding.op.startswith(("archive", "x-api")) and understanding.op != MENTIONS
    if told_nothing or any(act.source in {"archive", "you"} for act in understanding.interactions):
        return None
    listed = (act.at for act in understanding.interactions if act.source in LISTS and act.direction == INBOUND)
    return min(listed, default=at)


def add_interactions(
    connections: Connections, writing: ViewerUpdate, pid: str, acts: Iterable[Interaction], at: int
) -> int:
    """See ``Ledger.add_interactions``."""
    with connections.writing() as connection:
        batch = Batch(connection, writing.viewer.number)
        batch.load([pid], [pid.removeprefix("@")] if pid.startswith("@") else [])
        filed = batch.see(None, pid, at) if pid.startswith("@") else batch.see(pid, None, at)
        new = 0
        for act in acts:
            if filed and filed != writing.viewer.name and interactions_table.believable(act, at):
                batch.person(filed).seen(min(at, act.at))
                new += batch.event(filed, (act.direction, act.kind, act.ref), EventState.of(act))
        batch.flush()
    return new


def remove_interaction(connections: Connections, owner: int, pid: str, key: Key) -> bool:
    """See ``Ledger.remove_interaction``."""
    with connections.writing() as connection:
        batch = Batch(connection, owner)
        batch.load([pid], [])
        known = interactions_table.load(connection, owner, pid, key)
        if known is None or pid not in batch.people:
            return False
        batch.contacts.change(batch.badge(pid), key, known.live(), None)
        interactions_table.delete(connection, owner, pid, key)
        batch.flush()
    return True
