"""Finds the sentences in the program's source, with a value in each place, for tests of the catalogues."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

NUMBER, WORD, DAY = "7", "zq", "3 Mar 2026"
"""What stands in a place: each is tried, for a place that counts wants a number, and one for days a day."""
SENTENCE = re.compile(r"(?:[A-Z0-9“{`-]|zq)\S* .*(?:[.!]|\w[?])", re.DOTALL)
LOGGERS = {"log", "logging"}
MOST_VARIANTS = 16
PRINTING = {"echo", "echo_as", "say", "confirm", "prompt", "UsageError"}
Told = tuple[str, str, str]
"""One text with numbers, with words, with days in its places."""


def sentences_of_errors(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Yield (file, the sentence with numbers, the same with words) of every error that is made in a folder's files."""
    for path in sorted(folder.rglob("*.py")) if folder.is_dir() else [folder]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func).endswith("Error"):
                for part in node.args:
                    for numbers, words, _ in texts(part):
                        if " " in words:
                            yield path.name, numbers, words


def sentences(path: Path) -> Iterator[Told]:
    """Yield each text of a file that ends as a sentence: no docstrings, no log lines."""
    yield from _walked(ast.parse(path.read_text(encoding="utf-8")))


def printed(path: Path) -> Iterator[Told]:
    """Yield each text that a command's file hands to what prints, asks or refuses."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _name(node.func) in PRINTING:
            for part in node.args[:2]:
                yield from (told for told in texts(part) if told[1].strip() not in ("", WORD))


def _walked(node: ast.AST) -> Iterator[Told]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
            continue  # a docstring
        if isinstance(child, ast.Call) and _owner(child.func) in LOGGERS:
            continue
        if isinstance(child, (ast.JoinedStr, ast.Constant)):
            yield from (told for told in texts(child) if SENTENCE.fullmatch(told[1]))
        else:
            yield from _walked(child)


def texts(node: ast.expr) -> list[Told]:
    """Return a text with each value in its places; each branch of a condition in it makes another text."""
    return list(zip(_texts(node, NUMBER), _texts(node, WORD), _texts(node, DAY), strict=True))


def _texts(node: ast.expr, value: str) -> list[str]:
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else [value]
    if isinstance(node, ast.IfExp):
        return [*_texts(node.body, value), *_texts(node.orelse, value)]
    if isinstance(node, ast.FormattedValue):
        return _texts(node.value, value)
    if isinstance(node, ast.JoinedStr):
        made = product(*(_texts(part, value) for part in node.values))
        return ["".join(pieces) for pieces, _ in zip(made, range(MOST_VARIANTS), strict=False)]
    return [value]


def _owner(node: ast.expr) -> str:
    return _name(node.value) if isinstance(node, ast.Attribute) else ""


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
