"""Carries out the steps of a service plan, and looks up whether a service is installed."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path, PurePath

from companion.errors import MutualsError
from companion.install import run_key
from companion.install.plan import (
    Machine,
    MakeFolder,
    RemoveFile,
    RemoveRunValue,
    RunCommand,
    SetRunValue,
    Spawn,
    Step,
    WriteFile,
    entry_path,
)

SECONDS = 30
Outcome = tuple[int, str]
"""Exit code of a program and what it wrote."""
Runner = Callable[[Sequence[str]], Outcome]


class ServiceError(MutualsError):
    """The system did not take the service."""

    code = "service"


def run_program(words: Sequence[str]) -> Outcome:
    """Run a program to its end, at most `SECONDS`; a missing one counts as exit code 127."""
    try:
        done = subprocess.run(  # noqa: S603 - the words of a plan
            list(words), capture_output=True, text=True, check=False, timeout=SECONDS, errors="replace"
        )
    except FileNotFoundError:
        return 127, f"{words[0]} is not there"
    except subprocess.TimeoutExpired:
        return 124, f"{words[0]} did not end within {SECONDS} seconds"
    return done.returncode, (done.stderr or done.stdout).strip()


def spawn(words: Sequence[str]) -> None:
    """Start a program that outlives this one, without a terminal."""
    flags = getattr(subprocess, "DETACHED_PROCESS", 0) | getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
    subprocess.Popen(  # noqa: S603 - our own command
        list(words), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True, creationflags=flags, close_fds=True,
    )  # fmt: skip


def apply(steps: Iterable[Step], run: Runner = run_program, begin: Callable[[Sequence[str]], None] = spawn) -> None:
    """Carry out the steps in order.

    Args:
        steps: a plan of `companion.install.plan`.
        run: runs a program and returns how it ended.
        begin: starts the companion.

    Raises:
        ServiceError: the system refused one; the steps before it stay done.
        OSError: a file cannot be written.
    """
    for step in steps:
        match step:
            case MakeFolder(path):
                Path(path).mkdir(mode=0o700, parents=True, exist_ok=True)
            case WriteFile(path, text):
                _write(path, text)
            case RemoveFile(path):
                Path(path).unlink(missing_ok=True)
            case RunCommand():
                _run(step, run)
            case Spawn(words):
                begin(words)
            case SetRunValue(command):
                run_key.set_value(command)
            case RemoveRunValue():
                run_key.remove_value()


def installed_entry(machine: Machine) -> str | None:
    """Return the text that describes the installed service, or None if there is none."""
    path = entry_path(machine)
    if path is None:
        return run_key.value()
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _write(path: PurePath, text: str) -> None:
    """Write a file of the system's, mode 0644: launchd refuses one that others can write to."""
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")
    file.chmod(0o644)


def _run(step: RunCommand, run: Runner) -> None:
    for _ in range(step.tries):
        code, said = run(step.words)
        if code == 0:
            return
    if step.may_fail:
        return
    raise ServiceError(f"`{' '.join(step.words)}` failed: {said or f'exit code {code}'}{_reason(step.words[0], code)}")


def _reason(program: str, code: int) -> str:
    """Return what a known failure of a system's program means."""
    if program == "launchctl" and code == 125:
        return " Log in on the screen of this Mac: over ssh there is no place for it."
    return ""
