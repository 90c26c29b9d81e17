"""The house rules that a machine can check: sizes, first lines, where things may live, and what agrees with what."""

from __future__ import annotations

import ast
import json
import re
import statistics
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def tracked(*endings: str) -> list[Path]:
    """The files that git knows, with one of these endings, still there."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = [ROOT / name for name in listed.split("\0") if name.endswith(endings)]
    return [path for path in paths if path.is_file()]


SOURCES = tracked(".py", ".js", ".mjs")
PYTHON = tracked(".py")
PRODUCT = [path for path in SOURCES if path.relative_to(ROOT).parts[0] in ("companion", "extension")]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def test_no_file_is_too_long_and_half_of_them_are_short() -> None:
    lengths = {name(path): len(lines(path)) for path in SOURCES}
    assert {file: length for file, length in lengths.items() if length > 350} == {}
    assert statistics.median(lengths.values()) < 150


@pytest.mark.parametrize("path", PYTHON, ids=name)
def test_no_python_function_is_over_forty_lines(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert {node.name: _body(node) for node in found if _body(node) > 40} == {}


def _body(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of code: the docstring explains, it does not do."""
    told = node.body[0] if ast.get_docstring(node) else None
    return (
        (node.end_lineno or node.lineno) - node.lineno + 1 - ((told.end_lineno or 0) - told.lineno + 1 if told else 0)
    )


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_every_file_says_first_what_it_does(path: Path) -> None:
    text = lines(path)
    first = text[0] if text else ""
    if path.name == "__init__.py" and not text:
        return
    first = text[1] if first.startswith("#!") else first
    assert re.match(r'("""|\'\'\'|//|/\*\*?|#) ?\S', first), f"{name(path)} begins with: {first}"


def test_nothing_is_left_for_later() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    found = [f"{name(path)}:{number}" for path in SOURCES for number, line in enumerate(lines(path), 1)
             if marks.search(line) and path != Path(__file__).resolve()]  # fmt: skip
    assert found == []


def test_no_broad_except_hides_a_mistake() -> None:
    broad = re.compile(r"except\s*:|except (Base)?Exception\s*:")
    found = []
    for path in PYTHON:
        text = lines(path)
        found += [f"{name(path)}:{number}" for number, line in enumerate(text, 1)
                  if broad.search(line) and path != Path(__file__).resolve()
                  and not any("raise" in later for later in text[number : number + 6])]  # fmt: skip
    assert found == []


def test_versions_agree_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    manifest = json.loads((ROOT / "extension/manifest.json").read_text())["version"]
    package = re.search(r'__version__ = "(.+?)"', (ROOT / "companion/__init__.py").read_text())
    changelog = re.search(r"^## (\d\S*)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert {project, manifest, package and package[1], changelog and changelog[1]} == {project}


def test_locks_carry_hashes_and_no_addresses() -> None:
    for lock in (*(ROOT / "requirements").glob("*.txt"), ROOT / "package-lock.json"):
        text = lock.read_text()
        assert "sha256:" in text or "sha512-" in text, f"{lock.name} pins by hash"
        assert not re.search(r'"resolved"|--index-url|--find-links|^\s*(-i|--extra-index-url)\s', text, re.MULTILINE), (
            lock.name
        )


def test_no_path_of_anybodys_machine_is_in_the_tree() -> None:
    path_of_a_machine = re.compile(r"(?<![\w.:/-])/(home|Users|root|work|farm)/\w")
    kinds = (".py", ".js", ".md", ".sh", ".toml", ".json", ".html", ".css")
    found = [f"{name(path)}: {line.strip()[:90]}" for path in tracked(*kinds) if path != Path(__file__).resolve()
             for line in lines(path) if path_of_a_machine.search(line)]  # fmt: skip
    assert found == []
