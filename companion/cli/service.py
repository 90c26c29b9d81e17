"""`mutuals service`: makes the companion start at login, undoes that, and says how it stands."""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click

from companion.cli.exit_codes import NOT_RUNNING
from companion.cli.options import data_option, holder, settings_of
from companion.cli.speech import echo
from companion.install.apply import apply, installed_entry
from companion.install.log_file import last_line
from companion.install.machine import own_program, this_machine
from companion.install.plan import Kind, Machine, Service, Step, install_plan, port_in, program_in, remove_plan
from companion.settings import DEFAULT_PORT, Settings

WAIT_SECONDS = 15.0
PAUSE_SECONDS = 0.1
WORDS = {
    Kind.SYSTEMD: "It runs while you are logged in. Its log: journalctl --user -u mutuals, and",
    Kind.AUTOSTART: "It starts when you log in on the screen; after a crash it starts at the next login. Its log:",
    Kind.LAUNCHD: "It runs while you are logged in; macOS tells you once that it was added. Its log:",
    Kind.RUN_KEY: "It starts when you log on (Task Manager, Startup apps, can switch it off). Its log:",
}


@click.group("service")
def command() -> None:
    """Start the companion at every login, without a terminal."""


@command.command("install")
@data_option
@click.option("--port", type=click.IntRange(1024, 65535), default=None, help="Its port. Default: the one it had.")
@click.option("--show", is_flag=True, help="Only print what would be done.")
def install(data: Path | None, port: int | None, show: bool) -> None:
    """Start the companion now and at every login; again after an update or for another port."""
    settings = settings_of(data)
    machine = this_machine(os.environ, Path.home())
    if show:
        for step in steps_to_install(settings, machine, port):
            echo(repr(step))
        return
    install_service(settings, machine, port)


def steps_to_install(settings: Settings, machine: Machine, port: int | None) -> list[Step]:
    """Return the plan for this installation; a companion that somebody started by hand is not started a second time."""
    before = installed_entry(machine)
    kept = port or (port_in(before) if before else None) or DEFAULT_PORT
    custom = None if settings.data == Settings().data and "MUTUALS_DATA" not in os.environ else str(settings.data)
    service = Service(own_program(Path(sys.executable)), kept, custom, settings.log_path.parent)
    managed = before is not None and machine.kind in (Kind.SYSTEMD, Kind.LAUNCHD)
    return install_plan(machine, service, start=managed or holder(settings) is None)


def install_service(settings: Settings, machine: Machine, port: int | None) -> None:
    """Install the service, wait until the companion answers, and print what a user needs to know.

    Raises:
        ServiceError: the system did not take it.
    """
    by_hand = holder(settings) if installed_entry(machine) is None else None
    apply(steps_to_install(settings, machine, port))
    echo(f"The companion starts at every login ({machine.kind.value}).")
    echo(f"{WORDS[machine.kind]} {settings.log_path}")
    if by_hand is not None:
        echo(f"The companion that runs now (process {by_hand.pid}) was started by hand; it stays until it ends.")
    elif not wait_for(lambda: _answers(settings)):
        echo(f"It did not start within {WAIT_SECONDS:.0f} seconds: {last_line(settings.log_path) or 'no log'}")


def _answers(settings: Settings) -> bool:
    """Return whether a companion holds the data folder and its port is open: it takes the folder first."""
    running = holder(settings)
    if running is None or running.port is None:
        return False
    with socket.socket() as connection:
        return connection.connect_ex(("127.0.0.1", running.port)) == 0


def wait_for(true: Callable[[], bool], seconds: float = WAIT_SECONDS) -> bool:
    """Return whether something became true in time."""
    ends = time.monotonic() + seconds
    while not true():
        if time.monotonic() > ends:
            return False
        time.sleep(PAUSE_SECONDS)
    return True


@command.command("remove")
@data_option
def remove(data: Path | None) -> None:
    """Start it at login no longer; your data and the log stay."""
    machine = this_machine(os.environ, Path.home())
    was = installed_entry(machine) is not None
    apply(remove_plan(machine))
    stay = f"Your data stay in {settings_of(data).data}."
    echo(f"The companion starts at login no longer. {stay}" if was else "It did not start at login.")
    if was and machine.kind in (Kind.AUTOSTART, Kind.RUN_KEY):
        echo("The one that runs now goes on until you log out.")


@command.command("status")
@data_option
@click.pass_context
def status(ctx: click.Context, data: Path | None) -> None:
    """Say whether it starts at login, whether it runs, and the last line of its log."""
    settings = settings_of(data)
    machine = this_machine(os.environ, Path.home())
    entry = installed_entry(machine)
    echo(f"Starts at login: {'no' if entry is None else f'yes ({machine.kind.value}, port {port_in(entry)})'}")
    if entry is not None and not Path(program_in(entry, machine.kind)).is_file():
        echo("The program that it names is gone. Run `pipx reinstall mutuals` or `uv tool upgrade --reinstall "
                   "mutuals`, then `mutuals service install`. Your data are untouched.")  # fmt: skip
    running = holder(settings)
    words = f"yes (process {running.pid}, port {running.port})" if running else "no"
    echo(f"Runs: {words}")
    echo(f"Log: {settings.log_path}: {last_line(settings.log_path) or 'nothing yet'}")
    ctx.exit(0 if running else NOT_RUNNING)
