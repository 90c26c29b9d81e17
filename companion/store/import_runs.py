"""Remembers how far each import came, so that one that was stopped or killed goes on from there."""

from __future__ import annotations

from pathlib import Path

import msgspec

from companion.store.files import replace_durably


class Run(msgspec.Struct, omit_defaults=True):
    """One import of one file.

    Attributes:
        name: the file's name, for people to read.
        owner: whose ledger it went into.
        done: chunks that are in the store.
        cut: how the archive was cut into chunks; a run that cut otherwise has to begin again.
        finished: whether the end was reached.
        started_at: when the import was first begun, epoch seconds.
        finished_at: when it ended.
        summary: the counts shown to the user.
    """

    name: str
    owner: str
    done: int = 0
    cut: str = ""
    finished: bool = False
    started_at: int = 0
    finished_at: int | None = None
    summary: dict[str, object] = {}


class Imports:
    """The import runs of one data folder, in one small file replaced as a whole at each step."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._runs = self._load()

    def _load(self) -> dict[str, Run]:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[str, Run])
        except (FileNotFoundError, msgspec.MsgspecError):
            return {}  # nothing is lost without it: an import that is run again changes nothing twice

    def run(self, digest: str) -> Run | None:
        """Return what is known of the file with this fingerprint."""
        return self._runs.get(digest)

    def runs(self) -> list[Run]:
        """Return all runs, the latest begun first."""
        return sorted(self._runs.values(), key=lambda run: run.started_at, reverse=True)

    def note(self, digest: str, run: Run) -> None:
        """Remember where a run stands; durable when this returns."""
        self._runs[digest] = run
        replace_durably(self._path, [msgspec.json.encode(self._runs)])
