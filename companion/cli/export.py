"""`mutuals export`: writes everything, or one person, as JSON, CSV, vCard or Markdown."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from companion.cli.options import clock, data_option, settings_of
from companion.cli.speech import echo
from companion.errors import SettingError, UnknownError
from companion.export.json_format.writer import write_json
from companion.export.people import everybody, find_people
from companion.export.readable import FORMS, readable
from companion.store.readonly import ReadOnlyStores, open_read_only

ENDINGS = {".json": "json", ".csv": "csv", ".vcf": "vcard", ".md": "markdown"}
STDOUT = "-"


@click.command()
@data_option
@click.option("--format", "form", type=click.Choice(sorted(["json", *FORMS])), help="Default: by the file's ending.")
@click.option("--person", help="Only this person: @handle or X's id.")
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
def command(data: Path | None, form: str | None, person: str | None, force: bool, file: Path) -> None:
    """Write everything you have into FILE (.json, .csv, .vcf or .md; - is the screen). Works while Mutuals runs.

    The JSON holds all of it and comes back with `mutuals import mutuals`; the others are for reading, for spreadsheets
    and for address books. The file is not encrypted: it holds your notes.
    """
    chosen = form or ENDINGS.get(file.suffix.lower())
    if chosen is None:
        raise SettingError(f"{file.name} does not say its format. Name it .json, .csv, .vcf or .md, or use --format.")
    settings, now = settings_of(data), clock()
    with open_read_only(settings) as stores:
        pids = find_people(stores, person) if person else None
        if person and not pids:
            raise UnknownError(f"Nothing is known about {person}.")
        with _output(file, force) as write:
            words = _export(stores, chosen, now, pids, write)
    if str(file) != STDOUT:
        echo(f"{words} in {file}. The file is not encrypted.")


def _export(
    stores: ReadOnlyStores, form: str, now: int, pids: frozenset[str] | None, write: Callable[[bytes], object]
) -> str:
    if form == "json":
        counts = write_json(stores, now, write, pids)
        return f"{counts.written} people written about and {counts.seen} seen are"
    people = list(everybody(stores, now, pids))
    for part in readable(people, form, now):
        write(part)
    return f"{len(people)} people are"


def _to_stdout(part: bytes) -> None:
    """Write bytes as they are: no code page, and no line end of the system's, which a checksum would not survive."""
    raw = getattr(sys.stdout, "buffer", None)
    if raw is None:
        sys.stdout.write(part.decode("utf-8", "replace"))
        return
    raw.write(part)
    raw.flush()


@contextmanager
def _output(file: Path, force: bool) -> Iterator[Callable[[bytes], object]]:
    """Yield a function that writes bytes; the file appears complete at the end, readable by its owner only."""
    if str(file) == STDOUT:
        yield _to_stdout
        return
    if file.exists() and not force:
        raise SettingError(f"{file} is there already. Choose another name, or --force to replace it.")
    fresh = file.with_name(f".{file.name}.new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(descriptor, "wb") as out:
            yield out.write
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)
