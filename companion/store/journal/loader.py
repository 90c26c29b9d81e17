"""Loads a database from its files and recovers from a kill, a full disk or a damaged file.

A database has five files, which `companion.store.journal.storage` writes:

- ``X``: the snapshot, a plain TinyDB file whose ``_journal`` table has the serial of its last change,
- ``X.journal``: the lines after it, and ``X.journal.copy``, the same lines once more,
- ``X.previous`` and ``X.journal.previous``: the snapshot before it, and the lines between the two snapshots.

So a damaged snapshot is rebuilt from the previous one without losing a change. Loading changes nothing on the disk.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from companion.errors import NewerDataError, TornDataError
from companion.store.documents import Table, Tables, decode_tables
from companion.store.journal.checksum import OWN_TABLE, State, check, generation_of
from companion.store.journal.lines import FORMAT, JournalLine, apply, line_bytes, read_line, serial_of
from companion.store.journal.row_places import Places, cut_out
from companion.store.journal.stored_rows import Stored

COPY = ".copy"
PIECE = 256 * 1024
"""Bytes read at once from the end of a file."""


@dataclass(frozen=True, slots=True)
class Paths:
    """The files of one database."""

    snapshot: Path

    @property
    def journal(self) -> Path:
        """The journal, to which changes after the snapshot are appended."""
        return self.snapshot.with_name(self.snapshot.name + ".journal")

    @property
    def journal_copy(self) -> Path:
        """The journal's second copy, from which lost lines are mended."""
        return self.snapshot.with_name(self.snapshot.name + ".journal" + COPY)

    @property
    def previous(self) -> Path:
        """The snapshot before the present one."""
        return self.snapshot.with_name(self.snapshot.name + ".previous")

    @property
    def previous_journal(self) -> Path:
        """The lines between the previous snapshot and the present one."""
        return self.snapshot.with_name(self.snapshot.name + ".journal.previous")

    @property
    def lock(self) -> Path:
        """The lock file of the process that uses the database."""
        return self.snapshot.with_name(self.snapshot.name + ".lock")


@dataclass(frozen=True, slots=True)
class Base:
    """A readable snapshot; ``path`` is None for the empty database before the first one.

    ``state`` says how far its bytes vouch for themselves.
    """

    path: Path | None
    tables: Tables
    generation: int
    serial: int
    state: State = State.INTACT


@dataclass(slots=True)
class Scan:
    """The lines of one journal file.

    Attributes:
        lines: the intact lines.
        valid: bytes up to the end of the last intact line; the rest is cut off.
        cut: how many bytes the rest has.
        damaged: number of complete lines that cannot be read; at the end of the file they are cut off too.
    """

    lines: list[JournalLine] = field(default_factory=list)
    valid: int = 0
    cut: int = 0
    damaged: int = 0


@dataclass(frozen=True, slots=True)
class Loaded:
    """A loaded database.

    Attributes:
        tables: every table, with the journal's lines applied.
        generation: the snapshot's generation, which counts compactions.
        serial: the serial of the last change.
        scan: the scan of the journal file.
        base: the snapshot that was used.
        repairs: sentences about damage, for the user; empty after an ordinary kill.
        mended: what the journal shall hold, where lines of it came from its copy; else None.
    """

    tables: Tables
    generation: int
    serial: int
    scan: Scan
    base: Base
    repairs: tuple[str, ...]
    mended: bytes | None = None


