"""Rows that are about nobody and that machines share: circles, colours of tags, templates, rhythms, chats, aims, goals.

Of two rows of one name the one with the higher count of changes holds, then the one with the higher id of the write.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping

from companion.domain import limits
from companion.store.documents import Document
from companion.store.journal.database import JournalDB
from companion.store.notebook.entries import GEN, OP, number
from companion.store.notebook.kinds.circle import CIRCLE
from companion.store.notebook.lines import ROW, Lines

CIRCLES, COLOURS = "circles", "colours"
TEMPLATES, RHYTHMS, CHATS, AIMS, GOALS = "templates", "rhythms", "chats", "aims", "goals"
KEYS = {CIRCLES: "id", COLOURS: "name", TEMPLATES: "name", RHYTHMS: "whom", CHATS: "tag", AIMS: "name", GOALS: "tag"}
"""Table -> the field by which its rows are unique, without regard to case."""
FIELDS: Mapping[str, Mapping[str, int]] = {
    TEMPLATES: {"name": limits.TEMPLATE_NAME, "text": limits.TEMPLATE, "action": 20},
    RHYTHMS: {"whom": 60, "every": 20, "since": 10},
    CHATS: {"tag": 60, "day": 10, "time": 5, "zone": 60, "rule": 20, "minutes": 4, "without": 660},
    AIMS: {"name": 20, "value": 4},
    GOALS: {"tag": limits.TAG, "topics": limits.GOAL_TOPICS},
}
"""Table of plain texts -> its fields, each with its longest text; a removed row is marked ``gone``."""
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def save_row(db: JournalDB, lines: Lines, table: str, row: Document) -> None:
    """Store a row in the place of the one of its name and tell other machines, in one step."""
    with db.storage.lock, db.batch():
        doc_id, stored = _stored(db, table, row)
        counted: Document = {**row, GEN: number(stored, GEN) + 1, OP: secrets.token_hex(8)}
        db.table(table).put(counted, doc_id)
        lines.tell(_line(table, counted))


def take_row(db: JournalDB, line: Document) -> bool:
    """Store a row that another machine tells, if it holds; return whether it is one that a write could have made."""
    table, row = str(line.get("table")), line.get("row")
    if not isinstance(row, dict) or not _fits(table, row):
        return False
    doc_id, stored = _stored(db, table, row)
    if doc_id is None or _rank(row) > _rank(stored):
        db.table(table).put(row, doc_id)
    return True


def live_rows(db: JournalDB, table: str) -> list[Document]:
    """Return the rows of a table of plain texts, without removed ones, as they were made."""
    with db.storage.lock:
        rows = list(db.storage.rows(table).values())
    return [{name: row[name] for name in FIELDS[table] if name in row} for row in rows if not row.get("gone")]


def told_rows(db: JournalDB) -> Iterator[Document]:
    """Yield the lines of every circle and every colour that somebody chose."""
    for table in KEYS:
        for row in list(db.storage.rows(table).values()):
            if table == CIRCLES or number(row, GEN):
                yield _line(table, {GEN: 0, OP: "", **row})


def _line(table: str, row: Document) -> Document:
    return {"op": f"row:{table}:{row[OP] or row[KEYS[table]]}", "kind": ROW, "table": table, "row": row}


def _stored(db: JournalDB, table: str, row: Document) -> tuple[int | None, Document]:
    key, name = KEYS[table], str(row[KEYS[table]]).casefold()
    found = ((doc_id, one) for doc_id, one in db.storage.rows(table).items() if str(one[key]).casefold() == name)
    return next(found, (None, {}))


def _rank(row: Document) -> tuple[int, str]:
    return number(row, GEN), str(row.get(OP, ""))


def _fits(table: str, row: Document) -> bool:
    if table in FIELDS:
        return _is_plain(table, row)
    name, cap, colour = row.get("name"), row.get("cap"), row.get("colour")
    if not isinstance(name, str) or not name or not isinstance(row.get(GEN), int) or not isinstance(row.get(OP), str):
        return False
    if table == COLOURS:
        return isinstance(colour, str) and COLOUR.fullmatch(colour) is not None
    known = isinstance(row.get("id"), str) and CIRCLE.fullmatch(str(row["id"])) is not None
    fits = name.isprintable() and len(name) <= limits.CIRCLE
    return table == CIRCLES and known and fits and (cap is None or (isinstance(cap, int) and cap > 0))


def _is_plain(table: str, row: Document) -> bool:
    if not isinstance(row.get(GEN), int) or not isinstance(row.get(OP), str) or not row.get(KEYS[table]):
        return False
    texts = {name: row.get(name, "") for name in FIELDS[table]}
    return all(isinstance(text, str) and len(text) <= FIELDS[table][name] for name, text in texts.items())
