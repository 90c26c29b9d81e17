"""Each sentence that a command, or what it calls, can say is in the catalogues; what stays English has its reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from companion.i18n.catalogue import TRANSLATED, catalogue
from tests.companion.i18n.pseudo import pseudo_catalogue
from tests.companion.i18n.untranslated import DAY, NUMBER, WORD, Told, sentences, sentences_of_errors
from tests.companion_process import ROOT

SPEAKING = ("store", "backup", "server", "install", "stores.py")
"""Folders and files of the companion whose sentences reach the terminal."""
BY_PROGRAMS = "a client that breaks the protocol is told so; the extension, the pages and the commands never do"
BY_DEVELOPERS = "a mistake in the program itself, which no input reaches"
INSIDE = "caught where it is raised: another file takes the damaged one's place"
DATA = "is written into the user's own data, where it stays as it is"
PARTS = "is put together from others; a test below says it whole"
NO_CATALOGUE = "is shown while the program's files are replaced: no catalogue may be read then"
ENGLISH: dict[str, str] = {
    **dict.fromkeys(
        (
            "The circles must be a list of circles' ids; an empty list leaves them all.",
            f"A decision has {WORD}, nothing else.", f"Decide one of {WORD}.", f"A reason is one of {WORD}.",
            f"Wait from 1 to {WORD} days.", f"A {WORD} has {WORD}, nothing else.", f"Choose the {WORD}: {WORD}.",
            "A note has a text and a post, nothing else.", f"Say what it was: {WORD}.", f"Say who talked: {WORD}.",
            "The roles must be a list of texts; an empty list takes them all away.",
            "The tags must be a list of texts; an empty list takes them all away.",
            f"The {WORD} must be text; send an empty text to take it away.", "Say when it was, in epoch seconds.",
            f"The {WORD} has {WORD} at place {WORD}, which cannot be kept. Take it out and save again.",
            "A touch has what, when, day, way and words, nothing else.", "The item must be the text that names it.",
            "A write needs an op id and the person it is about.",
            f"There is nothing of the kind {WORD} to write. Known: {WORD}.",
        ),
        BY_PROGRAMS,
    ),
    **dict.fromkeys(
        (
            "The journal cannot be compacted in the middle of a batch; end the batch first.",
            f"{WORD} is a kind of thing that is written; use write for it.",
            "You have to pass either cond or doc_id or doc_ids",
        ),
        BY_DEVELOPERS,
    ),
    **dict.fromkeys(
        (
            "a line with a right checksum holds no change", "an empty file says nothing about what was there",
            "the file is not as it was written",
        ),
        INSIDE,
    ),
    **dict.fromkeys(
        (
            f"{WORD} was damaged and has been rebuilt {WORD}; {WORD}. The damaged file is kept.",
            f"{WORD} missing or damaged in {WORD} came back from its copy. The damaged file is kept.",
            f"{WORD} of {WORD} could not be read and was left out. The damaged file is kept.",
            f"{WORD} of the ledger had changed on the disk and came back from its daily copy.",
            f"X's page may hand over {WORD}; nothing was left out today.",
            f"X's page handed over more than {WORD}: {WORD} of today were left out. Reload the tabs of X; if it comes "
            "again, a script in the page or another extension makes them up.",
            f"The data folder {WORD} is in use by {WORD}{WORD} and was not opened again. Stop that one first, or use "
            "--data with another folder.",
        ),
        PARTS,
    ),
    f"Also called “{WORD}”.": DATA,
    "Mutuals was updated, one moment. If this page stays, run `mutuals start`.": NO_CATALOGUE,
}  # fmt: skip
"""Sentence with a word in its places -> why it is not translated."""
WHOLE = (
    "zq was damaged and has been rebuilt from zq; no change is missing. The damaged file is kept.",
    "zq was damaged and has been rebuilt from its journal; some changes since then may be missing. The damaged "
    "file is kept.",
    "A change missing or damaged in zq came back from its copy. The damaged file is kept.",
    "7 changes missing or damaged in zq came back from its copy. The damaged file is kept.",
    "a line of zq could not be read and was left out. The damaged file is kept.",
    "7 lines of zq could not be read and was left out. The damaged file is kept.",
    "A page of the ledger had changed on the disk and came back from its daily copy.",
    "7 pages of the ledger had changed on the disk and came back from its daily copy.",
    "The ledger is damaged (A page changed on the disk), so nothing of it is shown. Restart Mutuals: a copy takes its "
    "place.",
    "The ledger is damaged (7 pages changed on the disk), so nothing of it is shown. Restart Mutuals: a copy takes its "
    "place.",
    "X's page may hand over 600 answers a minute and 20,000 a day; nothing was left out today.",
    "X's page handed over more than 600 answers a minute and 20,000 a day: 7 of today were left out. Reload the tabs "
    "of X; if it comes again, a script in the page or another extension makes them up.",
    "The data folder /d is in use by this process and was not opened again. Stop that one first, or use --data with "
    "another folder.",
    "The data folder /d is in use by another process and was not opened again. Stop that one first, or use --data "
    "with another folder.",
    "The data folder /d is in use by this process, which answers on port 7, and was not opened again. Stop that one "
    "first, or use --data with another folder.",
    "X's page, last checked on 3 Mar, was drawn by its usual client.",
    "X's page, last checked on 3 Mar 2026, was drawn by a client that does not say which it is.",
    "X's page, last checked on 3 Mar 2026, was drawn by its new client (x-web), of which Mutuals reads less: what "
    "cannot be read is left unknown.",
    "X changed: zq has been missing on its zq page since 3 Mar. The extension's options have a report to copy.",
)
"""Sentences of parts, as users meet them."""


def files() -> list[Path]:
    places = [ROOT / "companion" / name for name in SPEAKING]
    return [path for place in places for path in (sorted(place.rglob("*.py")) if place.is_dir() else [place])]


def told() -> list[Told]:
    """Every sentence of the speaking files, and what their errors say without ending as a sentence."""
    errors = [
        (numbers, words, words)
        for name in SPEAKING
        for _, numbers, words in sentences_of_errors(ROOT / "companion" / name)
    ]
    return [*(one for path in files() for one in sentences(path)), *errors]


def is_translated(texts: tuple[str, ...]) -> bool:
    """Whether one of the texts has no plain vowel left in the language that nobody speaks, which accents them all."""
    said = (pseudo_catalogue().say(text) for text in texts)
    return any(not re.search("[aeiou]", text) for text in said)


def test_every_sentence_is_in_the_catalogues_or_has_a_reason_not_to_be() -> None:
    found = told()
    assert len({words for _, words, _ in found}) > 100
    assert {one[1] for one in found if one[1] not in ENGLISH and not is_translated(one)} == set()


def test_the_list_of_what_stays_english_names_nothing_that_is_no_longer_said() -> None:
    assert set(ENGLISH) - {words for _, words, _ in told()} == set()


@pytest.mark.parametrize("sentence", WHOLE)
def test_a_sentence_of_parts_is_translated_whole(sentence: str) -> None:
    assert is_translated((sentence,))


@pytest.mark.parametrize("code", TRANSLATED)
def test_no_translation_of_a_sentence_has_an_empty_place(code: str) -> None:
    said = [catalogue(code).say(sentence) for sentence in WHOLE]
    assert [text for text in said if "{" in text or "()" in text or "（）" in text] == []


def test_what_is_half_known_is_found_to_be_untranslated() -> None:
    assert not is_translated(("Zq zr was eaten by wolves. The damaged file is kept.",))
    assert is_translated((f"The notebook is sound: {NUMBER} people written about.", DAY))
