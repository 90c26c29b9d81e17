"""The readable exports: nothing in them runs, breaks a line or gets lost."""

from __future__ import annotations

import base64
import csv
import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from companion.domain.facts import CHANNELS
from companion.domain.sightings import Interaction, Understanding
from companion.export.csv_file import HEADINGS, cells, table
from companion.export.markdown import plain
from companion.export.people import ExportedPerson, everybody
from companion.export.vcard import MOST_OCTETS, NEW, OLD, cards, escaped, folded, lines, uri
from companion.sources.other_tools.parse import parse
from companion.store.documents import Document
from companion.store.faces import keep_face
from companion.store.readonly import open_read_only
from companion.stores import Stores
from tests.companion.export.folders import ADA, NOW, fill
from tests.companion.export.folders import stores as filled


@pytest.fixture
def people(tmp_path: Path) -> list[ExportedPerson]:
    with open_read_only(fill(tmp_path)) as stores:
        return list(everybody(stores, NOW))


def test_those_written_about_or_in_contact_are_told_and_others_not(people: list[ExportedPerson]) -> None:
    assert [person.handle for person in people] == ["inesmakes", "wrenwrites"]
    wren = people[1]
    assert (wren.tags, wren.viewers, wren.follows_me, wren.you, wren.they) == (
        ["friend", "a,b"],
        ["adaquill"],
        True,
        1,
        1,
    )


def test_a_table_runs_nothing_in_a_spreadsheet_and_comes_back(people: list[ExportedPerson]) -> None:
    data = b"".join(table(people))
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[1]["note"] == "'=HYPERLINK, Ömür\nsecond; line"
    assert [note.note for note in parse(data, "people.csv").notes if note.handle == "wrenwrites"] == [people[1].note]
    for row in rows:
        assert not [cell for cell in row.values() if cell.lstrip(" ")[:1] in "=+-@\t\r" and cell]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize(
    "bio", ["=1", "hi; =1", 'hi;"=1', "hi\t+1", "hi\n\n@x", "hi;\t -1", '";"=1', "hi\r=1", "a;;=1", "\t=1"]
)
def test_a_strangers_bio_is_no_formula_whatever_separator_the_spreadsheet_uses(delimiter: str, bio: str) -> None:
    person = ExportedPerson("1", "wren", {"bio": bio, "name": bio, "location": bio, "link": bio}, bio, bio, [bio, bio])
    text = b"".join(table([person])).decode("utf-8-sig")
    quoted = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    split = [line.split(delimiter) for line in text.splitlines()]
    for cell in (cell for row in (*quoted, *(split if delimiter != "," else [])) for cell in row):
        assert not re.match(r"[\s\"]*[=+\-@|%]", cell), cell


def test_what_was_guarded_comes_back_as_it_was() -> None:
    notes = [
        "%done",
        "'til the fair",
        "|pipe",
        "=sum",
        "-dash",
        "@kilnhouse",
        "a, with; both",
        "- one\n- two",
        "x; '-y",
    ]
    people = [ExportedPerson(str(7_000 + n), f"fern{n}", {}, note, None, []) for n, note in enumerate(notes)]
    assert [one.note for one in parse(b"".join(table(people)), "people.csv").notes] == notes
    assert cells(people[0])[4] == "%done"


def test_a_table_has_the_days_of_the_last_contact_and_blanks_where_there_was_none(
    people: list[ExportedPerson],
) -> None:
    rows = list(csv.DictReader(io.StringIO(b"".join(table(people)).decode("utf-8-sig"), newline="")))
    days = {row["handle"]: (row["last_from_them"], row["last_from_you"]) for row in rows}
    assert days == {"inesmakes": ("2026-09-21", ""), "wrenwrites": ("2026-09-21", "2026-09-21")}
    far = ExportedPerson("2000009", last_in=1, last_out=86_400)
    assert cells(far)[HEADINGS.index("last_from_them")] == "1970-01-01"
    assert cells(far)[HEADINGS.index("last_from_you")] == "1970-01-02"


def test_a_card_has_the_profile_the_note_the_tags_and_the_relation(people: list[ExportedPerson]) -> None:
    card = b"".join(cards(people[1:], NEW)).replace(b"\r\n ", b"").decode()
    assert card.startswith("BEGIN:VCARD\r\nVERSION:4.0\r\n")
    assert card.endswith("END:VCARD\r\n")
    for line in (
        "FN:Wren\\, Okafor\\; =cmd",
        "NICKNAME:wrenwrites",
        "URL:https://x.com/wrenwrites",
        "X-SOCIALPROFILE;TYPE=x:https://x.com/wrenwrites",
        "NOTE:=HYPERLINK\\, Ömür\\nsecond\\; line",
        "CATEGORIES:friend,a\\,b",
        'RELATED;TYPE="contact";VALUE=uri:https://x.com/adaquill',
    ):
        assert f"\r\n{line}\r\n" in card


