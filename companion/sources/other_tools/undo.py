"""Undoes an import of another tool's notes in one transaction; what was changed since then stays."""

from __future__ import annotations

from typing import cast

import msgspec

from companion.errors import UnknownError
from companion.sources.other_tools.merging import DONE, RUNS, stored_body
from companion.store.documents import Document
from companion.store.notebook.notebook import Notebook


class Undone(msgspec.Struct):
    """The result of an undo.

    Attributes:
        name: the file that had been imported.
        tool: the tool whose export it was.
        restored: how many notes, tags, aliases and facts are again as they were.
        kept: how many were changed after the import and stay as they are.
    """

    name: str
    tool: str
    restored: int = 0
    kept: int = 0


def latest_run(notebook: Notebook) -> Document | None:
    """Return the latest import that can be undone: its name, tool, time and run."""
    latest = max(notebook.table(RUNS).all(), key=lambda row: row.doc_id, default=None)
    return None if latest is None else cast("Document", dict(latest))


def undo(notebook: Notebook, now: int, viewer: str, run: str | None = None) -> Undone:
    """Undo one import in one transaction.

    Args:
        notebook: where the import wrote.
        now: epoch seconds.
        viewer: the account under which it is undone.
        run: which import; None is the latest.

    Raises:
        UnknownError: There is no such import to undo.
    """
    runs = [row for row in notebook.table(RUNS).all() if run in (None, row["run"])]
    if not runs:
        raise UnknownError("No import of notes is left to take back.")
    latest = max(runs, key=lambda row: row.doc_id)
    undone, run = Undone(str(latest["name"]), str(latest["tool"])), str(latest["run"])
    done = notebook.table(DONE)
    rows = [row for row in done.all() if row["run"] == run]
    earlier = {(row["pid"], row["kind"], row["rev"]): row.doc_id for row in done.all() if row["run"] != run}
    with notebook.batch():
        for number, row in enumerate(rows):
            revision = _put_back(notebook, cast("Document", dict(row)), f"undo-{run}-{number}", now, viewer)
            if revision is not None:
                undone.restored += 1
                # The import before this one counts as unchanged since, and can be undone as well.
                before = earlier.get((row["pid"], row["kind"], row.get("base")))
                done.update({"rev": revision}, doc_ids=[before] if before is not None else [])
            else:
                undone.kept += 1
        done.remove(doc_ids=[row.doc_id for row in rows])
        notebook.table(RUNS).remove(doc_ids=[latest.doc_id])
    return undone


def _put_back(notebook: Notebook, row: Document, op: str, now: int, viewer: str) -> int | None:
    """Store the body from before the import and return its revision; None if it was changed since."""
    pid, kind, before = str(row["pid"]), str(row["kind"]), row["before"]
    item = before.get("item") if isinstance(before, dict) else None
    revision, _ = stored_body(notebook.about(pid, viewer), kind, str(item) if item else None)
    if revision != row["rev"] or not isinstance(before, dict):
        return None
    return notebook.write(op, kind, pid, before, revision, now, viewer).rev
