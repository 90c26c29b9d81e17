"""Shell completion: the shell's script is printed, and the beginning of a command is completed."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


def asked(**variables: str) -> str:
    """What `mutuals` prints to a shell that asks for completions."""
    program = "import sys; sys.argv[0] = 'mutuals'; from companion.cli.main import main; main()"
    done = subprocess.run([sys.executable, "-c", program], env=os.environ | variables, capture_output=True, text=True,
                          check=False)  # fmt: skip
    return done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_script(shell: str) -> None:
    assert "_MUTUALS_COMPLETE" in asked(_MUTUALS_COMPLETE=f"{shell}_source")


def test_the_beginning_of_a_command_and_of_a_command_in_a_group_is_completed() -> None:
    def words(line: str) -> list[str]:
        place = str(len(line.split()) - 1)
        told = asked(_MUTUALS_COMPLETE="bash_complete", COMP_WORDS=line, COMP_CWORD=place)
        return [entry.removeprefix("plain,") for entry in told.split()]

    assert words("mutuals ser") == ["service"]
    assert words("mutuals service st") == ["status"]
    assert "--no-open" in words("mutuals setup --no")
