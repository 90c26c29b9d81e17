"""Keeps the notebook in step while the companion runs: meets the others whenever there is news, here or there."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from companion.errors import MutualsError
from companion.settings import Settings
from companion.stores import Stores

if TYPE_CHECKING:  # loaded where something is shared: most notebooks are not, and a start would wait for it
    from companion.share.acts import Acts
    from companion.share.membership import Meeting, Membership

SECONDS = 5.0
"""Time between two looks whether the user has joined something."""
PATIENCE = 3.0
"""How long a meeting may go on when the companion ends, seconds; what is not handed over yet is the next time."""


class Link(Protocol):
    """What carries lines between this data folder and others.

    Attributes:
        seconds: time between two looks whether there is anything to do.
    """

    seconds: float

    def idle(self) -> bool:
        """Return whether there is nothing to hand over and no sign of anything to take in."""
        ...

    def meet(self, meeting: Meeting) -> Meeting:
        """Hand over and take in everything there is; what went wrong is told in the meeting."""
        ...

    def wait(self, seconds: float) -> None:
        """Wait until there is news, or for some seconds."""
        ...

    def wake(self) -> None:
        """End the waiting, from another thread."""
        ...

    def interrupt(self) -> None:
        """Break off a meeting that does not come to an end, from another thread."""
        ...

    def part(self) -> None:
        """Take back what only who shares should tell; the user leaves."""
        ...

    def close(self) -> None:
        """End whatever is open, when no other thread uses it any more."""
        ...


class Sharing:
    """Meets the others whenever there is something to hand over or to take in.

    Args:
        settings: where the membership lies.
        stores: the open stores.
        forgotten: called after somebody was forgotten because another device said so.
        clock: returns the time, epoch seconds.
    """

    def __init__(
        self, settings: Settings, stores: Stores, forgotten: Callable[[], object], clock: Callable[[], int]
    ) -> None:
        self._settings, self._stores, self._forgotten, self._clock = settings, stores, forgotten, clock
        self._membership: Membership | None = None
        self._stamp: tuple[int, int, int] | None = None
        self._link: Link | None = None
        self._acts: Acts | None = None
        self._meeting: Meeting | None = None
        self._end = threading.Event()
        self._one = threading.Lock()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Look every few seconds until `end`."""
        self._thread = threading.Thread(target=self._run, name="sharing", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Stop after the present look."""
        self._end.set()
        if self._thread is not None:
            if self._link is not None:
                self._link.wake()
            self._thread.join(PATIENCE)
            if self._thread.is_alive() and self._link is not None:
                self._link.interrupt()
            self._thread.join()
        if self._link is not None:
            self._link.close()

    def meet(self) -> Meeting | None:
        """Meet the others now, if there is anything new; return how it went, None while nothing is shared."""
        with self._one:
            self._follow()
            if self._link is None or self._meeting is None:
                return None
            if self._acts is not None:
                self._acts.tell()
            if not self._link.idle():
                before = self._meeting.problem
                self._meeting = self._link.meet(self._meeting)
                if not (before and self._meeting.problem == before):
                    self._note(self._meeting)
                if self._acts is not None:
                    self._acts.take_in()
            return self._meeting

    def _note(self, meeting: Meeting) -> None:
        from companion.share.membership import note_meeting

        note_meeting(self._settings, meeting)

    def part(self) -> None:
        """Share no longer: take back what only members tell, as far as the carrier can be reached."""
        with self._one:
            self._follow()
            if self._link is not None:
                self._link.part()
                self._link.close()
            self._link = self._acts = None
            self._stores.notebook.shared.end()

    def _follow(self) -> None:
        """Begin or stop sharing when the user joined or left meanwhile."""
        stamp, shared = _stamp(self._settings), self._stores.notebook.shared
        if stamp == self._stamp and (stamp is not None or shared.device is None):
            return
        from companion.share.membership import last_meeting, membership_of

        membership, self._stamp = membership_of(self._settings), stamp
        if membership is None and self._link is not None:
            self._link.part()
        if membership is None or (self._membership is not None and membership.space != self._membership.space):
            shared.end()
        self._membership, self._meeting = membership, last_meeting(self._settings)
        if self._link is not None:
            self._link.close()
        self._link = self._acts = None
        if membership is not None:
            shared.catch_up()
            self._link, self._acts = self._linked(membership), self._acts_of(membership)

    def _acts_of(self, membership: Membership) -> Acts | None:
        from companion.share.acts import Acts

        return Acts(self._stores.notebook, self._stores.ledger, self._clock) if membership.acts else None

    def _linked(self, membership: Membership) -> Link:
        from companion.share.inbox import Inbox
        from companion.share.link import FolderLink
        from companion.share.membership import SCHEME

        notebook, ledger = self._stores.notebook, self._stores.ledger
        if membership.place.startswith(SCHEME):
            return FolderLink(membership, notebook, ledger, self._forgotten, self._clock)
        from companion.share.postgres.link import PostgresLink  # here: few notebooks are shared so

        return PostgresLink(membership, Inbox(notebook, ledger, self._forgotten, self._clock), self._clock)

    def _wait(self) -> bool:
        """Wait until a look is worth it; return whether there is to be one."""
        link = self._link
        if link is None:
            self._end.wait(SECONDS)
        else:
            link.wait(link.seconds)
        return not self._end.is_set()

    def _run(self) -> None:
        while self._wait():
            try:
                self.meet()
            except (MutualsError, OSError) as error:  # such as a full disk: the next look may find room
                self._fail(error.message if isinstance(error, MutualsError) else str(error))

    def _fail(self, problem: str) -> None:
        from companion.share.membership import Meeting

        self._meeting = self._meeting or Meeting()
        self._meeting.problem = problem
        with suppress(OSError):
            self._note(self._meeting)


def _stamp(settings: Settings) -> tuple[int, int, int] | None:
    """Return what changes when the user joins or leaves; None while nothing is shared."""
    try:
        status = settings.share_path.stat()
    except FileNotFoundError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns
