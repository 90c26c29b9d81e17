"""`mutuals forget`: deletes everything about one person, or what was seen long ago."""

from __future__ import annotations

from pathlib import Path

import click

from companion.backup.forget import forget_account, forget_older, forget_person
from companion.cli.clients import printable
from companion.cli.options import clock, data_option, settings_of
from companion.cli.speech import echo, say
from companion.cli.stores import opened
from companion.domain.handles import is_handle, is_id, without_at
from companion.errors import UnknownError
from companion.settings import Settings
from companion.stores import Stores

BACKUPS = "Backups made before now are deleted by the next `mutuals backup`."


@click.command()
@data_option
@click.option("--older-than", "days", type=click.IntRange(1, 36_500), help="Forget what was seen more than DAYS ago.")
@click.option("--account", help="Forget what was seen for this account of yours (@handle or id).")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.argument("person", required=False)
def command(data: Path | None, days: int | None, account: str | None, yes: bool, person: str | None) -> None:
    """Delete everything about PERSON (@handle or X's id), or with --older-than what was seen long ago.

    A person is gone from the notes, their earlier versions and daily copies, and from what was seen, at once; from
    backups when the next one is made. --older-than keeps what you wrote, and the people you wrote about. --account
    removes an account of yours with what was seen for it and what is kept apart for it; shared notes stay.
    """
    if sum(given is not None for given in (person, days, account)) != 1:
        raise click.UsageError(say("Name one person, or say --older-than DAYS or --account @YOU."))
    name = without_at(person)
    if person is not None and not (is_handle(name) or is_id(name)):
        raise UnknownError(f"{printable(person)} is neither a handle nor an id of X.")
    settings = settings_of(data)
    what = f"everything about {person}" if person else f"what was seen more than {days} days ago"
    what = f"everything that was seen for your account {account}, and its separate notes" if account else what
    if not yes:
        click.confirm(say(f"Delete {what}? This cannot be taken back."), abort=True)
    with opened(settings) as stores:
        echo(printable(_forget(stores, settings, person, days, account)))


def _forget(stores: Stores, settings: Settings, person: str | None, days: int | None, account: str | None) -> str:
    """Forget what was named and return what to say about it."""
    if days is not None:
        return f"{forget_older(stores, settings, days, clock())} sightings are deleted."
    if account is not None:
        owner = stores.ledger.own(account)
        if owner is None or not forget_account(stores, settings, owner, clock()):
            raise UnknownError(f"{printable(account)} is no account of yours here.")
        return f"What was seen for {account} is deleted. Shared notes stay. {BACKUPS}"
    if not forget_person(stores, settings, without_at(person), clock()):
        raise UnknownError(f"Nothing is known about {person}.")
    return f"Everything about {person} is deleted. {BACKUPS}"
