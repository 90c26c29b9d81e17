"""Identity resolution: pure rules for ids, handles, stubs, renames, merges and recycled handles, from dated evidence.

X's numeric id is the key (``pid``); a handle is an alias that was seen from one time until another. A person known
only by handle is a stub, ``"@handle"``, which merges into the id that is later seen with the handle. The rules give the
same result whatever the order in which dated evidence arrives (an archive brings old handles late):

* a person's current handle is the one they were seen with last;
* a handle belongs to the person seen with it last, if it is also that person's current handle;
* a person who lost a handle keeps everything else; its new holder inherits nothing, and a ``recycled`` event says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from companion.domain.handles import fold, is_stub, stub, without_at

RENAME, MERGE, RECYCLED = "rename", "merge", "recycled"


@dataclass(frozen=True, slots=True)
class IdentityEvent:
    """A change of a handle's or a stub's owner.

    Attributes:
        kind: ``rename`` (``handle`` is the former one), ``merge`` (stub ``other`` became ``pid``) or ``recycled``
            (``handle`` now belongs to ``pid`` and earlier belonged to ``other``; nothing is inherited).
        pid: the person it is about.
        other: the other person's pid, if there is one.
        handle: as shown, without @.
        at: when it was seen (epoch seconds UTC).
    """

    kind: str
    pid: str
    other: str | None
    handle: str
    at: int


@dataclass(slots=True)
class Name:
    """The handle a person was seen with last; ``held`` is False once somebody else was seen with it later."""

    pid: str
    handle: str
    since: int
    at: int
    held: bool = True

    @property
    def key(self) -> str:
        """The handle as it is compared."""
        return fold(self.handle)


@dataclass(slots=True)
class Former:
    """A handle that a person had, with the first and last time it was seen on them, spelt as it was seen last."""

    pid: str
    handle: str
    since: int
    until: int

    def widen(self, handle: str, since: int, until: int) -> None:
        """Add one more span of time; the result does not depend on the order in which spans arrive."""
        self.until, self.handle = max((self.until, self.handle), (until, handle))
        self.since = min(self.since, since)


@dataclass(slots=True)
class Names:
    """The names that one batch of sightings touches: load them with ``known``, update with ``see``, then store them."""

    names: dict[str, Name] = field(default_factory=dict)
    holders: dict[str, str] = field(default_factory=dict)
    """Handle key -> pid of whoever holds it now (an id or a stub)."""
    formers: dict[tuple[str, str], Former] = field(default_factory=dict)
    """(handle key, pid) -> earlier handle."""
    events: list[IdentityEvent] = field(default_factory=list)
    merged: dict[str, str] = field(default_factory=dict)
    """Stub -> the id it became."""
    dropped: set[tuple[str, str]] = field(default_factory=set)
    """Former handles that are current again."""

    def known(self, names: Iterable[Name], formers: Iterable[Former] = ()) -> None:
        """Load the stored names."""
        for name in names:
            self.names[name.pid] = name
            if name.held:
                self.holders[name.key] = name.pid
        for former in formers:
            self.formers[fold(former.handle), former.pid] = former

    def see(self, pid: str | None, handle: str | None, at: int) -> str | None:
        """Add one piece of evidence: a person was shown with this id, this handle, or both, at this time.

        Returns:
            The pid to file under, or ``None`` if there is neither an id nor a handle.
        """
        key = fold(handle) if handle else ""
        if not pid:
            return self._see_handle(key, at) if key else None
        if key:
            self._see_both(pid, without_at(handle), key, at)
        return pid

    def current(self, pid: str) -> str:
        """Return the pid that a stub has become, or the pid itself."""
        return self.merged.get(pid, pid)

    def _see_handle(self, key: str, at: int) -> str:
        """Resolve a handle without an id to its present holder, else to a stub; it never confirms an id's handle."""
        pid = self.holders.get(key)
        if pid is None:
            pid = stub(key)
            self.merged.pop(pid, None)  # a stranger now; whom the handle meant before has it no more
            self.names[pid] = Name(pid, key, at, at)
            self.holders[key] = pid
        elif is_stub(pid):
            _widen(self.names[pid], at)
        return pid

    def _see_both(self, pid: str, handle: str, key: str, at: int) -> None:
        name = self.names.get(pid)
        if name is None:
            self.names[pid] = Name(pid, handle, at, at, held=False)
            self._claim(self.names[pid], key)
        elif name.key == key:
            self._confirm(name, handle, key, at)
        elif (at, key) > (name.at, name.key):
            self._rename(name, handle, key, at)
        else:
            self._late(name, handle, key, at)

    def _confirm(self, name: Name, handle: str, key: str, at: int) -> None:
        if (at, handle) >= (name.at, name.handle):
            name.handle = handle
        newer = at > name.at
        _widen(name, at)
        if not name.held:
            if newer:
                self._claim(name, key)
            else:
                self._had(name.pid, handle, at, at)

    def _rename(self, name: Name, handle: str, key: str, at: int) -> None:
        """Set a later handle and keep the earlier one as a former handle."""
        self.events.append(IdentityEvent(RENAME, name.pid, None, name.handle, at))
        self._release(name)
        name.handle, name.since, name.at = handle, at, at
        self._claim(name, key)

    def _late(self, name: Name, handle: str, key: str, at: int) -> None:
        """Record late evidence of a former handle, which may show that its present holder has lost it since."""
        self._had(name.pid, handle, at, at)
        holder = self.names.get(self.holders.get(key, ""))
        if holder and not is_stub(holder.pid) and (holder.at, holder.pid) < (at, name.pid):
            self._release(holder)

    def _claim(self, name: Name, key: str) -> None:
        """Give the handle to this person unless another person was seen with it later."""
        self._regain(name, key)
        holder = self.names.get(self.holders.get(key, ""))
        later = [f for (k, _), f in self.formers.items() if k == key and (f.until, f.pid) > (name.at, name.pid)]
        rival = holder and not is_stub(holder.pid) and (holder.at, holder.pid) > (name.at, name.pid)
        if later or rival:
            self._had(name.pid, name.handle, name.since, name.at)
            if holder and rival:
                self.events.append(IdentityEvent(RECYCLED, holder.pid, name.pid, name.handle, name.at))
            return
        if holder and is_stub(holder.pid):
            self._merge(holder, name)
        elif holder:
            self._release(holder)
        self._report_recycled(name, key)
        name.held = True
        self.holders[key] = name.pid

    def _report_recycled(self, name: Name, key: str) -> None:
        """Add a ``recycled`` event if another person had the handle before."""
        others = [f for (k, pid), f in self.formers.items() if k == key and pid != name.pid]
        if others:
            last = max(others, key=lambda former: (former.until, former.pid))
            self.events.append(IdentityEvent(RECYCLED, name.pid, last.pid, name.handle, name.at))

    def _regain(self, name: Name, key: str) -> None:
        """Make a former handle of this person current again, since it was first seen."""
        former = self.formers.pop((key, name.pid), None)
        if former:
            name.since = min(name.since, former.since)
            self.dropped.add((key, name.pid))

    def _merge(self, placeholder: Name, name: Name) -> None:
        self.events.append(IdentityEvent(MERGE, name.pid, placeholder.pid, name.handle, name.at))
        self.merged[placeholder.pid] = name.pid
        del self.names[placeholder.pid]

    def _release(self, name: Name) -> None:
        """Take the handle from a person; it stays on record as a former one."""
        if name.held:
            self.holders.pop(name.key, None)
            name.held = False
        self._had(name.pid, name.handle, name.since, name.at)

    def _had(self, pid: str, handle: str, since: int, until: int) -> None:
        key = fold(handle)
        former = self.formers.get((key, pid))
        if former is None:
            self.formers[key, pid] = Former(pid, handle, since, until)
            self.dropped.discard((key, pid))
        else:
            former.widen(handle, since, until)


def in_time(evidence: tuple[str | None, str | None, int]) -> tuple[int, str, str, str]:
    """Return the key by which evidence (id, handle, time) of one text is sorted before it is seen.

    A stub becomes the id that is seen carrying its handle. Whether an id ever carried a handle as its present one
    depends on the order of the evidence, so that order must not be that in which a source happens to tell it.
    """
    pid, handle, at = evidence
    return at, fold(handle or ""), handle or "", pid or ""


def _widen(name: Name, at: int) -> None:
    name.since, name.at = min(name.since, at), max(name.at, at)
