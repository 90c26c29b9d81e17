"""What is written about a person is kept, once, with every earlier text, and comes back as copies."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.errors import BodyError, ConflictError, LockedError, NewerDataError, StoreError, UnknownError
from companion.settings import Settings
from companion.store.documents import Document
from companion.store.journal.database import open_journal
from companion.store.notebook.notebook import Notebook
from companion.store.notebook.results import LATEST
from tests.companion.store.files_help import as_after_a_kill

WREN, INES = "2000001", "2000002"
ADA = "1000001"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "notes.json"


@pytest.fixture
def notebook(path: Path) -> Iterator[Notebook]:
    with Notebook.open(path) as opened:
        yield opened


def write(notebook: Notebook, op: str, text: str, base: int | None = None, *, pid: str = WREN, at: int = 100) -> int:
    return notebook.write(op, "note", pid, {"text": text}, base, at, ADA).rev


def test_a_note_tags_and_an_alias_are_kept_with_who_wrote_them_and_when(notebook: Notebook, path: Path) -> None:
    notebook.write("a", "note", WREN, {"text": "Met at the\nmill", "post": "77"}, None, 100, ADA)
    notebook.write("b", "tags", WREN, {"tags": ["writer", " Answers  back ", "Writer", ""]}, None, 101, ADA)
    notebook.write("c", "alias", WREN, {"alias": " Wrenny "}, None, 102, ADA)
    for opened in (notebook, Notebook.open(as_after_a_kill(path))):
        about = opened.about(WREN)
        assert about.note is not None
        assert (about.note.text, about.note.rev, about.note.at) == ("Met at the\nmill", 1, 100)
        assert (about.note.viewer, about.note.post, about.versions) == (ADA, "77", 1)
        assert (about.tags, about.tags_rev, about.alias, about.alias_rev) == (
            ["writer", "Answers back"],
            1,
            "Wrenny",
            1,
        )
        assert opened.summary(WREN)[:3] == (True, ("writer", "Answers back"), "Wrenny")
        assert (opened.people(), opened.note_count(), opened.last_write_at) == ([WREN], 1, 102)
    opened.close()


def test_nothing_is_known_of_a_stranger(notebook: Notebook) -> None:
    about = notebook.about(INES)
    assert (about.note, about.versions, about.tags, about.alias, about.others) == (None, 0, [], None, {})
    assert not notebook.knows(INES)
    assert notebook.summary(INES).tags == ()
    assert notebook.last_write_at is None


def test_every_earlier_text_stays_and_the_newest_comes_first(notebook: Notebook) -> None:
    for number, text in enumerate(["first", "second", "", "third"]):
        write(notebook, f"op{number}", text, base=number, at=100 + number)
    assert [(v.text, v.rev) for v in notebook.versions(WREN)] == [("third", 4), ("second", 2), ("first", 1)]
    assert notebook.about(WREN).versions == 3


def test_an_emptied_note_is_gone_from_view_and_its_texts_stay(notebook: Notebook) -> None:
    write(notebook, "a", "something")
    write(notebook, "b", "  ", base=1)
    about = notebook.about(WREN)
    assert (about.note, about.note_rev) == (None, 2)
    assert not notebook.knows(WREN)
    assert notebook.people() == []
    assert notebook.note_count() == 0
    assert [version.text for version in notebook.versions(WREN)] == ["something"]
    assert write(notebook, "c", "anew") == 3


def test_a_write_on_an_old_revision_is_a_conflict_and_both_texts_are_kept(notebook: Notebook, path: Path) -> None:
    write(notebook, "a", "from the laptop")
    write(notebook, "b", "from the laptop, later", base=1)
    with pytest.raises(ConflictError) as refused:
        write(notebook, "c", "from the phone", base=1, at=200)
    assert refused.value.details["stored"] == {"text": "from the laptop, later", "rev": 2, "at": 100, "viewer": ADA}
    for opened in (notebook, Notebook.open(as_after_a_kill(path))):
        kept = opened.about(WREN).note
        assert kept is not None
        assert kept.text == "from the laptop, later"
        assert [(v.text, v.conflict) for v in opened.versions(WREN)] == [
            ("from the phone", True),
            ("from the laptop, later", False),
            ("from the laptop", False),
        ]
    opened.close()
    assert write(notebook, "d", "both together", base=2) == 4


def test_a_note_is_never_replaced_by_somebody_who_saw_none(notebook: Notebook) -> None:
    write(notebook, "a", "here before")
    with pytest.raises(ConflictError):
        write(notebook, "b", "written blind", base=None)
    assert write(notebook, "c", "on purpose", base=LATEST) == 3


def test_the_same_text_again_is_no_conflict_and_no_new_revision(notebook: Notebook) -> None:
    write(notebook, "a", "the same")
    assert write(notebook, "b", "the same", base=None) == 1
    assert notebook.about(WREN).versions == 1


def test_a_repeated_op_changes_nothing_and_has_the_first_result_also_after_a_restart(
    notebook: Notebook, path: Path
) -> None:
    first = notebook.write("a", "note", WREN, {"text": "one"}, None, 100, ADA)
    write(notebook, "b", "two", base=1)
    for opened in (notebook, Notebook.open(as_after_a_kill(path))):
        again = opened.write("a", "note", WREN, {"text": "one"}, None, 100, ADA)
        assert (again.rev, again.at, again.repeated) == (first.rev, first.at, True)
        kept = opened.about(WREN).note
        assert kept is not None
        assert kept.text == "two"
    opened.close()


def test_a_repeated_op_that_was_in_conflict_keeps_its_text_only_once(notebook: Notebook) -> None:
    write(notebook, "a", "one")
    for _ in range(3):
        with pytest.raises(ConflictError):
            write(notebook, "b", "other", base=0)
    assert [version.text for version in notebook.versions(WREN)] == ["other", "one"]


def test_only_so_many_ops_are_remembered(tmp_path: Path) -> None:
    with Notebook.open(Settings(data=tmp_path, remembered_ops=10)) as notebook:
        for number in range(600):
            write(notebook, f"op{number}", f"text {number}", base=LATEST)
        assert 10 <= len(notebook.table("ops")) <= 10 + 256
        assert notebook.write("op599", "note", WREN, {"text": "x"}, LATEST, 1, ADA).repeated


@pytest.mark.parametrize(
    ("pasted", "meant"),
    [
        ("Met at the fair\vLikes raku", "Met at the fair\nLikes raku"),
        ("a\fb\x85c\u2028d\u2029e", "a\nb\nc\nd\ne"),
        ("a\x7fb\x00c\x1b\x9b", "abc"),
        ("tab\tstays, \u200fmarks\u200d too", "tab\tstays, \u200fmarks\u200d too"),
    ],
)
def test_invisible_characters_that_were_pasted_become_what_was_meant(
    notebook: Notebook, pasted: str, meant: str
) -> None:
    notebook.write("a", "note", WREN, {"text": pasted}, None, 100, ADA)
    note = notebook.about(WREN).note
    assert note is not None
    assert note.text == meant


def test_an_edit_by_an_older_version_keeps_a_newer_ones_fields(notebook: Notebook, path: Path) -> None:
    notebook.write("a", "note", WREN, {"text": "First"}, None, 100, ADA)
    newer: Document = {"pid": WREN, "rev": 2, "at": 200, "viewer": ADA, "body": {"text": "Second", "private": True}}
    notebook.unite(WREN, {"note": [(0, newer)]})
    notebook.write("b", "note", WREN, {"text": "Third"}, LATEST, 300, ADA)
    notebook.compact()
    stored = next(iter(json.loads(path.read_bytes())["note"].values()))
    assert stored["body"] == {"text": "Third", "private": True}


@pytest.mark.parametrize(
    ("kind", "body", "words"),
    [
        ("note", {"text": "x" * 10_001}, "10,001 characters; at most 10,000"),
        ("note", {"text": "\ud83d"}, r"half of a character \(U\+D83D\)"),
        ("note", {"text": 7}, "must be text"),
        ("note", {"text": "a", "colour": "red"}, "nothing else"),
        ("note", {}, "must be text"),
        ("tags", {"tags": "writer"}, "must be a list"),
        ("tags", {"tags": ["x" * 41]}, "41 characters; at most 40"),
        ("tags", {"tags": ["a\nb"]}, "a line break"),
        ("tags", {"tags": [str(n) for n in range(51)]}, "at most 50"),
        ("alias", {"alias": "x" * 61}, "61 characters; at most 60"),
        ("alias", {"alias": "two\nlines"}, "a line break"),
    ],
)
def test_what_does_not_fit_is_refused_in_words_and_changes_nothing(
    notebook: Notebook, kind: str, body: dict[str, object], words: str
) -> None:
    with pytest.raises(BodyError, match=words):
        notebook.write("a", kind, WREN, body, None, 100, ADA)
    assert not notebook.knows(WREN)
    notebook.write("a", "alias", WREN, {"alias": "still free"}, None, 100, ADA)


def test_ten_thousand_characters_of_any_script_fit(notebook: Notebook) -> None:
    text = "Grüße, שלום, 👩‍👩‍👧\t\n" * 434
    write(notebook, "a", text[:10_000])
    kept = notebook.about(WREN).note
    assert kept is not None
    assert kept.text == text[:10_000]


def test_windows_line_ends_become_plain_ones(notebook: Notebook) -> None:
    write(notebook, "a", "one\r\ntwo\rthree")
    assert notebook.versions(WREN)[0].text == "one\ntwo\nthree"


def test_an_unknown_kind_is_refused_with_those_there_are(notebook: Notebook) -> None:
    with pytest.raises(UnknownError, match=r"alias, .*note, .*tags"):
        notebook.write("a", "horoscope", WREN, {}, None, 100, ADA)


def test_what_is_handed_out_can_be_changed_without_harm(notebook: Notebook) -> None:
    notebook.write("a", "tags", WREN, {"tags": ["one"]}, None, 100, ADA)
    notebook.about(WREN).tags.append("two")
    assert notebook.about(WREN).tags == ["one"]


def test_the_folder_is_its_owners_alone(tmp_path: Path) -> None:
    with Notebook.open(Settings(data=tmp_path / "new" / "data")):
        assert (tmp_path / "new" / "data").stat().st_mode & 0o777 == 0o700
        assert (tmp_path / "new" / "data" / "notes.json.journal").stat().st_mode & 0o777 == 0o600


def test_the_instance_is_made_once_and_stays(path: Path) -> None:
    with Notebook.open(path) as notebook:
        instance = notebook.instance
    with Notebook.open(path) as notebook:
        assert notebook.instance == instance
        with pytest.raises(LockedError):
            Notebook.open(path)


def test_a_notebook_of_a_newer_version_is_refused_in_words_and_not_touched(path: Path) -> None:
    with open_journal(path) as db:
        db.table("_meta").insert({"schema": 99, "instance": "abc"})
    before = path.read_bytes()
    with pytest.raises(NewerDataError, match="number 99"):
        Notebook.open(path)
    assert path.read_bytes() == before


def test_a_failed_write_leaves_the_index_as_it_was(notebook: Notebook, monkeypatch: pytest.MonkeyPatch) -> None:
    write(notebook, "a", "kept")

    def full(_descriptor: int, _data: bytes) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("os.write", full)
        with pytest.raises(StoreError):
            write(notebook, "b", "lost", base=1)
        with pytest.raises(StoreError):
            notebook.write("c", "tags", INES, {"tags": ["lost"]}, None, 100, ADA)
    assert [version.text for version in notebook.versions(WREN)] == ["kept"]
    assert (notebook.people(), notebook.tags(), notebook.search("lost", 9)) == ([WREN], [], [])
    assert write(notebook, "b", "now", base=1) == 2


def test_several_writes_in_a_batch_are_kept_together_or_not_at_all(notebook: Notebook) -> None:
    def fail() -> None:
        with notebook.batch():
            write(notebook, "a", "one")
            write(notebook, "b", "two", base=1)
            notebook.table("touches").insert({"pid": WREN})
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert not notebook.knows(WREN)
    with notebook.batch():
        write(notebook, "a", "one")
        assert write(notebook, "b", "two", base=1) == 2
    assert [version.text for version in notebook.versions(WREN)] == ["two", "one"]


def test_an_account_kept_apart_has_notes_of_its_own(notebook: Notebook) -> None:
    work = "1000002"
    write(notebook, "a", "for every account")
    notebook.asides.keep_apart(work, on=True)
    notebook.write("b", "note", WREN, {"text": "for work only"}, None, 100, work)
    shared, apart = notebook.about(WREN, ADA).note, notebook.about(WREN, work).note
    assert shared is not None
    assert apart is not None
    assert (shared.text, apart.text) == ("for every account", "for work only")
    assert [found.pid for found in notebook.search("work", 9, ADA)] == []
    assert [found.pid for found in notebook.search("work", 9, work)] == [WREN]
    notebook.asides.keep_apart(work, on=False)
    assert notebook.about(WREN, work).note == shared


def test_a_paused_operation_is_remembered_since_the_first_time(notebook: Notebook, path: Path) -> None:
    notebook.asides.pause("HomeTimeline", 100, "no entries")
    notebook.asides.pause("HomeTimeline", 200, "still none")
    notebook.asides.pause("Likes", 50, "no users")
    with Notebook.open(as_after_a_kill(path)) as later:
        assert later.paused() == [("Likes", 50, "no users"), ("HomeTimeline", 100, "no entries")]
    notebook.asides.resume("HomeTimeline")
    assert [pause.op for pause in notebook.paused()] == ["Likes"]


@settings(max_examples=25, deadline=None)
@given(
    writes=st.lists(
        st.tuples(
            st.sampled_from("abcdef"), st.sampled_from([WREN, INES]), st.text("xyz ", max_size=3), st.integers(0, 3)
        ),
        max_size=12,
    )
)
def test_no_text_that_was_acknowledged_or_refused_is_ever_lost(
    tmp_path_factory: pytest.TempPathFactory, writes: list[tuple[str, str, str, int]]
) -> None:
    folder = tmp_path_factory.mktemp("writes")
    given_texts: dict[str, tuple[str, str]] = {}
    with Notebook.open(folder / "notes.json") as notebook:
        for op, pid, text, base in writes:
            given_texts.setdefault(op, (pid, text))
            try:
                write(notebook, op, text, base, pid=pid)
            except ConflictError:
                continue
    with Notebook.open(folder / "notes.json") as notebook:
        for pid, text in given_texts.values():
            assert not text.strip() or text in [version.text for version in notebook.versions(pid)]
