"""The post table: posts for vetting, limited by number per person, and their texts by age."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import cast

import msgspec
from msgspec import structs

from companion.domain.dates import DAY
from companion.domain.handles import is_stub
from companion.domain.sightings import Interaction, Post, Understanding
from companion.store.ledger.sql import upsert
from companion.store.ledger.tables.people import PersonState

COLUMNS = ("at", "seen_at", "text", "promoted", "rest", "pages")
_UPSERT = upsert("post", ("owner", "pid", "id"), COLUMNS)

Stored = tuple[int | None, int, str | None, int, str, int | None]
"""A row of ``COLUMNS``."""


def take(
    connection: sqlite3.Connection, owner: int, posts: Sequence[tuple[PersonState, Post]], at: int, most: int, now: int
) -> set[tuple[str, str]]:
    """Store posts with their authors; return (author's pid, post id) of those that are new or changed.

    Args:
        connection: the writing connection.
        owner: the viewer's number.
        posts: each with its author.
        at: when they were seen, epoch seconds UTC.
        most: how many are kept of one author.
        now: a stored time of sighting beyond it counts as just before it.
    """
    authors = {author.pid: author for author, _ in posts}
    known = _load(connection, owner, posts, now)
    merged: dict[tuple[str, str], Stored] = {}
    for author, post in posts:
        key = (author.pid, post.id)
        before = merged.get(key) or known.get(key)
        after = _merge(before, post, at)
        if after != before:
            merged[key] = after
    fresh: dict[str, list[tuple[int, str]]] = {}
    for (pid, post_id), row in merged.items():
        if (pid, post_id) not in known:
            fresh.setdefault(pid, []).append((row[0] or row[1], post_id))
    for pid, times in fresh.items():
        for post_id in _make_room(connection, owner, authors[pid], times, most):
            del merged[pid, post_id]
    connection.executemany(_UPSERT, [(owner, *key, *row) for key, row in merged.items()])
    return set(merged)


def _load(
    connection: sqlite3.Connection, owner: int, posts: Iterable[tuple[PersonState, Post]], now: int
) -> dict[tuple[str, str], Stored]:
    sql = f"select {', '.join(COLUMNS)} from post where owner = ? and pid = ? and id = ?"  # noqa: S608 - constants
    stored: dict[tuple[str, str], Stored] = {}
    for author, post in posts:
        row = connection.execute(sql, (owner, author.pid, post.id)).fetchone()
        if row:
            stored[author.pid, post.id] = (row[0], min(row[1], now - 1), *row[2:])
    return stored


def _merge(before: Stored | None, post: Post, at: int) -> Stored:
    """Return the merged row: the later sighting wins, but a missing or cut text never replaces a whole one.

    A post that was seen without promotion once is stored as not promoted; all kinds of page that showed it add up.
    """
    rest = msgspec.json.encode(msgspec.structs.replace(post, text=None, promoted=False, pages=0)).decode()
    sighting: Stored = (post.at, at, post.text, int(post.promoted), rest, post.pages or None)
    if before is None:
        return sighting
    newer, older = (sighting, before) if (at, rest) >= (before[1], before[4]) else (before, sighting)
    promoted = min(sighting[3], before[3])
    when = newer[0] if newer[0] is not None else older[0]
    text = newer[2]
    if text is None or (older[2] is not None and _is_cut(text, older[2])):
        text = older[2]
    pages = (sighting[5] or 0) | (before[5] or 0) or None
    same = (when, text, promoted, newer[4], pages) == (before[0], before[2], before[3], before[4], before[5])
    return before if same else (when, newer[1], text, promoted, newer[4], pages)


def _is_cut(text: str, whole: str) -> bool:
    return len(text) < len(whole) and whole.startswith(text.rstrip("…"))


def _make_room(
    connection: sqlite3.Connection, owner: int, author: PersonState, fresh: list[tuple[int, str]], most: int
) -> list[str]:
    """Delete an author's oldest posts beyond ``most``; return the new ones that are too old to be stored."""
    over = author.posts_kept + len(fresh) - most
    refused: list[str] = []
    if over > 0:
        sql = "select coalesce(at, seen_at), id from post where owner = ? and pid = ?"
        stored_posts: list[tuple[int, str]] = connection.execute(sql, (owner, author.pid)).fetchall()
        oldest = {post_id for _, post_id in sorted(stored_posts + fresh)[: len(stored_posts) + len(fresh) - most]}
        refused = [post_id for _, post_id in fresh if post_id in oldest]
        gone = [(owner, author.pid, post_id) for post_id in oldest.difference(refused)]
        connection.executemany("delete from post where owner = ? and pid = ? and id = ?", gone)
        author.posts_kept = len(stored_posts) - len(gone)
    stored = len(fresh) - len(refused)
    author.posts_kept += stored
    author.posts_seen += stored
    author.dirty = author.dirty or stored > 0
    return refused


def drop_old_texts(connection: sqlite3.Connection, now: int, days: int) -> int:
    """Delete the texts of posts not seen for ``days`` days, keeping their rows; return how many."""
    cut = now - days * DAY
    return connection.execute("update post set text = null where text is not null and seen_at < ?", (cut,)).rowcount


def read(connection: sqlite3.Connection, owner: int, pid: str, limit: int) -> list[Post]:
    """See ``Ledger.posts_of``."""
    rows = connection.execute(
        "select text, promoted, rest, coalesce(pages, 0) from post where owner = ? and pid = ? "
        "order by coalesce(at, seen_at) desc, id desc limit ?",
        (owner, pid, limit),
    )
    decode = msgspec.json.Decoder(Post).decode
    versions: dict[str, Post] = {}
    for text, ad, rest, pages in rows:
        post = msgspec.structs.replace(decode(rest), text=text, promoted=bool(ad), pages=pages)
        versions.setdefault(post.act_ref, post)  # of an edited post the last version counts
    return list(versions.values())


def move(connection: sqlite3.Connection, source: tuple[int, str], target: tuple[int, str]) -> int:
    """Move a person's posts under another key and return how many are there now."""
    connection.execute(
        "insert into post (owner, pid, id, at, seen_at, text, promoted, rest, pages) "
        "select ?, ?, id, at, seen_at, text, promoted, rest, pages from post where owner = ? and pid = ? "
        "on conflict (owner, pid, id) do update set pages = coalesce(pages, 0) | coalesce(excluded.pages, 0) "
        "where excluded.pages is not null",
        (*target, *source),
    )
    connection.execute("delete from post where owner = ? and pid = ?", source)
    count = connection.execute("select count(*) from post where owner = ? and pid = ?", target).fetchone()
    return cast("int", count[0])


def with_authors(connection: sqlite3.Connection, owner: int, understanding: Understanding) -> Understanding:
    """Return the understanding with authors added to interactions that name only a stored post (such as a like)."""
    nameless = [act for act in understanding.interactions if not act.id and not act.handle and act.post]
    if not nameless:
        return understanding
    authored = {}
    for act in nameless:
        row = connection.execute("select pid from post where owner = ? and id = ?", (owner, act.post)).fetchone()
        authored[id(act)] = _towards(act, row[0]) if row else act
    acts = [authored.get(id(act), act) for act in understanding.interactions]
    return structs.replace(understanding, interactions=acts)


def authors(connection: sqlite3.Connection, owner: int, posts: Sequence[str]) -> dict[str, tuple[str, int | None]]:
    """See ``Ledger.authors``; the index is named because SQLite would otherwise scan all posts for each id."""
    rows = connection.execute(
        "select post.id, post.pid, post.at from json_each(?) as asked cross join post indexed by post_by_id "
        "on post.owner = ? and post.id = asked.value order by post.pid desc",  # an id sorts, and so ends, after a stub
        (msgspec.json.encode(posts).decode(), owner),
    )
    return {post_id: (pid, at) for post_id, pid, at in rows}


def _towards(act: Interaction, pid: str) -> Interaction:
    return structs.replace(act, handle=pid.removeprefix("@")) if is_stub(pid) else structs.replace(act, id=pid)
