"""Builds the distributions from a copy of what git tracks, and installs the wheel where no checkout is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
from dataclasses import dataclass
from pathlib import Path

from tests.companion_process import ROOT

SCRIPTS = "Scripts" if os.name == "nt" else "bin"


def tracked() -> set[str]:
    """The files that git tracks and that are there, and new ones that it does not ignore."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return {name for name in listed.split("\0") if name and (ROOT / name).is_file()}


def python(*arguments: str, cwd: Path) -> str:
    """Run this Python and return what it printed; nothing but its own packages is on its path."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [sys.executable, "-W", "ignore", *arguments]
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build(source: Path, kind: str, folder: Path) -> Path:
    """Build a distribution (``sdist`` or ``wheel``) by the project's own backend, without the network."""
    folder.mkdir(exist_ok=True)
    program = f"import sys, setuptools.build_meta as backend; backend.build_{kind}(sys.argv[1])"
    python("-c", program, str(folder), cwd=source)
    (built,) = folder.glob("*.tar.gz" if kind == "sdist" else "*.whl")
    return built


@dataclass(frozen=True)
class Distributions:
    """The source distribution, and the wheel that was made from it."""

    sdist: Path
    wheel: Path

    @classmethod
    def made_in(cls, folder: Path) -> Distributions:
        """Copy what git tracks, make the source distribution of it, and the wheel of that."""
        for name in tracked():
            (folder / "copy" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / "copy" / name)
        sdist = build(folder / "copy", "sdist", folder / "sdist")
        with tarfile.open(sdist) as archive:
            archive.extractall(folder / "unpacked", filter="data")
        (unpacked,) = (folder / "unpacked").iterdir()
        return cls(sdist, build(unpacked, "wheel", folder / "wheel"))


def installed(wheel: Path, folder: Path) -> Path:
    """Install a wheel into a clean environment that has this one's dependencies; return its `mutuals` command."""
    venv.create(folder, with_pip=False)
    command = folder / SCRIPTS / "mutuals"
    interpreter = folder / SCRIPTS / "python"
    python(
        "-m", "pip", "--python", str(interpreter), "install", "-q", "--no-deps", "--no-index", str(wheel), cwd=folder
    )
    scheme = "nt" if os.name == "nt" else "posix_prefix"
    packages = Path(sysconfig.get_path("purelib", scheme, {"base": str(folder), "platbase": str(folder)}))
    # A path in a .pth file is only added: the editable install that lies there is not taken up.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return command
