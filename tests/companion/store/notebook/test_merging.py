"""Two persons who turn out to be one lose nothing; a forgotten person leaves nothing; tags and search follow."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.store.journal.snapshots import Snapshots
from companion.store.notebook.notebook import Notebook
from companion.store.notebook.results import LATEST
from tests.companion.store.files_help import as_after_a_kill

STUB, WREN, INES = "@wrenwrites", "2000001", "2000002"
ADA = "1000001"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "notes.json"


@pytest.fixture
def notebook(path: Path) -> Iterator[Notebook]:
    with Notebook.open(path) as opened:
        yield opened


def op(*facts: object) -> str:
    """The same id for the same write; as random ids do, it says nothing of what is written."""
    return hashlib.sha256(repr(facts).encode()).hexdigest()


def note(notebook: Notebook, pid: str, text: str, at: int = 100) -> None:
    notebook.write(op(pid, text, at), "note", pid, {"text": text}, LATEST, at, ADA)


def tag(notebook: Notebook, pid: str, *tags: str) -> None:
    notebook.write(op(pid, tags), "tags", pid, {"tags": list(tags)}, LATEST, 100, ADA)


def text_of(notebook: Notebook, pid: str) -> str | None:
    kept = notebook.about(pid).note
    return kept.text if kept else None


def test_a_stub_whose_id_is_learned_keeps_everything_under_the_id(notebook: Notebook, path: Path) -> None:
    note(notebook, STUB, "first")
    note(notebook, STUB, "second")
    tag(notebook, STUB, "writer")
    notebook.table("touches").insert({"pid": STUB, "kind": "call"})
    assert notebook.merge(STUB, WREN)
    for opened in (notebook, Notebook.open(as_after_a_kill(path))):
        assert text_of(opened, WREN) == "second"
        assert [version.text for version in opened.versions(WREN)] == ["second", "first"]
        assert opened.people() == [WREN]
        assert opened.tags()[0]["count"] == 1
        assert [row["pid"] for row in opened.table("touches")] == [WREN]
        assert opened.write(op(STUB, "first", 100), "note", WREN, {"text": "x"}, LATEST, 1, ADA).repeated
    opened.close()


def test_when_both_have_a_note_both_texts_are_in_the_one_that_stays_and_in_the_versions(notebook: Notebook) -> None:
    note(notebook, WREN, "older, under the id", at=100)
    note(notebook, STUB, "newer, under the handle", at=200)
    tag(notebook, WREN, "Writer", "friend")
    tag(notebook, STUB, "writer", "mill")
    assert notebook.merge(STUB, WREN)
    assert text_of(notebook, WREN) == "newer, under the handle\n\nolder, under the id"
    texts = {version.text for version in notebook.versions(WREN)}
    assert {"newer, under the handle", "older, under the id"} <= texts
    assert {name.casefold() for name in notebook.about(WREN).tags} == {"writer", "friend", "mill"}


def test_texts_too_long_together_stay_side_by_side(notebook: Notebook) -> None:
    note(notebook, WREN, "o" * 9_000, at=100)
    note(notebook, STUB, "n" * 9_000, at=200)
    notebook.merge(STUB, WREN)
    assert text_of(notebook, WREN) == "n" * 9_000
    assert "o" * 9_000 in [version.text for version in notebook.versions(WREN)]


@pytest.mark.parametrize(("at_stub", "at_id", "stays", "named"), [(1, 2, "Inky", "Bird"), (2, 1, "Bird", "Inky")])
@pytest.mark.parametrize("texts", [(), (STUB,), (WREN,), (STUB, WREN)])
def test_of_two_aliases_the_later_stays_and_the_other_is_named_in_the_note(
    notebook: Notebook, at_stub: int, at_id: int, stays: str, named: str, texts: tuple[str, ...]
) -> None:
    for pid in texts:
        note(notebook, pid, f"about {pid}")
    notebook.write(op("a"), "alias", STUB, {"alias": "Bird"}, LATEST, at_stub, ADA)
    notebook.write(op("b"), "alias", WREN, {"alias": "Inky"}, LATEST, at_id, ADA)
    notebook.merge(STUB, WREN)
    about = notebook.about(WREN)
    assert about.alias == stays
    assert about.note is not None
    assert f"Also called “{named}”." in about.note.text
    assert all(f"about {pid}" in about.note.text for pid in texts)


def test_a_note_that_was_taken_away_comes_back_only_with_the_name_that_gave_way(notebook: Notebook) -> None:
    note(notebook, STUB, "gone")
    note(notebook, STUB, "")
    notebook.write(op("a"), "alias", STUB, {"alias": "Bird"}, LATEST, 1, ADA)
    notebook.write(op("b"), "alias", WREN, {"alias": "Inky"}, LATEST, 2, ADA)
    notebook.merge(STUB, WREN)
    assert text_of(notebook, WREN) == "Also called “Bird”."


def test_merging_a_stub_nothing_is_written_about_changes_nothing(notebook: Notebook, path: Path) -> None:
    note(notebook, WREN, "kept")
    before = path.with_name("notes.json.journal").read_bytes()
    assert not notebook.merge(STUB, WREN)
    assert not notebook.merge(WREN, WREN)
    assert path.with_name("notes.json.journal").read_bytes() == before


TEXTS = st.text("abc\n", min_size=1, max_size=6)


@settings(max_examples=30, deadline=None)
@given(
    stubs=st.lists(TEXTS, max_size=3),
    theirs=st.lists(TEXTS, max_size=3),
    stub_tags=st.lists(st.sampled_from(["a", "B", "c"]), max_size=3),
    their_tags=st.lists(st.sampled_from(["A", "b", "d"]), max_size=3),
    at=st.tuples(st.integers(1, 3), st.integers(1, 3)),
)
def test_merging_loses_no_text_and_no_tag(
    tmp_path_factory: pytest.TempPathFactory,
    stubs: list[str],
    theirs: list[str],
    stub_tags: list[str],
    their_tags: list[str],
    at: tuple[int, int],
) -> None:
    with Notebook.open(tmp_path_factory.mktemp("merge") / "notes.json") as notebook:
        for pid, texts, when in ((STUB, stubs, at[0]), (WREN, theirs, at[1])):
            for text in texts:
                note(notebook, pid, text, when)
        tag(notebook, STUB, *stub_tags)
        tag(notebook, WREN, *their_tags)
        notebook.merge(STUB, WREN)
        kept = {version.text for version in notebook.versions(WREN)}
        assert {text for text in (*stubs, *theirs) if text.strip()} <= kept
        assert {name.casefold() for name in notebook.about(WREN).tags} == {
            name.casefold() for name in (*stub_tags, *their_tags)
        }
        assert not notebook.knows(STUB)
        assert notebook.versions(STUB) == []


def test_a_forgotten_person_is_in_no_file_any_more(notebook: Notebook, path: Path) -> None:
    note(notebook, WREN, "a secret of theirs")
    note(notebook, WREN, "another secret")
    tag(notebook, WREN, "confidant", "friend")
    tag(notebook, INES, "friend")
    notebook.table("touches").insert({"pid": WREN, "words": "a secret call"})
    notebook.compact()
    Snapshots(path, 7).keep_day(1_700_000_000)
    path.with_name("notes.json.damaged-1").write_text(f'{{"pid": "{WREN}", "a secret"')
    assert notebook.forget(WREN)
    for file in path.parent.rglob("*"):
        data = file.read_bytes() if file.is_file() else b""
        assert not [word for word in (WREN, "secret", "confidant") if word.encode() in data], file
    assert notebook.people() == [INES]
    assert [found["name"] for found in notebook.tags()] == ["friend"]
    assert notebook.search("secret", 9) == []
    with Notebook.open(as_after_a_kill(path)) as later:
        assert later.people() == [INES]
        assert later.warnings == []


def test_a_late_repeat_does_not_bring_a_forgotten_person_back(notebook: Notebook) -> None:
    note(notebook, WREN, "gone")
    notebook.forget(WREN)
    note(notebook, WREN, "gone")
    assert not notebook.knows(WREN)
    assert not notebook.forget(WREN)


def test_after_forgetting_a_damaged_file_is_still_rebuilt(notebook: Notebook, path: Path) -> None:
    note(notebook, WREN, "gone")
    note(notebook, INES, "kept")
    notebook.forget(WREN)
    note(notebook, INES, "kept, later")
    copy = as_after_a_kill(path)
    copy.write_bytes(b"damaged")
    with Notebook.open(copy) as later:
        assert text_of(later, INES) == "kept, later"
        assert "no change is missing" in later.warnings[0]


def test_tags_have_colours_of_their_own_that_stay_until_the_user_changes_them(notebook: Notebook, path: Path) -> None:
    names = [f"tag {number}" for number in range(40)]
    tag(notebook, WREN, *names)
    tag(notebook, INES, "TAG 3")
    first = {found["name"]: found for found in notebook.tags()}
    assert len({found["colour"] for found in first.values()}) == 40
    assert notebook.tags()[0] == {"name": "tag 3", "colour": first["tag 3"]["colour"], "count": 2}
    notebook.set_tag_colour("Tag 3", "#1D9BF0")
    with Notebook.open(as_after_a_kill(path)) as later:
        assert later.tags()[0]["colour"] == "#1d9bf0"
        assert {found["name"]: found["colour"] for found in later.tags()[1:]} == {
            name: first[name]["colour"] for name in names if name != "tag 3"
        }


def test_a_tag_nobody_has_is_not_listed(notebook: Notebook) -> None:
    tag(notebook, WREN, "brief")
    tag(notebook, WREN)
    assert notebook.tags() == []
    tag(notebook, INES, "brief")
    assert notebook.tags()[0]["count"] == 1


def test_search_finds_words_of_any_kind_in_any_case_latest_first(notebook: Notebook) -> None:
    note(notebook, WREN, "Talks about GRÜSSE and mills " + "x " * 100, at=100)
    note(notebook, INES, "Also about mills", at=200)
    tag(notebook, WREN, "Printer")
    assert [found.pid for found in notebook.search("ABOUT mills", 9)] == [INES, WREN]
    assert [found.pid for found in notebook.search("mills", 1)] == [INES]
    found = notebook.search("grüsse printer", 9)
    assert [(one.pid, one.where) for one in found] == [(WREN, "note")]
    assert found[0].excerpt.startswith("Talks about GRÜSSE and mills")
    assert found[0].excerpt.endswith("…")
    assert [one.where for one in notebook.search("print", 9)] == ["tags"]
    tag(notebook, WREN, "small press", "Printer")
    assert [one.excerpt for one in notebook.search("print", 9)] == ["small press, Printer"]
    assert notebook.search("  ", 9) == []


def test_search_sees_a_change_at_once_and_what_was_there_at_the_start(notebook: Notebook, path: Path) -> None:
    note(notebook, WREN, "mills")
    assert notebook.search("mills", 9)
    note(notebook, WREN, "rivers")
    assert notebook.search("mills", 9) == []
    with Notebook.open(as_after_a_kill(path)) as later:
        assert [found.pid for found in later.search("rivers", 9)] == [WREN]


def test_recent_names_the_last_written_about_first(notebook: Notebook) -> None:
    note(notebook, WREN, "a", at=300)
    note(notebook, INES, "b", at=200)
    note(notebook, "2000003", "", at=400)
    assert notebook.recent(5) == [(WREN, 300), (INES, 200)]
    assert notebook.recent(1) == [(WREN, 300)]
