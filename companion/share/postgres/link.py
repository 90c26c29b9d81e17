"""Meets the other devices on a PostgreSQL server; while it is away all goes on here, and is handed over later."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress

from companion.errors import CarrierError, SettingError
from companion.share.inbox import Inbox
from companion.share.membership import Meeting, Membership
from companion.share.postgres import address, place
from companion.share.postgres.contacts import ContactRows, take_back
from companion.share.postgres.driver import Session, connect
from companion.share.postgres.listening import Bell, can_listen
from companion.share.postgres.password import kept
from companion.share.postgres.reader import Place, Reader
from companion.share.postgres.space import Space, look, sweep
from companion.share.postgres.writer import AT_ONCE, Writer
from companion.store.documents import seldom_collected
from companion.store.notebook.lines import OWNER, READER

LOOK_SECONDS, POLL_SECONDS = 60.0, 2.0
"""Time between two looks: while notices come, and without them."""
LONGEST_REST = 60.0
"""Time between two attempts to reach a server that is away, at most."""
NEAREST = 0.02
"""Time between two looks at least: whoever may log in may send notices, thousands in a second."""
LOST = ("MU002", "MU003", "MU004", "23505", "42501")
"""SQLSTATEs after which this device's place on the server is looked at anew."""
FULL = "MU009"
"""SQLSTATE where a member has written as much as one may in a day; the connection is as good as before."""
WORDS = {
    "MU001": "This login is no member of the shared notebook any more. Ask an owner.",
    "MU005": "This login may only read the shared notebook.",
    FULL: "This login has written as much as a member may in one day. The rest waits here and goes over tomorrow.",
}


