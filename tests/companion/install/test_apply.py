"""Plans are carried out in order, in one place; a system's refusal is a sentence; Windows' registry is reached."""

from __future__ import annotations

import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from companion.install.apply import ServiceError, apply, installed_entry, run_program
from companion.install.machine import own_program, this_machine
from companion.install.plan import (
    Kind,
    Machine,
    MakeFolder,
    RemoveFile,
    RemoveRunValue,
    RunCommand,
    SetRunValue,
    Spawn,
    Step,
    WriteFile,
)


class System:
    """A system that notes what it is asked and answers in turn."""

    def __init__(self, *answers: tuple[int, str]) -> None:
        self.answers, self.ran, self.begun = list(answers), [], []  # type: ignore[var-annotated]

    def run(self, words: Sequence[str]) -> tuple[int, str]:
        self.ran.append(tuple(words))
        return self.answers.pop(0) if self.answers else (0, "")

    def begin(self, words: Sequence[str]) -> None:
        self.begun.append(tuple(words))


def test_steps_are_done_in_order(tmp_path: Path) -> None:
    system = System()
    unit = tmp_path / "deep/er/mutuals.service"
    steps: list[Step] = [
        MakeFolder(tmp_path / "log"),
        WriteFile(unit, "[Unit]\n"),
        RunCommand(("a", "b")),
        Spawn(("c",)),
    ]
    apply(steps, system.run, system.begin)
    assert unit.read_bytes() == b"[Unit]\n"
    assert (system.ran, system.begun) == ([("a", "b")], [("c",)])
    apply([RemoveFile(unit), RemoveFile(unit)], system.run)
    assert not unit.exists()


def test_a_folder_is_made_with_those_around_it_and_one_that_is_there_stays(tmp_path: Path) -> None:
    folder = tmp_path / "new/log"
    apply([MakeFolder(folder)], System().run)
    (folder / "companion.log").write_text("kept", encoding="utf-8")
    apply([MakeFolder(folder)], System().run)
    assert (folder / "companion.log").read_text(encoding="utf-8") == "kept"


@pytest.mark.posix
def test_the_log_is_private_and_an_entry_is_not_writable_by_others(tmp_path: Path) -> None:
    apply([MakeFolder(tmp_path / "log"), WriteFile(tmp_path / "entry", "")], System().run)
    assert stat.S_IMODE((tmp_path / "log").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "entry").stat().st_mode) == 0o644


def test_a_refusal_of_the_system_is_a_sentence_and_ends_the_plan() -> None:
    system = System((5, "Unit is masked"))
    with pytest.raises(ServiceError, match="`systemctl enable` failed: Unit is masked"):
        apply([RunCommand(("systemctl", "enable")), RunCommand(("never",))], system.run)
    assert system.ran == [("systemctl", "enable")]


def test_a_step_that_may_fail_ends_nothing_and_one_with_tries_gets_them() -> None:
    system = System((3, "not loaded"), (5, "Input/output error"), (0, ""))
    apply([RunCommand(("bootout",), may_fail=True), RunCommand(("bootstrap",), tries=2)], system.run)
    assert system.ran == [("bootout",), ("bootstrap",), ("bootstrap",)]


def test_over_ssh_a_mac_is_told_what_is_missing() -> None:
    with pytest.raises(ServiceError, match="Log in on the screen"):
        apply([RunCommand(("launchctl", "bootstrap"))], System((125, "Domain does not support")).run)


