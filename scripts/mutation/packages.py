"""The packages that are mutated, the files of each, and the commands that test it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SKIPPED = "not browser and not kill"
NODE = ("node", "--experimental-vm-modules", "--no-warnings", "--test")
JAVASCRIPT = ("extension", "companion/web/static")


@dataclass(frozen=True, slots=True)
class Package:
    """One package.

    Attributes:
        name: its folder.
        files: what is mutated, relative to the root.
        tests: the command for its own tests (the folder that mirrors it).
        suite: the command for every test of its language that needs no browser.
    """

    name: str
    files: tuple[str, ...]
    tests: tuple[str, ...]
    suite: tuple[str, ...]


def packages(root: Path) -> list[Package]:
    """Return all packages of a checkout, Python first."""
    return [*_python(root), *_javascript(root)]


def _python(root: Path) -> Iterator[Package]:
    pytest = (sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-m", SKIPPED)
    for folder in sorted(path for path in (root / "companion").iterdir() if (path / "__init__.py").exists()):
        files = tuple(str(path.relative_to(root)) for path in sorted(folder.rglob("*.py")))
        own = f"tests/companion/{folder.name}"
        if (root / own).is_dir():
            yield Package(f"companion/{folder.name}", files, (*pytest, own), (*pytest, "tests/companion"))


def _javascript(root: Path) -> Iterator[Package]:
    folders = [path for name in JAVASCRIPT for path in (root / name, *sorted((root / name).iterdir())) if path.is_dir()]
    suite = tuple(
        str(path.relative_to(root)) for top in ("extension", "companion") for path in _tests(root / "tests" / top)
    )
    for folder in folders:
        name = str(folder.relative_to(root))
        files = tuple(str(path.relative_to(root)) for path in sorted(folder.rglob("*.js")))
        own = tuple(str(path.relative_to(root)) for path in _tests(root / "tests" / name))
        if name != "extension" and files:
            yield Package(name, files, (*NODE, *(own or suite)), (*NODE, *suite))


def _tests(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.test.mjs"))
