"""Takes what an archive tells into the ledger: acts by id in bulk, everything else by the rules of a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from msgspec import structs

from companion.domain.identity import is_stub
from companion.domain.sightings import Interaction, Understanding
from companion.store.ingest import KeepsNotes, carry_over, take
from companion.store.ledger.ingest.bulk import BulkImport
from companion.store.ledger.ledger import Ledger

NAMELESS_AT_ONCE = 2000
"""Acts with people known by handle alone, in one transaction."""


@dataclass(slots=True)
class Taking:
    """One archive on its way into the stores; all of it is dated ``at``, so that later sightings overrule it."""

    ledger: Ledger
    notebook: KeepsNotes
    owner: str
    at: int
    recount: bool = False
    """Whether an earlier run that was killed may have left acts behind that nothing was counted from."""
    people: int = 0
    interactions: int = 0
    nameless: list[Interaction] = field(default_factory=list)
    """Acts with bare handles: they wait until every id has told its handle."""
    likes: list[Interaction] = field(default_factory=list)
    """Likes without an author's id: they wait until all posts are known, to look for their authors at once."""
    intake: BulkImport = field(init=False)

    def __post_init__(self) -> None:
        self.intake = self.ledger.bulk_import(self.owner, self.at)

    def take(self, chunk: Understanding, *, write: bool) -> None:
        """Take one chunk; one that is in the store already (``write`` is False) only tells whom it is about."""
        for act in chunk.interactions:
            if not act.id:
                (self.likes if act.kind == "like" and act.post else self.nameless).append(act)
        self.interactions += self.intake.take(chunk.interactions, write=write, settle=self.recount)
        self.intake.add_relations(chunk.relations)
        if write and (chunk.people or chunk.posts):
            self._record(structs.replace(chunk, interactions=[], relations=[]))

    def finish(self, heard: Callable[[float], None]) -> None:
        """Count what follows from the acts, and take those with bare handles; a stopped run does so too.

        Args:
            heard: told which part of this is done, 0 to 1.
        """
        self._find_liked()
        found = self.intake.settle(lambda done, all_: heard(done / all_))
        self.people += found.people
        if any(event.kind == "merge" for event in found.identity):
            carry_over(self.ledger, self.notebook)
        for start in range(0, len(self.nameless), NAMELESS_AT_ONCE):
            some = self.nameless[start : start + NAMELESS_AT_ONCE]
            self._record(Understanding(op="archive", interactions=some))
        heard(1.0)

    def _find_liked(self) -> None:
        """Find out whom the likes were for; those of posts by nobody known stay without effect.

        A post that was seen tells more than a link: a link's handle is an old one after a rename, and X follows links
        with any handle. So the same like has the same person here and on the page.
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

    def _record(self, told: Understanding) -> None:
        recorded = take(self.ledger, self.notebook, self.owner, told, self.at)
        self.people += recorded.people
        self.interactions += recorded.interactions
