"""Formats a vetting report as text for the terminal: the verdict and its reasons, then the facts (pure)."""

from __future__ import annotations

from collections.abc import Callable

from companion.vetting.presentation.rows import Piece, Row, Sample
from companion.vetting.service import Vetted

VERDICTS = {
    "welcome": "Welcome",
    "look_closer": "Look closer",
    "better_not": "Better not",
    "cant_tell": "Can't tell",
}
OWN_VERDICTS = {
    "welcome": "Most would welcome you",
    "look_closer": "A vetter would look closer",
    "better_not": "A vetter might pass",
    "cant_tell": "A vetter could not tell yet",
}
"""The verdict on the user's own account: how a vetter would see it."""
KINDS = {
    "automated": "calls itself automated",
    "announces": "announces",
    "public_figure": "public figure",
    "newcomer": "new here",
}
MARKS = {"caution": "! ", "serious": "!! "}
"""Signs of marked facts, so that none depends on colour."""
MISSING = {
    "profile": "Open the profile, so that bio and counts are seen.",
    "posts": "Open the profile and scroll a little, so that more posts are seen.",
    "link": "The link was not opened; --look opens it safely.",
    "photo": "The photo was not looked at; --look does.",
}
WIDTH = 10


def text_of(report: Vetted, say: Callable[[str], str] = str) -> str:
    """Return the report as text; ``say`` says this page's own words in another language."""
    name = f"{report.name} (@{report.handle})" if report.name else f"@{report.handle}"
    kind = f" ({say(KINDS[report.kind])})" if report.kind in KINDS else ""
    title = f"{say('How you look to a vetter')}: {name}" if report.own else name
    verdict = (OWN_VERDICTS if report.own else VERDICTS)[report.verdict]
    head = [title, "", f"{say(verdict)}{kind}: {report.line}", ""]
    rows = [f"{say(row.name.capitalize()):<{WIDTH}} {_row(row)}" for row in report.rows]
    samples = [f"{'':<{WIDTH}}   {sample.url}  {_short(sample.text)}" for sample in _samples(report)]
    before = ["", *(f"{decision.sentence}." for decision in report.history)] if report.history else []
    missing = ["", *(say(MISSING[name]) for name in report.missing)] if report.missing else []
    return "\n".join([*head, *rows, *(["", say("Examples"), *samples] if samples else []), *before, *missing])


def _row(row: Row) -> str:
    return " ".join(filter(None, [" · ".join(_piece(piece) for piece in row.pieces), row.end]))


def _piece(piece: Piece) -> str:
    return f"{MARKS.get(piece.level, '')}{piece.text}"


def _samples(report: Vetted) -> list[Sample]:
    return [sample for row in report.rows for piece in row.pieces for sample in piece.examples]


def _short(text: str) -> str:
    return text if len(text) <= 70 else f"{text[:69]}…"
