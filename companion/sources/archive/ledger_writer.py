"""Writes an archive into the ledger: interactions by id in bulk, everything else like the sightings of a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from msgspec import structs

from companion.domain.handles import is_stub
from companion.domain.sightings import Interaction, Person, Understanding
from companion.store.ingest import KeepsNotes, carry_over, take
from companion.store.ledger.ingest.bulk import BulkImport
from companion.store.ledger.ledger import Ledger

NAMELESS_AT_ONCE = 2000
"""Interactions with people known by handle alone that go into one transaction."""


@dataclass(slots=True)
class LedgerWriter:
    """Writes one archive into the stores; all of it is dated ``at``, so that later sightings overrule it."""

    ledger: Ledger
    notebook: KeepsNotes
    owner: str
    at: int
    recount: bool = False
    """Whether an earlier run that was killed may have left interactions that are not counted yet."""
    run: int | None = None
    """The import's number, under which its changes are noted; None if it cannot be undone."""
    people: int = 0
    interactions: int = 0
    nameless: list[Interaction] = field(default_factory=list)
    """Interactions with a handle but no id: written last, when the handle of every id is known."""
    likes: list[Interaction] = field(default_factory=list)
    """Likes without an author's id: written when all posts are known, so that their authors are looked up at once."""
    intake: BulkImport = field(init=False)

    def __post_init__(self) -> None:
        self.intake = self.ledger.bulk_import(self.owner, self.at, self.run)

    def take(self, chunk: Understanding, *, write: bool) -> None:
        """Write one chunk; if it is stored already (``write`` is False), only collect whom it is about."""
        for act in chunk.interactions:
            if not act.id:
                (self.likes if act.kind == "like" and act.post else self.nameless).append(act)
        self.interactions += self.intake.take(chunk.interactions, write=write, settle=self.recount)
        self.intake.add_relations(chunk.relations)
        if write and (chunk.people or chunk.posts):
            self._record(structs.replace(chunk, interactions=[], relations=[]))

    def name_owner(self, former: Iterable[tuple[str, int]]) -> None:
        """Record (handle, until when) of handles that the owner gave up; a page that names one means the owner."""
        for handle, until in former:
            owner = Person(id=self.owner, handle=handle, rich=False)
            self.ledger.record(self.owner, Understanding(op="archive", people=[owner]), min(until, self.at), self.run)

    def finish(self, on_progress: Callable[[float], None]) -> None:
        """Count scores from the interactions, and write those without an id; a stopped run does so too.

        Args:
            on_progress: receives the share of this that is done, 0 to 1.
        """
        self._find_liked()
        settled = self.intake.settle(lambda done, total: on_progress(done / total))
        self.people += settled.people
        if any(event.kind == "merge" for event in settled.identity):
            carry_over(self.ledger, self.notebook)
        for start in range(0, len(self.nameless), NAMELESS_AT_ONCE):
            batch = self.nameless[start : start + NAMELESS_AT_ONCE]
            self._record(Understanding(op="archive", interactions=batch))
        on_progress(1.0)

    def _find_liked(self) -> None:
        """Look up the authors of the liked posts; likes of posts by unknown authors have no effect.

        A post that was seen is better evidence than a link: after a rename a link has the old handle, and X follows
        links with any handle. So a like has the same person here and on the page.
        """
        posts = self.ledger.authors(self.owner, [act.post for act in self.likes if act.post])
        known: list[Interaction] = []
        for act in self.likes:
            pid, at = posts.get(act.post or "", (None, None))
            if pid and not is_stub(pid):
                known.append(structs.replace(act, id=pid, handle=None, at=act.at if at is None else at))
            elif pid or act.handle:
                handle = pid.removeprefix("@") if pid else act.handle
                self.nameless.append(structs.replace(act, handle=handle, at=act.at if at is None else at))
        self.likes.clear()
        self.interactions += self.intake.take(known, settle=self.recount)

    def _record(self, understanding: Understanding) -> None:
        recorded = take(self.ledger, self.notebook, self.owner, understanding, self.at, self.run)
        self.people += recorded.people
        self.interactions += recorded.interactions
