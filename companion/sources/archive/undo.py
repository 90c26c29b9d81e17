"""Undoes the import of an archive: what only it told goes; what was seen elsewhere, and all that was written, stays."""

from __future__ import annotations

from dataclasses import dataclass

from companion.errors import UnknownError
from companion.store.import_runs import Imports, Run
from companion.store.ledger.ledger import Ledger
from companion.store.notebook.notebook import Notebook


@dataclass(frozen=True, slots=True)
class Undone:
    """The result of an undo.

    Attributes:
        run: the import.
        interactions: how many interactions are gone, or as they were before it.
        account: whether the account went too, because nothing else is known of it.
    """

    run: Run
    interactions: int
    account: bool


def undo(ledger: Ledger, notebook: Notebook, imports: Imports, digest: str | None = None) -> Undone:
    """Undo one import; the same archive can be imported again after it.

    Args:
        ledger: where the import wrote.
        notebook: the people written about in it stay known by name.
        imports: the runs; this one is deleted.
        digest: which import; None is the latest.

    Raises:
        UnknownError: There is no such import, or a version that kept no record of its changes made it.
    """
    found = imports.latest() if digest is None else (digest, imports.run(digest))
    if found is None or found[1] is None:
        raise UnknownError("No import of an archive is left to take back.")
    digest, run = found[0], found[1]
    if not run.number:
        raise UnknownError(
            f"{run.name} was imported by an earlier version, which kept no record of what it changed. "
            "`mutuals forget --account` removes an account with everything seen for it."
        )
    count = ledger.undo_import(run.owner, run.number, notebook.people())
    account = run.first and not ledger.count_people(run.owner)
    if account:
        ledger.forget_viewer(run.owner)
    imports.drop(digest)
    return Undone(run, count, account)
