"""`mutuals service` from an empty home: it starts the companion, keeps its port, says how it stands, and goes again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.cli.options import Holder, holder
from companion.cli.service import wait_for
from companion.install.log_file import last_line
from companion.settings import Settings
from tests.companion_process import free_port

pytestmark = [pytest.mark.kill, pytest.mark.posix]


class Home:
    """A user's home on a system that starts programs by autostart entries: no service manager is on its PATH."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(data=folder / "data")
        self.entry = folder / ".config/autostart/mutuals.desktop"
        keep = {name: value for name, value in os.environ.items() if not name.startswith(("XDG", "MUTUALS"))}
        self.environment = keep | {"HOME": str(folder), "PATH": str(Path(sys.executable).parent)}

    def __call__(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command of `mutuals` there."""
        command = [sys.executable, "-m", "companion", *words]
        if "--data" not in words:
            command += ["--data", str(self.settings.data)]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)

    def running(self) -> Holder | None:
        """The companion that runs on its data."""
        return holder(self.settings)

    def end(self) -> None:
        """End that companion."""
        running = self.running()
        if running and running.pid:
            os.kill(running.pid, signal.SIGTERM)
            assert wait_for(lambda: self.running() is None)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    house = Home(tmp_path)
    yield house
    house.end()


def test_it_is_installed_started_kept_on_its_port_and_removed(home: Home) -> None:
    port = free_port()
    done = home("service", "install", "--port", str(port))
    assert done.returncode == 0, done.stderr
    assert "starts at every login (XDG autostart entry)" in done.stdout
    first = home.running()
    assert first is not None
    assert first.port == port
    entry = home.entry.read_text(encoding="utf-8")

    again = home("service", "install")
    assert again.returncode == 0, again.stderr
    assert home.entry.read_text(encoding="utf-8") == entry
    assert home.running() == first

    status = home("service", "status")
    assert status.returncode == 0
    assert f"yes (XDG autostart entry, port {port})" in status.stdout
    assert "is ready on port" in status.stdout

    assert "no longer" in home("service", "remove").stdout
    assert not home.entry.exists()
    assert "did not start at login" in home("service", "remove").stdout
    home.end()
    assert home("service", "status").returncode == 6


def test_a_companion_that_was_started_by_hand_is_not_started_twice(home: Home) -> None:
    port = free_port()
    byhand = subprocess.Popen([sys.executable, "-m", "companion", "start", "--port", str(port), "--data",
                               str(home.settings.data)], env=home.environment, stdout=subprocess.DEVNULL)  # fmt: skip
    assert wait_for(lambda: home.running() is not None)
    done = home("service", "install")
    assert "was started by hand" in done.stdout
    assert home.running() == Holder(byhand.pid, port)
    byhand.send_signal(signal.SIGTERM)
    assert byhand.wait(30) == 0


def test_an_installation_whose_program_is_gone_says_how_to_mend_it(home: Home) -> None:
    home.entry.parent.mkdir(parents=True)
    home.entry.write_text('[Desktop Entry]\nExec="/nowhere/mutuals" "start" "--port" "17653"\n', encoding="utf-8")
    said = home("service", "status").stdout
    assert "pipx reinstall mutuals" in said
    assert "Your data are untouched" in said


def test_why_it_did_not_start_stands_in_the_log(home: Home) -> None:
    port = free_port()
    first = home("service", "install", "--port", str(port))
    assert first.returncode == 0
    other = home.settings.data.parent / "other"
    assert home("start", "--port", str(port), "--data", str(other)).returncode == 4
    said = last_line(Settings(data=other).log_path)
    assert said is not None
    assert f"Port {port} is taken by another program" in said


def test_the_plan_can_be_looked_at_before_anything_is_done(home: Home) -> None:
    said = home("service", "install", "--show").stdout
    assert "mutuals.desktop" in said
    assert "Spawn" in said
    assert not home.entry.exists()
