"""Says help, usage and the refusals of Click itself in the command line's language, when they are printed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click
from click import core, exceptions, formatting, parser, termui, types

from companion.cli.speech import language
from companion.i18n.languages import ENGLISH

if TYPE_CHECKING:
    from companion.i18n.catalogue import Catalogue

MODULES = (core, exceptions, formatting, parser, termui, types)
"""The parts of Click that look words up when they print them; what others look up is fixed when a command is made."""
_WITH_EXTRAS = r"(?s)(.*?)(?:  (\[[^\]]*\]))?"
"""An option's help, and after two spaces what Click adds, such as [default: 5]."""
_SENTENCE = r"(?s).+?(?:[.؟]+(?= |$)|。|$)"
_LEAST_LETTERS = 12
"""Letters of a shortened text by which the whole one is found."""
_FULL = "\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef"
_PIECE = rf"(?:[{_FULL}]|[^ \n{_FULL}]+)[。、）」：？]* ?"
"""What stays on one line: a Japanese letter, or a word, with the signs that begin no line."""


def install() -> None:
    """Let Click format help and say its own words in the command line's language from now on."""
    for module in MODULES:
        for name, function in (("_", said), ("ngettext", counted)):
            if hasattr(module, name):
                setattr(module, name, function)
    click.Context.formatter_class = SpokenHelp


def said(message: str) -> str:
    """Return a message of Click or a paragraph of help in the command line's language."""
    words = _catalogue()
    return words.gettext(message) if words else message


def counted(one: str, many: str, number: int) -> str:
    """Return a message of Click in the form for a number of things."""
    words = _catalogue()
    return words.ngettext(one, many, number) if words else one if number == 1 else many


def _catalogue() -> Catalogue | None:
    code = language()
    if code == ENGLISH:
        return None
    from companion.i18n.catalogue import help_catalogue  # a start installs this, and needs no help

    return help_catalogue(code)


class SpokenHelp(click.HelpFormatter):
    """Formats help in the command line's language; English as Click does."""

    def write_text(self, text: str) -> None:
        """Write paragraphs, each as a whole in the language."""
        if _catalogue() is None:
            super().write_text(text)
            return
        indent, width = " " * self.current_indent, max(self.width - self.current_indent, 11)
        told = (lines(said(" ".join(part.split())), width) for part in text.split("\n\n"))
        self.write("\n\n".join("\n".join(indent + line for line in part) for part in told) + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write options or commands with what they do beside them, under each other."""
        pairs = list(rows)
        words = _catalogue()
        if words is None:
            super().write_dl(pairs, col_max, col_spacing)
            return
        column = min(max(map(columns, (first for first, _ in pairs))), col_max) + col_spacing
        for first, second in pairs:
            of_row = _of_option if first.startswith("-") else _of_command
            told = lines(of_row(words, second), max(self.width - self.current_indent - column, 10))
            fits = columns(first) + col_spacing <= column
            head = f"{first}{' ' * (column - columns(first))}{told.pop(0) if told else ''}" if fits else first
            for line in (head, *(" " * column + line for line in told)):
                self.write(f"{' ' * self.current_indent}{line}".rstrip() + "\n")


def _of_option(words: Catalogue, text: str) -> str:
    """Return the help of an option, and what Click adds to it."""
    match = re.fullmatch(_WITH_EXTRAS, text)
    bare, extras = (match[1], match[2]) if match else (text, None)
    return "  ".join(filter(None, (words.gettext(bare), extras)))


def _of_command(words: Catalogue, text: str) -> str:
    """Return the first sentence about a command; Click shortened the English one to fit its line."""
    begin = text.removesuffix("...")
    whole = (
        next((key for key in words.entries if key.startswith(begin)), None) if len(begin) >= _LEAST_LETTERS else None
    )
    sentence = re.match(_SENTENCE, words.gettext(whole)) if whole else None
    return sentence[0].rstrip(".。") if sentence else text


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes: letters of Japanese and Korean take two."""
    return sum(0 if unicodedata.combining(one) else 1 + (unicodedata.east_asian_width(one) in "WF") for one in text)


def lines(text: str, width: int) -> list[str]:
    """Return a text in lines of at most some columns, broken between words, in Japanese between letters."""
    broken: list[str] = [""]
    for piece in re.findall(_PIECE, text):
        if broken[-1] and columns(broken[-1] + piece.rstrip(" ")) > width:
            broken.append("")
        broken[-1] += piece
    return [line.rstrip(" ") for line in broken]
