"""What the dashboard and the card may refuse is in the catalogues; what only programs are told is named here."""

from __future__ import annotations

import pytest

from companion.i18n.catalogue import TRANSLATED, catalogue
from tests.companion.i18n.untranslated import WORD, sentences_of_errors
from tests.companion_process import ROOT

FOR_PEOPLE = ("web", "practice", "domain", "access", "api", "vetting")
"""Packages whose errors reach people: all of them are translated but those below."""
FOR_PROGRAMS = {
    "The running companion carries out sync, import, forget and sample.", "Send the words of a command.",
    f"Send at most {WORD} bytes in one piece.", "No page may read the calendar.", "Ask with GET.", "Ask with POST.",
    "The secret of a pairing has 32 bytes.", "This point gives no key.", "Send the body's length in Content-Length.",
    f"Send the body as uncompressed {WORD}. An extension that does not must be updated.",
    f"Send at most {WORD} bytes at once; split what you send.", "The body does not open with this pairing's key.",
    "The body is not JSON that can be read.", "Send the line back as it was when you deleted it.",
    "Say who: an id, a handle, or both.", "Say which tag, and which colour.", "longer than any name",
}  # fmt: skip
"""Told to a client that breaks the protocol, which the extension and the pages never do."""
OF_PARTS = {
    f"{WORD}: {WORD}. Nothing was stored.", f"“{WORD}” is not understood as a filter. {WORD}",
    f"There is no field {{{WORD}}}. {WORD}",
}  # fmt: skip
"""Sentences that are put together from others; tests of their own pages say them."""


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_sentence_of_an_error_that_reaches_people_is_translated(code: str) -> None:
    said = catalogue(code).say
    found = [told for package in FOR_PEOPLE for told in sentences_of_errors(ROOT / "companion" / package)]
    english = {words for _, numbers, words in found if said(numbers) == numbers and said(words) == words}
    assert len(found) > 100
    assert english - FOR_PROGRAMS - OF_PARTS == set()


def test_the_lists_name_nothing_that_is_no_longer_said() -> None:
    said = {words for package in FOR_PEOPLE for _, _, words in sentences_of_errors(ROOT / "companion" / package)}
    assert (FOR_PROGRAMS | OF_PARTS) - said == set()


def test_a_full_disk_a_taken_folder_and_a_vanished_one_are_told_in_words_of_the_language() -> None:
    for told in (
        "The change could not be saved (No space left) and nothing was changed. Make room on the disk, then try again.",
        "The data folder /d is in use by process 12, which answers on port 17653, and was not opened again. Stop that "
        "one first, or use --data with another folder.",
        "The data folder /d is gone, so nothing can be saved. Put it back (or its disk in), then restart Mutuals; or "
        "restart it now to begin a new one.",
    ):
        for code in TRANSLATED:
            said = catalogue(code).say(told)
            assert "folder" not in said.replace("/d", ""), said
            assert "nothing" not in said, said
