"""Finds the sentences of errors in the program's source, with a value in each place, for a test of the catalogues."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

NUMBER, WORD = "7", "zq"
"""What stands in a place: both are tried, for a place that counts wants a number."""


def sentences_of_errors(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Yield (file, the sentence with numbers, the same with words) of every error that is made in a folder's files."""
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func).endswith("Error"):
                for part in node.args:
                    told = _text(part, NUMBER), _text(part, WORD)
                    if " " in told[0]:
                        yield path.name, *told


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _text(node: ast.expr, value: str) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else value for part in node.values)
    return ""
