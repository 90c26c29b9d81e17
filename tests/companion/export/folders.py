"""Data folders with invented people for the tests of the way out, and the comparison of two folders' stores."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from companion.domain.sightings import Interaction, Person, Post, Relation, Understanding
from companion.settings import Settings
from companion.store.documents import Tables
from companion.store.ledger.dump import tables_of
from companion.store.ledger.ledger import Ledger
from companion.store.notebook.notebook import Notebook
from companion.store.readonly import open_read_only
from tests.companion.cli.runs import run

NOW = 1_790_000_000
ADA = "1000001"


@contextmanager
def stores(data: Path) -> Iterator[tuple[Notebook, Ledger]]:
    """Both stores of a folder, opened and closed."""
    settings = Settings(data=data)
    notebook, ledger = Notebook.open(settings), Ledger.open(settings.ledger_path)
    try:
        yield notebook, ledger
    finally:
        ledger.close()
        notebook.close()


def fill(data: Path) -> Settings:
    """Write about Wren (by id) and Ines (by handle), and see some of both."""
    with stores(data) as (notebook, ledger):
        ledger.owner_for(ADA, "adaquill", NOW - 90)
        told = Understanding(
            people=[Person("2000001", "wrenwrites", "Wren, Okafor; =cmd", "Bio\nof two lines", followers=7, link="https://w.example")],
            posts=[Post("9", author_id="2000001", text="hi @adaquill", at=NOW - 80, mentions=[(ADA, "adaquill")])],
            relations=[Relation("2000001", follows_me=True, i_follow=True)],
            interactions=[
                Interaction("in", "mention", NOW - 80, "9", "2000001"),
                Interaction("out", "reply", NOW - 70, "10", "2000001"),
                Interaction("out", "like", NOW - 70, "like:9", "2000001", partial=True),
                Interaction("in", "reply", NOW - 60, "11", None, "inesmakes"),
            ],
        )  # fmt: skip
        ledger.record(ADA, told, NOW - 50)
        ledger.record(ADA, Understanding(people=[Person("2000003", "tomoreads", "Tomo")]), NOW - 50)
        notebook.write("op-000001", "note", "2000001", {"text": "First"}, None, NOW - 40, ADA)
        notebook.write(
            "op-000002", "note", "2000001", {"text": "=HYPERLINK, Ömür\nsecond; line", "post": "9"}, 1, NOW - 30, ADA
        )
        notebook.write("op-000003", "tags", "2000001", {"tags": ["friend", "a,b"]}, None, NOW - 30, ADA)
        notebook.write("op-000004", "alias", "@inesmakes", {"alias": "Ines"}, None, NOW - 20, ADA)
        notebook.set_tag_colour("friend", "#112233")
    return Settings(data=data)


def export(data: Path, file: Path, *more: str) -> None:
    """Export a folder with the command."""
    done = run(data, "export", str(file), *more)
    assert done.code == 0, done.err


def contents(settings: Settings) -> tuple[Tables, dict[str, list[tuple[object, ...]]]]:
    """Return everything in both stores, but for what belongs to the folder itself."""
    with open_read_only(settings) as opened:
        notebook = {name: rows for name, rows in opened.notebook.items() if not name.startswith("_") and rows}
        ledger: dict[str, list[tuple[object, ...]]] = {}
        if opened.ledger is not None:
            for table in tables_of(opened.ledger):
                columns = ", ".join(f'"{name}"' for name in table.columns)
                found = opened.ledger.execute(f'select {columns} from "{table.name}" order by {columns}')
                ledger[table.name] = [tuple(row) for row in found]
    return notebook, {name: rows for name, rows in ledger.items() if rows}


def traces(folder: Path, words: str) -> list[str]:
    """Return the files under a folder in which the words occur as bytes, ledgers read through."""
    return [str(path.relative_to(folder)) for path in sorted(folder.rglob("*")) if path.is_file()
            and words.encode() in path.read_bytes()]  # fmt: skip


def damage(path: Path) -> None:
    """Overwrite the middle of a file."""
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 40] = b"\x00" * 40
    path.write_bytes(data)


def sql(path: Path, statement: str) -> None:
    """Run one statement on a database file."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)
