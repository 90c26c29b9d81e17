"""The field cases handed to the developers, where they are present: each gives its right value.

Their kinds are tested with invented input beside the code they belong to; this only runs the cases as they were given.
They name the modules of version 0.1.0, so the names are brought up to date in a copy.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shared_data import SHARED

ROOT = Path(__file__).parents[2]
MOVED = {
    "companion.vetting.fetch": "companion.vetting.network.fetch",
    "companion.vetting.opener": "companion.vetting.network.link_opener",
    "companion.vetting.link_findings": "companion.vetting.checks.link",
    "companion.sources.sightings": "companion.domain.sightings",
    "companion.sources.rivals.reading": "companion.sources.other_tools.parse",
    "companion.wayout.as_csv": "companion.export.csv_file",
    "companion.wayout.someone import Someone": "companion.export.people import ExportedPerson as Someone",
    "companion.app import": "companion.server.app import",
    "companion.practice import touches": "companion.store import touches",
    "companion.practice.account": "companion.store.account",
    "companion.cli import main": "companion.cli.main import main",
}
"""What the cases say -> what it is called now."""
IN_A_BROWSER = ("17-", "18-", "19-")
"""Cases of the extension: tests/browser/test_field_cases.py runs them."""
CASES = sorted(SHARED.glob("cases/[0-9]*-*")) if SHARED else []

if CASES:

    @pytest.mark.parametrize(
        "case", [one for one in CASES if not one.name.startswith(IN_A_BROWSER)], ids=lambda one: one.name
    )
    def test_a_field_case_gives_its_right_value(tmp_path: Path, case: Path) -> None:
        for folder in (case, case.parent / "_lib"):
            shutil.copytree(folder, tmp_path / folder.name, copy_function=shutil.copyfile)
            (tmp_path / folder.name).chmod(0o755)
        for script in (one for kind in ("py", "sh") for one in tmp_path.glob(f"*/*.{kind}")):
            text = script.read_text("utf-8")
            for old, new in MOVED.items():
                text = text.replace(old, new)
            script.write_text(text, "utf-8")
        place = tmp_path / case.name
        shell = (place / "run.sh").exists()
        environment = os.environ | {
            "REPO": str(ROOT), "PY": sys.executable, "PYTHONPATH": os.pathsep.join([str(ROOT), str(tmp_path / "_lib")]),
        }  # fmt: skip
        command = ["bash", "run.sh"] if shell else [sys.executable, "run.py"]
        done = subprocess.run(command, cwd=place, env=environment, capture_output=True, encoding="utf-8", check=False)
        assert "PASS" in done.stdout, done
        assert "FAIL" not in done.stdout, done.stdout
        assert shell or done.returncode == 0, done
