"""The ledger's SQL schema and its numbered migrations; data of a newer version is refused.

Portable SQL: no autoincrement, no rowids, epoch seconds, booleans as 0, 1 or null (unknown). Every key begins with
``owner``, the number of the viewer (table ``viewer``): ledgers never join across viewers, so it is the shard key, and
adopting a viewer whose id was unknown at first renames one row.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from companion.errors import NewerDataError, StoreError, TornDataError
from companion.store.files import create_private, replace_file
from companion.store.ledger.rank_sql import MOST_MASS

PROFILE_COLUMNS = (
    "name text, bio text, location text, link text, bio_links text, avatar text, banner text, created_at bigint, "
    "followers bigint, following bigint, posts bigint, likes bigint, media bigint, listed bigint, protected smallint, "
    "verified smallint, blue smallint, default_avatar smallint, category text, automated smallint, pinned_post text, "
    "gone text"
)

FIRST_TABLES = (
    # Who looks: one row per account of the user's; inbound_since: since when what others sent could have been seen.
    "create table viewer (owner integer primary key, name text not null unique, handle text, "
    "inbound_since bigint, first_seen bigint not null, last_seen bigint not null)",
    # One row per person; fields_at and field_times say how recent each profile field is (see tables/people.py).
    "create table person (owner integer not null, pid text not null, handle text, handle_since bigint, "
    f"handle_at bigint, held smallint not null, {PROFILE_COLUMNS}, fields_at bigint not null, field_times text, "
    "posts_kept integer not null, posts_seen integer not null, first_seen bigint not null, "
    "last_seen bigint not null, primary key (owner, pid)) without rowid",
    # Handles people had; the handle they have now is in person and badge.
    "create table handle_was (owner integer not null, hkey text not null, pid text not null, handle text not null, "
    "since bigint not null, until bigint not null, primary key (owner, hkey, pid)) without rowid",
    "create index handle_was_by_pid on handle_was (owner, pid)",
    # Stubs that became ids and whose notes have not been moved yet (the notebook is another file).
    "create table merge_due (stub text not null primary key, pid text not null)",
    "create table relation (owner integer not null, pid text not null, field text not null, value integer not null, "
    "source text not null, at bigint not null, primary key (owner, pid, field)) without rowid",
    # The key is what makes the same act, seen through two sources, one act. gone: latest time it was seen undone.
    "create table event (owner integer not null, pid text not null, direction text not null, kind text not null, "
    "ref text not null, at bigint, last bigint, gone bigint, partial smallint not null, automatic smallint not null, "
    "post text, source text not null, chat text, primary key (owner, pid, direction, kind, ref)) without rowid",
    # One row per person, day and direction with talk or likes, automatic ones left out.
    "create table contact_day (owner integer not null, pid text not null, day integer not null, "
    "direction text not null, talk integer not null, light integer not null, "
    "primary key (owner, pid, day, direction)) without rowid",
    # All that a mark needs in one clustered row. hkey is the handle as compared, or '#pid' where none is held.
    "create table badge (owner integer not null, hkey text not null, pid text not null, handle text, name text, "
    "nkey text, was text, follows_me smallint, i_follow smallint, "
    "sums_at bigint not null, talk_in_7 double precision not null, talk_in_90 double precision not null, "
    "talk_out_7 double precision not null, talk_out_90 double precision not null, "
    "light_in double precision not null, light_out double precision not null, "
    "days_in integer not null, days_out integer not null, two_way_days integer not null, "
    "light_days_in integer not null, light_days_out integer not null, n_in integer not null, n_out integer not null, "
    "last_in bigint, last_out bigint, first_seen_contact bigint, acts integer not null, contact_at bigint, "
    "first_seen bigint not null, last_seen bigint not null, primary key (owner, hkey)) without rowid",
    "create index badge_by_contact on badge (owner, contact_at) where contact_at is not null",
    "create index badge_by_follower on badge (owner, pid) where follows_me = 1",
    # Holds the whole key too, so that looking inside names and handles reads this alone.
    "create index badge_by_name on badge (owner, nkey, hkey)",
    "create table post (owner integer not null, pid text not null, id text not null, at bigint, "
    "seen_at bigint not null, text text, promoted smallint not null, rest text not null, "
    "primary key (owner, pid, id)) without rowid",
    "create index post_by_age on post (seen_at) where text is not null",
    "create index post_by_id on post (owner, id)",  # a like seen on the wire names the post alone
    "create table snapshot (owner integer not null, pid text not null, day integer not null, at bigint not null, "
    "followers bigint, following bigint, follows_me smallint, i_follow smallint, "
    "primary key (owner, pid, day)) without rowid",
    # Pages of the viewer's own follower and following lists, chained by cursor; one run is one visit.
    "create table list_run (owner integer not null, kind text not null, started bigint not null, "
    "last_at bigint not null, next_cursor text, complete smallint not null, "
    "primary key (owner, kind, started)) without rowid",
    "create table list_member (owner integer not null, kind text not null, started bigint not null, "
    "pid text not null, cursor_in text not null, primary key (owner, kind, started, pid)) without rowid",
)

FOLLOWER_INDEXES = (
    # The queue and the lists of followers read these in order and stop; counts need no other column.
    "create index badge_by_follower_age on badge (owner, follows_me, first_seen, hkey, i_follow) where follows_me = 1",
    "drop index badge_by_follower",
    "create index badge_by_waiting on badge (owner, first_seen, hkey) where follows_me = 1 and i_follow is not 1",
)


RANK_INDEX = "badge_by_most_mass"


@dataclass(frozen=True, slots=True)
class Migration:
    """One step to a schema number; all its statements and the new number are one transaction."""

    number: int
    statements: tuple[str, ...]


ABOUT_AND_PAGES = (
    # X's page about an account; when a Replies tab was read; the kinds of page that showed a post, null if unknown.
    *(
        f"alter table person add column {column}"
        for column in (
            "based_in text", "based_in_sure smallint", "connected_via text", "renames bigint", "renamed_at bigint",
            "replies_at bigint",
        )
    ),
    "alter table post add column pages integer",
)  # fmt: skip

IMPORT_CHANGES = (
    # What an import of an archive changed, so that it can be undone (see imports/changes.py).
    "create table import_change (owner integer not null, pid text not null, tab text not null, key text not null, "
    "run integer not null, did smallint not null, before text, primary key (owner, pid, tab, key, run)) without rowid",
    "create index import_change_rows on import_change (tab) where before is not null",
)

_COUNTED = "update follower_count set people = people {sign} 1 where owner = {row}.owner and followed = {key}"
_KEY = "coalesce({row}.i_follow, -1)"


def _one_less() -> str:
    return _COUNTED.format(sign="-", row="old", key=_KEY.format(row="old")) + ";"


def _one_more() -> str:
    return (
        f"insert into follower_count values (new.owner, {_KEY.format(row='new')}, 1) "  # noqa: S608 - constants
        "on conflict (owner, followed) do update set people = people + 1;"
    )


FOLLOWER_COUNTS = (
    # How many followers there are, by whether the viewer follows them (-1: unknown), so that nobody counts them.
    "create table follower_count (owner integer not null, followed integer not null, people integer not null, "
    "primary key (owner, followed)) without rowid",
    "insert into follower_count select owner, coalesce(i_follow, -1), count(*) from badge where follows_me = 1 "
    "group by 1, 2",
    f"create trigger follower_came after insert on badge when new.follows_me = 1 begin {_one_more()} end",
    f"create trigger follower_went after delete on badge when old.follows_me = 1 begin {_one_less()} end",
    "create trigger follower_lost after update of follows_me, i_follow on badge when old.follows_me = 1 and "
    f"(new.follows_me is not 1 or new.i_follow is not old.i_follow) begin {_one_less()} end",
    "create trigger follower_won after update of follows_me, i_follow on badge when new.follows_me = 1 and "
    f"(old.follows_me is not 1 or new.i_follow is not old.i_follow) begin {_one_more()} end",
)

MIGRATIONS: tuple[Migration, ...] = (
    Migration(1, FIRST_TABLES),
    Migration(2, ABOUT_AND_PAGES),
    Migration(3, FOLLOWER_INDEXES),
    Migration(4, IMPORT_CHANGES),
    Migration(5, FOLLOWER_COUNTS),
)


def schema_number(connection: sqlite3.Connection) -> int:
    """Return the number of the schema in the file; 0 for a new one."""
    table = connection.execute("select 1 from sqlite_master where type = 'table' and name = 'meta'").fetchone()
    if not table:
        return 0
    row = connection.execute("select value from meta where key = 'schema'").fetchone()
    return int(row[0]) if row else 0


def upgrade(connection: sqlite3.Connection, path: Path, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Migrate the file to the newest schema, after copying older data.

    A kill between two steps leaves the earlier ones done; the next opening continues from there.

    Raises:
        NewerDataError: A newer Mutuals wrote the file; it is left as it is.
    """
    newest = migrations[-1].number
    number = schema_number(connection)
    _refuse(number, path, newest)
    if 0 < number < newest:
        keep_copy(connection, path.with_name(f"{path.name}.before-{newest}"))
    for migration in migrations:
        if migration.number > number:
            _apply(connection, migration)
    _index_ranks(connection)


