"""Backs up or restores again and again until it is killed; forks a process for each line ``folder target seed``."""

from __future__ import annotations

import os
import sys
from itertools import count
from pathlib import Path

from companion.backup import encryption
from companion.backup.create import back_up
from companion.backup.restore import restore
from companion.settings import Settings
from companion.store.lock import acquire_lock

PASSPHRASE = "four words make one"


def work_for_ever(data: Path, target: Path, backup: str) -> None:
    """Back up (sealed, then open) where no backup is named; else restore that one."""
    settings = Settings(data=data)
    os.umask(0)
    os.write(1, b"%d\n" % os.getpid())
    for turn in count():
        if backup == "-":
            passphrase = PASSPHRASE if turn % 2 == 0 or target.name == "sealed" else None
            back_up(settings, 1_790_000_000 + turn, folder=target, keep=3, passphrase=passphrase)
        else:
            with acquire_lock(settings.lock_path):
                restore(Path(backup), settings, 1_790_000_000 + turn, PASSPHRASE)
        os.write(1, b"+")


def main() -> None:
    """Fork a worker for each line."""
    encryption.COST = 2**4
    for line in sys.stdin:
        data, target, backup = line.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            work_for_ever(Path(data), Path(target), backup)
        os.waitpid(child, 0)
        os.write(1, b"\n.\n")


if __name__ == "__main__":
    main()
