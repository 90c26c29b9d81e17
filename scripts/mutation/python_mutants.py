"""Prints a seeded sample of mutants of Python files as JSON lines; runs where cosmic-ray is installed.

Usage: ``python python_mutants.py SEED COUNT FILE...``. A line is ``{"file", "line", "change", "text"}``, where ``text``
is the whole mutated file. First a place in the code is drawn, then one of the operators that apply there, so that
places to which many operators apply are not preferred. What is no Python is left out: every test would notice it.
"""

from __future__ import annotations

import ast
import json
import random
import sys
import warnings
from collections import defaultdict
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

LEFT_OUT = ("BitOr", "ExceptionReplacer")
"""Replacing ``|`` mostly changes annotations, which are not evaluated; cosmic-ray 8.7 fails at dotted exceptions."""
Place = tuple[str, tuple[int, int], tuple[int, int]]


def places(files: list[str]) -> dict[Place, list[tuple[str, int]]]:
    """Return (file, start, end) -> the (operator, occurrence) pairs that apply there."""
    sites: dict[Place, list[tuple[str, int]]] = defaultdict(list)
    usable = [name for name in operator_names() if not any(part in name for part in LEFT_OUT)]
    names = [name for name in usable if not get_operator(name).arguments()]
    for file in files:
        tree = get_ast(Path(file).read_text("utf-8"))
        for name in names:
            operator = get_operator(name)()
            positions = (spot for node in ast_nodes(tree) for spot in operator.mutation_positions(node))
            for occurrence, (start, end) in enumerate(positions):
                sites[file, start, end].append((name, occurrence))
    return sites


def is_python(text: str) -> bool:
    """Return whether a text can be parsed; a ``*`` between parameters is taken for an operator, for example."""
    with warnings.catch_warnings(action="ignore"):
        try:
            ast.parse(text)
        except SyntaxError:
            return False
    return True


def main(seed: int, count: int, files: list[str]) -> None:
    """Print the sample."""
    sites, dice = places(files), random.Random(seed)
    for file, start, end in dice.sample(sorted(sites), min(count, len(sites))):
        name, occurrence = dice.choice(sites[file, start, end])
        text = mutate_code(Path(file).read_text("utf-8"), get_operator(name)(), occurrence)
        change = name.removeprefix("core/")
        if is_python(text):
            print(json.dumps({"file": file, "line": start[0], "change": change, "text": text}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
