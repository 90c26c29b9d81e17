"""Asks the system's key store with a limit: one that is locked, or has no session, may otherwise never answer."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import TypeVar

from companion.errors import SettingError

Answer = TypeVar("Answer")
LIMIT_SECONDS = 5.0
"""Long enough for a store that is there; a question to a user with a prompt is asked again after they unlocked it."""


def within(limit: float, work: Callable[[], Answer]) -> Answer:
    """Return what ``work`` returns, or raise what it raises, if it ends within ``limit`` seconds.

    Raises:
        SettingError: it did not end in time; its thread is left behind and ends with the process.
    """
    answers: list[Answer] = []
    errors: list[Exception] = []

    def run() -> None:
        try:
            answers.append(work())
        except Exception as error:  # noqa: BLE001 (raised again below, in the thread that asked)
            errors.append(error)

    thread = Thread(target=run, name="key store", daemon=True)
    thread.start()
    thread.join(limit)
    if errors:
        raise errors[0]
    if not answers:
        raise SettingError(
            "The system's key store does not answer. Unlock it, or log in to the desktop, and try again."
        )
    return answers[0]
