"""`mutuals setup`: service, extension, pairing and doctor, one after the other; each can be left out and done again."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import click

from companion.cli import doctor
from companion.cli.exit_codes import PROBLEM
from companion.cli.extension import show
from companion.cli.options import data_option, settings_of
from companion.cli.pair import pair
from companion.cli.service import install_service
from companion.cli.speech import echo, echo_as, say
from companion.errors import MutualsError
from companion.install.extension_folder import default_folder, lay
from companion.install.machine import this_machine


@click.command()
@data_option
@click.option("--port", type=click.IntRange(1024, 65535), default=None, help="The companion's port.")
@click.option("--no-service", is_flag=True, help="Do not start the companion at login.")
@click.option("--no-extension", is_flag=True, help="Do not lay out the extension's folder.")
@click.option("--no-pair", is_flag=True, help="Do not open a pairing.")
@click.option("--no-open", is_flag=True, help="Print the link of the pairing page instead of opening a browser.")
@click.pass_context
def command(
    ctx: click.Context, data: Path | None, port: int | None, no_service: bool, no_extension: bool, no_pair: bool,
    no_open: bool,
) -> None:  # fmt: skip
    """Set everything up: start at login, the extension's folder, pairing, a look at whether all is well.

    It can be run again at any time, for example after an update or for another browser: what is there already stays.
    """
    settings = settings_of(data)
    steps: tuple[tuple[str, bool, Callable[[], object]], ...] = (
        ("The companion", no_service, lambda: install_service(settings, this_machine(os.environ, Path.home()), port)),
        ("The extension", no_extension, lambda: show(lay(default_folder(settings.data, Path.home())))),
        ("Pairing", no_pair, lambda: pair(settings, no_open=no_open)),
    )
    done = [_step(number, name, work) for number, (name, left_out, work) in enumerate(steps, 1) if not left_out]
    echo(f"4. {say('Is all well?')}")
    well = doctor.report(settings, None, recount=False)
    if not (well and all(done)):
        ctx.exit(PROBLEM)


def _step(number: int, name: str, work: Callable[[], object]) -> bool:
    """Do one step; return whether it was done. A failure is told and ends nothing: the next steps do without it."""
    echo(f"{number}. {say(name)}")
    try:
        work()
    except MutualsError as error:
        echo_as("Not done", error.message, err=True)
        return False
    except OSError as error:
        echo_as("Not done", f"{error.strerror or error} ({error.filename}).", err=True)
        return False
    return True
