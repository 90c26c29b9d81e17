"""A click group whose commands are modules, each imported when it is used."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

import click


class LazyGroup(click.Group):
    """A group defined by a table: name -> module with a ``command``."""

    def __init__(self, name: str, help: str, table: Mapping[str, str]) -> None:
        super().__init__(name, help=help)
        self.table = table

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the table's order."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name, if there is one."""
        if cmd_name not in self.table:
            return None
        command: click.Command = import_module(self.table[cmd_name]).command
        return command
