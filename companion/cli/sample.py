"""`mutuals sample`: puts invented people into the dashboard to look around, or wipes them."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import click

from companion.cli.open_stores import OPEN
from companion.cli.options import clock, data_option, settings_of
from companion.cli.speech import echo
from companion.cli.stores import locked
from companion.sample import folder

LOADED = "Eleven invented people are in the dashboard, apart from everything of yours. See them with `mutuals open`."
WIPED, NONE = "The invented people are gone, with whatever was done to them.", "There are no invented people here."


@click.command()
@data_option
@click.option("--wipe", is_flag=True, help="Delete them, with whatever was done to them.")
def command(data: Path | None, wipe: bool) -> None:
    """Put invented people into the dashboard, to see how it looks before you have people of your own.

    They live in a data folder of their own: no export, backup, shared notebook, mark on X or count has them. While they
    are there, the dashboard shows them instead of your own people.
    """
    settings = settings_of(data)
    with locked(settings) if OPEN.get() is None else nullcontext():
        if wipe:
            echo(WIPED if folder.wipe(settings) else NONE)
            return
        folder.load(settings, clock())
        echo(LOADED)
