"""The notebook: everything the user wrote about people, in TinyDB on a journal; every write is durable on return.

Tables: one per kind (`notebook.kinds.kind`) with documents ``{pid, apart?, item?, rev, at, viewer, body}``;
``versions`` of them; ``ops``, the ids of applied writes, in the same journal line as the write; ``colours`` of tags;
``asides``, the accounts kept apart; ``paused`` operations; ``_meta``. Practice features keep their own tables beside
these: every document with a ``pid`` is merged and forgotten with the person.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType

from companion.errors import BodyError, UnknownError
from companion.settings import Settings
from companion.store.documents import Tables, without_collection
from companion.store.journal.compaction import CompactionPolicy
from companion.store.journal.database import JournalDB
from companion.store.journal.snapshots import Snapshots
from companion.store.journal.table import JournalTable
from companion.store.notebook import migrations, read
from companion.store.notebook.asides import Asides
from companion.store.notebook.entries import Rows
from companion.store.notebook.exchange import Exchange
from companion.store.notebook.forgetting import Forgetting
from companion.store.notebook.forgotten import Forgotten
from companion.store.notebook.index import VERSIONS, Index, body_of
from companion.store.notebook.kinds.kind import Kind, all_kinds
from companion.store.notebook.kinds.tags import names
from companion.store.notebook.lines import Lines
from companion.store.notebook.merging import moving_changes
from companion.store.notebook.results import About, Pause, Result, SearchHit, Summary, Tag, Version
from companion.store.notebook.search import search
from companion.store.notebook.shared import Shared
from companion.store.notebook.tags import give_colours, set_colour, used_tags
from companion.store.notebook.union import Union, unite
from companion.store.notebook.write import OP_CHARACTERS, Desk, Write, apply_rewrite, carry_out, cleaned, repeat

META, META_ID = migrations.META, migrations.META_ID
LARGE = frozenset({"note", VERSIONS})
"""Tables that leave memory when they are large."""
WARM_AFTER_SECONDS = 1.0
"""Delay of the first indexing, so that it does not slow the start."""
WARM_PAUSE_SECONDS = 0.005


class Notebook:
    """An open notebook; its methods are thread-safe.

    Attributes:
        instance: random id of this data folder.
        forgotten: the acts of forgetting, without whom they concern.
        shared: its side of sharing with other machines.
    """

    def __init__(
        self, db: JournalDB, settings: Settings, snapshots: Snapshots, clock: Callable[[], float] = time.time
    ) -> None:
        """Build a notebook from its opened parts; use `open` instead."""
        self._db, self._settings = db, settings
        self._kinds: Mapping[str, Kind] = all_kinds()
        self.instance = _instance(db)
        self._index = Index(db.storage, self._kinds)
        self._desk, self._asides, self._clock = Desk(db, self._index, settings, Lines(db)), Asides(db), clock
        self.forgotten = Forgotten(db, self._desk.lines)
        self._forgetting = Forgetting(self._desk, self._kinds, snapshots, self.forgotten)
        self._exchange = Exchange(self._desk, self._kinds, self.forgotten)
        self.shared = Shared(self._exchange)
        self._closing = threading.Event()
        threading.Thread(target=self._warm, name="notebook warming", daemon=True).start()

    @classmethod
    def open(
        cls, place: Settings | Path, compaction: CompactionPolicy | None = None, clock: Callable[[], float] = time.time
    ) -> Notebook:
        """Open or create a notebook.

        Args:
            place: the settings, or the plain file of a notebook with default settings.
            compaction: when its journal is compacted.
            clock: returns the time for the daily copies and of a stub's end, epoch seconds.

        Raises:
            LockedError: another process has it open.
            NewerDataError: a later version wrote it; nothing was touched.
            TornDataError: it is damaged and no earlier generation can be used.
        """
        settings = place if isinstance(place, Settings) else Settings(data=place.parent)
        path = place.notebook_path if isinstance(place, Settings) else place
        snapshots = Snapshots(path, settings.snapshots)
        with without_collection():
            db = JournalDB(
                path,
                fallbacks=snapshots.all(),
                accept=migrations.refuse_newer,
                compaction=compaction,
                in_background=lambda: snapshots.keep_day(clock()),
                stored=LARGE,
            )
            try:
                migrations.migrate(db, lambda schema: _keep(db, snapshots, schema))
                return cls(db, settings, snapshots, clock)
            except BaseException:
                db.close()
                raise

    @property
    def warnings(self) -> list[str]:
        """Sentences for the user about damage that was found and repaired, at opening and since."""
        return self._db.warnings

    def inspect(self) -> None:
        """Compare every file with its checksums now; what is found and mended is told in ``warnings``."""
        self._db.inspect()

    def close(self) -> None:
        """Write a plain TinyDB file and release the lock."""
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
        """Store one document; it is on the disk when this returns.

        Args:
            op: id of this write; repeating a known one changes nothing and returns the first result.
            kind: name of the kind: note, tags, alias or another one.
            pid: the person's id, or ``@handle`` for one known by handle only.
            body: the kind's own fields; an empty text or list removes the document.
            base: the revision that was on screen, None if there was none, `LATEST` for the stored one.
            at: when the user wrote it, epoch seconds.
            viewer: the account it was written under.
            saw: the text that was on screen, if the client knows it; equivalent to the revision that has this text.

        Raises:
            BodyError: the body does not fit its kind; the message says how.
            ConflictError: another revision is stored by now; both are kept, ``details["stored"]`` is the stored one.
            UnknownError: there is no such kind.
            StoreError: the disk refused; nothing was changed.
        """
        known_kind = self._kind(kind)
        if not 0 < len(op) <= OP_CHARACTERS or not pid or " " in pid:
            raise BodyError("A write needs an op id and the person it is about.", field="op" if pid else "person")
        with self._db.storage.lock:
            place = self._asides.place(self._exchange.person(pid, at), viewer)
            done = repeat(self._index, self._db, Write(op, known_kind, place, {}, base, at, viewer, None))
            if done is not None:
                return done
            checked, item = cleaned(known_kind, body, self._settings, op)
            return carry_out(self._desk, Write(op, known_kind, place, checked, base, at, viewer, item, saw))

    def merge(self, stub: str, pid: str) -> bool:
        """Move all documents of ``stub`` to ``pid``, losing nothing of either; returns False if it has none."""
        with self._db.storage.lock:
            if stub == pid or not self._index.documents(stub):
                return False
            with self._db.batch():
                for change in moving_changes(self._tables(), stub, pid, self._kinds):
                    self._db.storage.change(change)
                self._db.forget_counts()
                self._exchange.declare(stub, pid, max(int(self._clock()), self._exchange.latest(stub)))
            return True

    def unite(self, pid: str, incoming: Rows) -> Union:
        """Merge another notebook's documents about a person, keyed by ``pid`` too, and return what was done."""
        with self._db.storage.lock, self._db.batch():
            union = unite(incoming, self._index.documents(pid), self._kinds, self._settings)
            apply_rewrite(self._db, union)
            tags = (row for table, _, row in union.put if table == "tags")
            give_colours(self._db, [name for row in tags for name in names(body_of(row))])
            for line in union.told:
                self._desk.lines.tell(line)
            return union

    def forget(self, pid: str, act: str | None = None) -> bool:
        """Delete everything about a person from every file, daily copies included; returns False if there was nothing.

        Only the ids of applied writes stay, against late repeats, and the act (a new one if None).
        """
        return self._forgetting.forget(pid, act)

    def forget_part(self, viewer: str) -> bool:
        """Delete from every file what is kept apart for an account, which is then kept apart no more."""
        return self._forgetting.forget_part(viewer, self._asides.reload)

    # --- reading -------------------------------------------------------------------------------------------------

    def summary(self, pid: str, viewer: str | None = None) -> Summary:
        """Return a person's summary for a badge; takes about a microsecond and no lock once the index is warm."""
        return self._index.summary(self._asides.place(pid, viewer))

    @property
    def warmed(self) -> bool:
        """Whether the index is warm, so that `summary` takes no lock."""
        return self._index.warmed

    def knows(self, pid: str, viewer: str | None = None) -> bool:
        """Return whether anything is written about a person."""
        return self.summary(pid, viewer).known

    def about(self, pid: str, viewer: str | None = None) -> About:
        """Return everything that is written about a person."""
        with self._db.storage.lock:
            return read.about(self._index, self._kinds, self._asides.place(pid, viewer), self._clock())

    def versions(self, pid: str, viewer: str | None = None) -> list[Version]:
        """Return every stored version of the note, the present one included, newest first."""
        with self._db.storage.lock:
            return read.versions(self._index, self._kinds["note"], self._asides.place(pid, viewer), self._clock())

    def people(self) -> list[str]:
        """Return the pids of all people about whom something is written."""
        return read.people(self._index)

    def of_kind(self, kind: str, viewer: str | None = None) -> list[read.Written]:
        """Return (pid, document) of everybody's documents of a kind, as `about` gives those of one person."""
        with self._db.storage.lock:
            return read.of_kind(self._db.storage.rows(kind), self._kind(kind), self._asides.part(viewer))

    @property
    def empty(self) -> bool:
        """Whether no table has a row, not even a removed document's or a feature's own."""
        with self._db.storage.lock:
            return not any(self._db.storage.rows(name) for name in self._db.storage.names() if not name.startswith("_"))

    def recent(self, limit: int) -> list[tuple[str, int]]:
        """Return (pid, time of the last write) of the people written about last, latest first."""
        return read.recent(self._index, limit)

    def written_since(self, at: int) -> list[str]:
        """Return the pids about whom something was written at or after ``at`` (epoch seconds)."""
        return read.written_since(self._index, at)

    def search(self, q: str, limit: int, viewer: str | None = None) -> list[SearchHit]:
        """Return the people whose documents, of any kind, contain all words of ``q``, latest first."""
        return search(self._index, q, limit, self._asides.part(viewer))

    def tags(self) -> list[Tag]:
        """Return the tags in use, the most used first."""
        with self._db.storage.lock:
            self._index.warm()
            return used_tags(self._db, self._index)

    def set_tag_colour(self, name: str, colour: str) -> None:
        """Set a tag's colour, ``#rrggbb``; raises ``UnknownError`` for an unknown tag, ``BodyError`` for no colour."""
        with self._db.storage.lock:
            set_colour(self._db, self._desk.lines, name, colour)

    def note_count(self) -> int:
        """Return how many notes there are."""
        return self._index.count_notes()

    @property
    def last_write_at(self) -> int | None:
        """The time of the last write, as its client gave it, epoch seconds; None if nothing is written."""
        return self._index.last_write()

    # --- further tables ------------------------------------------------------------------------------------------

    def table(self, name: str) -> JournalTable:
        """Return a feature's own table (not a kind's); documents with a ``pid`` are merged and forgotten with it."""
        if name in self._kinds:
            raise UnknownError(f"{name!r} is a kind of thing that is written; use write for it.")
        return self._db.table(name)

    def batch(self) -> AbstractContextManager[None]:
        """Group several writes into one: after a kill all of them are there or none; an exception reverts all."""
        return self._db.batch()

    @property
    def asides(self) -> Asides:
        """Accounts whose notes are kept apart, and operations that are paused."""
        return self._asides

    def paused(self) -> list[Pause]:
        """Return the operations whose sightings are paused."""
        return self._asides.paused()

    def compact(self) -> None:
        """Write the plain file now; the background thread does so after a pause in writing."""
        self._db.compact()

    def _warm(self) -> None:
        """Fill the index in small steps, releasing the lock between them."""
        pause = WARM_AFTER_SECONDS
        while not self._closing.wait(pause) and self._index.warm_some():
            pause = WARM_PAUSE_SECONDS

    def _kind(self, name: str) -> Kind:
        kind = self._kinds.get(name)
        if kind is None:
            known = ", ".join(sorted(self._kinds))
            raise UnknownError(f"There is nothing of the kind {name!r} to write. Known: {known}.")
        return kind

    def _tables(self) -> Tables:
        return {name: self._db.storage.rows(name) for name in self._db.storage.names()}


def _instance(db: JournalDB) -> str:
    """Return the data folder's random id, which its first opening creates."""
    meta = db.storage.rows(META).get(META_ID)
    if meta is None or "instance" not in meta:
        meta = {"schema": migrations.newest(), **(meta or {}), "instance": secrets.token_hex(8)}
        db.table(META).put(meta, META_ID)
    return str(meta["instance"])


def _keep(db: JournalDB, snapshots: Snapshots, schema: int) -> None:
    db.compact()
    snapshots.keep_before_migration(schema)
