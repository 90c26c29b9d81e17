"""`mutuals import mutuals`: imports an export of Mutuals; empty stores become equal to it, others are merged."""

from __future__ import annotations

from pathlib import Path

import click

from companion.backup.history import mark_forgotten
from companion.cli.clients import printable
from companion.cli.open_stores import OPEN
from companion.cli.options import clock, data_option, settings_of
from companion.cli.speech import echo
from companion.cli.stores import locked
from companion.export.json_format.fill_empty import refill
from companion.export.json_format.importing import ImportResult, is_empty, merge_export
from companion.export.json_format.reader import Export, open_export
from companion.settings import Settings
from companion.sources.other_tools.merging import CONFLICT, NEW, SAME
from companion.store.ingest import carry_over
from companion.stores import Stores


@click.command("mutuals")
@data_option
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(data: Path | None, file: Path) -> None:
    """Take in the export FILE (JSON, from `mutuals export`).

    A data folder that is empty becomes equal to the one it was made from. Into another it is merged: nothing stored is
    overwritten: where both have a text, the older stands below the newer. Whom you forgot on either is forgotten here.
    """
    settings, export = settings_of(data), open_export(file)
    running = OPEN.get()
    if running is not None:
        _print(_merge(export, running[1], settings), file.name)
        return
    with locked(settings):
        stores, taken = Stores.open(settings), None
        try:
            if not is_empty(stores):
                taken = _merge(export, stores, settings)
        finally:
            stores.close()
        if taken is None:
            refill(export, settings)
            _settle(settings)
    _print(taken, file.name)


def _merge(export: Export, stores: Stores, settings: Settings) -> ImportResult:
    """Merge into open stores; whom the other machine forgot leaves the backups too."""
    taken = merge_export(export, stores, settings, clock())
    if taken.forgotten:
        mark_forgotten(settings, clock())
    return taken


def _settle(settings: Settings) -> None:
    """Open the filled stores once, as a start would, so that a fault in them is reported now."""
    stores = Stores.open(settings)
    try:
        carry_over(stores.ledger, stores.notebook)
    finally:
        stores.close()


def _print(taken: ImportResult | None, name: str) -> None:
    if taken is None or taken.merged is None:
        echo(printable(f"{name}: the data folder was empty and is now equal to the one this was made from."))
        return
    merged = taken.merged
    echo(printable(f"{name}: {taken.seen} people seen and {taken.written} written about were taken in."))
    if taken.stay:
        echo(f"{taken.stay} people whom you forgot here stay forgotten.")
    if taken.forgotten:
        echo(f"{taken.forgotten} people whom you forgot there are forgotten here too.")
    echo(
        f"New notes: {merged.count(NEW)}, already there: {merged.count(SAME)}, beside yours: {merged.count(CONFLICT)}."
    )
