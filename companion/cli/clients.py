"""`mutuals clients`: lists the paired extensions."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
import msgspec

from companion.cli.options import data_option, settings_of
from companion.cli.speech import echo
from companion.domain.dates import local_day
from companion.machine_zone import MACHINE
from companion.stores import paired_clients


@click.command()
@data_option
def command(data: Path | None) -> None:
    """List the paired extensions: since when, under which origin, and what they call themselves."""
    paired = paired_clients(settings_of(data)).all()
    if not paired:
        echo("No extension is paired. `mutuals pair` prints a code for one.")
    for client in paired:
        since = local_day(client.created, MACHINE)
        click.echo(f"{since}  {client.origin}  {printable(client.client)}".rstrip())


def echo_json(value: object) -> None:
    """Print one JSON object; what the output's code page lacks is escaped as JSON does, so that it stays JSON."""
    text = msgspec.json.format(msgspec.json.encode(value)).decode()
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(msgspec.to_builtins(value), indent=2)
    click.echo(text)


def printable(text: str) -> str:
    """Return foreign text with every control character replaced, so that it cannot move a terminal's cursor."""
    return "".join(character if character.isprintable() else "?" for character in text)
