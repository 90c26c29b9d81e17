"""Runs a command of `mutuals` in this process, as its entry point would, and returns what it printed."""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from companion.cli.main import main


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str


def run(data: Path | None, *arguments: str, typed: str = "") -> Done:
    """Run ``mutuals arguments --data data`` with ``typed`` on its input."""
    words = [*arguments, *(["--data", str(data)] if data is not None else [])]
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), patch.object(sys, "stdin", io.StringIO(typed)):
        try:
            main(words)
        except SystemExit as end:
            return Done(int(end.code or 0), out.getvalue(), err.getvalue())
    return Done(0, out.getvalue(), err.getvalue())
