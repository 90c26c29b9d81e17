"""`mutuals share passphrase`: gives the shared notebook another passphrase, in its folder or database."""

from __future__ import annotations

from pathlib import Path

import click
from msgspec.structs import replace

from companion.cli.options import ask_passphrase, data_option, settings_of
from companion.cli.share_server import joined
from companion.cli.speech import echo
from companion.errors import SettingError
from companion.settings import Settings
from companion.share import space as carried
from companion.share.membership import SCHEME, Membership, join, membership_of
from companion.share.postgres import space as served
from companion.share.sealing import Seal


@click.command("passphrase")
@data_option
def passphrase_command(data: Path | None) -> None:
    """Change the passphrase: what is written from now on is sealed with the new one (owners only, on a server).

    Every other machine says that it needs the new one, and shares nothing until it has joined again with it; nothing
    is lost meanwhile. What was shared before stays readable with the old passphrase to whoever kept a copy.
    """
    settings = settings_of(data)
    membership = membership_of(settings)
    if membership is None:
        raise SettingError("The notebook is not shared. Run `mutuals share join` first.")
    seal = _change(settings, membership, ask_passphrase(twice=True))
    join(settings, replace(membership, key=seal.key, older=seal.older))
    echo("The passphrase is changed. Tell it to the others, not through the folder or server.")
    echo("On each other machine run `mutuals share join` with the same place again.")


def _change(settings: Settings, membership: Membership, passphrase: str) -> Seal:
    if _in_folder(membership):
        return carried.change(membership.folder, membership.seal, passphrase)
    with joined(settings) as (session, space):
        return served.change(session, space, membership.seal, passphrase)


def _in_folder(membership: Membership) -> bool:
    return membership.place.startswith(SCHEME)
