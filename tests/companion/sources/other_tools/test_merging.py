"""Merging overwrites nothing, tells what it does before, and is taken back in one step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain import limits
from companion.domain.sightings import Person, Understanding
from companion.errors import UnknownError
from companion.settings import Settings
from companion.sources.other_tools.merging import Merged, NotesImport
from companion.sources.other_tools.notes import ImportedNote, Parsed
from companion.sources.other_tools.undo import undo
from companion.store.ledger.ledger import Ledger
from companion.store.notebook.notebook import Notebook

NOW = 1_790_000_000
ADA = "1000001"


@pytest.fixture
def importing(tmp_path: Path) -> Iterator[NotesImport]:
    chosen = Settings(data=tmp_path)
    ledger, notebook = Ledger.open(chosen.ledger_path), Notebook.open(chosen)
    ledger.owner_for(ADA, "adaquill", NOW)
    yield NotesImport(notebook, ledger, chosen, NOW, ADA)
    ledger.close()
    notebook.close()


def merge(importing: NotesImport, *notes: ImportedNote, tool: str = "XMark") -> Merged:
    return importing.merge(Parsed(tool, list(notes)), "export.json")


def text(importing: NotesImport, pid: str) -> str | None:
    note = importing.notebook.about(pid).note
    return note.text if note else None


def wrote(importing: NotesImport, pid: str, words: str) -> None:
    importing.notebook.write(f"op-{words[:9]}-{pid}", "note", pid, {"text": words}, None, NOW - 5, ADA)


def test_somebody_new_gets_note_tags_and_alias(importing: NotesImport) -> None:
    merged = merge(importing, ImportedNote(None, "WrenWrites", "Paper", ["friend"], "Wren"))
    about = importing.notebook.about("@wrenwrites")
    assert (merged.count("new"), about.note and about.note.text, about.tags, about.alias) == (
        1,
        "Paper",
        ["friend"],
        "Wren",
    )


def test_the_same_again_is_the_same_and_leaves_nothing_to_take_back(importing: NotesImport) -> None:
    note = ImportedNote(None, "wrenwrites", "Paper", ["friend"], "Wren")
    merge(importing, note)
    again = merge(importing, note)
    assert (again.count("same"), again.run) == (1, None)
    assert text(importing, "@wrenwrites") == "Paper"


def test_another_note_is_kept_and_the_imported_one_put_below_it_with_its_date(importing: NotesImport) -> None:
    wrote(importing, "@wrenwrites", "My own words")
    merged = merge(importing, ImportedNote(None, "wrenwrites", "Theirs", at=1_756_684_800))
    assert merged.count("conflict") == 1
    assert text(importing, "@wrenwrites") == "My own words\n\n2025-09-01, from XMark:\nTheirs"


def test_what_does_not_fit_below_is_kept_as_a_version(importing: NotesImport) -> None:
    wrote(importing, "@wrenwrites", "a" * 9_990)
    merged = merge(importing, ImportedNote(None, "wrenwrites", "Theirs"))
    assert merged.people[0].aside == "Theirs"
    assert text(importing, "@wrenwrites") == "a" * 9_990
    assert "Theirs" in [version.text for version in importing.notebook.versions("@wrenwrites")]
    assert merge(importing, ImportedNote(None, "wrenwrites", "Theirs")).count("same") == 1


def test_two_entries_about_one_person_keep_both_texts_and_both_names(importing: NotesImport) -> None:
    merge(
        importing,
        ImportedNote(None, "wren", "\u2028First", [], "Wrennie"),
        ImportedNote(None, "Wren", "Second", [], "Letters Wren"),
    )
    about = importing.notebook.about("@wren")
    assert about.alias == "Wrennie"
    assert text(importing, "@wren") == "\nFirst\n\nSecond\n\nCalled “Letters Wren” there."


def test_another_alias_stays_and_the_imported_one_is_mentioned_once(importing: NotesImport) -> None:
    importing.notebook.write("op-alias-1", "alias", "@wren", {"alias": "Wrennie"}, None, NOW, ADA)
    note = ImportedNote(None, "wren", "", [], "Letters Wren")
    assert merge(importing, note).count("conflict") == 1
    assert importing.notebook.about("@wren").alias == "Wrennie"
    assert text(importing, "@wren") == "Called “Letters Wren” there."
    assert merge(importing, note).count("same") == 1


def test_the_note_goes_to_the_id_that_has_the_handle_now(importing: NotesImport) -> None:
    importing.ledger.record(ADA, Understanding(people=[Person("2000001", "wrenwrites")]), NOW)
    merge(importing, ImportedNote(None, "WrenWrites", "Paper"))
    assert text(importing, "2000001") == "Paper"


def test_an_id_with_a_handle_nobody_has_is_found_by_that_handle(importing: NotesImport) -> None:
    merge(importing, ImportedNote("2000001", "wrenwrites", "Paper", at=NOW - 9))
    assert importing.ledger.find(ADA, handle="wrenwrites") == "2000001"
    assert importing.ledger.coverage(ADA) is None, "a file shows nothing that others sent"


def test_what_is_too_long_is_skipped_with_the_reason(importing: NotesImport) -> None:
    merged = merge(importing, ImportedNote(None, "wren", "x" * 10_001), ImportedNote(None, "ines", "ok"))
    assert (merged.count("skipped"), merged.count("new")) == (1, 1)
    assert "10,001 characters" in merged.problems[0]


def test_a_preview_writes_nothing(importing: NotesImport) -> None:
    shown = importing.preview(Parsed("XMark", [ImportedNote("2000001", "wren", "Paper")]))
    assert (shown.count("new"), shown.run) == (1, None)
    assert importing.notebook.people() == []
    assert importing.ledger.find(ADA, handle="wren") is None


def test_one_undo_takes_a_whole_import_back_but_not_what_was_changed_since(importing: NotesImport) -> None:
    wrote(importing, "@wren", "Mine")
    merge(importing, ImportedNote(None, "wren", "Theirs", ["a"]), ImportedNote(None, "ines", "Lamps"))
    importing.notebook.write("op-later-1", "note", "@ines", {"text": "Lamps and more"}, 1, NOW + 5, ADA)
    undone = undo(importing.notebook, NOW + 9, ADA)
    assert (undone.restored, undone.kept, undone.name) == (2, 1, "export.json")
    assert (text(importing, "@wren"), importing.notebook.about("@wren").tags) == ("Mine", [])
    assert text(importing, "@ines") == "Lamps and more"
    with pytest.raises(UnknownError, match="No import"):
        undo(importing.notebook, NOW + 9, ADA)


def test_a_person_forgotten_since_is_not_brought_back_by_an_undo(importing: NotesImport) -> None:
    wrote(importing, "@wren", "Mine")
    merge(importing, ImportedNote(None, "wren", "Theirs"))
    importing.notebook.forget("@wren")
    undo(importing.notebook, NOW + 9, ADA)
    assert importing.notebook.people() == []


words = st.text("ab \n", min_size=1, max_size=12).filter(str.strip)
rivals = st.builds(
    ImportedNote,
    handle=st.sampled_from(["wren", "ines", "tomo"]),
    note=words | st.just(""),
    tags=st.lists(st.sampled_from(["a", "b", "A"]), max_size=2),
    alias=st.none() | st.sampled_from(["W", "I"]),
)


@given(own=st.dictionaries(st.sampled_from(["@wren", "@ines"]), words), notes=st.lists(rivals, max_size=4))
@settings(max_examples=25, deadline=None)
def test_nothing_of_either_side_is_lost_and_an_undo_restores_everything(
    tmp_path_factory: pytest.TempPathFactory, own: dict[str, str], notes: list[ImportedNote]
) -> None:
    chosen = Settings(data=tmp_path_factory.mktemp("notes"))
    ledger, notebook = Ledger.open(chosen.ledger_path), Notebook.open(chosen)
    importing = NotesImport(notebook, ledger, chosen, NOW)
    unique = list({note.handle: note for note in notes if not note.empty}.values())
    for pid, mine in own.items():
        wrote(importing, pid, mine)
    merge(importing, *unique)
    for note in unique:
        about = notebook.about(f"@{note.handle}")
        assert note.note.strip() in (about.note.text if about.note else "")
        assert {tag.casefold() for tag in note.tags} <= {tag.casefold() for tag in about.tags}
        assert own.get(f"@{note.handle}", "") in (about.note.text if about.note else "")
    if any(person.outcome != "same" for person in importing.preview(Parsed("XMark", unique)).people):
        raise AssertionError("a second import would change something")
    if notebook.table("imported_runs").all():
        undo(notebook, NOW, "")
    assert {pid: text(importing, pid) for pid in notebook.people()} == own
    ledger.close()
    notebook.close()


def test_a_name_that_is_too_long_for_an_alias_is_told_in_the_note_whole(importing: NotesImport) -> None:
    name = "Wren of the old paper mill " * 3
    merge(importing, ImportedNote(None, "wren", "Paper", [], name))
    assert importing.notebook.about("@wren").alias is None
    assert text(importing, "@wren") == f"Paper\nCalled “{name}” there."
    assert merge(importing, ImportedNote(None, "wren", "Paper", [], name)).count("same") == 1


def test_tags_that_do_not_fit_beside_those_that_are_there_are_refused_and_not_cut(importing: NotesImport) -> None:
    tags = [f"tag {number}" for number in range(limits.TAGS)]
    merge(importing, ImportedNote(None, "wren", "", tags))
    merged = merge(importing, ImportedNote(None, "wren", "", ["one more"]))
    assert merged.count("skipped") == 1
    assert f"more than {limits.TAGS}" in merged.problems[0]
    assert importing.notebook.about("@wren").tags == tags
    assert merge(importing, ImportedNote(None, "wren", "", [tags[3].upper()])).count("same") == 1
