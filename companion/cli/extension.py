"""`mutuals extension`: lays the extension into a folder and says how each browser loads it."""

from __future__ import annotations

from pathlib import Path

import click

from companion.cli.options import data_option, settings_of
from companion.cli.speech import echo
from companion.install.extension_folder import default_folder, lay


@click.command()
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
@data_option
def command(folder: Path | None, data: Path | None) -> None:
    """Copy the browser extension into FOLDER and say how to load it; run it again after an update.

    Without FOLDER it goes into the data folder, or into Mutuals/extension in your home folder where browsers cannot
    see the data folder. The extension keeps its id, and so its pairing, wherever the folder lies.
    """
    chosen = folder.expanduser().resolve() if folder else default_folder(settings_of(data).data, Path.home())
    show(lay(chosen))


def show(folder: Path) -> None:
    """Print where the extension lies and what to press in each browser.

    The path is the real one: a Python of the Microsoft Store is shown other folders under AppData than browsers are.
    """
    folder = folder.resolve()
    echo(f"The extension is in {folder}")
    echo('Chromium, Chrome, Edge, Brave: type chrome://extensions in the address bar, switch on "Developer mode",')
    echo(f'  press "Load unpacked" and choose the folder {folder}')
    echo("Firefox: open `about:debugging#/runtime/this-firefox`, press")
    echo(f'  "Load Temporary Add-on" and choose {folder / "manifest.json"} (again after each start of Firefox)')
    echo("After an update of Mutuals run this again, then press the round arrow of the extension in that list.")
