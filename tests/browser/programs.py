"""Finds the browsers that the tests drive, under any of their usual names; as a program, it prints what is missing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping

CHROMIUM, CHROMEDRIVER, FIREFOX = "chromium", "chromedriver", "firefox"
NAMES = {
    CHROMIUM: ("chromium", "chromium-browser", "chrome", "google-chrome-for-testing", "google-chrome",
               "google-chrome-stable"),
    CHROMEDRIVER: ("chromedriver", "chromium.chromedriver", "/usr/lib/chromium/chromedriver",
                   "/usr/lib/chromium-browser/chromedriver"),
    FIREFOX: ("firefox-esr", "firefox", "firefox-developer-edition"),
}  # fmt: skip
"""Program -> names on the PATH, the best first. ``MUTUALS_CHROMIUM`` and so on name one that is elsewhere."""
LAST_TO_LOAD = 141
"""From 142 on, Chrome with Google's name on it loads no extension from the command line; Chrome for Testing does."""


def find(program: str, environ: Mapping[str, str] | None = None) -> str | None:
    """Return the path of a program that the tests can use, or None."""
    environment = os.environ if environ is None else environ
    named = environment.get(f"MUTUALS_{program.upper()}")
    names = (named,) if named else NAMES[program]
    paths = (shutil.which(name, path=environment.get("PATH", "")) for name in names)
    return next((path for path in paths if path and (program != CHROMIUM or _loads_extensions(path))), None)


def needed(*programs: str) -> list[str]:
    """Return the paths of all of them.

    Raises:
        FileNotFoundError: names what is missing.
    """
    found = {program: find(program) for program in programs}
    missing = [program for program, path in found.items() if path is None]
    if missing:
        raise FileNotFoundError(" and ".join(missing))
    return [path for path in found.values() if path is not None]


def _loads_extensions(path: str) -> bool:
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False, timeout=30).stdout
    except (OSError, subprocess.TimeoutExpired):
        return False
    branded = re.match(r"Google Chrome (\d+)", said)
    return branded is None or int(branded[1]) <= LAST_TO_LOAD


def main() -> None:
    """Print the missing programs on one line, and end with 1 if there are any."""
    missing = [program for program in NAMES if find(program) is None]
    sys.stdout.write(" ".join(missing))
    sys.exit(bool(missing))


if __name__ == "__main__":
    main()
