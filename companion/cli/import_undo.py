"""`mutuals import undo`: undoes the latest import of notes."""

from __future__ import annotations

from pathlib import Path

import click

from companion.cli.clients import printable
from companion.cli.options import clock, data_option, settings_of
from companion.cli.stores import opened, viewer_of
from companion.sources.other_tools.undo import undo


@click.command("undo")
@data_option
def command(data: Path | None) -> None:
    """Take the latest import of notes back, as one step; what you changed since then stays."""
    with opened(settings_of(data)) as stores:
        undone = undo(stores.notebook, clock(), viewer_of(stores, None))
    click.echo(printable(f"Took back {undone.name} ({undone.tool}): {undone.restored} thing(s) are as they were."))
    if undone.kept:
        click.echo(f"{undone.kept} thing(s) were changed since the import and stay.")
