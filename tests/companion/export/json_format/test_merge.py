"""An export merged into a folder that is not empty: all of both is there afterwards, and once more adds nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from companion.cli.exit_codes import NOT_UNDERSTOOD
from companion.domain.handles import fold
from companion.domain.sightings import Interaction, Person, Relation, Understanding
from companion.settings import Settings
from companion.store.faces import face_of, faces_kept, keep_face
from companion.store.ingest import take
from companion.store.ledger.tables.interactions import state_of
from companion.store.notebook.notebook import Notebook
from companion.store.readonly import open_read_only
from tests.companion.cli.runs import run
from tests.companion.export.folders import ADA, NOW, contents, export, fill, stores
from tests.companion.export.json_format.forged import BROKEN, resealed
from tests.companion.export.json_format.made_up import Written, seen, written

WREN = "2000001"
COLUMNS = {
    "event": "direction, kind, ref, t.at, last, gone, partial, automatic, post, source, chat",
    "relation": "field, at",
    "post": "id",
    "snapshot": "day",
    "person": "t.first_seen, t.last_seen, t.name",
    "names": "t.handle",
}
Row = tuple[Any, ...]


def bring(one: Path, two: Path) -> str:
    """Export one folder and import it into the other."""
    file = one.with_suffix(".json")
    export(one, file, "--force")
    done = run(two, "import", "mutuals", str(file))
    assert done.code == 0, done.err
    return done.out


def make(data: Path, told: list[Understanding], texts: list[Written], viewers: list[str], start: int) -> None:
    with stores(data) as (notebook, ledger):
        for number, understanding in enumerate(told):
            take(ledger, notebook, viewers[number % len(viewers)], understanding, start + 40_000 * number)
        for number, (pid, (kind, body)) in enumerate(texts):
            found = ledger.find(viewers[0], None, pid.removeprefix("@")) if pid.startswith("@") else pid
            notebook.write(f"op-{start}-{number:06}", kind, found or pid, body, -1, start + number, ADA)


class Held:
    """Everything that a folder holds, read before anything else opens it."""

    def __init__(self, data: Path) -> None:
        with open_read_only(Settings(data=data)) as opened:
            assert opened.ledger is not None
            self.written = {name: [dict(row) for row in rows.values()] for name, rows in opened.notebook.items()}
            self.seen = {table: self._rows(opened.ledger, table, columns) for table, columns in COLUMNS.items()}
            self.since = dict(map(tuple, opened.ledger.execute("select name, inbound_since from viewer")))
        self.called = {(owner, fold(handle)): set[str]() for owner, _, handle in self.seen["names"]}
        for owner, pid, handle in self.seen["names"]:
            self.called[owner, fold(handle)].add(pid)

    def _rows(self, connection: sqlite3.Connection, table: str, columns: str) -> list[Row]:
        names = "(select owner, pid, handle from handle_was union select owner, pid, handle from person)"
        sql = (
            f"select v.name, t.pid, {columns} from {names if table == 'names' else table} t join viewer v using (owner)"
        )
        return [tuple(row) for row in connection.execute(sql) if row[2] is not None]

    def whom(self, owner: str, pid: str) -> set[str]:
        """Return whom a key of another folder may mean here: a stub is whoever has or had the handle."""
        return {pid} | (self.called.get((owner, pid[1:]), set()) if pid.startswith("@") else set())

    def holds_seen(self, other: Held) -> None:
        """Check that everything seen there is here."""
        acts = {row[:5]: state_of(row[5:]) for row in self.seen["event"]}
        for owner, pid, *rest in other.seen["event"]:
            found = [acts.get((owner, one, *rest[:3])) for one in self.whom(owner, pid)]
            assert any(mine and mine.joined(state_of(tuple(rest[3:]))) == mine for mine in found)
        relations = {row[:3]: row[3] for row in self.seen["relation"]}
        for owner, pid, field, at in other.seen["relation"]:
            assert any(relations.get((owner, one, field), -1) >= at for one in self.whom(owner, pid))
        for table in ("post", "snapshot"):
            for owner, pid, one in other.seen[table]:
                assert any((owner, page, one) in self.seen[table] for page in self.whom(owner, pid))
        for owner, pid, first, last, name in other.seen["person"]:
            mine = [row[2:] for row in self.seen["person"] if row[0] == owner and row[1] in self.whom(owner, pid)]
            assert any(row[0] <= first <= last <= row[1] and (row[2] is not None or name is None) for row in mine)
        for owner, pid, handle in other.seen["names"]:
            assert self.called[owner, fold(handle)] & self.whom(owner, pid)
        assert all(self.since[owner] <= at for owner, at in other.since.items() if at is not None)

    def holds_written(self, other: Held, notebook: Notebook) -> None:
        """Check that everything written there is here."""
        for kind in ("note", "tags", "alias", "versions"):
            for row in other.written.get(kind, []):
                body, told = row["body"], str(row["pid"])
                assert isinstance(body, dict)
                whom = {told}.union(*(self.whom(owner, told) for owner in self.since))
                texts = [version.text for pid in whom for version in notebook.versions(pid)]
                if "text" in body and str(body["text"]).strip():
                    assert any(str(body["text"]) in text for text in texts)
                if kind == "tags" and isinstance(tags := body["tags"], list):
                    kept = {tag.casefold() for pid in whom for tag in notebook.about(pid).tags}
                    assert {str(tag).casefold() for tag in tags} <= kept
                if kind == "alias" and body["alias"]:
                    named = [notebook.about(pid).alias for pid in whom]
                    assert body["alias"] in named or any(f"“{body['alias']}”" in text for text in texts)


VIEWERS = st.lists(st.sampled_from([ADA, "@second"]), min_size=1, max_size=2)


@given(mine=st.tuples(seen, written, VIEWERS), theirs=st.tuples(seen, written, VIEWERS), later=st.booleans())
@settings(max_examples=25, deadline=None, phases=[Phase.generate])
def test_whatever_both_hold_is_there_after_the_merge_and_once_more_adds_nothing(
    tmp_path_factory: pytest.TempPathFactory,
    mine: tuple[list[Understanding], list[Written], list[str]],
    theirs: tuple[list[Understanding], list[Written], list[str]],
    later: bool,
) -> None:
    folder = tmp_path_factory.mktemp("merge")
    one, two, before = folder / "one", folder / "two", folder / "before"
    make(one, *theirs, NOW - (1_000_000 if later else 3_000_000))
    make(two, *mine, NOW - 2_000_000)
    make(before, *mine, NOW - 2_000_000)
    bring(one, two)
    whole = Held(two)
    with stores(two) as (notebook, ledger):
        for other in (Held(one), Held(before)):
            whole.holds_seen(other)
            whole.holds_written(other, notebook)
        assert ledger.recount() == []
    united = contents(Settings(data=two))
    bring(one, two)
    assert contents(Settings(data=two)) == united


def seen_by(data: Path, at: int, told: Understanding) -> None:
    with stores(data) as (_, ledger):
        ledger.owner_for(ADA, "adaquill", at)
        ledger.record(ADA, told, at)


def test_what_was_seen_keeps_its_source_and_time_and_coverage_grows(tmp_path: Path) -> None:
    follows = [Relation(WREN, follows_me=True)]
    seen_by(tmp_path / "one", NOW - 900, Understanding(op="x-api.user", relations=follows))
    seen_by(tmp_path / "one", NOW - 10, Understanding(op="UserTweets", people=[Person(WREN, "wrenwrites", "Wren")]))
    unfollowed = Understanding(op="UserByScreenName", relations=[Relation(WREN, follows_me=False)])
    seen_by(tmp_path / "two", NOW - 500, unfollowed)
    bring(tmp_path / "one", tmp_path / "two")
    with stores(tmp_path / "two") as (_, ledger):
        assert ledger.relation(ADA, WREN)["follows_me"] == (False, "page", NOW - 500), "the later statement holds"
        assert ledger.coverage(ADA) == NOW - 500
    bring(tmp_path / "two", tmp_path / "one")
    with stores(tmp_path / "one") as (_, ledger):
        assert ledger.coverage(ADA) == NOW - 500, "as far back as either could see"
        assert ledger.relation(ADA, WREN)["follows_me"] == (False, "page", NOW - 500)


def test_one_persons_export_says_nothing_about_what_could_be_seen_of_others(tmp_path: Path) -> None:
    fill(tmp_path / "one")
    seen_by(tmp_path / "two", NOW - 5, Understanding(op="archive", people=[Person("2000009", "bolaprints")]))
    export(tmp_path / "one", tmp_path / "wren.json", "--person", "@wrenwrites")
    assert run(tmp_path / "two", "import", "mutuals", str(tmp_path / "wren.json")).code == 0
    with stores(tmp_path / "two") as (notebook, ledger):
        assert ledger.coverage(ADA) is None
        assert notebook.about(WREN).note is not None
        assert {tag["name"] for tag in notebook.tags()} == {"friend", "a,b"}


def test_earlier_texts_come_along_and_a_later_one_takes_the_place_of_the_one_it_came_from(tmp_path: Path) -> None:
    with stores(tmp_path / "one") as (notebook, _):
        notebook.write("op-000001", "note", WREN, {"text": "First"}, None, NOW - 40, ADA)
    with stores(tmp_path / "two") as (notebook, ledger):
        ledger.owner_for(ADA, "adaquill", NOW - 50)
    bring(tmp_path / "one", tmp_path / "two")
    with stores(tmp_path / "one") as (notebook, _):
        notebook.write("op-000002", "note", WREN, {"text": "Second", "post": "9"}, 1, NOW - 20, ADA)
    assert "New notes: 1, already there: 0, beside yours: 0." in bring(tmp_path / "one", tmp_path / "two")
    with stores(tmp_path / "two") as (notebook, _):
        note = notebook.about(WREN).note
        assert note is not None
        assert (note.text, note.post, note.at, note.viewer) == ("Second", "9", NOW - 20, ADA)
        assert [version.text for version in notebook.versions(WREN)] == ["Second", "First"]
    assert "already there: 1" in bring(tmp_path / "two", tmp_path / "one"), "the older one brings nothing"
    assert run(tmp_path / "two", "import", "undo").code == 0
    with stores(tmp_path / "two") as (notebook, _):
        note = notebook.about(WREN).note
        assert note is not None
        assert note.text == "First"


def test_a_folder_with_nothing_but_cleared_notes_or_filters_is_not_taken_for_an_empty_one(tmp_path: Path) -> None:
    fill(tmp_path / "one")
    with stores(tmp_path / "two") as (notebook, _):
        notebook.write("op-000001", "note", "2000009", {"text": "Owes me a book"}, None, NOW - 40, ADA)
        notebook.write("op-000002", "note", "2000009", {"text": ""}, 1, NOW - 30, ADA)
        notebook.table("filters").insert({"name": "Warm", "filter": "score > 35", "owner": ADA})
    bring(tmp_path / "one", tmp_path / "two")
    with stores(tmp_path / "two") as (notebook, _):
        assert [version.text for version in notebook.versions("2000009")] == ["Owes me a book"]
        assert len(notebook.table("filters")) == 1
        assert notebook.about(WREN).note is not None


def test_an_account_kept_apart_is_kept_apart_where_it_is_new(tmp_path: Path) -> None:
    with stores(tmp_path / "one") as (notebook, ledger):
        ledger.owner_for("1000002", "adaworks", NOW - 50)
        notebook.asides.keep_apart("1000002", on=True)
        notebook.write("op-000001", "note", WREN, {"text": "For work"}, None, NOW - 40, "1000002")
        notebook.write("op-000002", "note", WREN, {"text": "For me"}, None, NOW - 40, ADA)
    with stores(tmp_path / "two") as (notebook, ledger):
        ledger.owner_for(ADA, "adaquill", NOW - 50)
        notebook.write("op-000003", "note", WREN, {"text": "Mine"}, None, NOW - 30, ADA)
    for _ in range(2):
        bring(tmp_path / "one", tmp_path / "two")
        with stores(tmp_path / "two") as (notebook, _):
            mine, work = notebook.about(WREN, ADA).note, notebook.about(WREN, "1000002").note
            assert mine is not None
            assert work is not None
            assert work.text == "For work"
            assert (mine.text[:4], mine.text[-6:], "work" in mine.text) == ("Mine", "For me", False)


def test_calls_circles_filters_and_colours_come_along_once(tmp_path: Path) -> None:
    fill(tmp_path / "one")
    with stores(tmp_path / "one") as (notebook, _):
        notebook.write("op-call-1", "touch", WREN, {"what": "call", "when": NOW - 60}, None, NOW - 40, ADA)
        notebook.write("op-circle", "circle", WREN, {"circles": ["watchlist"]}, None, NOW - 40, ADA)
        notebook.table("filters").insert({"name": "Warm", "filter": "score > 35", "owner": ADA})
    with stores(tmp_path / "two") as (notebook, ledger):
        ledger.owner_for(ADA, "adaquill", NOW - 50)
        notebook.write("op-circle", "circle", WREN, {"circles": ["say-things"]}, None, NOW - 30, ADA)
    for _ in range(2):
        bring(tmp_path / "one", tmp_path / "two")
        with stores(tmp_path / "two") as (notebook, _):
            others = notebook.about(WREN).others
            assert [one["what"] for one in others["touch"]] == ["call"]
            assert {str(one) for one in notebook.summary(WREN).marks["circles"]} == {"watchlist", "say-things"}  # type: ignore[union-attr]  # a list
            assert len(notebook.table("filters")) == 1
            assert next(tag["colour"] for tag in notebook.tags() if tag["name"] == "friend") == "#112233"


def test_pictures_come_along_and_the_one_that_is_kept_here_stays(tmp_path: Path) -> None:
    with stores(tmp_path / "one") as (notebook, ledger):
        ledger.owner_for(ADA, "adaquill", NOW - 50)
        keep_face(notebook, WREN, b"theirs", NOW)
        keep_face(notebook, "2000002", b"new", NOW)
    with stores(tmp_path / "two") as (notebook, ledger):
        ledger.owner_for(ADA, "adaquill", NOW - 50)
        keep_face(notebook, WREN, b"ours", NOW - 5)
    for _ in range(2):
        bring(tmp_path / "one", tmp_path / "two")
        with stores(tmp_path / "two") as (notebook, _):
            assert faces_kept(notebook) == {WREN: NOW - 5, "2000002": NOW}
            assert (face_of(notebook, WREN), len(notebook.table("faces"))) == (b"ours", 2)


def test_a_stubs_notes_go_to_the_id_that_is_known_here(tmp_path: Path) -> None:
    with stores(tmp_path / "one") as (notebook, ledger):
        ledger.owner_for(ADA, "adaquill", NOW - 50)
        ledger.record(
            ADA, Understanding(interactions=[Interaction("in", "reply", NOW - 60, "11", None, "wrenwrites")]), NOW
        )
        notebook.write("op-000001", "note", "@wrenwrites", {"text": "Met"}, None, NOW - 40, ADA)
    seen_by(tmp_path / "two", NOW - 90, Understanding(people=[Person(WREN, "WrenWrites")]))
    bring(tmp_path / "one", tmp_path / "two")
    with stores(tmp_path / "two") as (notebook, ledger):
        assert notebook.about(WREN).note is not None
        assert ledger.find(ADA, None, "wrenwrites") == WREN
        assert len(ledger.interactions(ADA, WREN)) == 1


@pytest.mark.parametrize(("part", "other"), BROKEN, ids=lambda part: part.decode())
def test_a_forged_export_changes_nothing_in_a_folder_that_holds_something(
    tmp_path: Path, part: bytes, other: bytes
) -> None:
    fill(tmp_path / "one")
    seen_by(tmp_path / "two", NOW - 5, Understanding(people=[Person("2000009", "bolaprints")]))
    before = contents(Settings(data=tmp_path / "two"))
    file = tmp_path / "all.json"
    export(tmp_path / "one", file)
    file.write_bytes(resealed([line.replace(part, other, 1) for line in file.read_bytes().splitlines(keepends=True)]))
    assert run(tmp_path / "two", "import", "mutuals", str(file)).code == NOT_UNDERSTOOD
    assert contents(Settings(data=tmp_path / "two")) == before


def test_an_act_of_the_future_is_none(tmp_path: Path) -> None:
    fill(tmp_path / "one")
    seen_by(tmp_path / "two", NOW - 5, Understanding(people=[Person("2000009", "bolaprints")]))
    file = tmp_path / "all.json"
    export(tmp_path / "one", file)
    late = str(NOW - 80).encode()
    lines = [line.replace(b'"at":' + late, b'"at":9' + late) for line in file.read_bytes().splitlines(keepends=True)]
    file.write_bytes(resealed(lines))
    assert run(tmp_path / "two", "import", "mutuals", str(file)).code == 0
    with stores(tmp_path / "two") as (_, ledger):
        assert {row.kind for row in ledger.interactions(ADA, WREN)} == {"reply", "like"}
