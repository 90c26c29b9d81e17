"""Reads a database back from its files, whatever state a kill, a full disk or a bad block left them in.

Four files make a database (see `journal_storage.py` for how they come about):

- ``X`` the snapshot, a plain TinyDB file whose ``_journal`` table tells up to which serial it holds the changes,
- ``X.journal`` the lines after it,
- ``X.previous`` and ``X.journal.previous`` the snapshot before it and the lines that lead from there to here.

So a damaged snapshot is rebuilt from the previous one without losing a change. Reading changes nothing on the disk.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from companion.errors import NewerDataError, TornDataError
from companion.store.documents import Table, Tables, decode_tables
from companion.store.journal.lines import FORMAT, Line, apply, read_line

OWN_TABLE = "_journal"
"""The table of a snapshot that belongs to the journal itself; users of the database never see it."""


@dataclass(frozen=True, slots=True)
class Paths:
    """The files of one database."""

    snapshot: Path

    @property
    def journal(self) -> Path:
        """Where changes after the snapshot are appended."""
        return self.snapshot.with_name(self.snapshot.name + ".journal")

    @property
    def previous(self) -> Path:
        """The snapshot before the present one."""
        return self.snapshot.with_name(self.snapshot.name + ".previous")

    @property
    def previous_journal(self) -> Path:
        """The lines that lead from the previous snapshot to the present one."""
        return self.snapshot.with_name(self.snapshot.name + ".journal.previous")

    @property
    def lock(self) -> Path:
        """The file that the process using the database holds locked."""
        return self.snapshot.with_name(self.snapshot.name + ".lock")


@dataclass(frozen=True, slots=True)
class Base:
    """A snapshot that could be read (``path`` is ``None`` for the empty beginning)."""

    path: Path | None
    tables: Tables
    generation: int
    serial: int


@dataclass(slots=True)
class Scan:
    """The lines of one journal file.

    Attributes:
        lines: those that are whole.
        valid: bytes up to the end of the last whole line; what follows is cut off.
        cut: how many bytes follow.
        damaged: lines that cannot be read although they are complete; at the end of the file they are cut off too.
    """

    lines: list[Line] = field(default_factory=list)
    valid: int = 0
    cut: int = 0
    damaged: int = 0


@dataclass(frozen=True, slots=True)
class Loaded:
    """A database as it was found.

    Attributes:
        tables: every table, with the journal's lines applied.
        generation: of the snapshot; counts compactions.
        serial: of the last change.
        scan: what the journal file looks like.
        base: the snapshot that was used.
        repairs: sentences about damage, for the user; none after an ordinary kill.
    """

    tables: Tables
    generation: int
    serial: int
    scan: Scan
    base: Base
    repairs: tuple[str, ...]


def load(paths: Paths, fallbacks: Sequence[Path] = ()) -> Loaded:
    """Read a database, using earlier generations where a file is damaged.

    Args:
        paths: the database's files; none of them needs to exist.
        fallbacks: older copies of the snapshot, newest first, for when both kept generations are damaged.

    Raises:
        TornDataError: the snapshot is damaged and nothing could take its place.
        NewerDataError: a later version wrote it.
    """
    scan = scan_journal(paths.journal)
    lines = {line.serial: line for line in scan.lines}
    base = next(_readable_bases([paths.snapshot], beginning=1 in lines or not _anything(paths)), None)
    if base is None or base.path is None or _gap(base, lines):
        base, lines = _earlier(paths, fallbacks, scan)
    serial = max(base.serial, max(lines, default=0))
    for number in sorted(number for number in lines if number > base.serial):
        for change in lines[number].changes:
            apply(base.tables, change)
    return Loaded(base.tables, base.generation, serial, scan, base, tuple(_repairs(paths, base, scan, lines)))


def _earlier(paths: Paths, fallbacks: Sequence[Path], scan: Scan) -> tuple[Base, dict[int, Line]]:
    """Find the generation that leads to the journal's lines without a gap, or the latest one there is."""
    earlier = scan_journal(paths.previous_journal)
    lines = {line.serial: line for line in (*earlier.lines, *scan.lines)}
    places = [paths.snapshot, paths.previous, *fallbacks]
    bases = list(_readable_bases(places, beginning=1 in lines or not _anything(paths)))
    if not bases:
        raise TornDataError(
            f"{paths.snapshot.name} is damaged and no earlier generation of it could be read. Nothing was changed: "
            f"put a backup in its place (in {paths.snapshot.parent}) and start again."
        )
    return next((base for base in bases if not _gap(base, lines)), bases[0]), lines


def scan_journal(path: Path) -> Scan:
    """Read the whole lines of a journal file and find where its torn end, if any, begins."""
    scan = Scan()
    data = path.read_bytes() if path.exists() else b""
    position = unreadable = 0
    while (end := data.find(b"\n", position)) >= 0:
        line = read_line(data[position:end])
        position = end + 1
        if line is None:
            unreadable += 1
            continue
        scan.lines.append(line)
        scan.valid = position
    scan.damaged = unreadable
    scan.cut = len(data) - scan.valid
    return scan


def read_snapshot(path: Path) -> Base:
    """Read one snapshot; ``ValueError`` if it is not a TinyDB file, ``OSError`` if it cannot be opened."""
    data = path.read_bytes()
    if not data.strip():
        raise ValueError("an empty file says nothing about what was there")
    tables = decode_tables(data)
    own: Table = tables.pop(OWN_TABLE, {})
    told = own.get(1, {})
    if int(str(told.get("format", FORMAT))) > FORMAT:
        raise NewerDataError(
            f"{path.name} was written by a newer Mutuals. Install that version again, or start with --data and "
            "another folder."
        )
    return Base(path, tables, int(str(told.get("generation", 0))), int(str(told.get("serial", 0))))


def _anything(paths: Paths) -> bool:
    return any(
        path.exists() and path.stat().st_size
        for path in (paths.snapshot, paths.previous, paths.journal, paths.previous_journal)
    )


def _readable_bases(places: Sequence[Path], *, beginning: bool) -> Iterator[Base]:
    for path in places:
        try:
            yield read_snapshot(path)
        except PermissionError:
            raise  # nothing is wrong with the file, so nothing else may take its place
        except (ValueError, OSError):
            continue
    if beginning:
        yield Base(None, {}, 0, 0)


def _gap(base: Base, lines: dict[int, Line]) -> bool:
    later = [number for number in lines if number > base.serial]
    return bool(later) and max(later) - base.serial != len(later)


def _repairs(paths: Paths, base: Base, scan: Scan, lines: dict[int, Line]) -> Iterator[str]:
    later = any(number > base.serial for number in lines)
    missing = _gap(base, lines)
    damaged = base.path != paths.snapshot and (base.path is not None or paths.snapshot.exists())
    if damaged:
        rest = "some changes since then may be missing" if missing or not later else "no change is missing"
        source = f"from {base.path.name}" if base.path else "from its journal"
        yield f"{paths.snapshot.name} was damaged and has been rebuilt {source}; {rest}. The damaged file is kept."
    elif missing and not scan.damaged:
        yield f"{paths.snapshot.name} is older than its journal; some changes may be missing."
    if scan.damaged:
        count = "a line" if scan.damaged == 1 else f"{scan.damaged} lines"
        yield f"{count} of {paths.journal.name} could not be read and was left out. The damaged file is kept."