class PostgresLink:
    """The link of one data folder with one space on a server.

    Args:
        membership: the address, the space and its key.
        inbox: where lines of others go.
        clock: returns the time, epoch seconds.
        listens: whether to ask for notices; without, the server is looked at every two seconds.

    Attributes:
        seconds: time until the user's leaving is noticed; news wakes the thread at once.
    """

    seconds = 30.0

    def __init__(self, membership: Membership, inbox: Inbox, clock: Callable[[], int], *, listens: bool = True) -> None:
        self._membership, self._inbox, self._clock, self._listens = membership, inbox, clock, listens
        self._address, self._seal = address.read(membership.place), membership.seal
        self._session: Session | None = None
        self._writer: Writer | None = None
        self._space: Space | None = None
        self._rest, self._retry_at, self._look_at, self._looked_at = 0.5, 0.0, 0.0, 0.0
        self._left = set[str]()  # devices that gave way to new ones
        self._strange, self._emptied = Counter[str](), Counter[str]()  # member -> lines, since the start
        self._contacts = ContactRows(inbox, self._seal)
        self._bell = Bell()
        self._shared = inbox.notebook.shared
        self._shared.lines.on_tell = self._bell.ring

    # --- when ------------------------------------------------------------------------------------------------------

    def idle(self) -> bool:
        """Return whether there is nothing to hand over and no sign of anything to take in."""
        now = time.monotonic()
        if self._session is None:
            return now < self._retry_at
        if self._news(self._session) or self._shared.lines.waiting():
            return False
        return now < self._look_at

    def wait(self, seconds: float) -> None:
        """Wait until something is written here or told by the server, or for some seconds."""
        now, session = time.monotonic(), self._session
        until = self._retry_at if session is None else self._look_at
        self._bell.wait(min(seconds, max(0.0, until - now)), None if session is None else session.socket)
        if session is None and self._retry_at > time.monotonic():
            return
        nearest = self._looked_at + NEAREST - time.monotonic()
        if nearest > 0:
            time.sleep(nearest)

    def wake(self) -> None:
        """End the waiting."""
        self._bell.ring()

    def interrupt(self) -> None:
        """Cut the connection off, so that a statement that hangs fails."""
        session = self._session
        if session is not None:
            session.cut()

    def part(self) -> None:
        """Take back the contact rows of this device, if the server can be reached; an owner's dismissal does it too."""
        device = self._shared.device
        with suppress(CarrierError, SettingError):
            session = self._session or connect(self._address, kept(self._address))
            self._session = session
            if device is not None:
                take_back(session, device.id)

    def close(self) -> None:
        """End the connection."""
        session, self._session = self._session, None
        if session is not None:
            session.close()
        self._bell.close()

    def _news(self, session: Session) -> bool:
        try:
            told = session.heard()
        except CarrierError:
            return True  # the next look finds out what is wrong
        return any(payload == self._seal.space for _, payload in told)

    # --- a meeting -------------------------------------------------------------------------------------------------

    def meet(self, meeting: Meeting) -> Meeting:
        """Hand over and take in everything there is; what went wrong is told in the meeting."""
        meeting.at, meeting.problem, meeting.notices = self._clock(), "", []
        try:
            session = self._opened(meeting)
            self._follow(session, meeting)
            self._news(session)  # what comes from here on is for the next look
            self._hand_over(meeting)
            self._take_in(session, meeting)
            if self._shared.device is not None and meeting.role != READER:
                tells = self._membership.contacts
                self._contacts.exchange(session, self._shared.device.id, tells=tells)
            self._hand_over(meeting)  # what this device answers to acts of forgetting
            self._rest, self._looked_at = 0.5, time.monotonic()
            self._look_at = self._looked_at + (LOOK_SECONDS if meeting.listening else POLL_SECONDS)
        except (CarrierError, SettingError) as error:
            self._fail(meeting, error)
        lines = self._shared.lines
        meeting.waiting, names = lines.waiting(), lines.names()
        meeting.devices = {names[one] or one: n for one, n in lines.have().items() if one not in meeting.former}
        return meeting

    def _opened(self, meeting: Meeting) -> Session:
        """Return the connection; a new one listens first, so that nothing is told unheard before the first look."""
        if self._session is not None:
            return self._session
        session = connect(self._address, kept(self._address))
        try:
            meeting.listening = self._listens and _listen(session)
            self._space = look(session)
            self._stand(session, self._space, meeting)
        except (CarrierError, SettingError):
            session.close()
            raise
        self._session = session
        return session

    def _follow(self, session: Session, meeting: Meeting) -> None:
        """Take up what an owner changed meanwhile: this login's role, or a new epoch."""
        space = look(session)
        if space != self._space:
            if self._space is not None and space.epoch != self._space.epoch:
                self._strange.clear()  # everybody tells everything once more
                self._emptied.clear()
            self._space = space
            self._stand(session, space, meeting)

    def _stand(self, session: Session, space: Space, meeting: Meeting) -> None:
        if space.id != self._seal.space:
            raise SettingError("The database holds another notebook than the one that was joined.")
        if space.lock is not None and (problem := space.lock.disagreement(self._seal)):
            raise SettingError(problem)
        meeting.role = space.role
        self._shared.lines.take_role(space.role)
        standing = place.take(session, self._seal, space, self._shared, self._membership.name, meeting)
        self._shared.lines.carried(standing.top)
        device = self._shared.device
        if device is not None:
            binds = space.role == OWNER
            self._writer = Writer(session, self._seal, device.id, standing.chain, space.guarded, binds)

    def _hand_over(self, meeting: Meeting) -> None:
        writer, outgoing = self._writer, self._shared.lines.outgoing()
        for start in range(0, len(outgoing), AT_ONCE) if writer is not None and not self._full(meeting) else ():
            lines = outgoing[start : start + AT_ONCE]
            try:
                self._shared.lines.carried(writer.send(lines) if writer is not None else 0)
            except CarrierError as error:
                if error.details.get("state") != FULL:
                    raise
                meeting.notices.append(WORDS[FULL])
                break
            meeting.sent += len(lines)

    def _full(self, meeting: Meeting) -> bool:
        """Return whether the server has taken all that it takes today, as this meeting found out."""
        return WORDS[FULL] in meeting.notices

    def _take_in(self, session: Session, meeting: Meeting) -> None:
        reader, own, dead = Reader(session, self._seal), self._shared.device, 0
        for each in reader.places():
            if (own is None or each.id != own.id) and each.id not in self._left:
                with seldom_collected():
                    dead += self._take_in_device(reader, each, meeting)
        if dead and self._space is not None:
            sweep(session, self._space)
        self._inbox.say_unread(meeting)
        self._say_odd(meeting)

    def _say_odd(self, meeting: Meeting) -> None:
        """Say what a member with another program, or the server's administrator, did to lines."""
        for member, number in sorted(self._strange.items()):
            meeting.notices.append(f"{number} line(s) of {member} do not open; the others count.")
        for member, number in sorted(self._emptied.items()) if not self._shared.lines.knows_of_forgetting() else ():
            meeting.notices.append(
                f"{number} line(s) of {member} came empty although nobody was forgotten: somebody with power over the "
                "server emptied them. An owner runs `mutuals share repair`, and everybody tells them once more."
            )

    def _take_in_device(self, reader: Reader, device: Place, meeting: Meeting) -> int:
        lines, dead = self._shared.lines, 0
        while (have := lines.have().get(device.id, 0)) < device.top:
            chain = bytes.fromhex(lines.chain(device.id) or "") if have == 0 or lines.chain(device.id) else None
            batch = reader.lines(device, have, chain)
            dead += self._inbox.take(device.id, batch.lines, meeting).dead
            self._strange.update({device.member: batch.strange} if batch.strange else {})
            self._emptied.update({device.member: batch.empty} if batch.empty else {})
            if batch.forked:
                self._note_fork(device, meeting)
            if batch.forked or not batch.lines:
                break
        if have > device.top or (have == device.top and lines.chain(device.id) not in (None, device.chain.hex())):
            self._note_fork(device, meeting)
        lines.note_author(device.id, device.member)
        return dead

    def _note_fork(self, device: Place, meeting: Meeting) -> None:
        """Say that a device's lines do not go on from those that are here, unless everybody has told all anew since."""
        if self._space is not None and device.epoch < self._space.epoch:
            self._left.add(device.id)
            return
        meeting.notices.append(
            f"A device of {device.member} does not go on from what is here: it, or the server, came back from an old "
            "copy. An owner runs `mutuals share repair`; nothing that any machine holds is lost."
        )

    def _fail(self, meeting: Meeting, error: CarrierError | SettingError) -> None:
        state = str(error.details.get("state", ""))
        meeting.problem = WORDS.get(state, error.message)
        session, self._session, self._writer = self._session, None, None
        if session is not None:
            session.close()
        if state in LOST:
            self._rest = min(self._rest, 0.5)
        self._retry_at = time.monotonic() + self._rest * random.uniform(0.8, 1.2)
        self._rest = min(LONGEST_REST, self._rest * 2)


def _listen(session: Session) -> bool:
    try:
        return can_listen(session)
    except CarrierError as error:
        if not error.details.get("state"):
            raise
        return False  # the server knows no LISTEN
