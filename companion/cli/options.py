"""Shared by the commands: the option `--data`, the settings, the clock, and which process uses the data folder."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import click

from companion.cli.speech import say
from companion.errors import LockedError
from companion.settings import Settings
from companion.store.lock import acquire_lock

Command = TypeVar("Command", bound=Callable[..., object])


def data_option(command: Command) -> Command:
    """Add the option `--data` to a command."""
    return click.option(
        "--data",
        type=click.Path(file_okay=False, path_type=Path),
        envvar="MUTUALS_DATA",
        help="The data folder. Default: the system's place for user data.",
    )(command)


def settings_of(data: Path | None, port: int | None = None) -> Settings:
    """Return the settings with the given data folder and port."""
    settings = Settings()
    if data is not None:
        settings = replace(settings, data=data.expanduser().resolve())
    return settings if port is None else replace(settings, port=port)


def clock() -> int:
    """Return the time in epoch seconds UTC."""
    return int(time.time())


def milliseconds() -> int:
    """Return the time in epoch milliseconds UTC."""
    return time.time_ns() // 1_000_000


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that has the data folder open."""

    pid: int | None
    port: int | None


def holder(settings: Settings) -> Holder | None:
    """Return the process that has the data folder open, None if there is none."""
    if not settings.data.is_dir():
        return None
    try:
        acquire_lock(settings.lock_path).release()
    except LockedError as error:
        pid, port = error.details.get("pid"), error.details.get("port")
        return Holder(pid if isinstance(pid, int) else None, port if isinstance(port, int) else None)
    return None


VARIABLE = "MUTUALS_PASSPHRASE"
"""Environment variable for scheduled backups: a command line is visible to every program."""


def ask_passphrase(*, twice: bool) -> str:
    """Return the passphrase; ``twice`` asks for it again, where a typing error would lock the user out."""
    passphrase = os.environ.get(VARIABLE)
    if passphrase:
        return passphrase
    typed: str = click.prompt(say("Passphrase"), hide_input=True, confirmation_prompt=twice)
    return typed