def test_a_missing_program_is_no_crash() -> None:
    code, said = run_program(["mutuals-no-such-program"])
    assert (code, said) == (127, "mutuals-no-such-program is not there")
    assert run_program([sys.executable, "-c", "print('hello')"]) == (0, "hello")


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Windows' registry, as far as Python's winreg shows it."""
    values: dict[str, str] = {}

    @contextmanager
    def create(_root: int, path: str) -> Iterator[str]:
        yield path

    def read(key: str, name: str) -> tuple[str, int]:
        if f"{key}\\{name}" not in values:
            raise FileNotFoundError
        return values[f"{key}\\{name}"], 1

    def delete(key: str, name: str) -> None:
        if values.pop(f"{key}\\{name}", None) is None:
            raise FileNotFoundError

    module = SimpleNamespace(
        HKEY_CURRENT_USER=1, REG_SZ=1, CreateKey=create, QueryValueEx=read, DeleteValue=delete,
        SetValueEx=lambda key, name, _reserved, _kind, value: values.__setitem__(f"{key}\\{name}", value),
    )  # fmt: skip
    monkeypatch.setitem(sys.modules, "winreg", module)
    return values


def test_on_windows_the_users_run_key_is_set_read_and_cleared(registry: dict[str, str], tmp_path: Path) -> None:
    machine = this_machine({}, tmp_path, "win32")
    assert installed_entry(machine) is None
    apply([SetRunValue('"C:\\m.exe" start')])
    assert registry == {"Software\\Microsoft\\Windows\\CurrentVersion\\Run\\Mutuals": '"C:\\m.exe" start'}
    assert installed_entry(machine) == '"C:\\m.exe" start'
    apply([RemoveRunValue(), RemoveRunValue()])
    assert registry == {}


@pytest.mark.parametrize(("answer", "kind"), [
    ((0, "running"), Kind.SYSTEMD),
    ((1, "degraded"), Kind.SYSTEMD),
    ((1, "offline"), Kind.AUTOSTART),
    ((1, "Failed to connect to bus: No medium found"), Kind.AUTOSTART),
    ((127, "systemctl is not there"), Kind.AUTOSTART),
])  # fmt: skip
def test_linux_without_a_user_manager_falls_back_to_the_desktop(
    answer: tuple[int, str], kind: Kind, tmp_path: Path
) -> None:
    assert this_machine({}, tmp_path, "linux", System(answer).run).kind is kind


def test_each_system_has_its_way_and_the_users_own_settings_folder(tmp_path: Path) -> None:
    assert this_machine({}, tmp_path, "darwin").kind is Kind.LAUNCHD
    assert this_machine({}, tmp_path, "win32").kind is Kind.RUN_KEY
    found = this_machine({"XDG_CONFIG_HOME": str(tmp_path / "settings")}, tmp_path, "linux", System((1, "offline")).run)
    assert isinstance(found, Machine)
    assert found.config == tmp_path / "settings"


def test_the_launcher_is_named_not_the_interpreter(tmp_path: Path) -> None:
    """An update of Python takes the interpreter away; pipx and uv keep the launcher at its place."""
    environment, on_path = tmp_path / "venv/bin", tmp_path / "local/bin"
    for folder in (environment, on_path):
        folder.mkdir(parents=True)
    (environment / "mutuals").touch()
    (on_path / "mutuals").symlink_to(environment / "mutuals")
    python = environment / "python"
    assert own_program(python, "linux", lambda _: str(on_path / "mutuals")) == (str(on_path / "mutuals"),)
    assert own_program(python, "linux", lambda _: None) == (str(environment / "mutuals"),)
    (tmp_path / "other").mkdir()
    (tmp_path / "other/mutuals").touch()
    assert own_program(python, "linux", lambda _: str(tmp_path / "other/mutuals")) == (str(environment / "mutuals"),)


def test_windows_starts_it_without_a_console(tmp_path: Path) -> None:
    python = tmp_path / "python.exe"
    assert own_program(python, "win32", lambda _: None) == (str(python), "-m", "companion")
    (tmp_path / "pythonw.exe").touch()
    assert own_program(python, "win32", lambda _: None) == (str(tmp_path / "pythonw.exe"), "-m", "companion")
    (tmp_path / "mutualsw.exe").touch()
    assert own_program(python, "win32", lambda _: None) == (str(tmp_path / "mutualsw.exe"),)
