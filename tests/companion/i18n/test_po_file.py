"""Catalogues are read as gettext reads them: texts over several lines, escapes, plurals, contexts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.i18n.catalogue import Catalogue
from companion.i18n.po_file import Entry, Parsed, parse

TEXT = """# A comment
msgid ""
msgstr ""
"Language: de\\n"
"Plural-Forms: nplurals=2; plural=n != 1;\\n"

#: a.html:3
msgid "one"
msgstr "eins"

msgid ""
"a \\"long\\" "
"text"
msgstr "ein \\"langer\\" "
"Text\\n"

msgctxt "button"
msgid "one"
msgstr "Eins!"

msgid "{n} day"
msgid_plural "{n} days"
msgstr[0] "{n} Tag"
msgstr[1] "{n} Tage"
"""


def test_a_catalogue_is_read_with_its_header_contexts_and_plurals() -> None:
    parsed = parse(TEXT)
    assert parsed.header == {"Language": "de", "Plural-Forms": "nplurals=2; plural=n != 1;"}
    assert {key: (one.plural, one.forms) for key, one in parsed.entries.items()} == {
        "one": ("", ["eins"]),
        'a "long" text': ("", ['ein "langer" Text\n']),
        "button\x04one": ("", ["Eins!"]),
        "{n} day": ("{n} days", ["{n} Tag", "{n} Tage"]),
    }


@pytest.mark.parametrize("wrong", ['msgid "a"\nmsgstr b', '"a"', 'msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"'])
def test_a_damaged_catalogue_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="catalogue"):
        parse(wrong)


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0\x04"), min_size=1)


@given(st.dictionaries(TEXTS, TEXTS, max_size=8))
def test_the_standard_library_finds_every_message_again(messages: dict[str, str]) -> None:
    header = {"Content-Type": "text/plain; charset=UTF-8"}
    spoken = Catalogue("de", Parsed(header, {key: Entry(key, "", [text]) for key, text in messages.items()}))
    assert {key: spoken.gettext(key) for key in messages} == messages


def test_an_empty_translation_is_none() -> None:
    spoken = Catalogue("de", Parsed({"Content-Type": "text/plain; charset=UTF-8"}, {"one": Entry("one", "", [""])}))
    assert spoken.gettext("one") == "one"
