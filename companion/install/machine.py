"""Finds out how this machine starts programs at login, and which command starts this installation of Mutuals."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from companion.install.apply import Runner, run_program
from companion.install.plan import Kind, Machine

NO_MANAGER = frozenset({"offline", "unknown", ""})
"""Answers of ``systemctl --user is-system-running`` where nobody would start a unit (containers, WSL, other inits)."""


def this_machine(
    environ: Mapping[str, str], home: Path, system: str = sys.platform, run: Runner = run_program
) -> Machine:
    """Return how this machine starts programs at login.

    Args:
        environ: the environment variables.
        home: the user's home folder.
        system: ``sys.platform``.
        run: runs a program and returns how it ended.
    """
    config = Path(environ.get("XDG_CONFIG_HOME") or home / ".config")
    uid = os.getuid() if hasattr(os, "getuid") else 0
    if system == "win32":
        return Machine(Kind.RUN_KEY, home, config)
    if system == "darwin":
        return Machine(Kind.LAUNCHD, home, config, uid)
    return Machine(Kind.SYSTEMD if _has_user_manager(run) else Kind.AUTOSTART, home, config, uid)


def _has_user_manager(run: Runner) -> bool:
    """Return whether systemd manages this user's services; the exit code tells only of failed units."""
    code, said = run(("systemctl", "--user", "is-system-running"))
    state = said.strip()
    return code in (0, 1) and state not in NO_MANAGER and " " not in state


def own_program(
    executable: Path,
    system: str = sys.platform,
    which: Callable[[str], str | None] = shutil.which,
) -> tuple[str, ...]:
    """Return the command that starts this installation: its launcher, which survives an update of Python.

    Args:
        executable: ``sys.executable``, not resolved.
        system: ``sys.platform``.
        which: finds a program on the PATH.
    """
    name = "mutualsw" if system == "win32" else "mutuals"
    on_path = which(name)
    if on_path and Path(on_path).resolve().parent == executable.parent.resolve():
        return (str(Path(on_path).absolute()),)
    own = executable.parent / (f"{name}.exe" if system == "win32" else name)
    if own.is_file():
        return (str(own.absolute()),)
    windowless = executable.with_name("pythonw.exe")
    python = windowless if system == "win32" and windowless.is_file() else executable
    return (str(python.absolute()), "-m", "companion")