def test_a_card_for_most_address_books_has_a_name_a_time_in_utc_and_nothing_of_a_later_version() -> None:
    channels: list[Document] = [
        {"what": "mail", "address": "fern@kiln.example"},
        {"what": "phone", "address": "+1 555"},
        {"what": "linkedin", "address": "fern-gate"},
    ]
    facts: dict[str, list[Document]] = {"channel": channels, "roles": [{"roles": ["mentor"]}]}
    person = ExportedPerson(
        "7", "fern", {"name": "陶芸家の木村"}, viewers=["ada"], facts=facts, written_at=1_796_000_400
    )
    told = list(lines(person))
    assert told[:6] == ["BEGIN:VCARD", "VERSION:3.0", "UID:x:7", "FN:陶芸家の木村", "N:;陶芸家の木村;;;",
                        "REV:20261130T010000Z"]  # fmt: skip
    assert told[-5:] == ["EMAIL;TYPE=INTERNET:fern@kiln.example", "TEL;TYPE=VOICE:+1 555",
                         "X-SOCIALPROFILE;TYPE=linkedin:fern-gate", "CATEGORIES:mentor", "END:VCARD"]  # fmt: skip
    assert not [line for line in told if line.startswith(("RELATED", "UID;")) or "VALUE=" in line]


def test_the_picture_that_is_kept_is_in_the_card_in_the_form_of_each_version(tmp_path: Path) -> None:
    settings = fill(tmp_path)
    stores = Stores.open(settings)
    wren = stores.ledger.find("1000001", None, "wrenwrites") or ""
    keep_face(stores.notebook, wren, b"\xff\xd8 face" * 20, NOW)
    stores.close()
    with open_read_only(settings) as opened:
        people = list(everybody(opened, NOW))
    old, new = (b"".join(cards(people, version)).replace(b"\r\n ", b"").decode() for version in (OLD, NEW))
    coded = base64.b64encode(b"\xff\xd8 face" * 20).decode()
    assert f"\r\nPHOTO;ENCODING=b;TYPE=JPEG:{coded}\r\n" in old
    assert f"\r\nPHOTO:data:image/jpeg;base64,{coded}\r\n" in new
    assert old.count("PHOTO") == 1
    forged = ExportedPerson("7", "fern", face="AAAA\r\nBEGIN:VCARD")
    assert "PHOTO" not in b"".join(cards([forged])).decode()


def test_the_second_export_of_a_person_replaces_the_first_in_an_address_book() -> None:
    first, renamed = ExportedPerson("7", "fern"), ExportedPerson("7", "fernkiln", {"name": "Fern"}, written_at=5)
    uids = {line for one in (first, renamed) for line in lines(one) if line.startswith("UID")}
    assert uids == {"UID:x:7"}
    assert not b"".join(cards([first])).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("you", "they", "met", "types"),
    [
        (1, 1, False, "contact"),
        (3, 0, False, "acquaintance"),
        (0, 3, False, "acquaintance"),
        (2, 2, True, "met,contact"),
    ],
)
def test_a_contact_is_somebody_who_was_written_to_and_wrote(you: int, they: int, met: bool, types: str) -> None:
    person = ExportedPerson("2000001", "wren", viewers=["adaquill"], you=you, they=they, met=met)
    assert f'RELATED;TYPE="{types}";VALUE=uri:https://x.com/adaquill' in list(lines(person, NEW))


def unescaped(value: str) -> str:
    out, characters = "", iter(value)
    for character in characters:
        following = next(characters) if character == "\\" else ""
        out += {"": character, "n": "\n"}.get(following, following)
    return out


@given(st.text(max_size=200))
def test_any_text_survives_escaping_and_folding_in_a_card(text: str) -> None:
    kept = "".join(c for c in text.replace("\r\n", "\n").replace("\r", "\n") if c in "\t\n" or not _unseen(c))
    data = folded(f"NOTE:{escaped(text)}")
    assert all(len(line) <= MOST_OCTETS for line in data.removesuffix(b"\r\n").split(b"\r\n"))
    unfolded = data.replace(b"\r\n ", b"").decode().removesuffix("\r\n")
    assert "\r" not in unfolded
    assert "\n" not in unfolded
    assert unescaped(unfolded.removeprefix("NOTE:")) == kept


