"""A new kind of thing to write is one small object: it is versioned, searched, merged and forgotten like others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from companion.errors import BodyError, ConflictError, UnknownError
from companion.settings import Settings
from companion.store.documents import Document
from companion.store.notebook import notebook as notebook_module
from companion.store.notebook.kinds.kind import Kind, all_kinds
from companion.store.notebook.notebook import Notebook
from companion.store.notebook.results import LATEST
from tests.companion.store.files_help import as_after_a_kill

STUB, WREN = "@wrenwrites", "2000001"
ADA = "1000001"


def clean(body: Mapping[str, object], _settings: Settings) -> Document:
    if set(body) != {"words"}:
        raise BodyError("Only words.", field="words")
    return {"words": str(body["words"])}


def words(body: Document) -> str:
    return str(body["words"])


TOUCH = Kind("touch", clean, lambda body: not words(body), words, many=True)
DECISION = Kind("decision", clean, lambda body: not words(body), words, marks=lambda body: {"decided": words(body)})


@pytest.fixture
def notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Notebook]:
    kinds = {**all_kinds(), "touch": TOUCH, "decision": DECISION}
    monkeypatch.setattr(notebook_module, "all_kinds", lambda: kinds)
    with Notebook.open(tmp_path / "notes.json") as opened:
        yield opened


def touch(notebook: Notebook, op: str, said: str, pid: str = WREN, **more: object) -> str | None:
    return notebook.write(op, "touch", pid, {"words": said, **more}, LATEST, 100, ADA).item


def said(notebook: Notebook, pid: str = WREN) -> list[object]:
    return [row["words"] for row in notebook.about(pid).others.get("touch", [])]


def test_the_kinds_are_found_by_themselves() -> None:
    assert set(all_kinds()) >= {"alias", "note", "tags"}
    assert all(kind.name == name for name, kind in all_kinds().items())


def test_a_kind_with_many_keeps_each_under_its_item(notebook: Notebook, tmp_path: Path) -> None:
    call = touch(notebook, "a", "a call")
    touch(notebook, "b", "a meal")
    assert call == "a"
    touch(notebook, "c", "a long call", item=call)
    for opened in (notebook, Notebook.open(as_after_a_kill(tmp_path / "notes.json"))):
        rows = opened.about(WREN).others["touch"]
        assert [(row["words"], row["item"], row["rev"]) for row in rows] == [
            ("a long call", "a", 2),
            ("a meal", "b", 1),
        ]
        assert opened.knows(WREN)
        assert [found.where for found in opened.search("long", 5)] == ["touch"]
    opened.close()


def test_one_of_many_is_taken_away_by_its_item_and_a_late_change_of_it_is_told(notebook: Notebook) -> None:
    touch(notebook, "a", "a call")
    touch(notebook, "b", "a meal")
    notebook.write("c", "touch", WREN, {"item": "a", "gone": True}, 1, 101, ADA)
    assert said(notebook) == ["a meal"]
    assert notebook.search("call", 5) == []
    with pytest.raises(ConflictError):
        notebook.write("d", "touch", WREN, {"item": "b", "words": "changed"}, 7, 101, ADA)
    notebook.write("e", "touch", WREN, {"item": "b", "gone": True}, LATEST, 101, ADA)
    assert not notebook.knows(WREN)


def test_a_repeated_op_of_many_adds_none(notebook: Notebook) -> None:
    for _ in range(3):
        assert touch(notebook, "a", "a call") == "a"
    assert said(notebook) == ["a call"]


def test_merging_keeps_the_many_of_both(notebook: Notebook) -> None:
    touch(notebook, "a", "as a stub", STUB)
    touch(notebook, "b", "under the id")
    notebook.merge(STUB, WREN)
    assert sorted(map(str, said(notebook))) == ["as a stub", "under the id"]
    assert said(notebook, STUB) == []


def test_a_kind_marks_the_badge_and_the_mark_goes_with_it(notebook: Notebook) -> None:
    notebook.write("a", "decision", WREN, {"words": "wait"}, None, 100, ADA)
    assert notebook.summary(WREN).marks == {"decided": "wait"}
    notebook.forget(WREN)
    assert notebook.summary(WREN).marks == {}


def test_an_item_that_is_no_text_is_refused(notebook: Notebook) -> None:
    with pytest.raises(BodyError, match="item"):
        touch(notebook, "a", "a call", item=7)


def test_a_kinds_own_table_is_not_handed_out(notebook: Notebook) -> None:
    with pytest.raises(UnknownError, match="use write"):
        notebook.table("touch")
