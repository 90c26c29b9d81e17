"""The language of the command line: that of MUTUALS_LANGUAGE, else of the system's locale; says sentences in it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import click

from companion.i18n.languages import ENGLISH, best

VARIABLES = ("MUTUALS_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""Environment variables that name a language, the strongest first; the first that is set decides, as in POSIX."""
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

    return "\n".join(_said(line, catalogue(code).say) for line in text.split("\n"))


def _said(line: str, translated: Callable[[str], str]) -> str:
    bare = line.lstrip()
    return line[: len(line) - len(bare)] + translated(bare)


def echo(text: str, *, err: bool = False) -> None:
    """Print in the command line's language."""
    click.echo(say(text), err=err)


def echo_as(label: str, text: str, *, err: bool = False) -> None:
    """Print a label, such as "Problem", and a sentence after it."""
    click.echo(f"{say(label)}: {say(text)}", err=err)
