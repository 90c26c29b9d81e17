"""`mutuals forget`: deletes everything about one person, or what was seen long ago."""

from __future__ import annotations

from pathlib import Path

import click

from companion.backup.forget import forget_older, forget_person
from companion.cli.clients import printable
from companion.cli.options import clock, data_option, settings_of
from companion.cli.stores import opened
from companion.domain.handles import is_handle, is_id, without_at
from companion.errors import UnknownError


@click.command()
@data_option
@click.option("--older-than", "days", type=click.IntRange(1, 36_500), help="Forget what was seen more than DAYS ago.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.argument("person", required=False)
def command(data: Path | None, days: int | None, yes: bool, person: str | None) -> None:
    """Delete everything about PERSON (@handle or X's id), or with --older-than what was seen long ago.

    A person is gone from the notes, their earlier versions and daily copies, and from what was seen, at once; from
    backups when the next one is made. --older-than keeps what you wrote, and the people you wrote about.
    """
    if (person is None) is (days is None):
        raise click.UsageError("Name one person, or say --older-than DAYS.")
    name = without_at(person)
    if person is not None and not (is_handle(name) or is_id(name)):
        raise UnknownError(f"{printable(person)} is neither a handle nor an id of X.")
    settings = settings_of(data)
    what = f"everything about {person}" if person else f"what was seen more than {days} days ago"
    if not yes:
        click.confirm(f"Delete {what}? This cannot be taken back.", abort=True)
    with opened(settings) as stores:
        if days is not None:
            click.echo(f"{forget_older(stores, settings, days, clock())} sightings are deleted.")
            return
        if not forget_person(stores, settings, name, clock()):
            raise UnknownError(f"Nothing is known about {person}.")
    click.echo(
        f"Everything about {person} is deleted. Backups made before now are deleted by the next `mutuals backup`."
    )
