"""Carries out, in the companion's process, a command that another process of this user handed to it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from threading import Lock

from companion.cli.main import main
from companion.cli.open_stores import OPEN, Handed
from companion.cli.speech import unspoken
from companion.settings import Settings
from companion.stores import Stores

_ONE = Lock()
"""One command at a time: what it prints is what the process prints meanwhile."""


def carry_out(settings: Settings, stores: Stores, words: Sequence[str]) -> Handed:
    """Run a command with the open stores."""
    out, err = io.StringIO(), io.StringIO()
    with _ONE, redirect_stdout(out), redirect_stderr(err), unspoken():
        before = OPEN.set((settings, stores))
        try:
            main([*words, "--data", str(settings.data)])
        except SystemExit as end:
            return Handed(end.code if isinstance(end.code, int) else 1, out.getvalue(), err.getvalue())
        finally:
            OPEN.reset(before)
    return Handed(0, out.getvalue(), err.getvalue())
