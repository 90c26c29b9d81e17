"""Plans the start at login for each system as a list of steps; pure, so every system's plan is tested on any system."""

from __future__ import annotations

import plistlib
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import PurePath
from xml.parsers.expat import ExpatError

from companion.errors import SettingError

LABEL = "mutuals.companion"
CRASH_LOG = "crash.log"
"""What launchd writes of a companion that ends before it opens its own log."""
THROTTLE_SECONDS = 30


class Kind(Enum):
    """The ways in which a system starts a program at login."""

    SYSTEMD = "systemd user unit"
    AUTOSTART = "XDG autostart entry"
    LAUNCHD = "launchd agent"
    RUN_KEY = "Windows Run key"


@dataclass(frozen=True, slots=True)
class Machine:
    """Where a start at login is described on one machine.

    Attributes:
        kind: which way it has.
        home: the user's home folder.
        config: the folder of settings (``XDG_CONFIG_HOME``).
        uid: the user's number, for launchd.
    """

    kind: Kind
    home: PurePath
    config: PurePath
    uid: int = 0


@dataclass(frozen=True, slots=True)
class Service:
    """The companion as it is started; ``program`` is the command without arguments, ``data`` None for the default."""

    program: tuple[str, ...]
    port: int
    data: str | None
    log_folder: PurePath

    @property
    def command(self) -> tuple[str, ...]:
        """The command line that runs the companion until it is ended."""
        data = ("--data", self.data) if self.data else ()
        return (*self.program, "start", "--port", str(self.port), *data)


@dataclass(frozen=True, slots=True)
class MakeFolder:
    """Make a folder that only the user can enter."""

    path: PurePath


@dataclass(frozen=True, slots=True)
class WriteFile:
    """Write a text, readable by all as the systems' own files are."""

    path: PurePath
    text: str


@dataclass(frozen=True, slots=True)
class RemoveFile:
    """Remove a file if it is there."""

    path: PurePath


@dataclass(frozen=True, slots=True)
class RunCommand:
    """Run a program and wait for it; ``may_fail`` where a failure means that there was nothing to do."""

    words: tuple[str, ...]
    may_fail: bool = False
    tries: int = 1


@dataclass(frozen=True, slots=True)
class Spawn:
    """Start the companion now, apart from this terminal, where the system does it only at the next login."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetRunValue:
    """Set the value of the user's Run key."""

    command: str


@dataclass(frozen=True, slots=True)
class RemoveRunValue:
    """Remove the value of the user's Run key if it is there."""


Step = MakeFolder | WriteFile | RemoveFile | RunCommand | Spawn | SetRunValue | RemoveRunValue


def entry_path(machine: Machine) -> PurePath | None:
    """Return the file that describes the service; None on Windows, where a value of the registry does."""
    return {
        Kind.SYSTEMD: machine.config / "systemd" / "user" / "mutuals.service",
        Kind.AUTOSTART: machine.config / "autostart" / "mutuals.desktop",
        Kind.LAUNCHD: machine.home / "Library" / "LaunchAgents" / f"{LABEL}.plist",
        Kind.RUN_KEY: None,
    }[machine.kind]


def install_plan(machine: Machine, service: Service, *, start: bool) -> list[Step]:
    """Return the steps that make the companion start at login, and now if ``start``; twice is the same as once.

    Raises:
        SettingError: a path holds a line break, which no service file can carry.
    """
    if any("\n" in word or "\r" in word for word in service.command):
        raise SettingError("A folder whose name has a line break cannot be started at login. Rename it.")
    path = entry_path(machine)
    if path is None:
        spawn: list[Step] = [Spawn(service.command)] if start else []
        return [MakeFolder(service.log_folder), SetRunValue(run_command(service)), *spawn]
    text = {Kind.SYSTEMD: systemd_unit, Kind.AUTOSTART: desktop_entry, Kind.LAUNCHD: launch_agent}[machine.kind](
        service
    )
    return [MakeFolder(service.log_folder), WriteFile(path, text), *_begin(machine, path, service, start)]


def remove_plan(machine: Machine) -> list[Step]:
    """Return the steps that undo `install_plan`; the data and the log stay."""
    path = entry_path(machine)
    if path is None:
        return [RemoveRunValue()]
    if machine.kind is Kind.SYSTEMD:
        disable = RunCommand(("systemctl", "--user", "disable", "--now", path.name), may_fail=True)
        return [disable, RemoveFile(path), RunCommand(("systemctl", "--user", "daemon-reload"), may_fail=True)]
    if machine.kind is Kind.LAUNCHD:
        return [_bootout(machine), RemoveFile(path)]
    return [RemoveFile(path)]


