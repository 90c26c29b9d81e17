"""Finds the programs of a PostgreSQL server; as a program, it ends with 1 if they are not here."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

OLDEST = 15


def folder_of_programs(environ: Mapping[str, str] | None = None) -> Path | None:
    """Return the folder with initdb and postgres, the newest one; ``MUTUALS_POSTGRES`` names one that is elsewhere."""
    environment = os.environ if environ is None else environ
    named = environment.get("MUTUALS_POSTGRES")
    if named:
        return Path(named) if _whole(Path(named)) else None
    packaged = [path for root in ("/usr/lib/postgresql", "/usr/lib64/pgsql", "/opt/homebrew/opt", "/usr/local/opt")
                for path in Path(root).glob("*/bin") if _whole(path) and _major(path) >= OLDEST]  # fmt: skip
    if packaged:
        return max(packaged, key=_major)
    found = shutil.which("initdb", path=environment.get("PATH", ""))
    return Path(found).resolve().parent if found and _whole(Path(found).resolve().parent) else None


def _whole(folder: Path) -> bool:
    return all((folder / name).is_file() for name in ("initdb", "postgres"))


def _major(folder: Path) -> int:
    digits = "".join(each for each in folder.parent.name if each.isdigit())
    return int(digits) if digits else 0


def main() -> None:
    """End with 1 if there is no server to run."""
    sys.exit(folder_of_programs() is None)


if __name__ == "__main__":
    main()
