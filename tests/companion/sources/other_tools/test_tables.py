"""Tables of people are read as people have them: any usual heading, separator, encoding, link and name."""

from __future__ import annotations

import pytest

from companion.errors import SourceError
from companion.sources.other_tools.notes import ImportedNote, Parsed
from companion.sources.other_tools.parse import parse
from companion.sources.other_tools.person_names import who


def table(text: str) -> Parsed:
    return parse(text.encode(), "people.csv")


def only(text: str) -> ImportedNote:
    notes = table(text).notes
    assert len(notes) == 1, notes
    return notes[0]


@pytest.mark.parametrize(
    "heading",
    ["Handle (X)", "X/Twitter", "@", "@handle", "Twitter ID", "screenName", "profileUrl", "twitterHandle", "Handle/URL",
     "Username (Twitter)", "Handle (without @)", "X (formerly Twitter)", "X.com", "Benutzername", "Pseudo", "Usuário",
     "ユーザー名", "사용자 이름", "اسم المستخدم", "Name", "Contact", "Social media", "Author"],
)  # fmt: skip
def test_a_column_of_people_is_found_by_any_usual_heading(heading: str) -> None:
    assert only(f"{heading},Note\n@kilnhouse,met\n").handle == "kilnhouse"


@pytest.mark.parametrize(
    "heading",
    ["What is your Twitter handle?", "Username on X", "Speaker handle", "Link to profile", "Twitter ID", "XのID",
     "Xハンドル", "Ник", "Аккаунт в X", "账号", "Nazwa użytkownika", "on X", "Kullanıcı adı"],
)  # fmt: skip
def test_a_bare_handle_is_read_under_a_heading_that_says_so_in_a_sentence_or_another_language(heading: str) -> None:
    assert only(f"{heading},Note\nkilnhouse,met\n").handle == "kilnhouse"


@pytest.mark.parametrize("heading", ["Instagram handle", "GitHub username", "Email"])
def test_a_heading_of_another_site_names_nobody_on_x(heading: str) -> None:
    assert only(f"{heading},Handle,Note\nfern.pots,kilnhouse,met\n").handle == "kilnhouse"


def test_an_id_of_another_kind_is_no_handle() -> None:
    assert table("User ID,note\nrow_12,met\n").notes == []


@pytest.mark.parametrize(
    "text", ["@ferngate,met\n@kilnhouse,met\n", "https://x.com/ferngate;met\nx.com/kilnhouse;met\n"]
)
def test_a_table_that_begins_with_its_first_person_needs_no_headings(text: str) -> None:
    assert [(note.handle, note.note) for note in table(text).notes] == [("ferngate", "met"), ("kilnhouse", "met")]


def test_a_table_without_headings_whose_people_are_bare_words_is_refused() -> None:
    with pytest.raises(SourceError, match="a table with handle, note, tags"):
        table("ferngate,met\nkilnhouse,met\n")


@pytest.mark.parametrize(
    "heading",
    [
        "Note to self",
        "Notes about them",
        "Заметка",
        "备注",
        "Uwagi",
        "My notes",
        "Note(s)",
        "Comments",
        "Remarks",
        "Notes (private)",
        "privateNote",
        "Notizen",
        "Remarque",
        "メモ",
        "메모",
        "ملاحظات",
    ],
)
def test_a_column_of_notes_is_found_by_any_usual_heading(heading: str) -> None:
    assert only(f"handle,{heading}\nkilnhouse,met\n").note == "met"


def test_two_columns_of_notes_are_both_kept() -> None:
    assert only("handle,note,comments\nkilnhouse,met,likes raku\n").note == "met\nlikes raku"
    assert only("handle,note,description\nkilnhouse,met,their bio\n").note == "met"


def test_a_name_is_a_handle_only_with_its_sign() -> None:
    parsed = table("name,note\nFern,met\nFern Gate (@ferngate),met\n")
    assert [note.handle for note in parsed.notes] == ["ferngate"]
    assert parsed.problems == ["Line 2 names nobody that could be on X; it was left out."]


