"""Entry point of `mutuals`: imports each command when it is used, prints expected errors as sentences."""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

import click

from companion import __version__
from companion.cli.exit_codes import NotRunningError, exit_code
from companion.cli.speech import echo_as, language, say
from companion.errors import LockedError, MutualsError
from companion.i18n.languages import ENGLISH
from companion.settings import Settings


class LazyGroup(click.Group):
    """A group of commands that are modules, each imported when it is used; ``table`` is name -> module or group."""

    def __init__(self, name: str, help: str, table: Mapping[str, str | click.Command]) -> None:
        super().__init__(name, help=help)
        self.table = table

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the table's order, which is that in which a new user needs them."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name, if there is one."""
        entry = self.table.get(cmd_name)
        if not isinstance(entry, str):
            return entry
        gc.disable()  # imports allocate much and free nothing: collection would cost a tenth of the time
        module, _, name = entry.partition(":")
        command: click.Command = getattr(import_module(module), name or "command")
        gc.freeze()  # else the next allocation would have all of it looked through, for as long again
        gc.enable()
        return command


IMPORTS = {
    "archive": "companion.cli.import_archive",
    "notes": "companion.cli.import_notes",
    "mutuals": "companion.cli.import_mutuals",
    "undo": "companion.cli.import_undo",
}
"""Name of an import command -> module with a ``command``."""
SHARES = {
    "join": "companion.cli.share:join_command",
    "status": "companion.cli.share:status_command",
    "leave": "companion.cli.share:leave_command",
    "passphrase": "companion.cli.share_passphrase:passphrase_command",
    "create": "companion.cli.share_server:create_command",
    "members": "companion.cli.share_server:members_command",
    "admit": "companion.cli.share_server:admit_command",
    "dismiss": "companion.cli.share_server:dismiss_command",
    "acts": "companion.cli.share:acts_command",
    "contacts": "companion.cli.share_server:contacts_command",
    "check": "companion.cli.share_server:check_command",
    "repair": "companion.cli.share_server:repair_command",
}
"""Name of a command about sharing -> module and the command in it."""
COMMANDS: Mapping[str, str | click.Command] = {
    "setup": "companion.cli.setup",
    "start": "companion.cli.start",
    "service": "companion.cli.service",
    "extension": "companion.cli.extension",
    "pair": "companion.cli.pair",
    "clients": "companion.cli.clients",
    "unpair": "companion.cli.unpair",
    "open": "companion.cli.open",
    "sample": "companion.cli.sample",
    "read": "companion.cli.read",
    "vet": "companion.cli.vet",
    "import": LazyGroup("import", "Take in notes of other tools, or an earlier export of Mutuals.", IMPORTS),
    "export": "companion.cli.export",
    "backup": "companion.cli.backup",
    "restore": "companion.cli.restore",
    "forget": "companion.cli.forget",
    "share": LazyGroup("share", "One notebook on several machines, through a folder or a PostgreSQL server.", SHARES),
    "x-api": "companion.cli.x_api",
    "sync": "companion.cli.sync",
    "doctor": "companion.cli.doctor",
}
"""Name -> module with a ``command``, or a group; add a new command here."""

mutuals = LazyGroup("mutuals", "Mutuals: who a person is to you, on the X page you already have open.", COMMANDS)
click.version_option(__version__, prog_name="mutuals")(mutuals)


def _hand_over(arguments: list[str] | None, error: LockedError) -> int | None:
    """Let the companion that has the folder open carry out the command; return its exit code, None if it cannot."""
    from companion.cli.running import HANDED, hand_over

    words, port, data = (
        arguments if arguments is not None else sys.argv[1:],
        error.details.get("port"),
        error.details.get("data"),
    )
    if not words or words[0] not in HANDED or not isinstance(port, int) or not isinstance(data, str):
        return None
    try:
        done = hand_over(Settings(data=Path(data)), port, words)
    except NotRunningError:
        return None  # another process has the folder, or one that is starting or ending
    except MutualsError as failure:
        _tell(failure.message)
        return exit_code(failure)
    click.echo(say(done.out), nl=False)
    click.echo(say(done.err), nl=False, err=True)
    return done.code


def _tell(message: str) -> None:
    """Print an error in the command line's language."""
    echo_as("Error", message, err=True)


def main(arguments: list[str] | None = None) -> None:
    """Run a command; an expected error becomes a sentence and an exit code (listed in docs/cli.md)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a code page may lack a letter of a name or path: it is escaped
            stream.reconfigure(errors="backslashreplace")
    os.umask(0o077)  # whatever a command writes is its user's own
    if language() != ENGLISH:
        from companion.cli.spoken_help import install  # English need not pay for it

        install()
    try:
        mutuals.main(args=arguments, prog_name="mutuals", standalone_mode=True)
    except LockedError as error:
        handed = _hand_over(arguments, error)
        if handed is None:
            _tell(error.message)
        sys.exit(exit_code(error) if handed is None else handed)
    except MutualsError as error:
        _tell(error.message)
        sys.exit(exit_code(error))
    except OSError as error:
        place = f" ({error.filename})" if error.filename else ""
        _tell(f"{error.strerror or error}{place}. Check the folder and its permissions.")
        sys.exit(1)
