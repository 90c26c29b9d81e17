"""Meets the other devices in a carried folder: writes this device's lines into its own file, takes in the others'.

A meeting can be cut off anywhere and repeated. A file that is shorter than it was, or a data folder that is older than
its file, makes a new device that tells everything anew: what others have already changes nothing there.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Container, Sequence
from pathlib import Path

from companion.share import line_file
from companion.share.folder import Listing, file_of, listing
from companion.share.inbox import Inbox
from companion.share.line_file import Content
from companion.share.membership import Meeting, Membership
from companion.share.sealing import Seal
from companion.share.space import disagreement
from companion.store.documents import Document, seldom_collected
from companion.store.ledger.ledger import Ledger
from companion.store.notebook.lines import Device
from companion.store.notebook.notebook import Notebook

AT_ONCE = 1000
"""Lines of a file that are read and taken in at once."""
Marks = tuple[tuple[str, int, int], ...]
_Left = tuple[Path, int, int, int]


class FolderLink:
    """The link of one data folder with one carried folder.

    Args:
        membership: the folder and its key.
        notebook: the notebook that is shared.
        ledger: where contacts off X are counted, and whence the forgotten go too.
        forgotten: called after somebody was forgotten because another device said so.
        clock: returns the time, epoch seconds.

    Attributes:
        seconds: time between two looks; one that finds nothing costs a look at each file's size and time.
    """

    seconds = 5.0

    def __init__(
        self,
        membership: Membership,
        notebook: Notebook,
        ledger: Ledger,
        forgotten: Callable[[], object],
        clock: Callable[[], int],
    ) -> None:
        self._membership, self._notebook, self._clock = membership, notebook, clock
        self._inbox, self._end = Inbox(notebook, ledger, forgotten, clock), threading.Event()
        self._seal = membership.seal
        self._read: dict[str, Marks] = {}  # device -> its files when they were last read
        self._said: dict[str, list[str]] = {}  # device -> what there was to say of them
        self._known: Marks = ()
        self._left: _Left | None = None  # own file: size, time and last number when it was written
        self._former: list[_Left | None] = []  # files that this folder wrote under other ids, as they were last cleaned

    def wait(self, seconds: float) -> None:
        """Wait; a folder tells nobody that something came."""
        self._end.wait(seconds)

    def wake(self) -> None:
        """End the waiting, for good."""
        self._end.set()

    def interrupt(self) -> None:
        """Do nothing: files end by themselves."""

    def part(self) -> None:
        """Do nothing: the others may not have read this device's file yet."""

    def close(self) -> None:
        """Do nothing: no file stays open."""

    def idle(self) -> bool:
        """Return whether nothing happened since the last meeting: no file changed and nothing was written here."""
        shared = self._notebook.shared
        if shared.device is None or shared.lines.waiting():
            return False
        try:
            return bool(self._known) and listing(self._membership.folder).signature == self._known
        except OSError:
            return False

    def meet(self, meeting: Meeting) -> Meeting:
        """Hand over and take in everything there is; what went wrong is told in the meeting."""
        folder, shared = self._membership.folder, self._notebook.shared
        meeting.at, meeting.notices = self._clock(), []
        try:
            meeting.problem = disagreement(folder, self._seal)
            if not meeting.problem:
                self._meet(folder, meeting)
        except OSError as error:
            meeting.problem = f"{error.filename or folder} cannot be used ({error.strerror})."
        meeting.waiting = shared.lines.waiting()
        names = shared.lines.names()
        meeting.devices = {names[one] or one: n for one, n in shared.lines.have().items() if one not in meeting.former}
        return meeting

    def _meet(self, folder: Path, meeting: Meeting) -> None:
        if self._notebook.shared.device is None:
            self._notebook.shared.begin(secrets.token_hex(8), self._membership.name)
        self._publish(folder, meeting)
        found = listing(folder)
        self._take_in(found, meeting)
        self._clean(folder, meeting)
        self._publish(folder, meeting)  # what this device answers to acts of forgetting
        self._known = listing(folder).signature if all(self._read.values()) else ()  # else it looks again

    # --- this device's file ------------------------------------------------------------------------------------------

    def _publish(self, folder: Path, meeting: Meeting) -> None:
        shared = self._notebook.shared
        device = shared.device
        if device is None:
            return
        path, outgoing = file_of(folder, device.id), shared.lines.outgoing()
        top = self._top(path)
        if top is None:
            meeting.cleaned = -1  # a carrier may have brought back what was blanked
            content = _outline(path, self._seal) if path.exists() else Content()
            if _is_another_past(content, device, outgoing):
                meeting.former.append(device.id)
                shared.begin(secrets.token_hex(8), self._membership.name)
                self._publish(folder, meeting)
                return
            if content.torn:
                lines = line_file.read(path, self._seal).lines
                line_file.rewrite(path, self._seal, device.id, [lines[n] for n in sorted(lines)])
            top = content.top()
        new = [line for line in outgoing if int(str(line["n"])) > top]
        if new:
            line_file.append(path, self._seal, device.id, new)
        if outgoing:
            shared.lines.carried(int(str(outgoing[-1]["n"])))
        meeting.sent += len(new)
        self._left = _left(path, int(str(new[-1]["n"])) if new else top)

    def _top(self, path: Path) -> int | None:
        """Return the number of the last line of this device's file, None unless it is as this process left it."""
        return self._left[3] if self._left is not None and self._left == _left(path, self._left[3]) else None

    def _clean(self, folder: Path, meeting: Meeting) -> None:
        """Blank the lines about the forgotten in the files that this folder wrote, where there may be any."""
        shared = self._notebook.shared
        known = self._notebook.forgotten.acts()
        acts = sum(map(len, known.values()))
        if shared.device is None or not acts:
            return
        if acts == meeting.cleaned and self._former == _files(folder, meeting.former):
            return
        for device in (shared.device.id, *meeting.former):
            path = file_of(folder, device)
            parts = line_file.stream(path, self._seal, 0, AT_ONCE) if path.exists() else ()
            dead = {n for part in parts for n, line in part.lines.items() if shared.is_dead(device, line, known)}
            if dead:
                lines = line_file.read(path, self._seal).lines
                kept = (_blank(lines[n]) if n in dead else lines[n] for n in sorted(lines))
                line_file.rewrite(path, self._seal, device, kept)
        meeting.cleaned, self._former = acts, _files(folder, meeting.former)

    # --- the others' files -------------------------------------------------------------------------------------------

    def _take_in(self, found: Listing, meeting: Meeting) -> None:
        own = self._notebook.shared.device
        for device in sorted(found.own.keys() | found.copies.keys()):
            copies = found.copies.get(device, [])
            meeting.notices += [f"{path.name} is a copy that your carrier made." for path in copies]
            paths = [*([found.own[device]] if device in found.own else []), *copies]
            marks = tuple(mark for mark in found.signature if mark[0] in {path.name for path in paths})
            if own is not None and device == own.id:
                continue
            if self._read.get(device) != marks:
                self._said[device] = []
                with seldom_collected():
                    whole = self._take_in_device(device, paths, meeting)
                self._read[device] = marks if whole else ()
            meeting.notices += self._said[device]
        self._inbox.say_unread(meeting)

    def _take_in_device(self, device: str, paths: Sequence[Path], meeting: Meeting) -> bool:
        """Take in a device's new lines; return whether each of its files could be read."""
        have = self._notebook.shared.lines.have().get(device, 0)
        if len(paths) == 1:  # no copies: a few lines at a time, for a big notebook does not fit into memory twice
            return self._taken(device, paths[0], have, meeting)
        unread, lines = 0, dict[int, Document]()
        for path in paths:
            content = self._said_of(device, path, lambda path: line_file.read(path, self._seal, have))
            if content is None:
                unread += 1
            elif content.device == device:
                lines = {**content.lines, **lines}
        self._inbox.take(device, [lines[n] for n in sorted(lines)], meeting, _without_holes(have, lines))
        return not unread

    def _taken(self, device: str, path: Path, have: int, meeting: Meeting) -> bool:
        """Take in the new lines of a device's only file; return whether it could be read."""

        def take(path: Path) -> Content:
            whole, content = have, Content()
            for content in line_file.stream(path, self._seal, have, AT_ONCE):
                if content.device == device:
                    whole = _without_holes(whole, content.lines)
                    lines = [content.lines[n] for n in sorted(content.lines)]
                    self._inbox.take(device, lines, meeting, whole)
            return content

        return self._said_of(device, path, take) is not None

    def _said_of(self, device: str, path: Path, reading: Callable[[Path], Content]) -> Content | None:
        """Read a file and keep what there is to say of it; return None if it cannot be read."""
        try:
            content = reading(path)
        except OSError as error:  # such as one that the cloud keeps online only
            self._said[device].append(f"{path.name} is not here yet ({error.strerror}); the other files count.")
            return None
        if content.damaged:
            self._said[device].append(f"{path.name} has {content.damaged} damaged line(s); the others count.")
        return content