def _index_ranks(connection: sqlite3.Connection) -> None:
    """Make the index that lists by score read, anew if a release changed the score's constants in it."""
    row = connection.execute(
        "select sql from sqlite_master where type = 'index' and name = ?", (RANK_INDEX,)
    ).fetchone()
    wanted = f"CREATE INDEX {RANK_INDEX} on badge (owner, ({MOST_MASS}))"
    if row is None or row[0] != wanted:
        connection.execute(f"drop index if exists {RANK_INDEX}")
        connection.execute(wanted)


def refuse_newer(path: Path) -> None:
    """Look at the schema of a file that may be damaged, without changing it.

    Raises:
        NewerDataError: a newer Mutuals wrote it.
    """
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            number = schema_number(connection)
    except (sqlite3.Error, ValueError):
        return
    _refuse(number, path, MIGRATIONS[-1].number)


def _refuse(number: int, path: Path, newest: int) -> None:
    if number > newest:
        raise NewerDataError(
            f"The ledger in {path.name} was written by a newer Mutuals (schema {number}; this one knows {newest}). "
            "Update Mutuals, or start it with another data folder.",
            schema=number,
        )


def keep_copy(connection: sqlite3.Connection, target: Path) -> None:
    """Copy the whole database to ``target`` unless a finished copy is there already."""
    if target.exists():
        return
    unfinished = target.with_name(target.name + ".part")
    unfinished.unlink(missing_ok=True)
    create_private(unfinished)
    copy = sqlite3.connect(unfinished)
    try:
        connection.backup(copy)
    finally:
        copy.close()
    replace_file(unfinished, target)


