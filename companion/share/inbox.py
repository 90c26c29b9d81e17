"""Takes what other devices tell into the notebook and the ledger, whatever carried it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from companion.share.membership import Meeting
from companion.store import touches
from companion.store.account import Account
from companion.store.documents import Document
from companion.store.ledger.ledger import Ledger
from companion.store.notebook.forgotten import hashed
from companion.store.notebook.notebook import Notebook
from companion.store.notebook.results import Result
from companion.store.notebook.shared import Received


@dataclass(frozen=True, slots=True)
class Inbox:
    """Where lines of other devices go.

    Attributes:
        notebook: the notebook that is shared.
        ledger: where contacts off X are counted, and whence the forgotten go too.
        forgotten: called after somebody was forgotten because another device said so.
        clock: returns the time, epoch seconds.
    """

    notebook: Notebook
    ledger: Ledger
    forgotten: Callable[[], object]
    clock: Callable[[], int]

    def take(self, device: str, lines: Sequence[Document], meeting: Meeting, whole: int | None = None) -> Received:
        """Apply lines of a device and note in the meeting how many; see `Shared.receive`."""
        received = self.notebook.shared.receive(device, lines, self._forget, whole)
        meeting.received += received.applied
        for pid, item, viewer in received.touches:
            self._count(pid, item, viewer)
        return received

    def say_unread(self, meeting: Meeting) -> None:
        """Say how many lines wait until this Mutuals is updated."""
        unread = self.notebook.shared.unread()
        if unread:
            meeting.notices.append(f"{unread} line(s) are of a newer Mutuals; update this one to see them.")

    def _count(self, pid: str, item: str, viewer: str) -> None:
        """Count a contact off X for the account that it names and for no other."""
        if viewer in self.ledger.owners():
            account = Account(self.notebook, self.ledger, viewer)
            touches.mirror_write(account, pid, Result(rev=2, at=self.clock(), item=item), self.clock())

    def _forget(self, who: str, act: str) -> None:
        here = {pid for pid in self.notebook.forgotten.holds() | self.ledger.pids() if hashed(pid) == who}
        for pid in sorted(here):
            self.notebook.forget(pid, act)
            self.ledger.forget(pid)
        self.notebook.forgotten.mark(who, act)
        if here:
            self.forgotten()
