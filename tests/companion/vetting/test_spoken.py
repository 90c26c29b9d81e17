"""Every finding, row and decision of a report is said in every language; values stay, and English stays English."""

from __future__ import annotations

import re
from datetime import UTC

import pytest

from companion.domain.decisions import DECISIONS, REASONS
from companion.i18n.catalogue import TRANSLATED, catalogue
from companion.vetting.decisions import Decision
from companion.vetting.facts import Facts
from companion.vetting.findings import Finding
from companion.vetting.presentation.phrases import PROBLEMS, SENTENCES, SHORT
from companion.vetting.presentation.rows import Piece, Row, rows_of
from companion.vetting.report import vet
from companion.vetting.service import OWN_LINES, PLAIN_LINES, Vetted
from companion.vetting.spoken import spoken_decision, spoken_report
from tests.companion.vetting.people import NOW, empty_shell, somebody

VALUES = {
    "words": "zq zr", "seen_on": "@zq", "problem_words": "too large", "following": "1,200", "followers": "30",
    "pictures": "🎈", "at": "24 Mar 2014", "place": "Zq", "app": "Zq", "times": "3 times", "last": "3 Mar",
    "since": "3 Mar", "shop": "zq.example", "host": "zq.example", "title": "Zq", "status": "404", "kind": "zq/zr",
    "detail": "It took too long.", "decided": "You passed on 3 Mar", "handles": "@zq",
}  # fmt: skip
NO_WORDS = {"link_end"}
"""Nothing but an address and a title."""
COUNTS = (1, 2, 30)


def report(line: str, *rows: Row) -> Vetted:
    return Vetted(
        id="1", handle="zq", name=None, verdict="welcome", line=line, kind=None, score=0.0, rows=list(rows), missing=[],
        looked_at=None, fingerprint="", decision=None, history=[], findings=[],
    )  # fmt: skip


def worded(template: str, code: str, count: int) -> str:
    from companion.vetting.presentation.phrases import _counted

    filled = template.format_map({**VALUES, "count": f"{count:,}", "of": "40"})
    return _counted(filled, Finding(code, count=count, of=40))


@pytest.mark.parametrize("code", TRANSLATED)
@pytest.mark.parametrize("finding", [name for name in SHORT if name not in NO_WORDS])
def test_a_finding_is_said_in_a_row_and_as_a_sentence(finding: str, code: str) -> None:
    for count in COUNTS:
        words = worded(SHORT[finding], finding, count)
        capital = f"{words[:1].upper()}{words[1:]}"
        said = spoken_report(
            report(f"{capital}.", Row("account", (Piece(capital), Piece(words)))), catalogue(code)
        )  # fmt: skip
        assert capital not in [piece.text for piece in said.rows[0].pieces], words
        assert words not in [piece.text for piece in said.rows[0].pieces], words
        assert said.line != f"{capital}.", words


@pytest.mark.parametrize("code", TRANSLATED)
def test_the_verdicts_sentences_are_said_one_by_one(code: str) -> None:
    for finding, template in SENTENCES.items():
        for count in COUNTS:
            one = worded(template, finding, count)
            said = spoken_report(report(f"{one} {PLAIN_LINES['welcome']}"), catalogue(code)).line
            assert one not in said, one
            assert PLAIN_LINES["welcome"] not in said
    for line in (*PLAIN_LINES.values(), *OWN_LINES.values(), *PROBLEMS.values()):
        assert catalogue(code).say(line) != line, line


@pytest.mark.parametrize("code", TRANSLATED)
def test_what_a_report_really_says_has_no_english_left(code: str) -> None:
    english = re.compile(r"\b(the|seen|not|yet|of|days ago|follows|posts seen|joined|your)\b", re.IGNORECASE)
    for person in (somebody(), empty_shell(), somebody(bio=None, link=None, avatar=None)):
        seen = Facts(person, NOW, UTC)
        said = spoken_report(report("", *rows_of(seen, vet(seen))), catalogue(code))
        texts = [text for row in said.rows for text in (*(piece.text for piece in row.pieces), row.end)]
        assert len(texts) > 5
        assert [text for text in texts if english.search(text)] == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_decisions_are_said_with_their_reasons_and_the_users_own_words_stay(code: str) -> None:
    for decision, words in DECISIONS.items():
        reasons = ", ".join(filter(None, [*REASONS.values(), "zq zr"]))
        made = Decision(
            item="", decision=decision, at=NOW, days=None, reasons=[], text="", post=None, again="",
            sentence=f"{words} on 3 Mar: {reasons}", news="Since then the bio and the photo changed.",
        )  # fmt: skip
        said = spoken_decision(made, catalogue(code))
        assert said is not None
        assert "zq zr" in said.sentence
        english = [words, "3 Mar ", *filter(None, REASONS.values())]
        assert [text for text in english if re.search(rf"\b{text}\b", said.sentence)] == []
        assert "Since" not in said.news
    assert spoken_decision(None, catalogue(code)) is None


def test_english_and_what_no_catalogue_knows_stay_as_they_are() -> None:
    one = report("Zq zr. Zs.", Row("bio", (Piece("Zq zr"),), "zs"))
    assert spoken_report(one, catalogue("en")) is one
    said = spoken_report(one, catalogue("ja"))
    assert (said.line.replace("。", ". "), said.rows) == ("Zq zr.Zs.", one.rows)