def _begin(machine: Machine, path: PurePath, service: Service, start: bool) -> list[Step]:
    if machine.kind is Kind.SYSTEMD:
        control = ("systemctl", "--user")
        again: list[Step] = [RunCommand((*control, "restart", path.name))] if start else []
        return [RunCommand((*control, "daemon-reload")), RunCommand((*control, "enable", path.name)), *again]
    if machine.kind is Kind.LAUNCHD:  # loading starts it; a loaded one answers "Input/output error" until it is gone
        return [_bootout(machine), RunCommand(("launchctl", "bootstrap", f"gui/{machine.uid}", str(path)), tries=2)]
    return [Spawn(service.command)] if start else []


def _bootout(machine: Machine) -> RunCommand:
    return RunCommand(("launchctl", "bootout", f"gui/{machine.uid}/{LABEL}"), may_fail=True)


def systemd_unit(service: Service) -> str:
    """Return the unit. A taken port or data folder (exit codes 4 and 3) is not tried again, other failures are."""
    return f"""[Unit]
Description=Mutuals companion
StartLimitIntervalSec=60
StartLimitBurst=5

[Service]
Type=exec
ExecStart={" ".join(_systemd_quoted(word) for word in service.command)}
Restart=on-failure
RestartSec=5
RestartPreventExitStatus=2 3 4 5
UMask=0077
NoNewPrivileges=yes

[Install]
WantedBy=default.target
"""


def _systemd_quoted(word: str) -> str:
    for mark, written in (("\\", "\\\\"), ('"', '\\"'), ("%", "%%"), ("$", "$$")):
        word = word.replace(mark, written)
    return f'"{word}"'


def desktop_entry(service: Service) -> str:
    """Return the autostart entry (Desktop Entry Specification; its strings and its Exec line are escaped both)."""
    line = " ".join(_desktop_quoted(word) for word in service.command).replace("\\", "\\\\")
    return f"""[Desktop Entry]
Type=Application
Name=Mutuals companion
Exec={line}
Terminal=false
NoDisplay=true
X-GNOME-Autostart-enabled=true
"""


def _desktop_quoted(word: str) -> str:
    for mark in ("\\", '"', "`", "$"):
        word = word.replace(mark, f"\\{mark}")
    return '"' + word.replace("%", "%%") + '"'


def launch_agent(service: Service) -> str:
    """Return the property list; after a crash launchd waits half a minute before it starts the companion again."""
    crash = str(service.log_folder / CRASH_LOG)
    return plistlib.dumps(
        {
            "Label": LABEL,
            "ProgramArguments": list(service.command),
            "RunAtLoad": True,
            "KeepAlive": {"SuccessfulExit": False},
            "ThrottleInterval": THROTTLE_SECONDS,
            "ProcessType": "Background",
            "Umask": 0o077,
            "StandardErrorPath": crash,
        }
    ).decode("utf-8")


def run_command(service: Service) -> str:
    """Return the value of the Run key: the program in double quotes, whatever its path, then the arguments."""
    program, *arguments = service.command
    return f'"{program}" {subprocess.list2cmdline(arguments)}'


def port_in(text: str) -> int | None:
    """Return the port that an installed service names, from the text of its entry; None if there is none."""
    words: Sequence[str] = text.replace('"', " ").replace("<string>", " ").replace("</string>", " ").split()
    after = [words[place + 1] for place, word in enumerate(words[:-1]) if word == "--port"]
    return int(after[0]) if after and after[0].isdigit() else None


def program_in(text: str, kind: Kind) -> str:
    """Return the program that an installed service starts, from the text of its entry; "" if it cannot be read."""
    if kind is Kind.LAUNCHD:
        try:
            return str(plistlib.loads(text.encode())["ProgramArguments"][0])
        except (plistlib.InvalidFileException, KeyError, IndexError, ValueError, ExpatError):
            return ""
    if kind is Kind.RUN_KEY:
        return text.split('"')[1] if text.count('"') > 1 else text.partition(" ")[0]
    text = text.replace("\\\\", "\\") if kind is Kind.AUTOSTART else text  # a desktop entry escapes its strings first
    found = re.search(r'^Exec(?:Start)?="((?:[^"\\]|\\.)*)"', text, re.MULTILINE)
    word = re.sub(r"\\(.)", r"\1", found[1]) if found else ""
    return word.replace("%%", "%").replace("$$", "$")
