"""Says a vetting report in another language: its sentences and rows are English until they are shown."""

from __future__ import annotations

import re

import msgspec

from companion.i18n.catalogue import Catalogue
from companion.i18n.languages import ENGLISH
from companion.vetting.decisions import Decision
from companion.vetting.presentation.rows import Row
from companion.vetting.service import Vetted

_replaced = msgspec.structs.replace
_BETWEEN = re.compile(r"(?<=[.!?]) (?=[A-Z“\d])")


def spoken_report(report: Vetted, catalogue: Catalogue) -> Vetted:
    """Return a report in the catalogue's language; what the catalogue does not know stays English."""
    if catalogue.language == ENGLISH:
        return report
    return _replaced(
        report,
        line=_line(report.line, catalogue),
        rows=[_row(row, catalogue) for row in report.rows],
        decision=spoken_decision(report.decision, catalogue),
        history=[spoken_decision(decision, catalogue) or decision for decision in report.history],
    )


def spoken_decision(decision: Decision | None, catalogue: Catalogue) -> Decision | None:
    """Return a decision with its sentence and news in the catalogue's language."""
    if decision is None:
        return None
    return _replaced(decision, sentence=catalogue.say(decision.sentence), news=catalogue.say(decision.news))


def _row(row: Row, catalogue: Catalogue) -> Row:
    pieces = tuple(_replaced(piece, text=_words(piece.text, catalogue)) for piece in row.pieces)
    return _replaced(row, pieces=pieces, end=catalogue.say(row.end))


def _words(text: str, catalogue: Catalogue) -> str:
    """Return a few words, of which the first of a row begins with a capital in English."""
    said = catalogue.say(text)
    if said != text:
        return said
    lower = f"{text[:1].lower()}{text[1:]}"
    said = catalogue.say(lower)
    return text if said == lower else f"{said[:1].upper()}{said[1:]}"


def _line(line: str, catalogue: Catalogue) -> str:
    """Return the verdict's sentences; one that is a row's few words with a full stop is said as those."""
    gap = "" if catalogue.language == "ja" else " "
    return gap.join(_sentence(sentence, catalogue) for sentence in _BETWEEN.split(line))


def _sentence(sentence: str, catalogue: Catalogue) -> str:
    said, bare = catalogue.say(sentence), sentence.removesuffix(".")
    if said != sentence or bare == sentence:
        return said
    words = _words(bare, catalogue)
    return sentence if words == bare else words + ("。" if catalogue.language == "ja" else ".")
