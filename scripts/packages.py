"""Builds the packages of a release from what git tracks: source distribution, wheel, one zip for each store."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from companion import __version__

ROOT = Path(__file__).resolve().parent.parent
STORES = ("chrome", "firefox")
"""One folder serves both browsers; each store gets a file of its own name."""
EPOCH = (2026, 1, 1, 0, 0, 0)
"""The time of every file in a zip: the same files give the same bytes."""


def tracked() -> set[str]:
    """Return the files that git tracks and that are there, and new ones that it does not ignore."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return {name for name in listed.split("\0") if name and (ROOT / name).is_file()}


@dataclass(frozen=True)
class Distributions:
    """The source distribution, and the wheel that was made from it."""

    sdist: Path
    wheel: Path

    @classmethod
    def made_in(cls, folder: Path, repository: str = "") -> Distributions:
        """Copy what git tracks, make the source distribution of it, and the wheel of that; no network is needed.

        Args:
            folder: an empty folder.
            repository: the address that links on an index page lead to; "" for what the environment tells (setup.py).
        """
        for name in tracked():
            (folder / "copy" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / "copy" / name)
        sdist = _built(folder / "copy", "sdist", folder / "sdist", repository)
        with tarfile.open(sdist) as archive:
            archive.extractall(folder / "unpacked", filter="data")
        (unpacked,) = (folder / "unpacked").iterdir()
        return cls(sdist, _built(unpacked, "wheel", folder / "wheel", repository))


def _built(source: Path, kind: str, folder: Path, repository: str) -> Path:
    """Build a distribution (``sdist`` or ``wheel``) by the project's own backend, as it lies in this environment."""
    folder.mkdir()
    program = f"import sys, setuptools.build_meta as backend; backend.build_{kind}(sys.argv[1])"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment |= {"MUTUALS_REPOSITORY": repository} if repository else {}
    command = [sys.executable, "-W", "ignore", "-c", program, str(folder)]
    done = subprocess.run(command, cwd=source, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    (built,) = folder.glob("*.tar.gz" if kind == "sdist" else "*.whl")
    return built


def store_zip(file: Path) -> None:
    """Write the extension's files as a browser's store takes them: the manifest at the top, nothing but the files."""
    names = sorted(name for name in tracked() if name.startswith("extension/"))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in names:
            entry = zipfile.ZipInfo(name.removeprefix("extension/"), EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            packed.writestr(entry, (ROOT / name).read_bytes())


def pack(folder: Path) -> list[Path]:
    """Write all packages into a folder, and return them."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="mutuals-pack-") as place:
        made = Distributions.made_in(Path(place))
        packages = [Path(shutil.copy(package, folder)) for package in (made.sdist, made.wheel)]
    for store in STORES:
        packages.append(folder / f"mutuals-{store}-{__version__}.zip")
        store_zip(packages[-1])
    return packages


if __name__ == "__main__":
    for made_package in pack(Path(sys.argv[1])):
        sys.stdout.write(f"{made_package}\n")
