"""Exports of other tools are recognised by what is in them; damaged and foreign files are a sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import SourceError
from companion.sources.other_tools.notes import MOST_BYTES, ImportedNote, Parsed
from companion.sources.other_tools.parse import parse, read_notes


def read(body: object, name: str = "export.json") -> Parsed:
    data = body.encode() if isinstance(body, str) else body if isinstance(body, bytes) else json.dumps(body).encode()
    return parse(data, name)


def only(parsed: Parsed) -> ImportedNote:
    assert len(parsed.notes) == 1, parsed
    return parsed.notes[0]


def test_x_user_notes_keeps_its_notes_by_handle() -> None:
    parsed = read({"muteBlockNotes-@WrenWrites": "Muted 2025-03-01\r\nfor spoilers", "other": 1})
    assert parsed.tool == "X User Notes"
    assert only(parsed) == ImportedNote(None, "WrenWrites", "Muted 2025-03-01\nfor spoilers")


def test_xmark_keeps_a_label_a_description_tags_and_times_by_id() -> None:
    entry = {"name": "Wren, letters", "description": "Writes back", "username": "wrenwrites", "userId": "2000001",
             "createdAt": "2025-08-01T00:00:00.000Z", "updatedAt": "2025-09-01T00:00:00.000Z",
             "tagId": "t1"}  # fmt: skip
    body = {"version": "5.2.3", "exportTime": "x", "notes": {"2000001": entry}, "tags": {"t1": {"name": "paper"}}}
    parsed = read(body)
    assert parsed.tool == "XMark"
    assert only(parsed) == ImportedNote(
        "2000001", "wrenwrites", "Writes back", ["paper"], "Wren, letters", 1_756_684_800
    )


def test_old_xmark_notes_by_handle_are_read_too() -> None:
    parsed = read({"version": "1", "notes": {"wrenwrites": {"text": "Letters"}, "inesmakes": "Lamps"}})
    assert [(note.handle, note.note) for note in parsed.notes] == [("wrenwrites", "Letters"), ("inesmakes", "Lamps")]


def test_profile_notes_are_keyed_by_id() -> None:
    body = {
        "2000001-notes": {"name": "Wren", "handle": "@wrenwrites", "note": "Paper", "thumbnailURL": "https://x.example"}
    }
    parsed = read(body)
    assert parsed.tool == "Profile Notes"
    assert only(parsed) == ImportedNote("2000001", "wrenwrites", "Paper")


def test_utags_tags_of_people_on_x_are_read_and_other_links_counted() -> None:
    data = {
        "https://x.com/wrenwrites": {"tags": ["paper", "friend", "paper"], "meta": {"updated": 1_756_684_800_000}},
        "https://twitter.com/inesmakes/status/1": {"tags": ["read"], "meta": {}},
        "https://news.example/": {"tags": ["news"], "meta": {}},
    }
    for body in ({"data": data, "meta": {"databaseVersion": 3}}, data):
        parsed = read(body)
        assert parsed.tool == "UTags"
        assert only(parsed) == ImportedNote(None, "wrenwrites", "", ["paper", "friend"], None, 1_756_684_800)
        assert parsed.problems == ["2 tagged link(s) lead to no person on X and were left out."]


RES = {"wrenwrites": {"tag": "writes letters", "color": "red", "link": "https://r.example/1"}, "x": {"votes": 3}}


@pytest.mark.parametrize(
    "body",
    [
        {"SCHEMA_VERSION": 2, "data": {"RESmodules.userTagger.tags": RES}},
        {"data": {"tag.wrenwrites": {"text": "writes letters", "link": "https://r.example/1"}, "tag.x": {}}},
        RES,
    ],
)
def test_res_tags_are_read_in_every_form_and_said_to_be_reddits(body: object) -> None:
    parsed = read(body)
    assert parsed.elsewhere == "Reddit"
    assert only(parsed) == ImportedNote(None, "wrenwrites", "Tagged at https://r.example/1", ["writes letters"])


def test_a_mastodon_table_is_read_by_the_name_before_the_server() -> None:
    parsed = read("Account address,Comment\nwrenwrites@mastodon.example,Paper\n", "notes.csv")
    assert (parsed.tool, parsed.elsewhere) == ("Mastodon", "Mastodon")
    assert only(parsed) == ImportedNote(None, "wrenwrites", "Paper")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_plain_table_needs_a_handle_and_something_written(separator: str) -> None:
    rows = [
        ["Handle", "Note", "Tags"],
        ["@wrenwrites", '"Two\nlines"', '"paper; friend"' if separator == "," else "paper"],
    ]
    parsed = read("\ufeff" + "\r\n".join(separator.join(row) for row in rows), "notes.csv")
    note = only(parsed)
    assert (note.handle, note.note, note.tags[0]) == ("wrenwrites", "Two\nlines", "paper")


def test_links_ids_and_neutralised_formulas_in_a_table_are_read() -> None:
    parsed = read("handle,id,note\nhttps://x.com/wrenwrites,2000001,'=1+1\n12345,,digits are a handle\n", "n.csv")
    assert [(note.id, note.handle, note.note) for note in parsed.notes] == [
        ("2000001", "wrenwrites", "=1+1"),
        (None, "12345", "digits are a handle"),
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("twitter.com/ferngate", (None, "ferngate")),
        ("www.x.com/ferngate", (None, "ferngate")),
        ("https://m.twitter.com/ferngate/status/12?s=20", (None, "ferngate")),
        ("https://twitter.com/#!/ferngate", (None, "ferngate")),
        ("https://mobile.twitter.com/#!/ferngate", (None, "ferngate")),
        ("https://x.com/@ferngate", (None, "ferngate")),
        ("https://twitter.com/intent/user?screen_name=ferngate", (None, "ferngate")),
        ("https://x.com/intent/user?user_id=7000000000000000778", ("7000000000000000778", None)),
        ("https://x.com/i/user/7000000000000000777", ("7000000000000000777", None)),
        ("\u202aferngate\u202c", (None, "ferngate")),
        ("\u200bferngate", (None, "ferngate")),
        ("＠ferngate", (None, "ferngate")),
        ("@ferngate\u00a0", (None, "ferngate")),
        ("https://x.com/home", (None, None)),
        ("https://example.org/ferngate", (None, None)),
        ("https://[bad/ferngate", (None, None)),
        ("//example.org/ferngate", (None, None)),
    ],
)
def test_a_person_is_found_however_a_table_names_them(name: str, expected: tuple[str | None, str | None]) -> None:
    parsed = parse(f'profile,note\n"{name}",met\n'.encode(), "n.csv")
    assert [(note.id, note.handle) for note in parsed.notes] == ([expected] if any(expected) else [])


@pytest.mark.parametrize(
    "heading",
    ["Twitter handle", "twitter_handle", "X handle", "Twitter username", "Twitter URL", "X (Twitter)", "Profile-Link"],
)
def test_usual_headings_are_understood(heading: str) -> None:
    assert only(parse(f"{heading},Note\nferngate,met\n".encode(), "n.csv")).handle == "ferngate"


def test_where_one_column_is_empty_another_says_who() -> None:
    parsed = parse(b"username,profile,note\n,https://x.com/ferngate,met\n", "n.csv")
    assert only(parsed).handle == "ferngate"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_table_for_a_spreadsheet_says_its_separator_in_its_first_line(encoding: str) -> None:
    note = only(parse("sep=;\r\nhandle;note\r\nferngate;one, two, three\r\n".encode(encoding), "n.csv"))
    assert (note.handle, note.note) == ("ferngate", "one, two, three")


def test_lines_that_name_nobody_are_problems_and_the_others_are_read() -> None:
    parsed = read("handle,note\nnot a handle!,x\nwrenwrites,y\n,\n", "n.csv")
    assert only(parsed).note == "y"
    assert parsed.problems == ["Line 2 names nobody that could be on X; it was left out."]


def test_several_entries_about_one_person_are_joined() -> None:
    parsed = read("handle,note,tags\nwren,One,a\n@Wren,Two,b\nWREN,One,\n", "n.csv")
    assert (only(parsed).note, only(parsed).tags) == ("One\n\nTwo", ["a", "b"])


@pytest.mark.parametrize(
    "data",
    [
        b"", b"   ", b"{", b'{"a":', b"[]", b"[1,2]", b"{}", b'{"a": 1}', b"\xff\xfe\x00", b"PK\x03\x04rest",
        b"a,b,c\n1,2,3",
        b"handle\nwren", b"just words", b"[" * 100_000, b'{"format": "mutuals-export", "notes": {}}',
        b"handle,note\n\0,x",
        b"<html><body>handle,note</body></html>",
    ],
    ids=lambda data: repr(data[:20]),
)  # fmt: skip
def test_foreign_and_damaged_files_are_a_sentence(data: bytes) -> None:
    with pytest.raises(SourceError):
        parse(data, "export")


def test_a_huge_file_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.json"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(SourceError, match="larger than"):
        read_notes(path)


keys = st.sampled_from(
    ["notes", "data", "meta", "tags", "handle", "note", "name", "username", "version", "muteBlockNotes-@a", "tag.b",
     "https://x.com/wren", "RESmodules.userTagger.tags", "2000001", "tag", "text"]
)  # fmt: skip
values = st.recursive(
    st.none() | st.integers() | st.text(max_size=9) | st.just("\ud800\0\x07x"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=20,
)


written = st.text(max_size=20) | st.sampled_from(["tea\0tea", "ink\ud800", "\x07bell"])
names = st.sampled_from(["wren", "ines_makes", "2000001", "not a handle"])
user_notes = st.dictionaries(names.map("muteBlockNotes-@{}".format), written | values, min_size=1, max_size=3)
profile_notes = st.dictionaries(
    st.integers(1, 10**9).map("{}-notes".format), st.fixed_dictionaries({"handle": names, "note": written}), min_size=1
)


@given(user_notes | profile_notes)
def test_whatever_was_written_about_a_handle_is_one_clean_note(body: dict[str, object]) -> None:
    entries = [(key, value.get("note") if isinstance(value, dict) else value) for key, value in body.items()]
    parsed = parse(json.dumps(body).encode(), "n.json")
    assert len(parsed.notes) + len(parsed.problems) <= len(entries)
    plain = {key for key, value in entries if isinstance(value, str) and any(map(str.isalnum, value))}
    assert ("muteBlockNotes-@wren" in plain) <= ("wren" in {note.handle for note in parsed.notes})
    for note in parsed.notes:
        assert note.id or note.handle
        assert not set("\0\x07\ud800") & set(note.note)


@given(st.dictionaries(keys, values, max_size=5) | user_notes | profile_notes)
def test_any_json_is_read_or_refused_in_words(body: dict[str, object]) -> None:
    try:
        parsed = read(json.dumps(body).encode())
    except SourceError:
        return
    for note in parsed.notes:
        assert note.id or note.handle
        assert not note.empty
        assert "\0" not in note.note
        note.note.encode()


@given(st.text(max_size=200))
def test_any_table_is_read_or_refused_in_words(text: str) -> None:
    try:
        parsed = parse(("handle,note,tags\n" + text).encode("utf-8", "surrogatepass"), "n.csv")
    except SourceError:
        return
    assert all(note.handle for note in parsed.notes)
