"""Reads a passphrase from the environment or the terminal, never from the command line."""

from __future__ import annotations

import os

import click

VARIABLE = "MUTUALS_PASSPHRASE"
"""Environment variable for scheduled backups: a command line is visible to every program."""


def ask_passphrase(*, twice: bool) -> str:
    """Return the passphrase; ``twice`` asks for it again, where a typing error would lock the user out."""
    passphrase = os.environ.get(VARIABLE)
    if passphrase:
        return passphrase
    typed: str = click.prompt("Passphrase", hide_input=True, confirmation_prompt=twice)
    return typed