def load(paths: Paths, fallbacks: Sequence[Path] = (), stored: Stored | None = None) -> Loaded:
    """Load a database, using earlier generations where a file is damaged.

    Args:
        paths: the database's files; none of them needs to exist.
        fallbacks: older copies of the snapshot, newest first, for when both stored generations are damaged.
        stored: leaves the rows of large tables in the snapshot.

    Raises:
        TornDataError: the snapshot is damaged and no other can be used.
        NewerDataError: a later version wrote it.
    """
    scan, copy = scan_journal(paths.journal), _scan_copy(paths)
    lines = {line.serial: line for line in scan.lines}
    whole = {line.serial: line for line in (*copy.lines, *scan.lines)}
    base = next(_readable_bases([paths.snapshot], beginning=1 in whole or not _anything(paths), stored=stored), None)
    if base is None or base.path is None or _gap(base, whole) or _newer_beside(paths, base, whole):
        base, whole = _earlier(paths, fallbacks, whole)
    later = sorted(number for number in whole if number > base.serial)
    rescued = [line.serial for line in copy.lines if line.serial > base.serial and line.serial not in lines]
    for number in later:
        for change in whole[number].changes:
            apply(base.tables, change)
    repairs = (*_repairs(paths, base, scan, whole), *_journal_repairs(paths, scan, copy, rescued))
    mended = b"".join(line_bytes(number, whole[number].changes) for number in later) if rescued else None
    return Loaded(base.tables, base.generation, max(base.serial, *later, 0), scan, base, repairs, mended)


def _scan_copy(paths: Paths) -> Scan:
    """Read the journal's copy; nothing where it tells nothing more than the journal, as after every kill."""
    if not paths.journal_copy.exists():
        return Scan()
    journal = paths.journal.read_bytes() if paths.journal.exists() else b""
    return Scan() if journal.startswith(paths.journal_copy.read_bytes()) else scan_journal(paths.journal_copy)


def _newer_beside(paths: Paths, base: Base, lines: dict[int, JournalLine]) -> bool:
    """Tell whether what should be older is newer: then files were exchanged, or an old one was put back."""
    if generation_of(paths.previous) > base.generation:
        return True
    last = serial_of(last_line(paths.previous_journal))
    return last is not None and last > max(base.serial, max(lines, default=0))


def _earlier(
    paths: Paths, fallbacks: Sequence[Path], known: dict[int, JournalLine]
) -> tuple[Base, dict[int, JournalLine]]:
    """Return the latest generation from which the journal's lines follow without a gap, else the latest one."""
    earlier = scan_journal(paths.previous_journal)
    lines = {**{line.serial: line for line in earlier.lines}, **known}
    places = [paths.snapshot, paths.previous, *fallbacks]
    bases = list(_readable_bases(places, beginning=1 in lines or not _anything(paths)))
    bases = bases or list(_readable_bases([paths.snapshot], beginning=False, lenient=True))
    if not bases:
        raise TornDataError(
            f"{paths.snapshot.name} is damaged and no earlier generation of it could be read. Nothing was changed: "
            f"put a backup in its place (in {paths.snapshot.parent}) and start again."
        )
    bases.sort(key=lambda base: base.serial, reverse=True)
    return next((base for base in bases if not _gap(base, lines)), bases[0]), lines


def scan_journal(path: Path) -> Scan:
    """Read the intact lines of a journal file and find where its torn end, if any, begins."""
    scan = Scan()
    data = path.read_bytes() if path.exists() else b""
    position = unreadable = 0
    newer: NewerDataError | None = None
    while (end := data.find(b"\n", position)) >= 0:
        try:
            line = read_line(data[position:end])
        except NewerDataError as error:
            line, newer = None, error
        position = end + 1
        if line is None:
            unreadable += 1
            continue
        scan.lines.append(line)
        scan.valid = position
    if newer is not None and not scan.lines and path.suffix != COPY:
        raise newer  # a newer version writes every line so; one among others is damage
    scan.damaged = unreadable
    scan.cut = len(data) - scan.valid
    return scan


def last_line(path: Path) -> bytes:
    """Return the last line of a journal, looked for from its end; nothing where there is no file."""
    try:
        with path.open("rb") as file:
            begin, found = max(0, file.seek(0, os.SEEK_END) - 1), -1  # a line's own end begins no other
            while begin and found < 0:
                end, begin = begin, file.seek(max(0, begin - PIECE))
                found = file.read(end - begin).rfind(b"\n")
            file.seek(begin + found + 1)
            return file.read().rstrip(b"\n")
    except FileNotFoundError:
        return b""


def unbroken(path: Path) -> int | None:
    """Return the size of a journal of which every line is as it was written, without decoding them; else None."""
    size = 0
    try:
        with path.open("rb") as file:
            for line in file:
                if not line.endswith(b"\n") or serial_of(line[:-1]) is None:
                    return None
                size += len(line)
    except FileNotFoundError:
        return 0
    return size


