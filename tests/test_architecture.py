"""The architecture page says what is so: its layers are the contract's, and the files it names are there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
Layers = list[tuple[int, frozenset[str]]]


def contract() -> Layers:
    """The layers of the import contract, the highest first, each with its number."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return [(len(layers) - place, names(layer)) for place, layer in enumerate(layers)]


def names(layer: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", layer))


def test_the_paragraphs_are_the_contracts_layers_from_the_top() -> None:
    headings = re.findall(r"^### (\d+) · (.+)$", PAGE, re.MULTILINE)
    assert [(int(number), names(layer)) for number, layer in headings] == contract()


def test_the_picture_shows_the_same_layers() -> None:
    picture = PAGE.split("```mermaid")[1].split("```")[0]
    drawn = re.findall(r'\["(\d+) · ([\w, ]+)"\]', picture)
    assert [(int(number), names(layer)) for number, layer in drawn] == contract()


def test_every_package_has_its_place_in_the_contract() -> None:
    package = ROOT / "companion"
    packages = {path.parent.name for path in package.glob("*/__init__.py")}
    modules = {path.stem for path in package.glob("*.py")} - {"__init__"}
    assert packages | modules == {name for _, layer in contract() for name in layer}


def test_every_file_that_the_page_names_is_there() -> None:
    named = set(re.findall(r"`((?:companion|extension|scripts)/[\w/.]+)`", PAGE))
    assert len(named) > 20
    assert {name for name in named if not (ROOT / name).exists()} == set()


def test_both_test_scripts_hold_the_contracts_before_they_run_the_tests() -> None:
    for script in ("scripts/check", "scripts/test"):
        steps = (ROOT / script).read_text(encoding="utf-8").splitlines()
        tests = next(place for place, step in enumerate(steps) if step.startswith('"$bin/pytest"'))
        assert '"$bin/lint-imports"' in steps[:tests], script
