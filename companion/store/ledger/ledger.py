"""The ledger: everything that was seen, per viewer, in SQLite; the facade of all ledger modules."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from companion.domain.handles import fold
from companion.domain.sightings import Interaction, Post, Understanding
from companion.errors import StoreError, TornDataError
from companion.reciprocity.counters import Tally
from companion.reciprocity.sums import Sums
from companion.store.ledger import adopt, copies, handed_acts, reads, schema, viewers
from companion.store.ledger import forget as ledger_forget
from companion.store.ledger.connections import Connections
from companion.store.ledger.handed_acts import Act
from companion.store.ledger.imports import changes
from companion.store.ledger.imports import undo as import_undo
from companion.store.ledger.ingest import bulk
from companion.store.ledger.ingest import record as ledger_record
from companion.store.ledger.rows import BadgeRow, Counts, Difference, InteractionRow, PersonRow, Recorded, Snapshot
from companion.store.ledger.scores import rebuild as ledger_score
from companion.store.ledger.scores import recount as ledger_recount
from companion.store.ledger.tables import badges as badges_table
from companion.store.ledger.tables import interactions as interactions_table
from companion.store.ledger.tables import people as people_table
from companion.store.ledger.tables import posts as posts_table
from companion.store.ledger.tables import snapshots as snapshots_table

log = logging.getLogger(__name__)


class Ledger:
    """The people, posts, relations and interactions that were seen, separate for each viewer.

    ``owner`` is the viewer's id as text, or ``"@handle"`` until it is known; ``pid`` a person's id as text, or a stub
    ``"@handle"``. All times are epoch seconds UTC. Any thread may call any method: writes queue on one connection,
    reads never wait for them. Only one process may hold the data folder (`companion.store.lock`).
    """

    def __init__(self, path: Path, *, posts_per_person: int, post_text_days: int, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._recovered: list[str] = []
        self.connections = self._opened(path)
        self._viewers = viewers.Viewers(self.connections)
        self._limits = ledger_record.Limits(posts_per_person, post_text_days)
        self._scores = ledger_score.ScoreRebuilder(self.connections, self._viewers.numbers())

    def _opened(self, path: Path) -> Connections:
        """Open the file; a damaged one is set aside, for without this the notes could not be reached either."""
        if copies.missing(path):
            self._recovered.append(copies.recover(path))
        try:
            return Connections(path)
        except TornDataError:
            self._recovered.append(copies.recover(path))
            return Connections(path)

    @property
    def warnings(self) -> list[str]:
        """Sentences for the user about damage that was found and mended, at opening and since."""
        return [*self._recovered, *self.connections.warnings]

    @property
    def recovered(self) -> bool:
        """Whether a copy, or a new ledger, took the place of a damaged one at opening."""
        return bool(self._recovered)

    def inspect(self) -> None:
        """Compare the file and its daily copy with their page sums now; the findings become ``warnings``."""
        self.connections.inspect()
        self._recovered.extend(copies.inspect(self.connections.path))

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        posts_per_person: int = 400,
        post_text_days: int = 180,
        clock: Callable[[], float] = time.time,
    ) -> Ledger:
        """Open the ledger, or create it; ``clock`` gives epoch seconds UTC.

        A damaged file is renamed, the daily copy replaces it, and ``warnings`` says so.

        Raises:
            NewerDataError: A newer Mutuals wrote it; it is left as it is.
        """
        return cls(path, posts_per_person=posts_per_person, post_text_days=post_text_days, clock=clock)

    def close(self) -> None:
        """Write everything into the one file and close it."""
        self._scores.close()
        try:
            with self.connections.snapshot() as connection:
                copies.keep(connection, self.connections.path)
        except (OSError, sqlite3.Error, StoreError) as error:
            log.warning("The ledger's daily copy could not be made (%s).", error)
        finally:
            self.connections.close()

    # writing

    def owner_for(self, viewer_id: str | None, viewer_handle: str | None, at: int = 0) -> str:
        """Return the owner key of a viewer, creating it; a ``"@handle"`` owner is moved to the id once that is known.

        Raises:
            SourceError: Neither an id nor a handle is given.
        """
        return self._viewers.owner_for(viewer_id, viewer_handle, at)

    def record(self, owner: str, understanding: Understanding, at: int, run: int | None = None) -> Recorded:
        """Store one understanding in one transaction; storing it again changes nothing.

        Times that were stored while the clock was ahead count as now, so that they overrule nothing that is seen later.
        ``run`` is the number of the import that it is part of, if it is to be undone.
        """
        viewer, now = self._viewers.written(owner, at), max(at, int(self._clock()))
        return ledger_record.record(self.connections, viewer, understanding, at, self._limits, now, run)

    def unite(self, owner: str, fill: adopt.Fill) -> None:
        """Merge the rows that ``fill`` writes under a viewer number of its own, in one transaction."""
        with self.connections.writing() as connection:
            adopt.unite(connection, self._viewers.number(owner), fill)
        self._viewers.reload()

    def bulk_import(self, owner: str, at: int, run: int | None = None) -> bulk.BulkImport:
        """Begin the import of a whole archive made at ``at``: many interactions with people known by id."""
        return bulk.BulkImport(self.connections, self._viewers.written(owner, at).viewer, at, run)

    def latest_import(self) -> int:
        """Return the highest number of an import that can be undone, 0 if there is none."""
        return changes.latest_run(self.connections.reading())

    def undo_import(self, owner: str, run: int, keep: Iterable[str] = ()) -> int:
        """Undo an import in one transaction; return how many interactions that changed. ``keep`` stay known by name."""
        return import_undo.undo(self.connections, self._viewers.number(owner), run, frozenset(keep))

    def add_interactions(self, owner: str, pid: str, interactions: Iterable[Interaction], at: int) -> int:
        """Add interactions with one person (such as a call the user had) and return how many were new."""
        viewer = self._viewers.written(owner, at)
        return ledger_record.add_interactions(self.connections, viewer, pid, interactions, at)

    def remove_interaction(self, owner: str, pid: str, ref: str, kind: str, direction: str) -> bool:
        """Delete one interaction without a trace; return whether there was one."""
        number = self._viewers.number(owner)
        return ledger_record.remove_interaction(self.connections, number, pid, (direction, kind, ref))

    def merges_due(self) -> list[tuple[str, str]]:
        """Return (stub, pid) for stubs that became ids and whose notes have not been moved yet."""
        return people_table.merges_due(self.connections.reading())

    def settle_merge(self, stub: str) -> None:
        """Record that a stub's notes have been moved."""
        with self.connections.writing() as connection:
            people_table.settle_merge(connection, stub)

    def forget(self, pid: str) -> bool:
        """Delete everything seen of a person, for every viewer, and overwrite it; return whether there was anything."""
        return ledger_forget.forget(self.connections, pid)

    def own(self, name: str) -> str | None:
        """Return the key of the user's account with this handle or id, None if there is none."""
        viewers = [self._viewers.known(key) for key in self._viewers.names()]
        return next((viewer.name for viewer in viewers if viewer.is_self(name, name)), None)

    def forget_viewer(self, owner: str) -> bool:
        """Delete everything seen for one of the user's accounts; returns False if there is no such account."""
        viewer = self._viewers.numbers().get(owner)
        if viewer is None:
            return False
        ledger_forget.forget_viewer(self.connections, viewer)
        self._viewers.reload()
        return True

    def forget_older_than(self, at: int, keep: Iterable[str] = ()) -> int:
        """Delete interactions and posts from before ``at`` and people not seen since, except ``keep``; return rows."""
        return ledger_forget.forget_older_than(self.connections, at, frozenset(keep))

    def recount(self, owner: str | None = None) -> list[Difference]:
        """Recount every sum and tally from the interactions; repair and return those that differed."""
        numbers = self._viewers.numbers() if owner is None else {owner: self._viewers.number(owner)}
        return [d for name, number in numbers.items() for d in ledger_recount.recount(self.connections, name, number)]

    def settled(self) -> None:
        """Wait until the sums match the score's present weights (they are rebuilt in the background)."""
        self._scores.wait()

    def rebuild(self) -> int:
        """Rebuild all sums from the days of contact; return how many people have any."""
        return sum(ledger_score.rebuild(self.connections, number) for number in self._viewers.numbers().values())

    # reading

    def owners(self) -> list[str]:
        """Return the owner keys of all viewers, the last active one first."""
        return self._viewers.names()

    def all_acts(self, owner: str) -> Iterator[tuple[str, list[Act]]]:
        """Yield (pid, acts) of one account, without what is mirrored from the notebook; reads the whole table."""
        return handed_acts.all_acts(self.connections.reading(), self._viewers.number(owner))

    def acts_with(self, owner: str, pid: str) -> list[Act]:
        """Return one account's acts with one person, without what is mirrored from the notebook."""
        return handed_acts.acts_with(self.connections.reading(), self._viewers.number(owner), pid)

    def join_acts(self, owner: str, pid: str, acts: Iterable[Act], since: int | None, now: int) -> str:
        """Join what another machine saw of an account to what was seen here; return under which key it is filed.

        Args:
            owner: the account, which is used here too.
            pid: with whom.
            acts: what was seen; what cannot be is left out.
            since: since when that machine could have seen what others send, epoch seconds.
            now: the time, epoch seconds.
        """
        return handed_acts.join(self.connections, self._viewers.written(owner, now), pid, acts, since, now)

    def commits(self) -> int:
        """Return a number that grows with everything that is written."""
        return self.connections.commits

    def find(self, owner: str, id: str | None = None, handle: str | None = None) -> str | None:
        """Return the pid of an id or a present handle, or None if no such person was seen."""
        return people_table.find(self.connections.reading(), self._viewers.number(owner), id, handle)

    def person(self, owner: str, pid: str) -> PersonRow | None:
        """Return everything seen of a person, or None."""
        with self.connections.snapshot() as connection:
            return people_table.person(connection, self._viewers.number(owner), pid)

    def relation(self, owner: str, pid: str) -> dict[str, tuple[bool | int, str, int]]:
        """Return field -> (value, source, at) for the known fields; a missing field is unknown."""
        return reads.relation(self.connections.reading(), self._viewers.number(owner), pid)

    def badges(self, owner: str, handles: Sequence[str]) -> dict[str, BadgeRow]:
        """Return handle (lower case) -> badge for those handles that were seen."""
        return self.badges_by_key(owner, [fold(handle) for handle in handles])

    def badges_by_key(self, owner: str, keys: Sequence[str]) -> dict[str, BadgeRow]:
        """Do as `badges` for handles that are folded already.

        A person whom only another of the user's accounts saw gets a bare badge with the pid, so that notes are found;
        nothing else of what that account saw is shown.
        """
        viewer, connection = self._viewers.known(owner), self.connections.reading()
        badges = badges_table.by_keys(connection, viewer, keys)
        if len(self._viewers.names()) > 1:
            missing = [key for key in keys if key not in badges]
            for name in people_table.seen_by_others(connection, viewer.number, missing):
                badges[name.key] = badges_table.bare_badge(name.pid, name.handle)
        return badges

    def badge(self, owner: str, pid: str) -> BadgeRow | None:
        """Return one person's badge, handle known or not."""
        return badges_table.by_pid(self.connections.reading(), self._viewers.known(owner), pid)

    def sums_and_tally(self, owner: str, pid: str) -> tuple[Sums, Tally]:
        """Return the sums and counts behind the score; empty for a person never seen."""
        badge = self.badge(owner, pid)
        return (badge.sums, badge.tally) if badge else (Sums(), Tally())

    def interactions(self, owner: str, pid: str, limit: int = 50, before: int | None = None) -> list[InteractionRow]:
        """Return the latest interactions with a person, latest first."""
        return interactions_table.latest(self.connections.reading(), self._viewers.number(owner), pid, limit, before)

    def posts_of(self, owner: str, pid: str, limit: int = 100) -> list[Post]:
        """Return the seen posts of a person, latest first; the texts of old ones have been dropped."""
        return posts_table.read(self.connections.reading(), self._viewers.number(owner), pid, limit)

    def authors(self, owner: str, posts: Sequence[str]) -> dict[str, tuple[str, int | None]]:
        """Return post id -> (author's pid, when it was written if known) for those posts that are kept."""
        return posts_table.authors(self.connections.reading(), self._viewers.number(owner), posts)

    def snapshots(self, owner: str, pid: str) -> list[Snapshot]:
        """Return how counts and relation changed, earliest first."""
        return snapshots_table.read(self.connections.reading(), self._viewers.number(owner), pid)

    def recent(self, owner: str, limit: int = 20) -> list[BadgeRow]:
        """Return the people with the latest interactions."""
        return reads.recent(self.connections.reading(), self._viewers.known(owner), limit)

    def search(self, owner: str, q: str, limit: int = 20) -> list[BadgeRow]:
        """Return people by handle or name: beginnings first, then anywhere inside."""
        return reads.search(self.connections.reading(), self._viewers.known(owner), q, limit)

    def counts(self, owner: str) -> Counts:
        """Return how many people, posts and interactions are stored for a viewer."""
        return reads.counts(self.connections.reading(), self._viewers.number(owner))

    def count_people(self, owner: str) -> int:
        """Return how many people were seen, by the narrowest index: some 50 ms for a million."""
        return reads.count_people(self.connections.reading(), self._viewers.number(owner))

    def pids(self) -> set[str]:
        """Return the keys of all people of whom anything is stored, for any viewer; reads whole tables."""
        sql = "select pid from person union select pid from event union select pid from relation"
        return {str(row[0]) for row in self.connections.reading().execute(sql)}

    def coverage(self, owner: str) -> int | None:
        """Return since when what others send could have been seen, or ``None`` if never (an archive only)."""
        return self._viewers.known(owner).inbound_since

    def check(self) -> list[str]:
        """Return SQLite's reports of damage, empty for an intact file; reads all of it."""
        return schema.check(self.connections.reading())