def _apply(connection: sqlite3.Connection, migration: Migration) -> None:
    connection.execute("begin immediate")
    try:
        connection.execute("create table if not exists meta (key text primary key, value text not null)")
        for statement in migration.statements:
            connection.execute(statement)
        connection.execute(
            "insert into meta (key, value) values ('schema', ?) on conflict (key) do update set value = excluded.value",
            (str(migration.number),),
        )
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")


def check(connection: sqlite3.Connection) -> list[str]:
    """Return SQLite's reports of damage, empty for an intact file; reads every page."""
    rows = connection.execute("pragma integrity_check").fetchall()
    return [row[0] for row in rows if row[0] != "ok"]


DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def unopened(path: Path, error: sqlite3.DatabaseError | UnicodeDecodeError) -> StoreError:
    """Return the error for a file that cannot be opened: damaged, or only out of reach now (locked, no space)."""
    # SQLite quotes damaged text in its messages, which then are no text themselves
    if isinstance(error, UnicodeDecodeError) or error.sqlite_errorcode & 0xFF in DAMAGE:
        return TornDataError(f"The ledger in {path.name} is damaged ({error}).", path=path.name)
    return StoreError(
        f"The ledger in {path.name} cannot be opened ({error}). Make sure that no other program uses it and that the "
        "disk has space, and start again.",
        path=path.name,
    )
