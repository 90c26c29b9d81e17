"""`mutuals backup`: writes a dated backup, encrypted if wanted, and deletes the oldest."""

from __future__ import annotations

from pathlib import Path

import click

from companion.backup.create import KEEP, back_up
from companion.cli.options import ask_passphrase, clock, data_option, settings_of
from companion.cli.speech import echo


@click.command()
@data_option
@click.option(
    "--to", type=click.Path(file_okay=False, path_type=Path), help="The folder. Default: backups, in the data."
)
@click.option(
    "--keep", type=click.IntRange(1, 1000), default=KEEP, show_default=True, help="How many stay in that folder."
)
@click.option(
    "--passphrase", "encrypted", is_flag=True, help="Ask for a passphrase (or MUTUALS_PASSPHRASE) and encrypt."
)
def command(data: Path | None, to: Path | None, keep: int, encrypted: bool) -> None:
    """Back up notes and what was seen, with the date in the name. Works while Mutuals runs.

    Another disk is the better place (--to): a backup on the same disk goes with it. Backups from before you forgot
    somebody are deleted when the next one is made.
    """
    passphrase = ask_passphrase(twice=True) if encrypted else None
    backup = back_up(settings_of(data), clock(), folder=to, keep=keep, passphrase=passphrase)
    echo(f"{backup.path} ({backup.size / 1e6:.1f} MB{', encrypted' if encrypted else ''}).")
    for path in backup.removed:
        echo(f"Let go: {path}")
