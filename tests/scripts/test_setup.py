"""scripts/setup.sh on machines that lack things: each function is run by a real bash, on a PATH made for the test."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.companion_process import ROOT

pytestmark = pytest.mark.posix
TOOLS = ("bash", "cat", "chmod", "cksum", "dirname", "env", "id", "mkdir", "rm")
PYTHON = """
echo "$0 $*" >>"$CALLS"
case "$*" in
  -c*) exit {too_old} ;;
  "-m venv --clear .venv") {venv} ;;
esac
"""
"""A system's Python: says whether it is new enough, and makes an environment."""
MAKES = "rm -rf .venv; mkdir -p .venv/bin; cat >.venv/bin/python <<<'{inside}'; chmod +x .venv/bin/python"
WHOLE = '#!/usr/bin/env bash\necho "$0 $*" >>"$CALLS"'
WITHOUT_PIP = '#!/usr/bin/env bash\necho "$0 $*" >>"$CALLS"; [ "$2" != pip ]'


@dataclass
class Machine:
    """A checkout with nothing but what the set-up needs, and a PATH of its own."""

    folder: Path

    @property
    def calls(self) -> list[str]:
        """Every call of a fake Python."""
        log = self.folder / "calls"
        return log.read_text().splitlines() if log.exists() else []

    def program(self, name: str, text: str) -> None:
        """Put a program on the PATH, or by a path into the checkout."""
        place = self.folder / (name if "/" in name else f"path/{name}")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text if text.startswith("#!") else f"#!/usr/bin/env bash\n{text}")
        place.chmod(0o755)

    def python(self, name: str, *, too_old: bool = False, inside: str = WHOLE) -> None:
        """Put a Python on the PATH whose environments have ``inside`` as their Python."""
        self.program(name, PYTHON.format(too_old=int(too_old), venv=MAKES.format(inside=inside)))

    def run(self, step: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Source the set-up and run one of its functions."""
        own = {"PATH": str(self.folder / "path"), "CALLS": str(self.folder / "calls"), **environment}
        command = [str(self.folder / "path/bash"), "-c", f"source scripts/setup.sh; {step}"]
        return subprocess.run(command, cwd=self.folder, env=own, capture_output=True, text=True, check=False)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    for name in ("scripts/setup.sh", "tests/browser/programs.py", "tests/postgres_programs.py",
                 "requirements/run.txt", "requirements/dev.txt", "pyproject.toml"):  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, tmp_path / name)
    (tmp_path / "path").mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found, tool
        (tmp_path / "path" / tool).symlink_to(found)
    return Machine(tmp_path)


def test_without_python_one_message_says_so(machine: Machine) -> None:
    done = machine.run("set_up_python run")
    assert done.returncode == 2
    assert "needs Python 3.11 or newer" in done.stderr
    assert "virtual environment" not in done.stderr


def test_an_old_python_is_passed_over_for_a_newer_one(machine: Machine) -> None:
    machine.python("python3.11", too_old=True)
    machine.python("python3.13")
    assert machine.run("find_python").stdout == "python3.13"


def test_a_python_named_by_hand_comes_first(machine: Machine) -> None:
    machine.python("python3.11")
    machine.python("other/python")
    named = str(machine.folder / "other/python")
    assert machine.run("find_python", MUTUALS_PYTHON=named).stdout == named


def test_a_new_environment_gets_the_locked_packages_and_is_then_left_alone(machine: Machine) -> None:
    machine.python("python3")
    assert machine.run("set_up_python run").returncode == 0
    assert any("--require-hashes -r requirements/run.txt" in call for call in machine.calls)
    before = machine.calls
    assert machine.run("set_up_python run").returncode == 0
    assert machine.calls == before


def test_a_changed_lock_is_installed_into_the_same_environment(machine: Machine) -> None:
    machine.python("python3")
    machine.run("set_up_python run")
    with (machine.folder / "requirements/run.txt").open("a") as lock:
        lock.write("# changed\n")
    before = len(machine.calls)
    assert machine.run("set_up_python run").returncode == 0
    since = machine.calls[before:]
    assert any("install" in call for call in since)
    assert not any("venv" in call.split(" ", 1)[1] for call in since)


def test_an_environment_left_without_pip_is_made_again(machine: Machine) -> None:
    machine.python("python3")
    machine.program(".venv/bin/python", WITHOUT_PIP)
    (machine.folder / ".venv/left-over").touch()
    assert machine.run("set_up_python dev").returncode == 0
    assert not (machine.folder / ".venv/left-over").exists()
    assert (machine.folder / ".venv/set-up-dev").exists()


def test_where_no_whole_environment_can_be_made_one_message_says_what_to_install(machine: Machine) -> None:
    machine.python("python3", inside=WITHOUT_PIP)
    for _ in range(2):
        done = machine.run("set_up_python run")
        assert done.returncode == 2
        assert "apt install python3-venv" in done.stderr
        assert "needs Python" not in done.stderr


def test_a_failed_installation_is_tried_again(machine: Machine) -> None:
    broken = '#!/usr/bin/env bash\necho "$0 $*" >>"$CALLS"; [[ "$*" != *install* ]]'
    machine.python("python3", inside=broken)
    assert machine.run("set_up_python run").returncode != 0
    machine.program(".venv/bin/python", WHOLE)
    assert machine.run("set_up_python run").returncode == 0


def test_an_environment_that_takes_no_package_any_more_is_made_again(machine: Machine) -> None:
    machine.python("python3")
    machine.program(".venv/bin/python", '#!/usr/bin/env bash\n[[ "$*" != *install* ]]')
    done = machine.run("set_up_python dev")
    assert (done.returncode, "Making .venv anew" in done.stderr) == (0, True)
    assert (machine.folder / ".venv/set-up-dev").exists()


@pytest.fixture
def ready(machine: Machine) -> Machine:
    """A machine whose environment is this one's."""
    machine.program(".venv/bin/python", f'exec {sys.executable} "$@"')
    return machine


@pytest.mark.parametrize(
    "names",
    [
        ("chromium", "chromedriver", "firefox-esr"),
        ("chromium-browser", "chromium.chromedriver", "firefox"),
        ("google-chrome", "chromedriver", "firefox"),
        ("google-chrome-stable", "chromedriver", "firefox-developer-edition"),
    ],
)
def test_browsers_are_found_under_any_usual_name(ready: Machine, names: tuple[str, ...]) -> None:
    for name in names:
        ready.program(name, "echo Chromium 156.0.1")
    done = ready.run("set_up_browsers")
    assert (done.returncode, done.stderr) == (0, "")


def test_what_is_missing_is_named(ready: Machine) -> None:
    ready.program("chromium", "echo Chromium 156.0.1")
    ready.program("firefox", "")
    done = ready.run("set_up_browsers")
    assert done.returncode == 2
    assert "need chromedriver." in done.stderr


def test_a_postgresql_server_is_found_where_it_lies_and_else_one_is_told_how_to_get_it(ready: Machine) -> None:
    folder = ready.folder / "pg" / "bin"
    for name in ("initdb", "postgres"):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    assert ready.run(f"MUTUALS_POSTGRES={folder} set_up_postgres").returncode == 0
    done = ready.run(f"MUTUALS_POSTGRES={ready.folder}/none set_up_postgres")
    assert (done.returncode, "apt install postgresql" in done.stderr) == (2, True)