def read_snapshot(path: Path, *, lenient: bool = False, stored: Stored | None = None) -> Base:
    """Read one snapshot and compare it with its checksum.

    Args:
        path: the snapshot.
        lenient: take one that is JSON but has no checksum, where there is nothing else.
        stored: leaves the rows of large tables in the file.

    Raises:
        ValueError: it is no TinyDB file, or not as it was written.
        OSError: it cannot be opened.
        NewerDataError: a later version wrote it.
    """
    tables, state = read_tables(path, stored)
    own: Table = tables.pop(OWN_TABLE, {})
    header = own.get(1, {})
    if int(str(header.get("format", FORMAT))) > FORMAT:
        raise NewerDataError(
            f"{path.name} was written by a newer Mutuals. Install that version again, or start with --data and "
            "another folder."
        )
    if state is State.DAMAGED or (state is State.UNKNOWN and not lenient):
        raise ValueError("the file is not as it was written")
    return Base(path, tables, int(str(header.get("generation", 0))), int(str(header.get("serial", 0))), state)


def read_tables(path: Path, stored: Stored | None = None) -> tuple[Tables, State]:
    """Return the tables of a snapshot, the journal's own among them, and what its bytes say; see `read_snapshot`."""
    data = path.read_bytes()
    if not data or data.isspace():
        raise ValueError("an empty file says nothing about what was there")
    state = check(data)
    places = dict[str, Places]()
    if stored is not None and state is State.INTACT:
        places, data = cut_out(data, stored.tables, stored.least)
    tables = decode_tables(data)
    if stored is not None:
        tables.update({table: stored.rows(table, found) for table, found in places.items()})
    return tables, state


def _anything(paths: Paths) -> bool:
    return any(
        path.exists() and path.stat().st_size
        for path in (paths.snapshot, paths.previous, paths.journal, paths.journal_copy, paths.previous_journal)
    )


def _readable_bases(
    places: Sequence[Path], *, beginning: bool, lenient: bool = False, stored: Stored | None = None
) -> Iterator[Base]:
    for path in places:
        try:
            yield read_snapshot(path, lenient=lenient, stored=stored)
        except PermissionError:
            raise  # the file itself is intact, so no other may replace it
        except (ValueError, OSError):
            continue
    if beginning:
        yield Base(None, {}, 0, 0)


def _gap(base: Base, lines: dict[int, JournalLine]) -> bool:
    later = [number for number in lines if number > base.serial]
    return bool(later) and max(later) - base.serial != len(later)


def _repairs(paths: Paths, base: Base, scan: Scan, lines: dict[int, JournalLine]) -> Iterator[str]:
    later = any(number > base.serial for number in lines)
    missing = _gap(base, lines)
    damaged = base.path != paths.snapshot and (base.path is not None or paths.snapshot.exists())
    if damaged:
        rest = "some changes since then may be missing" if missing or not later else "no change is missing"
        source = f"from {base.path.name}" if base.path else "from its journal"
        yield f"{paths.snapshot.name} was damaged and has been rebuilt {source}; {rest}. The damaged file is kept."
    elif base.state is State.UNKNOWN:
        yield (
            f"{paths.snapshot.name} was changed by something other than Mutuals, and there is nothing to compare it "
            "with. Look whether your notes are as they should be; `mutuals restore` puts a backup in its place."
        )
    elif missing and not scan.damaged:
        yield f"{paths.snapshot.name} is older than its journal; some changes may be missing."


def _journal_repairs(paths: Paths, scan: Scan, copy: Scan, rescued: Sequence[int]) -> Iterator[str]:
    name = paths.journal.name
    if rescued:
        count = "A change" if len(rescued) == 1 else f"{len(rescued)} changes"
        yield f"{count} missing or damaged in {name} came back from its copy. The damaged file is kept."
    elif scan.damaged:
        count = "a line" if scan.damaged == 1 else f"{scan.damaged} lines"
        yield f"{count} of {name} could not be read and was left out. The damaged file is kept."
    if copy.damaged:
        yield f"{paths.journal_copy.name}, a copy, was damaged and was written anew; nothing is missing."
