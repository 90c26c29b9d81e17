"""The mutation sample: the same seed draws the same mutants, each differs in one place, and verdicts are right."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from scripts.mutation.packages import packages
from scripts.mutation.trial import Mutant, copy_of, passes, seconds_of, survives, wilson

ROOT = Path(__file__).parents[2]
SCRIPT = """export function limit(value, most) {
  if (value > most) return most;
  return value;
}
export const both = (one, other) => one && Math.max(one, other + 1);
"""


def sample(file: Path, seed: int, count: int = 100) -> list[Mutant]:
    command = ["node", str(ROOT / "scripts/mutation/javascript_mutants.mjs"), str(seed), str(count), str(file)]
    printed = subprocess.run(command, check=True, capture_output=True).stdout
    return [msgspec.json.decode(line, type=Mutant) for line in printed.splitlines()]


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "limit.js"
    path.write_text(SCRIPT)
    return path


def test_a_seed_always_draws_the_same_mutants_and_another_seed_others(script: Path) -> None:
    assert sample(script, 1, 4) == sample(script, 1, 4)
    assert sample(script, 1, 4) != sample(script, 2, 4)


def test_every_kind_of_change_is_made_in_its_place(script: Path) -> None:
    made = {(mutant.line, mutant.change): mutant.text for mutant in sample(script, 1)}
    assert set(made) == {
        (2, "> to >="), (2, "negate"), (2, "return nothing"), (3, "return nothing"), (5, "&& to ||"), (5, "+ to -"),
        (5, "swap arguments"), (5, "number + 1"),
    }  # fmt: skip
    assert made[2, "negate"] == SCRIPT.replace("if (value > most)", "if (!(value > most))")
    assert made[5, "swap arguments"] == SCRIPT.replace("(one, other + 1)", "(other + 1, one)")


def test_a_mutant_survives_tests_that_pass_and_its_file_is_put_back(tmp_path: Path) -> None:
    (tmp_path / "code.py").write_text("LIMIT = 1\n")
    mutant = Mutant("code.py", 1, "number + 1", "LIMIT = 2\n")
    positive = (sys.executable, "-c", "exec(open('code.py').read()); assert LIMIT > 0")
    exact = (sys.executable, "-c", "exec(open('code.py').read()); assert LIMIT == 1")
    assert survives(mutant, positive, tmp_path, 60)
    assert not survives(mutant, exact, tmp_path, 60)
    assert (tmp_path / "code.py").read_text() == "LIMIT = 1\n"


def test_tests_that_run_in_circles_count_as_failed(tmp_path: Path) -> None:
    assert not passes((sys.executable, "-c", "while True: pass"), tmp_path, 0.01)


def test_tests_that_fail_without_a_mutant_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="fail without any change"):
        seconds_of((sys.executable, "-c", "raise SystemExit(1)"), tmp_path)


def test_mutants_are_tried_in_a_copy_without_history_and_caches(tmp_path: Path) -> None:
    for name in ("code.py", ".git/config", ".venv/x", "node_modules/x"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    with copy_of(tmp_path) as copy:
        assert {path.name for path in copy.iterdir()} == {"code.py", "node_modules"}
        assert (copy / "node_modules").is_symlink()


def test_every_package_has_files_and_tests_that_are_there() -> None:
    found = packages(ROOT)
    assert {"companion/api", "companion/store", "extension/background", "companion/web/static"} <= {
        package.name for package in found
    }
    for package in found:
        assert package.files
        named = [part for part in package.tests if part.startswith("tests/")]
        assert named
        assert all((ROOT / part).exists() for part in (*package.files, *named)), package.name


@pytest.mark.parametrize(("killed", "count"), [(0, 10), (7, 10), (10, 10)])
def test_the_interval_of_a_rate_holds_the_rate(killed: int, count: int) -> None:
    low, high = wilson(killed, count)
    assert -1e-9 <= low <= killed / count <= high <= 1 + 1e-9
    assert high - low > 0.2