def _without_holes(have: int, lines: Container[int]) -> int:
    """Return the number up to which no line is missing."""
    while have + 1 in lines:
        have += 1
    return have


def _files(folder: Path, devices: Sequence[str]) -> list[_Left | None]:
    return [_left(file_of(folder, device), 0) for device in devices]


def _left(path: Path, top: int) -> _Left | None:
    """Return what tells whether anybody changed a file since."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return path, status.st_size, status.st_mtime_ns, top


def _outline(path: Path, seal: Seal) -> Content:
    """Return a file's content without that of its lines: of each the operation alone."""
    content, lines = Content(), dict[int, Document]()
    for content in line_file.stream(path, seal, 0, AT_ONCE):
        lines |= {n: {"op": line["op"]} if "op" in line else {} for n, line in content.lines.items()}
    content.lines = lines
    return content


def _is_another_past(content: Content, device: Device, outgoing: Sequence[Document]) -> bool:
    """Return whether a device's file and this data folder do not come from one another."""
    carried = int(str(outgoing[0]["n"])) - 1 if outgoing else device.n
    waiting = {int(str(line["n"])): line.get("op") for line in outgoing}
    clash = any(content.lines[n].get("op") != waiting[n] for n in waiting.keys() & content.lines.keys())
    last = content.lines.get(device.n, {}).get("op", device.op)
    twin = device.op not in ("", last)  # a copy of this folder told another line under the number
    holes = len(content.lines) != content.top()
    return clash or twin or holes or content.damaged > 0 or not carried <= content.top() <= device.n


def _blank(line: Document) -> Document:
    return {key: line[key] for key in ("n", "op") if key in line}
