"""Stores how far each archive import came, so that one that was stopped or killed resumes there."""

from __future__ import annotations

from pathlib import Path

import msgspec

from companion.store.files import replace_durably


class Run(msgspec.Struct, omit_defaults=True):
    """One import of one file.

    Attributes:
        name: the file's name, for display.
        owner: the ledger's key of the account.
        done: number of chunks that are stored.
        cut: identifies how the archive was cut into chunks; with another value the import starts from the beginning.
        finished: whether the import is complete.
        started_at: when the import was first started, epoch seconds.
        finished_at: when it ended, epoch seconds.
        summary: the counts shown to the user.
        number: its number in the ledger, by which it is undone; 0 for imports of versions that could not.
        first: whether nothing was known of the account before.
    """

    name: str
    owner: str
    done: int = 0
    cut: str = ""
    finished: bool = False
    started_at: int = 0
    finished_at: int | None = None
    summary: dict[str, object] = {}
    number: int = 0
    first: bool = False


class Imports:
    """The import runs of one data folder, in one small file that is replaced atomically at each step."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._runs = self._load()

    def _load(self) -> dict[str, Run]:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[str, Run])
        except (FileNotFoundError, msgspec.MsgspecError):
            return {}  # nothing is lost without it: an import that is run again changes nothing twice

    def run(self, digest: str) -> Run | None:
        """Return the run of the file with this digest, None if there is none."""
        return self._runs.get(digest)

    def runs(self) -> list[Run]:
        """Return all runs, the one started last first."""
        return [run for _, run in self.by_digest()]

    def by_digest(self) -> list[tuple[str, Run]]:
        """Return (digest, run) of all runs, the one started last first."""
        return sorted(self._runs.items(), key=lambda one: (one[1].started_at, one[1].number), reverse=True)

    def note(self, digest: str, run: Run) -> None:
        """Store a run's progress; it is on the disk when this returns."""
        self._runs[digest] = run
        replace_durably(self._path, [msgspec.json.encode(self._runs)])

    def latest(self, name: str | None = None) -> tuple[str, Run] | None:
        """Return (digest, run) of the import started last, of those of a file of this name if one is given."""
        return next(((digest, run) for digest, run in self.by_digest() if name in (None, run.name)), None)

    def drop(self, digest: str) -> None:
        """Delete a run that was undone, so that its archive can be imported anew."""
        if self._runs.pop(digest, None) is not None:
            replace_durably(self._path, [msgspec.json.encode(self._runs)])

    def forget(self, owner: str) -> None:
        """Delete the runs of an account, so that its archive can be imported anew."""
        left = {digest: run for digest, run in self._runs.items() if run.owner != owner}
        if len(left) < len(self._runs):
            self._runs = left
            replace_durably(self._path, [msgspec.json.encode(left)])
