"""The notebook: what the user wrote about people. In TinyDB on a journal; every write is on the disk when it returns.

Tables: one per kind (`notebook.kinds.kind`) with documents ``{pid, apart?, item?, rev, at, viewer, body}``;
``versions`` of them; ``ops``, the write ids already done, in the same journal line as what they did; ``colours`` of
tags; ``asides``, the accounts kept apart; ``paused`` operations; ``_meta``. Practice features keep their own tables
beside these: whatever has a ``pid`` in it is merged and forgotten with the person.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from itertools import islice
from pathlib import Path
from types import TracebackType

from companion.errors import BodyError, UnknownError
from companion.settings import Settings
from companion.store.documents import Document, Tables, without_collection
from companion.store.journal.compaction import Upkeep
from companion.store.journal.database import JournalDB
from companion.store.journal.snapshots import Snapshots
from companion.store.journal.table import JournalTable
from companion.store.notebook import migrations, read
from companion.store.notebook.asides import Asides
from companion.store.notebook.index import OPS, STRANGER, VERSIONS, Index, body_of
from companion.store.notebook.kinds.kind import Kind, all_kinds
from companion.store.notebook.kinds.tags import names
from companion.store.notebook.merging import Rows, erasures, joinings, notes_of_given_names
from companion.store.notebook.results import About, Found, Pause, Result, Summary, Tag, Version
from companion.store.notebook.search import search
from companion.store.notebook.tags import give_colours, set_colour, used_tags
from companion.store.notebook.union import Union, unite
from companion.store.notebook.write import OP_CHARACTERS, Write, carry_out, cleaned, repeat

META, META_ID = migrations.META, migrations.META_ID
WARM_AFTER_SECONDS = 1.0
"""The start itself comes first."""
WARM_PAUSE_SECONDS = 0.005


class Notebook:
    """One opened notebook; safe to use from several threads.

    Attributes:
        instance: random id of this data folder.
        warnings: sentences for the user about what was found damaged and mended at opening.
    """

    def __init__(self, db: JournalDB, settings: Settings, snapshots: Snapshots) -> None:
        """Use `open` instead; this takes what it has opened."""
        self._db, self._settings, self._snapshots = db, settings, snapshots
        self._kinds: Mapping[str, Kind] = all_kinds()
        self.warnings = db.warnings
        self.instance = _instance(db)
        self._index = Index(db.storage, self._kinds)
        self._asides = Asides(db)
        self._closing = threading.Event()
        threading.Thread(target=self._warm, name="notebook warming", daemon=True).start()

    @classmethod
    def open(
        cls, place: Settings | Path, upkeep: Upkeep | None = None, clock: Callable[[], float] = time.time
    ) -> Notebook:
        """Open or begin a notebook.

        Args:
            place: the settings, or the plain file of a notebook with default settings.
            upkeep: when its journal is compacted.
            clock: tells the day for the daily copies, epoch seconds.

        Raises:
            LockedError: another process has it open.
            NewerDataError: a later version wrote it; nothing was touched.
            TornDataError: it is damaged and no earlier generation could take its place.
        """
        settings = place if isinstance(place, Settings) else Settings(data=place.parent)
        path = place.notebook_path if isinstance(place, Settings) else place
        snapshots = Snapshots(path, settings.snapshots)
        with without_collection():
            db = JournalDB(
                path,
                fallbacks=snapshots.all(),
                accept=migrations.refuse_newer,
                upkeep=upkeep,
                in_background=lambda: snapshots.keep_day(clock()),
            )
            try:
                migrations.migrate(db, lambda schema: _keep(db, snapshots, schema))
                return cls(db, settings, snapshots)
            except BaseException:
                db.close()
                raise

    def close(self) -> None:
        """Leave a plain TinyDB file and let others open it."""
        self._closing.set()
        self._db.close()

    def __enter__(self) -> Notebook:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- writing -------------------------------------------------------------------------------------------------

    def write(
        self,
        op: str,
        kind: str,
        pid: str,
        body: Mapping[str, object],
        base: int | None,
        at: int,
        viewer: str,
        *,
        saw: str | None = None,
    ) -> Result:
        """Store one thing the user wrote; it is on the disk when this returns.

        Args:
            op: id of this write; a known one changes nothing and has the first result.
            kind: what it is: note, tags, alias or another kind.
            pid: the person's id, or ``@handle`` for one known by handle only.
            body: the kind's own fields; an empty text or list takes the thing away.
            base: revision that was on screen, None if none was, `LATEST` for whatever is stored.
            at: when the user wrote it, epoch seconds.
            viewer: the account it was written under.
            saw: the text that was on screen, where the writer knows it; it counts like the revision that holds it.

        Raises:
            BodyError: the body does not fit its kind; the message says how.
            ConflictError: something else is stored by now; both are kept, ``details["stored"]`` is what is stored.
            UnknownError: there is no such kind.
            StoreError: the disk refused; nothing was changed.
        """
        found = self._kind(kind)
        if not 0 < len(op) <= OP_CHARACTERS or not pid or " " in pid:
            raise BodyError("A write needs an op id and the person it is about.", field="op" if pid else "person")
        with self._db.storage.lock:
            place = self._asides.place(pid, viewer)
            done = repeat(self._index, self._db, Write(op, found, place, {}, base, at, viewer, None))
            if done is not None:
                return done
            checked, item = cleaned(found, body, self._settings, op)
            write = Write(op, found, place, checked, base, at, viewer, item, saw)
            return carry_out(self._db, self._index, self._settings, write)

    def merge(self, stub: str, pid: str) -> bool:
        """Give everything of ``stub`` to ``pid``, losing nothing of either; false if nothing was written about it."""
        with self._db.storage.lock:
            stubs = self._rows_of(stub)
            if stub == pid or not stubs:
                return False
            free = max(self._db.storage.rows(VERSIONS), default=0) + 1
            with self._db.batch():
                for doc_id, row in notes_of_given_names(stubs, self._rows_of(pid), self._kinds, self._settings):
                    self._db.table("note").put(row, doc_id)
                stubs = self._rows_of(stub)
                for change in joinings(
                    stubs, self._rows_of(pid), pid, self._kinds, settings=self._settings, next_version=free
                ):
                    self._db.storage.change(change)
                self._db.forget_counts()
            return True

    def unite(self, pid: str, told: Rows, beside: frozenset[str]) -> Union:
        """Write what another notebook has about a person beside what is here, and return what was done and left."""
        with self._db.storage.lock, self._db.batch():
            page = self._index.documents(pid)
            union = unite(told, page, self._kinds, self._settings, beside=beside)
            for table, doc_id, row in union.put:
                self._db.table(table).put(row, doc_id)
                if table == "tags":
                    give_colours(self._db, names(body_of(row)))
            return union

    def forget(self, pid: str) -> bool:
        """Delete everything about a person from every file, the daily copies included; false if there was nothing.

        Only the bare ids of writes that were done stay, so that a late repeat does not bring anything back.
        """
        with self._db.storage.lock:
            changes = erasures(self._tables(), pid)
            with self._db.batch():
                for change in changes:
                    self._db.storage.change(change)
                self._db.forget_counts()
        self._db.storage.purge()
        self._snapshots.scrub(pid, lambda tables: erasures(tables, pid))
        return bool(changes)

    # --- reading -------------------------------------------------------------------------------------------------

    def summary(self, pid: str, viewer: str | None = None) -> Summary:
        """Return what a badge needs; takes about a microsecond and waits for nobody."""
        return self._index.summary(self._asides.place(pid, viewer))

    def knows(self, pid: str, viewer: str | None = None) -> bool:
        """Tell whether anything is written about a person."""
        return self.summary(pid, viewer).known

    def about(self, pid: str, viewer: str | None = None) -> About:
        """Return everything that is written about a person."""
        with self._db.storage.lock:
            return read.about(self._index, self._kinds, self._asides.place(pid, viewer))

    def versions(self, pid: str, viewer: str | None = None) -> list[Version]:
        """Return every kept text of the note, the present one included, newest first."""
        with self._db.storage.lock:
            return read.versions(self._index, self._kinds["note"], self._asides.place(pid, viewer))

    def people(self) -> list[str]:
        """Return everybody about whom something is written."""
        self._index.warm()
        known = (place.partition(" ")[0] for place, told in list(self._index.summaries.items()) if told.known)
        return list(dict.fromkeys(known))

    @property
    def empty(self) -> bool:
        """Whether nothing at all is kept, not even what was taken away or a feature's own row."""
        with self._db.storage.lock:
            return not any(self._db.storage.rows(name) for name in self._db.storage.names() if not name.startswith("_"))

    def recent(self, limit: int) -> list[tuple[str, int]]:
        """Return whom something was last written about, with the time, latest first."""
        self._index.warm()
        latest = sorted(self._index.latest.copy().items(), key=lambda row: row[1], reverse=True)
        known = ((place, at) for place, at in latest if self._index.summaries.get(place, STRANGER).known)
        return [(place.partition(" ")[0], at) for place, at in islice(known, limit)]

    def search(self, q: str, limit: int, viewer: str | None = None) -> list[Found]:
        """Return people about whom all words of ``q`` are written, in any kind, latest first."""
        return search(self._index, q, limit, self._asides.part(viewer))

    def tags(self) -> list[Tag]:
        """Return the tags in use, the most used first."""
        with self._db.storage.lock:
            self._index.warm()
            return used_tags(self._db, self._index)

    def set_tag_colour(self, name: str, colour: str) -> None:
        """Give a tag the colour ``#rrggbb``; ``UnknownError`` for an unknown tag, ``BodyError`` for no colour."""
        with self._db.storage.lock:
            set_colour(self._db, name, colour)

    def note_count(self) -> int:
        """Return how many notes there are."""
        return self._index.count_notes()

    @property
    def last_write_at(self) -> int | None:
        """When something was last written, as its writer said; None if nothing is."""
        return self._index.last_write()

    # --- further tables ------------------------------------------------------------------------------------------

    def table(self, name: str) -> JournalTable:
        """Return a table for a feature of its own (not one of a kind); documents with a ``pid`` follow the person."""
        if name in self._kinds:
            raise UnknownError(f"{name!r} is a kind of thing that is written; use write for it.")
        return self._db.table(name)

    def batch(self) -> AbstractContextManager[None]:
        """Make several writes one: after a kill all of them are there or none; an exception takes all back."""
        return self._db.batch()

    @property
    def asides(self) -> Asides:
        """Accounts whose notes are kept apart, and operations that are paused."""
        return self._asides

    def paused(self) -> list[Pause]:
        """Return the operations whose sightings are paused."""
        return self._asides.paused()

    def compact(self) -> None:
        """Write the plain file now; it happens by itself after a pause."""
        self._db.compact()

    def _warm(self) -> None:
        """Fill the index in small steps, each leaving the lock to others."""
        pause = WARM_AFTER_SECONDS
        while not self._closing.wait(pause) and self._index.warm_some():
            pause = WARM_PAUSE_SECONDS

    def _kind(self, name: str) -> Kind:
        found = self._kinds.get(name)
        if found is None:
            raise UnknownError(
                f"There is nothing of the kind {name!r} to write. Known: {', '.join(sorted(self._kinds))}."
            )
        return found

    def _rows_of(self, pid: str) -> dict[str, list[tuple[int, Document]]]:
        rows = self._index.documents(pid)
        if rows:
            rows[OPS] = [(doc_id, row) for doc_id, row in self._db.storage.rows(OPS).items() if row.get("pid") == pid]
        return rows

    def _tables(self) -> Tables:
        return {name: self._db.storage.rows(name) for name in self._db.storage.names()}


def _instance(db: JournalDB) -> str:
    """Return the data folder's id, made up at its first opening."""
    meta = db.storage.rows(META).get(META_ID)
    if meta is None or "instance" not in meta:
        meta = {"schema": migrations.newest(), **(meta or {}), "instance": secrets.token_hex(8)}
        db.table(META).put(meta, META_ID)
    return str(meta["instance"])


def _keep(db: JournalDB, snapshots: Snapshots, schema: int) -> None:
    db.compact()
    snapshots.keep_before_migration(schema)
