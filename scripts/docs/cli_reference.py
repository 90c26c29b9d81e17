"""Writes the generated part of docs/cli.md from the commands themselves: `python -m scripts.docs.cli_reference`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from companion.cli.exit_codes import WORDS
from companion.cli.main import mutuals
from scripts.docs.api_reference import BEGIN, END, renewed


def markdown() -> str:
    """Return every command with its arguments and options, and the exit codes."""
    lines = [BEGIN, ""]
    for name in mutuals.list_commands(click.Context(mutuals)):
        lines += _command(mutuals, name, "mutuals")
    lines += ["## Exit codes", "", "| code | means |", "|---|---|"]
    lines += [f"| {code} | {words} |" for code, words in WORDS.items()]
    return "\n".join([*lines, "", END])


def _command(group: click.Group, name: str, before: str) -> Iterator[str]:
    context = click.Context(group, info_name=before)
    command = group.get_command(context, name)
    if command is None:
        return
    own = click.Context(command, info_name=name, parent=context)
    usage = " ".join([before, name, *command.collect_usage_pieces(own)])
    yield from (f"## {before} {name}", "", f"`{usage}`", "", _words(command), "")
    options = [parameter for parameter in command.get_params(own) if isinstance(parameter, click.Option)]
    yield from ("| option | |", "|---|---|")
    for option in options:
        record = option.get_help_record(own)
        if record is not None:
            yield f"| `{record[0]}` | {record[1]} |".replace("  ", " ")
    yield ""
    if isinstance(command, click.Group):
        for inner in command.list_commands(own):
            yield from _command(command, inner, f"{before} {name}")


def _words(command: click.Command) -> str:
    """Return a command's help text, one paragraph a line."""
    return "\n\n".join(" ".join(part.split()) for part in (command.help or "").split("\n\n"))


def main(folder: Path) -> None:
    """Write the document in the folder ``docs``."""
    page = folder / "cli.md"
    page.write_text(renewed(page.read_text("utf-8"), markdown()), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("docs"))
