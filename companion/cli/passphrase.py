"""Asks for a passphrase on the terminal, or takes it from the environment; never from the command line."""

from __future__ import annotations

import os

import click

VARIABLE = "MUTUALS_PASSPHRASE"
"""Environment variable for backups that run by themselves: the command line would show it to every program."""


def ask_passphrase(*, twice: bool) -> str:
    """Return the passphrase; typed twice where a slip would lock the user out."""
    given = os.environ.get(VARIABLE)
    if given:
        return given
    typed: str = click.prompt("Passphrase", hide_input=True, confirmation_prompt=twice)
    return typed
