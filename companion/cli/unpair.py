"""`mutuals unpair`: revokes the pairing of one extension, or of all."""

from __future__ import annotations

from pathlib import Path

import click

from companion.cli.options import data_option, settings_of
from companion.cli.speech import echo, say
from companion.errors import UnknownError
from companion.stores import paired_clients


@click.command()
@data_option
@click.option("--all", "everyone", is_flag=True, help="Shut out every extension.")
@click.argument("origin", required=False)
def command(data: Path | None, origin: str | None, everyone: bool) -> None:
    """Shut out the extension with this ORIGIN (as `mutuals clients` shows it), at once, running or not."""
    if (origin is None) is not everyone:
        raise click.UsageError(say("Name one origin, or say --all."))
    clients = paired_clients(settings_of(data))
    origins = [client.origin for client in clients.all()] if everyone else [origin or ""]
    for name in origins:
        if not clients.remove(name):
            raise UnknownError(f"{name} is not paired. `mutuals clients` lists those that are.")
        echo(f"{name} is shut out.")
    if not origins:
        echo("No extension was paired.")
