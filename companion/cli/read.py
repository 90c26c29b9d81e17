"""`mutuals read`: prints what is parsed from saved responses of X, recordings (HAR) and saved pages; stores nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
import msgspec

from companion.cli.clients import echo_json, printable
from companion.cli.options import data_option
from companion.cli.speech import echo
from companion.domain.sightings import Understanding
from companion.errors import SourceError

ALWAYS = {"people": ("id", "handle"), "posts": ("id", "author_id"), "relations": ("id", "handle")}
"""Fields that are printed even if unknown, as null."""
PARTS = ("people", "posts", "relations", "interactions", "problems")


@click.command()
@data_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object with everything understood.")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(data: Path | None, as_json: bool, files: Sequence[Path]) -> None:
    """Print the people, posts, relations and interactions understood from FILES (saved JSON, HTML or HAR).

    It needs no companion and stores nothing: send its output along when you report that something is not recognised.
    """
    items: dict[str, list[object]] = {part: [] for part in PARTS}
    refused: list[SourceError] = []
    for path in files:
        try:
            _add(items, _read(path))
        except SourceError as error:
            refused.append(error)
            items["problems"].append(f"{path.name}: {error.message}")
    if as_json:
        echo_json(items)
    else:
        _print(items)
    if len(refused) == len(files):
        raise SourceError(f"None of the files could be understood. {refused[0].message}")


def _read(path: Path) -> Understanding:
    # Only this command needs the HTML parser, so only this command loads it.
    from companion.sources.saved_page import read_saved

    return read_saved(path)


def _add(items: dict[str, list[object]], understanding: Understanding) -> None:
    for part in PARTS:
        for item in getattr(understanding, part):
            fields = msgspec.to_builtins(item)
            if isinstance(fields, dict):
                fields = {**dict.fromkeys(ALWAYS.get(part, ())), **fields}
            items[part].append(fields)


def _print(items: dict[str, list[object]]) -> None:
    """Print a line for each item, and the counts at the end."""
    for part in PARTS:
        for item in items[part]:
            words = item if isinstance(item, str) else "  ".join(_words(item))
            click.echo(printable(f"{part.removesuffix('s')}: {words}"))
    echo(", ".join(f"{len(items[part])} {part}" for part in PARTS))


def _words(item: object) -> list[str]:
    fields = item if isinstance(item, dict) else {}
    return [f"{name}={value}" for name, value in fields.items() if value is not None]
