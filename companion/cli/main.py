"""Entry point of `mutuals`: imports each command when it is used, prints expected errors as sentences."""

from __future__ import annotations

import gc
import sys
from importlib import import_module

import click

from companion import __version__
from companion.cli.exit_codes import exit_code
from companion.errors import MutualsError

COMMANDS = {
    "start": "companion.cli.start",
    "pair": "companion.cli.pair",
    "clients": "companion.cli.clients",
    "unpair": "companion.cli.unpair",
    "open": "companion.cli.open",
    "read": "companion.cli.read",
    "vet": "companion.cli.vet",
    "import": "companion.cli.import_group",
    "export": "companion.cli.export",
    "backup": "companion.cli.backup",
    "restore": "companion.cli.restore",
    "forget": "companion.cli.forget",
    "x-api": "companion.cli.x_api",
    "sync": "companion.cli.sync",
    "doctor": "companion.cli.doctor",
}
"""Name -> module with a ``command``; add a new command here."""


class Commands(click.Group):
    """The top group; imports a command's module when the command is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order in which a new user needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name, if there is one."""
        if cmd_name not in COMMANDS:
            return None
        gc.disable()  # imports allocate much and free nothing: collection would cost a tenth of the time
        command: click.Command = import_module(COMMANDS[cmd_name]).command
        gc.enable()
        return command


@click.group(cls=Commands)
@click.version_option(__version__, prog_name="mutuals")
def mutuals() -> None:
    """Mutuals: who a person is to you, on the X page you already have open."""


def main(arguments: list[str] | None = None) -> None:
    """Run a command; an expected error becomes a sentence and an exit code (listed in docs/cli.md)."""
    try:
        mutuals.main(args=arguments, prog_name="mutuals", standalone_mode=True)
    except MutualsError as error:
        click.echo(f"Error: {error.message}", err=True)
        sys.exit(exit_code(error))
    except OSError as error:
        place = f" ({error.filename})" if error.filename else ""
        click.echo(f"Error: {error.strerror or error}{place}. Check the folder and its permissions.", err=True)
        sys.exit(1)
