"""`mutuals import notes`: imports another tool's notes, with a preview, and overwrites nothing."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from companion.cli.clients import echo_json, printable
from companion.cli.options import clock, data_option, settings_of
from companion.cli.speech import echo, echo_as
from companion.cli.stores import opened, viewer_of
from companion.sources.other_tools.merging import CONFLICT, NEW, SAME, SKIPPED, Merged, NotesImport
from companion.sources.other_tools.parse import read_notes

SHOWN = 20
"""People listed on a terminal; `--json` has all of them."""


@click.command("notes")
@data_option
@click.option("--dry-run", is_flag=True, help="Show what would happen; store nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole outcome as one JSON object.")
@click.option("--viewer", help="The account of yours (@handle) to write under. Default: the one last active.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(data: Path | None, dry_run: bool, as_json: bool, viewer: str | None, file: Path) -> None:
    """Take in the notes in FILE: X User Notes, XMark, Profile Notes, UTags, RES, Mastodon, or a table (CSV).

    Nothing that you wrote is overwritten: another text goes below yours under a dated line. `mutuals import undo` takes
    the whole import back.
    """
    settings, parsed = settings_of(data), read_notes(file)
    with opened(settings) as stores:
        importing = NotesImport(stores.notebook, stores.ledger, settings, clock(), viewer_of(stores, viewer))
        merged = importing.preview(parsed) if dry_run else importing.merge(parsed, file.name)
    if as_json:
        counts = {outcome: merged.count(outcome) for outcome in (NEW, SAME, CONFLICT, SKIPPED)}
        output = {**counts, **msgspec.to_builtins(merged), "file": file.name, "stored": merged.run is not None}
        echo_json(output)
    else:
        _print(merged, file.name, dry_run)


def _print(merged: Merged, name: str, dry_run: bool) -> None:
    echo(printable(f"{name}: {merged.tool}, {len(merged.people)} people with notes."))
    changing = [person for person in merged.people if person.outcome in (NEW, CONFLICT)]
    for person in changing[:SHOWN] if dry_run else []:
        echo(printable(f"  {person.outcome:8}  @{person.handle or person.pid}  {_first_line(person.note or '')}"))
    if dry_run and len(changing) > SHOWN:
        echo(f"  and {len(changing) - SHOWN} more (--json lists all).")
    for problem in merged.problems:
        echo_as("Note", printable(problem), err=True)
    echo(
        f"{'Would be new' if dry_run else 'New'}: {merged.count(NEW)}, already there: {merged.count(SAME)}, "
        f"kept beside yours: {merged.count(CONFLICT)}, left out: {merged.count(SKIPPED)}."
    )
    if merged.run is not None:
        echo("`mutuals import undo` takes this back.")


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0][:60]
