"""Every error Mutuals raises on purpose: one tree, each with a wire code, a status and words that say what to do.

MutualsError
├── GateError            turned away before any view runs (one code per row of the gate's table)
├── BodyError            the request's body is not JSON, or not of the right shape
├── UnknownError         there is no such person, post, version or command
├── ConflictError        the text was changed elsewhere since it was loaded; both texts are kept
├── InstanceError        the write was meant for another companion's data folder
├── StoreError
│   ├── LockedError      another companion holds the data folder
│   ├── NewerDataError   the data was written by a newer Mutuals
│   └── TornDataError    a store's file is damaged and no earlier generation could be used
├── SourceError          what was to be read (X's JSON, a page, an archive, an API answer) cannot be understood
└── SettingError         an option, path or port that the user gave cannot be used
"""

from __future__ import annotations


class MutualsError(Exception):
    """Base of all expected errors.

    Attributes:
        code: short stable word that crosses the wire as ``{"error": code}``.
        status: HTTP status that goes with it.
        message: one sentence for a person: what happened and what to do next.
        details: further JSON-able fields for the reply, such as the field at fault.
    """

    code = "error"
    status = 500

    def __init__(self, message: str, **details: object) -> None:
        super().__init__(message)
        self.message = message
        self.details = details

    def wire(self) -> dict[str, object]:
        """Return the JSON body that tells a client about this error."""
        return {"error": self.code, "message": self.message, **self.details}


class GateError(MutualsError):
    """A request that the gate refused; ``code`` and ``status`` come from the row of the table in ``gate.py``."""

    def __init__(self, code: str, status: int, message: str, **details: object) -> None:
        super().__init__(message, **details)
        self.code = code
        self.status = status


class BodyError(MutualsError):
    """The body is not JSON (400) or not of the right shape (422); ``details["field"]`` names the place."""

    code = "body"
    status = 422

    def __init__(self, message: str, *, status: int = 422, **details: object) -> None:
        super().__init__(message, **details)
        self.status = status


class UnknownError(MutualsError):
    """Nothing is known under that name."""

    code = "unknown"
    status = 404


class ConflictError(MutualsError):
    """The stored text changed since it was loaded; ``details`` carry the stored text and both are kept."""

    code = "conflict"
    status = 409


class InstanceError(MutualsError):
    """The write names another companion's data folder, so it is not applied here."""

    code = "instance"
    status = 412


class StoreError(MutualsError):
    """A store cannot be opened, read or written."""

    code = "store"
    status = 500


class LockedError(StoreError):
    """Another companion holds the data folder."""

    code = "locked"
    status = 423


class NewerDataError(StoreError):
    """The data was written by a newer version than this one."""

    code = "newer"


class TornDataError(StoreError):
    """A file is damaged and no earlier generation could take its place."""

    code = "torn"


class SourceError(MutualsError):
    """What was to be read cannot be understood; nothing of it was stored."""

    code = "source"
    status = 422


class SettingError(MutualsError):
    """An option, path or port that the user gave cannot be used."""

    code = "setting"
    status = 400
