"""`mutuals pair`: opens the pairing window and prints the code."""

from __future__ import annotations

from pathlib import Path

import click

from companion.cli.options import clock, data_option, holder, settings_of
from companion.stores import pairing_window


@click.command()
@data_option
def command(data: Path | None) -> None:
    """Print a code that pairs one extension (works while the companion runs)."""
    settings = settings_of(data)
    code = pairing_window(settings).open(clock())
    click.echo(f"Pairing code: {code}")
    click.echo(f"Type it in the extension's options within {settings.pairing_seconds // 60} minutes.")
    if holder(settings) is None:
        click.echo("The companion does not run on this data folder: start it with `mutuals start`.", err=True)
