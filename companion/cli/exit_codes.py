"""Exit codes of `mutuals`, by which scripts distinguish failures."""

from __future__ import annotations

from companion.errors import LockedError, MutualsError, NewerDataError, SourceError, StoreError, TornDataError

DONE = 0
PROBLEM = 1
"""Something is wrong, and the sentence says what."""
USAGE = 2
"""The command line is wrong (click's own)."""
IN_USE = 3
"""Another companion holds the data folder."""
PORT = 4
"""The port cannot be used."""
DATA = 5
"""The data is damaged beyond its earlier generations, or newer than this Mutuals."""
NOT_RUNNING = 6
"""The companion does not run, and the command needs it."""
NOT_UNDERSTOOD = 7
"""None of the files could be understood."""
UPDATED = 8
"""The program was updated while it ran; a service starts it anew."""

WORDS = {
    DONE: "done",
    PROBLEM: "something is wrong; the sentence says what",
    USAGE: "the command line is wrong",
    IN_USE: "another companion holds the data folder",
    PORT: "the port cannot be used",
    DATA: "the data is damaged beyond its earlier generations, or newer than this Mutuals",
    NOT_RUNNING: "the companion does not run, and the command needs it",
    NOT_UNDERSTOOD: "none of the files could be understood",
    UPDATED: "the program was updated while it ran; a service starts it anew",
}


class NotRunningError(MutualsError):
    """The command needs a running companion."""

    code = "not-running"


def exit_code(error: MutualsError) -> int:
    """Return the exit code that belongs to an error."""
    if isinstance(error, LockedError):
        return IN_USE
    if isinstance(error, (TornDataError, NewerDataError, StoreError)):
        return DATA
    if isinstance(error, SourceError):
        return NOT_UNDERSTOOD
    if isinstance(error, NotRunningError):
        return NOT_RUNNING
    return {"port": PORT, "updated": UPDATED}.get(error.code, PROBLEM)