def test_a_number_of_the_line_is_nobodys_id() -> None:
    assert [(note.id, note.handle) for note in table("ID,handle,note\n1,ferngate,met\n2,kilnhouse,met\n").notes] == [
        (None, "ferngate"), (None, "kilnhouse"),
    ]  # fmt: skip
    assert only("User ID,handle,note\n12,ferngate,met\n").id == "12"


def test_a_postal_address_makes_no_table_of_mastodon() -> None:
    assert only("Twitter,Address,Note\nferngate,1 Kiln Lane,met\n").handle == "ferngate"


@pytest.mark.parametrize(
    "text",
    ["sep=\t\nhandle\tnote\nferngate\tmet\n", "sep=,\rhandle,note\rferngate,met", "handle|note\nferngate|met\n",
     "\n\nhandle,note\nferngate,met\n", "My people\n\nhandle;note\nferngate;met\n", ",,\nhandle,note,\nferngate,met,\n",
     '"handle, or link";"note"\n"ferngate";"met"\n', 'sep=;,,\nhandle;note\nferngate;met\n'],
)  # fmt: skip
def test_separators_titles_and_blank_lines_are_understood(text: str) -> None:
    note = only(text)
    assert (note.handle, note.note) == ("ferngate", "met")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_read_without_a_mark_too(encoding: str) -> None:
    assert parse("handle\tnote\nferngate\tTöpfe\n".encode(encoding), "n.txt").notes[0].note == "Töpfe"


def test_the_line_that_is_told_is_the_files() -> None:
    parsed = table('sep=;\nhandle;note\nferngate;"two\nlines"\nno handle!;x\n')
    assert parsed.problems == ["Line 5 names nobody that could be on X; it was left out."]


def test_tags_are_split_as_people_separate_them() -> None:
    assert only('handle,tags\nferngate,"clay|wheel\nraku、glaze"\n').tags == ["clay", "wheel", "raku", "glaze"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("[Fern](https://x.com/ferngate)", (None, "ferngate")),
        ('=HYPERLINK("https://x.com/ferngate","Fern")', (None, "ferngate")),
        ("<https://x.com/ferngate>", (None, "ferngate")),
        ("x.com/ferngate.", (None, "ferngate")),
        ("https://x.com/%40ferngate%20", (None, "ferngate")),
        ("https://x.com\\ferngate", (None, "ferngate")),
        ("https://www.x.com./ferngate", (None, "ferngate")),
        ("https://twitter.com/#!ferngate", (None, "ferngate")),
        ("twitter: @ferngate", (None, "ferngate")),
        ("https://twitter.com/account/redirect_by_id?id=700001", ("700001", None)),
        ("twitter://user?screen_name=ferngate", (None, "ferngate")),
        ("twitter://user?id=700001", ("700001", None)),
        ('="7000000000000000777"', ("7000000000000000777", None)),
        ("'7000000000000000777", ("7000000000000000777", None)),
        ("https://x.com/intent/tweet?screen_name=ferngate", (None, None)),
        ("https://twitter.com/statuses/12", (None, None)),
        ("https://x.com/following", (None, None)),
        ("https://x.com/ferngate…", (None, None)),
        ("@ferngate @kilnhouse", (None, None)),
        ("fern\\_gate", (None, "fern_gate")),
        ("@fern\\_gate", (None, "fern_gate")),
        ("x.com/fern\\_gate", (None, "fern_gate")),
        ("@fern\u034fgate", (None, "ferngate")),
        ("@ferngate\ufe0f", (None, "ferngate")),
        ("\u3164ferngate\u3164", (None, "ferngate")),
        ("ferngate 🏺", (None, "ferngate")),
        ("ferngate/", (None, "ferngate")),
        ("@ferngate@x.com", (None, "ferngate")),
        ("https:/x.com/ferngate", (None, "ferngate")),
        ("https//x.com/ferngate", (None, "ferngate")),
        ("https://x.com/ferngate&lang=de", (None, "ferngate")),
        ("https://x.com/messages/compose?recipient_id=700001", ("700001", None)),
        ("fern...", (None, None)),
        ("fern…", (None, None)),
        ("@ferngate.bsky.social", (None, None)),
        ("@ferngate@mastodon.example", (None, None)),
        ("fern@x.com", (None, None)),
        ("fern gate", (None, None)),
    ],
)
def test_one_person_is_found_in_a_cell_that_names_one(cell: str, expected: tuple[str | None, str | None]) -> None:
    assert who(cell) == expected


