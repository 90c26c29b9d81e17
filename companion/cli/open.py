"""`mutuals open`: opens the dashboard in the browser with a one-time link."""

from __future__ import annotations

from pathlib import Path

import click

from companion.access.links import link
from companion.cli.exit_codes import NotRunningError
from companion.cli.options import clock, data_option, holder, settings_of
from companion.stores import sessions


@click.command("open")
@data_option
@click.option("--print", "only_print", is_flag=True, help="Print the link instead of opening a browser.")
def command(data: Path | None, only_print: bool) -> None:
    """Open the dashboard of the running companion; the link works once, within a minute.

    The link's host ends in .localhost, which browsers take for this computer. A program that does not know this needs
    to be told, for example with curl's `--resolve NAME:PORT:127.0.0.1`.
    """
    settings = settings_of(data)
    running = holder(settings)
    if running is None or running.port is None:
        raise NotRunningError("The companion does not run on this data folder. Start it with `mutuals start`.")
    name = sessions(settings).published_name()
    if name is None:
        raise NotRunningError("The running companion is of an earlier version. End it, then run `mutuals start`.")
    url = link(name, running.port, sessions(settings).issue(clock()))
    if only_print or click.launch(url) != 0:
        click.echo(url)
