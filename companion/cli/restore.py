"""`mutuals restore`: replaces the data with a backup and keeps the replaced files."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from companion.backup.create import is_encrypted_backup
from companion.backup.restore import restore
from companion.cli.options import ask_passphrase, clock, data_option, settings_of
from companion.cli.speech import echo
from companion.store.lock import acquire_lock


@click.command()
@data_option
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(data: Path | None, file: Path) -> None:
    """Restore the backup FILE. What it replaces stays in a dated folder inside the data folder."""
    settings = settings_of(data)
    passphrase = ask_passphrase(twice=False) if is_encrypted_backup(file) else None
    with acquire_lock(settings.lock_path):
        restored = restore(file.resolve(), settings, clock(), passphrase)
    made = datetime.fromtimestamp(restored.made_at, UTC).strftime("%Y-%m-%d %H:%M UTC")
    echo(f"The data is as it was on {made}.")
    if restored.aside is not None:
        echo(f"What it replaced lies in {restored.aside}; delete that folder when you do not need it.")