def _unseen(character: str) -> bool:
    return ord(character) < 32 or ord(character) == 127 or "\ud800" <= character <= "\udfff"


@given(st.text(max_size=30))
def test_no_link_or_name_can_add_a_line_to_a_card(text: str) -> None:
    person = ExportedPerson(
        "@x", "wren", {"name": text, "link": text, "location": text}, text, text, [text], [("k", text)], [text],
        facts={"channel": [{"what": what, "address": text} for what in CHANNELS], "roles": [{"roles": [text]}]},
    )  # fmt: skip
    data = b"".join(folded(line) for version in (OLD, NEW) for line in lines(person, version))
    names = [line.split(b":")[0].split(b";")[0] for line in data.replace(b"\r\n ", b"").split(b"\r\n") if line]
    known = {b"BEGIN", b"VERSION", b"UID", b"FN", b"NICKNAME", b"URL", b"X-SOCIALPROFILE", b"ADR", b"NOTE",
             b"CATEGORIES", b"RELATED", b"END", b"N", b"REV", b"EMAIL", b"TEL"}  # fmt: skip
    assert set(names) <= known
    assert all(c not in uri(text) for c in '\r\n "')


def test_markdown_quotes_notes_and_escapes_marks(tmp_path: Path) -> None:
    assert plain("[x](javascript:1) *a*\n# b") == "\\[x\\](javascript:1) \\*a\\* \\# b"


WRITTEN = [
    "%done",
    "'til the fair",
    "|pipe first",
    "=sum",
    "＝wide",
    "-dash",
    "@kilnhouse sent me",
    "plain, with; both",
]


@pytest.mark.parametrize("note", WRITTEN)
def test_mutuals_own_table_comes_back_as_it_was(note: str) -> None:
    tags = ["clay, wheel", "met; fair", 'the "best"', "plain"]
    back = parse(b"".join(table([ExportedPerson("2000009", note=note, alias="'Fern", tags=tags)])), "people.csv").notes
    assert [(one.id, one.note, one.alias, one.tags) for one in back] == [("2000009", note, "'Fern", tags)]


def folded_one_by_one(line: str) -> bytes:
    """Fold a line character by character."""
    parts: list[bytes] = []
    part = b""
    for character in line:
        data = character.encode()
        if len(part) + len(data) > MOST_OCTETS - (1 if parts else 0):
            parts.append(part)
            part = b""
        part += data
    return b"\r\n ".join([*parts, part]) + b"\r\n"


@given(st.text(st.characters(codec="utf-8"), max_size=400) | st.text("aé字🜁", min_size=60, max_size=170))
def test_a_line_is_folded_where_the_next_character_would_not_fit(line: str) -> None:
    assert folded(line) == folded_one_by_one(line)


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_only_what_could_end_a_link_is_encoded_in_it(link: str) -> None:
    plain_ones = {chr(code) for code in range(0x21, 0x7F)} - set('"\\')
    assert uri(link) == "".join(c if c in plain_ones else "".join(f"%{byte:02X}" for byte in c.encode()) for c in link)


def test_some_people_are_told_as_they_are_among_all(tmp_path: Path) -> None:
    with open_read_only(fill(tmp_path)) as stores:
        everyone = list(everybody(stores, NOW))
        for person in everyone:
            assert list(everybody(stores, NOW, frozenset({person.pid, "7777777"}))) == [person]
        assert list(everybody(stores, NOW, frozenset())) == []


def test_whom_the_user_met_is_told_whether_all_are_exported_or_some(tmp_path: Path) -> None:
    settings = fill(tmp_path)
    with filled(tmp_path) as (_, ledger):
        meal = Interaction("out", "meal", NOW - 10, "you:1", "2000001", source="you")
        undone = Interaction("in", "meeting", NOW - 9, "you:2", None, "inesmakes", source="you")
        ledger.record(ADA, Understanding(interactions=[meal, undone]), NOW)
        gone = structs.replace(undone, at=NOW - 8, removed=True)
        ledger.record(ADA, Understanding(interactions=[gone]), NOW)
    with open_read_only(settings) as stores:
        everyone = list(everybody(stores, NOW))
        assert [(person.handle, person.met) for person in everyone] == [("inesmakes", False), ("wrenwrites", True)]
        assert list(everybody(stores, NOW, frozenset(person.pid for person in everyone))) == everyone


def test_a_person_without_facts_has_a_cell_under_every_heading_too(people: list[ExportedPerson]) -> None:
    assert {len(cells(person)) for person in [*people, ExportedPerson("1")]} == {len(HEADINGS)}
