"""`mutuals import undo`: undoes the latest import, of notes or of an archive."""

from __future__ import annotations

from pathlib import Path

import click

from companion.cli.clients import printable
from companion.cli.options import clock, data_option, settings_of
from companion.cli.speech import echo
from companion.cli.stores import opened, viewer_of
from companion.errors import UnknownError
from companion.settings import Settings
from companion.sources.archive.undo import undo as undo_archive
from companion.sources.other_tools.undo import latest_run, undo
from companion.store.import_runs import Imports
from companion.stores import Stores


@click.command("undo")
@data_option
@click.argument("archive", required=False)
def command(data: Path | None, archive: str | None) -> None:
    """Take the latest import back, of notes or of an archive; ARCHIVE names an earlier one, as it was called.

    What you changed, saw or imported since then stays. An archive can be imported again afterwards.
    """
    settings = settings_of(data)
    with opened(settings) as stores:
        echo(printable(_undo(stores, settings, archive)))


def _undo(stores: Stores, settings: Settings, name: str | None) -> str:
    """Undo one import and return what to say of it."""
    imports = Imports(settings.imports_path)
    name = Path(name).name if name else None
    notes, archive = latest_run(stores.notebook), imports.latest(name)
    if name is not None and archive is None:
        raise UnknownError(f"No archive {printable(name)} was imported, or it is taken back already.")
    if archive and (name or notes is None or archive[1].started_at > int(str(notes["at"]))):
        return _undo_archive(stores, imports, archive[0])
    undone = undo(stores.notebook, clock(), viewer_of(stores, None))
    kept = f"\n{undone.kept} thing(s) were changed since the import and stay." if undone.kept else ""
    return f"Took back {undone.name} ({undone.tool}): {undone.restored} thing(s) are as they were.{kept}"


def _undo_archive(stores: Stores, imports: Imports, digest: str) -> str:
    undone = undo_archive(stores.ledger, stores.notebook, imports, digest)
    gone = " Nothing else was known of this account, so it is gone too." if undone.account else ""
    return (
        f"Took back {undone.run.name}: {undone.interactions:,} interactions that only it told are gone. What you saw "
        f"on X, what later imports hold and what you wrote stays.{gone}"
    )
