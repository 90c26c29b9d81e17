"""The language of the command line: that of MUTUALS_LANGUAGE, else of the system's locale; says sentences in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

import click

from companion.i18n.languages import ENGLISH, best

if TYPE_CHECKING:
    from companion.i18n.catalogue import Catalogue

VARIABLES = ("MUTUALS_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""Environment variables that name a language, the strongest first; the first that is set decides, as in POSIX."""
LABELS = frozenset({"Error", "Look", "Not done", "Note", "Problem", "Stopped"})
"""What stands before a sentence and is said apart from it, also in what a running companion printed."""
_HANDED: ContextVar[bool] = ContextVar("whether another process reads what is printed, and says it", default=False)


def language() -> str:
    """Return the code of the command line's language; English where none is named, or one that is not spoken."""
    if _HANDED.get():
        return ENGLISH
    return best([next((value for name in VARIABLES if (value := os.environ.get(name))), "")])


@contextmanager
def unspoken() -> Iterator[None]:
    """Print in English while the block runs: the process that handed the command over says it in its language."""
    before = _HANDED.set(True)
    try:
        yield
    finally:
        _HANDED.reset(before)


def say(text: str) -> str:
    """Return what is printed in the command line's language, line by line; what is not translated stays English."""
    code = language()
    if code == ENGLISH:
        return text
    from companion.i18n.catalogue import catalogue  # reading a catalogue costs what English need not pay

    return "\n".join(_said(line, catalogue(code)) for line in text.split("\n"))


def _said(line: str, words: Catalogue) -> str:
    bare = line.lstrip()
    label, colon, rest = bare.partition(": ")
    labelled = colon and label in LABELS
    told = f"{_label(label, words)}{_label(colon, words)}{words.say(rest)}" if labelled else words.say(bare)
    return line[: len(line) - len(bare)] + told


def _label(label: str, words: Catalogue) -> str:
    """Return a label, or the colon after it; "Note" before a warning is elsewhere another word than a written note."""
    told = words.pgettext("label", label)
    return words.gettext(label) if told == label else told


def echo(text: str, *, err: bool = False) -> None:
    """Print in the command line's language."""
    click.echo(say(text), err=err)


def echo_as(label: str, text: str, *, err: bool = False) -> None:
    """Print one of the labels, such as "Problem", and a sentence after it."""
    click.echo(say(f"{label}: {text}"), err=err)
