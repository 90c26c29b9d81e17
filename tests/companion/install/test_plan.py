"""The start at login as each system would be told it: complete, quoted in that system's way, undone without a rest."""

from __future__ import annotations

import configparser
import plistlib
import re
import shutil
import subprocess
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import SettingError
from companion.install.plan import (
    Kind,
    Machine,
    MakeFolder,
    RemoveFile,
    RemoveRunValue,
    RunCommand,
    Service,
    SetRunValue,
    Spawn,
    WriteFile,
    desktop_entry,
    entry_path,
    install_plan,
    launch_agent,
    port_in,
    program_in,
    remove_plan,
    run_command,
    systemd_unit,
)

HOME = PurePosixPath("/", "home", "ada")
LINUX = Machine(Kind.SYSTEMD, HOME, HOME / ".config")
PLAIN = Machine(Kind.AUTOSTART, HOME, HOME / ".config")
MAC = Machine(Kind.LAUNCHD, PurePosixPath("/", "Users", "ada"), PurePosixPath("/", "Users", "ada", ".config"), 501)
WINDOWS = Machine(Kind.RUN_KEY, PureWindowsPath("C:/Users/Ada Quill"), PureWindowsPath("C:/Users/Ada Quill/.config"))
MACHINES = {"systemd": LINUX, "autostart": PLAIN, "launchd": MAC, "run key": WINDOWS}


def service(program: str = "bin/mutuals", port: int = 17653, data: str | None = None) -> Service:
    return Service((program,), port, data, PurePath("log"))


def written(machine: Machine, told: Service) -> str:
    """The text of the file that a plan writes."""
    (text,) = [step.text for step in install_plan(machine, told, start=True) if isinstance(step, WriteFile)]
    return text


def test_systemd_gets_a_unit_that_is_enabled_and_started() -> None:
    steps = install_plan(LINUX, service(), start=True)
    path = HOME / ".config/systemd/user/mutuals.service"
    assert steps == [
        MakeFolder(PurePath("log")),
        WriteFile(path, systemd_unit(service())),
        RunCommand(("systemctl", "--user", "daemon-reload")),
        RunCommand(("systemctl", "--user", "enable", "mutuals.service")),
        RunCommand(("systemctl", "--user", "restart", "mutuals.service")),
    ]
    unit = configparser.ConfigParser(interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]  # configparser's way to keep capitals
    unit.read_string(systemd_unit(service()))
    assert unit["Service"]["ExecStart"] == '"bin/mutuals" "start" "--port" "17653"'
    assert (unit["Service"]["UMask"], unit["Install"]["WantedBy"]) == ("0077", "default.target")


def test_a_taken_port_or_folder_is_not_tried_again_and_again_by_systemd() -> None:
    line = next(line for line in systemd_unit(service()).splitlines() if line.startswith("RestartPrevent"))
    assert {"3", "4"} <= set(line.partition("=")[2].split())


def test_without_a_user_manager_the_desktop_starts_it_and_it_is_started_by_hand_now() -> None:
    steps = install_plan(PLAIN, service(), start=True)
    assert [type(step) for step in steps] == [MakeFolder, WriteFile, Spawn]
    assert steps[-1] == Spawn(("bin/mutuals", "start", "--port", "17653"))
    assert "Version" not in written(PLAIN, service())
    assert install_plan(PLAIN, service(), start=False)[-1] == WriteFile(
        HOME / ".config/autostart/mutuals.desktop", desktop_entry(service())
    )


def test_launchd_gets_an_agent_that_is_loaded_anew_even_if_it_was_loaded() -> None:
    steps = install_plan(MAC, service(data="/Volumes/Notes"), start=True)
    agent = MAC.home / "Library/LaunchAgents/mutuals.companion.plist"
    assert steps[2:] == [
        RunCommand(("launchctl", "bootout", "gui/501/mutuals.companion"), may_fail=True),
        RunCommand(("launchctl", "bootstrap", "gui/501", str(agent)), tries=2),
    ]
    told = plistlib.loads(written(MAC, service(data="/Volumes/Notes")).encode())
    assert told["ProgramArguments"][1:] == ["start", "--port", "17653", "--data", "/Volumes/Notes"]
    assert (told["RunAtLoad"], told["KeepAlive"], told["Umask"]) == (True, {"SuccessfulExit": False}, 0o077)


