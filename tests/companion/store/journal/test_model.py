"""Every call on the journal answers as TinyDB on its memory storage does, also after closing and opening again."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, MutableMapping
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from tinydb import TinyDB, where
from tinydb.operations import add, increment, set
from tinydb.storages import MemoryStorage
from tinydb.table import Document, Table

from companion.store.journal.database import open_journal

TABLES = st.sampled_from(["_default", "note", "tags and more"])
NUMBERS = st.integers(-2, 3)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)
DOCUMENTS = st.fixed_dictionaries({"n": NUMBERS}, optional={"value": VALUES, "kind": st.sampled_from(["a", "b"])})
IDS = st.integers(1, 8)


def outcome(call: Callable[[], object]) -> object:
    """What a call returned, documents with their ids, or the kind of error it raised."""
    try:
        answer = call()
    except (ValueError, KeyError, RuntimeError, TypeError) as error:
        return type(error).__name__
    if isinstance(answer, list):
        return [_shown(one) for one in answer]
    return _shown(answer)


def _shown(answer: object) -> object:
    return (answer.doc_id, repr(dict(answer))) if isinstance(answer, Document) else answer


def without_kind(document: MutableMapping[str, object]) -> None:
    document.pop("kind", None)


class SameAsTinyDB(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "t.json"
        self.real = open_journal(self.path)
        self.kept = MemoryStorage()  # type: ignore[no-untyped-call]
        self.model = TinyDB(storage=lambda: self.kept)

    def teardown(self) -> None:
        self.real.close()
        self.folder.cleanup()

    def both(self, table: str, call: Callable[[Table], object]) -> None:
        expected = outcome(lambda: call(self.model.table(table)))
        assert outcome(lambda: call(self.real.table(table))) == expected

    @rule(table=TABLES, document=DOCUMENTS)
    def insert(self, table: str, document: dict[str, object]) -> None:
        self.both(table, lambda t: t.insert(document))

    @rule(table=TABLES, document=DOCUMENTS, doc_id=IDS)
    def insert_with_an_id(self, table: str, document: dict[str, object], doc_id: int) -> None:
        self.both(table, lambda t: t.insert(Document(document, doc_id)))

    @rule(table=TABLES, documents=st.lists(DOCUMENTS, max_size=4))
    def insert_several(self, table: str, documents: list[dict[str, object]]) -> None:
        self.both(table, lambda t: t.insert_multiple(documents))

    @rule(table=TABLES, document=DOCUMENTS, n=NUMBERS)
    def update_where(self, table: str, document: dict[str, object], n: int) -> None:
        self.both(table, lambda t: t.update(document, where("n") == n))

    @rule(table=TABLES, ids=st.lists(IDS, max_size=3, unique=True))
    def update_ids(self, table: str, ids: list[int]) -> None:
        self.both(table, lambda t: t.update({"seen": True}, doc_ids=ids))

    @rule(table=TABLES)
    def update_all(self, table: str) -> None:
        self.both(table, lambda t: t.update(increment("n")))

    @rule(table=TABLES, n=NUMBERS, change=st.sampled_from([add("n", 2), set("value", [1]), without_kind]))
    def change_where(self, table: str, n: int, change: Callable[[MutableMapping[str, object]], None]) -> None:
        self.both(table, lambda t: t.update(change, where("n") == n))

    @rule(table=TABLES, n=NUMBERS)
    def update_several(self, table: str, n: int) -> None:
        pairs = [({"n": n + 1}, where("n") == n), ({"twice": 1}, where("n") == n + 1)]
        self.both(table, lambda t: t.update_multiple(pairs))

    @rule(table=TABLES, n=NUMBERS, document=DOCUMENTS)
    def upsert(self, table: str, n: int, document: dict[str, object]) -> None:
        self.both(table, lambda t: t.upsert(document, where("n") == n))

    @rule(table=TABLES, doc_id=IDS, document=DOCUMENTS)
    def upsert_with_an_id(self, table: str, doc_id: int, document: dict[str, object]) -> None:
        self.both(table, lambda t: t.upsert(Document(document, doc_id)))

    @rule(table=TABLES, n=NUMBERS)
    def remove_where(self, table: str, n: int) -> None:
        self.both(table, lambda t: t.remove(where("n") == n))

    @rule(table=TABLES, ids=st.lists(IDS, max_size=3, unique=True))
    def remove_ids(self, table: str, ids: list[int]) -> None:
        self.both(table, lambda t: t.remove(doc_ids=ids))

    @rule(table=TABLES)
    def truncate(self, table: str) -> None:
        self.both(table, lambda t: t.truncate())

    @rule(table=TABLES)
    def drop(self, table: str) -> None:
        self.real.drop_table(table)
        self.model.drop_table(table)

    @rule()
    def drop_all(self) -> None:
        self.real.drop_tables()
        self.model.drop_tables()

    @rule(table=TABLES, doc_id=IDS | st.sampled_from(["1", "x", 99]), n=NUMBERS)
    def look(self, table: str, doc_id: int, n: int) -> None:
        self.both(table, lambda t: t.get(doc_id=doc_id))
        self.both(table, lambda t: t.get(doc_ids=[doc_id, 2]))
        self.both(table, lambda t: t.get(where("n") == n))
        self.both(table, lambda t: t.search(where("n") == n))
        self.both(table, lambda t: t.contains(where("kind") == "a"))
        self.both(table, lambda t: t.count(where("n") > n))

    @rule()
    def compact(self) -> None:
        self.real.compact()

    @rule()
    def close_and_reopen(self) -> None:
        self.real.close()
        with TinyDB(self.path) as stock:
            for table in self.model.tables():
                assert outcome(stock.table(table).all) == outcome(self.model.table(table).all)
        self.reopened()

    @rule()
    def reopen_as_after_a_kill(self) -> None:
        later = self.path.parent / "later" / self.path.name
        later.parent.mkdir()
        for file in self.path.parent.glob(f"{self.path.name}*"):
            shutil.copy2(file, later.parent)
        self.real.close()
        self.path = later
        self.reopened()

    def reopened(self) -> None:
        self.real = open_journal(self.path)
        assert self.real.warnings == []
        self.model = TinyDB(storage=lambda: self.kept)

    @invariant()
    def the_same_is_stored(self) -> None:
        assert self.real.tables() == self.model.tables()
        for table in self.model.tables():
            self.both(table, lambda t: t.all())
            self.both(table, len)


SameAsTinyDB.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestSameAsTinyDB = SameAsTinyDB.TestCase
