"""The marks beside a sealed line: whoever is forgotten can be found in every line that is about them or names them."""

from __future__ import annotations

from companion.share.postgres.marks import marks_of
from companion.share.sealing import Seal
from companion.store.documents import Document
from companion.store.notebook.forgotten import hashed
from companion.store.notebook.lines import FORGET

SEAL = Seal(b"k" * 32, "space")


def test_a_line_that_names_somebody_else_has_the_mark_that_forgetting_them_looks_for() -> None:
    vouch: Document = {"op": "a", "kind": "vouch", "pid": "5", "item": "a", "body": {"whom": "77", "purpose": "x"}}
    forget: Document = {"op": "b", "kind": FORGET, "who": hashed("77"), "act": "c"}
    assert marks_of(SEAL, vouch).other == marks_of(SEAL, forget).whom
    assert marks_of(SEAL, vouch).person not in (None, marks_of(SEAL, forget).whom)
    note: Document = {"op": "d", "kind": "note", "pid": "5", "body": {"text": "77"}}
    assert marks_of(SEAL, note).other is None