def test_windows_gets_one_value_with_the_program_alone_in_quotes() -> None:
    program = r"C:\Users\Ada Quill\bin\mutualsw.exe"
    value = f'"{program}" start --port 17653 --data "D:\\My notes"'
    told = service(program, data="D:\\My notes")
    assert install_plan(WINDOWS, told, start=False) == [MakeFolder(PurePath("log")), SetRunValue(value)]
    assert isinstance(install_plan(WINDOWS, told, start=True)[-1], Spawn)


@pytest.mark.parametrize("machine", MACHINES.values(), ids=MACHINES)
def test_removing_takes_away_what_installing_wrote(machine: Machine) -> None:
    path = entry_path(machine)
    steps = remove_plan(machine)
    assert (RemoveRunValue() if path is None else RemoveFile(path)) in steps
    assert not [step for step in steps if isinstance(step, RunCommand) and not step.may_fail], "twice is no error"


@pytest.mark.parametrize("machine", MACHINES.values(), ids=MACHINES)
def test_the_port_and_the_program_are_found_again_in_what_was_installed(machine: Machine) -> None:
    told = service('C:\\Program "Files"\\100% $HOME\\mutuals' if machine is not WINDOWS else r"C:\Ada Q\m.exe", 23456)
    text = run_command(told) if machine is WINDOWS else written(machine, told)
    assert port_in(text) == 23456
    assert program_in(text, machine.kind) == told.program[0]


def test_a_run_value_written_by_hand_without_quotes_names_its_program() -> None:
    assert program_in(r"C:\Tools\mutualsw.exe start --port 17653", Kind.RUN_KEY) == r"C:\Tools\mutualsw.exe"
    assert program_in(r'C:\Tools\mutualsw.exe start" --port 17653', Kind.RUN_KEY) == r"C:\Tools\mutualsw.exe"


def test_nothing_is_found_in_what_somebody_else_wrote() -> None:
    for kind in Kind:
        assert program_in("[Service]\nNonsense", kind) in ("", "[Service]\nNonsense")
    assert port_in("start --port") is None
    assert port_in("start --port many") is None


@pytest.mark.parametrize("machine", MACHINES.values(), ids=MACHINES)
def test_a_folder_with_a_line_break_in_its_name_is_refused(machine: Machine) -> None:
    with pytest.raises(SettingError, match="line break"):
        install_plan(machine, service(data="a\nExecStart=b"), start=True)


NAME = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=20)


@given(NAME, NAME)
def test_the_desktop_entry_gives_back_any_path(program: str, data: str) -> None:
    """As a desktop reads it: first the escapes of a string, then the quoting of Exec, then %%."""
    entry = desktop_entry(Service((program,), 17653, data, PurePath("log")))
    line = next(line for line in entry.splitlines() if line.startswith("Exec=")).removeprefix("Exec=")
    quoted = re.findall(r'"((?:[^"\\]|\\.)*)"', line.replace("\\\\", "\\"))
    words = [re.sub(r"\\(.)", r"\1", word).replace("%%", "%") for word in quoted]
    assert words == [program, "start", "--port", "17653", "--data", data]


@given(NAME, NAME)
def test_the_agent_and_the_unit_give_back_any_path(program: str, data: str) -> None:
    told = Service((program,), 17653, data, PurePath("log"))
    assert plistlib.loads(launch_agent(told).encode())["ProgramArguments"] == list(told.command)
    assert program_in(systemd_unit(told), Kind.SYSTEMD) == program


@pytest.mark.posix
def test_systemd_itself_finds_nothing_to_complain_of(tmp_path: Path) -> None:
    """A wrong unit ends with code 0 there; the complaint is on stderr. Without systemd the text is still whole."""
    text = systemd_unit(service(shutil.which("true") or "/bin/true"))
    assert text.count("[") == 3
    analyze = shutil.which("systemd-analyze")
    if analyze:
        (tmp_path / "mutuals.service").write_text(text, encoding="utf-8")
        done = subprocess.run([analyze, "--user", "verify", str(tmp_path / "mutuals.service")], capture_output=True,
                              text=True, check=False, env={"XDG_RUNTIME_DIR": str(tmp_path)})  # fmt: skip
        assert "mutuals.service" not in done.stderr