def test_an_id_under_a_heading_for_handles_is_an_id_where_no_handle_is_so_long() -> None:
    assert only("profile,note\n7000000000000000777,met\n").id == "7000000000000000777"


def test_a_table_of_excel_on_windows_is_read_and_its_code_page_told() -> None:
    parsed = parse("Handle;Notiz\nkilnhouse;traf sie in Köln – „Töpfe“\n".encode("cp1252"), "n.csv")
    assert [(one.handle, one.note) for one in parsed.notes] == [("kilnhouse", "traf sie in Köln – „Töpfe“")]
    assert parsed.problems == [
        "The file is not in UTF-8; it was read as cp1252. If letters are wrong, save it as CSV UTF-8."
    ]


def test_the_code_page_is_the_systems_where_it_has_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("locale.getencoding", lambda: "cp1251")
    assert parse("handle;note\nkilnhouse;Гончарня\n".encode("cp1251"), "n.csv").notes[0].note == "Гончарня"


@pytest.mark.parametrize("data", [b"\xff\xd8\xff\xe0handle,note\nfern,met\n\x01", b"caf\xe9 and no table"])
def test_what_is_no_table_in_any_code_page_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match="not text in UTF-8"):
        parse(data, "n.csv")


def test_a_workbook_is_told_from_a_table() -> None:
    with pytest.raises(SourceError, match="is a workbook or a zip"):
        parse(b"PK\x03\x04\x14\x00\x06\x00", "people.xlsx")


def test_a_note_typed_without_quotes_keeps_what_stands_behind_its_commas() -> None:
    assert only("handle,note\nkilnhouse,met, at the fair, twice\n").note == "met, at the fair, twice"
    parsed = table("handle,note,tags\nkilnhouse,met, at the fair,clay\n")
    assert parsed.problems == ["Line 2 has more cells than there are headings; what is beyond them was left out."]


def test_a_quotation_mark_that_is_never_closed_swallows_nobody() -> None:
    with pytest.raises(SourceError, match="A quotation mark in line 3 is opened and never closed"):
        table('handle,note\nferngate,fine\nkilnhouse,"never closed\nrakufire,met\n')
    assert only('handle,note\nkilnhouse,the "old" fair\n').note == 'the "old" fair'


def test_a_link_says_who_whatever_its_column_is_called() -> None:
    assert only("Name,Website 1 - Value,Notes\nFern Gate,https://x.com/kilnhouse,met\n").handle == "kilnhouse"
    assert table("Name,One,Two,Notes\nFern,x.com/kilnhouse,x.com/ferngate,met\n").notes == []


def test_a_table_in_markdown_or_with_wide_commas_is_one() -> None:
    assert only("| Handle | Note |\n|:---|---|\n| @kilnhouse | met |\n").note == "met"
    assert only("ｈａｎｄｌｅ，note\nkilnhouse，met\n").note == "met"
    assert table("| Handle | Note |\n|---|---|\n| @kilnhouse | met |\n").problems == []


def test_line_breaks_of_slides_are_line_breaks() -> None:
    assert only("handle,note\nkilnhouse,Met at the fair\x0bLikes raku\n").note == "Met at the fair\nLikes raku"


def test_a_row_by_handle_is_of_the_id_that_another_row_has_with_it() -> None:
    assert only("id,handle,note\n7000000000000000777,kilnhouse,a\n,KilnHouse,b\n").note == "a\n\nb"
