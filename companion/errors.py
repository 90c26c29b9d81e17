"""The exceptions of Mutuals: one tree, each with a code for clients, an HTTP status and a sentence for the user.

MutualsError
├── GateError            the gate refused the request before any view ran (one code per row of its table)
├── BodyError            the request's body is not JSON, or not of the right shape
├── UnknownError         there is no such person, post, version or command
├── ConflictError        the text was changed elsewhere since it was loaded; both texts are kept
├── RoleError            who shares the notebook in this role may not do that
├── InstanceError        the write was meant for another companion's data folder
├── StoreError
│   ├── LockedError      another companion holds the data folder
│   ├── NewerDataError   the data was written by a newer Mutuals
│   └── TornDataError    a store's file is damaged and no earlier generation could be used
├── CarrierError         what carries the shared notebook is away or refuses; nothing is lost by it
├── SourceError          input (X's JSON, a page, an archive, an API response) cannot be parsed
└── SettingError         an option, path or port from the user is invalid
"""

from __future__ import annotations


class MutualsError(Exception):
    """Base of all expected errors.

    Attributes:
        code: short stable word that clients receive as ``{"error": code}``.
        status: HTTP status of the reply.
        message: one sentence for the user: what happened and what to do next.
        details: further JSON fields of the reply, such as the field at fault.
    """

    code = "error"
    status = 500

    def __init__(self, message: str, **details: object) -> None:
        super().__init__(message)
        self.message = message
        self.details = details

    def wire(self) -> dict[str, object]:
        """Return the JSON body of the reply."""
        return {"error": self.code, "message": self.message, **self.details}


class GateError(MutualsError):
    """A request that the gate refused; ``code`` and ``status`` come from the table in ``access/gate.py``."""

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
    """There is no such person, post, version or command."""

    code = "unknown"
    status = 404


class ConflictError(MutualsError):
    """The stored text changed since it was loaded; ``details`` carry the stored text and both are kept."""

    code = "conflict"
    status = 409


class RoleError(MutualsError):
    """The user's role in the shared notebook does not let them do this."""

    code = "role"
    status = 403


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


class CarrierError(MutualsError):
    """What carries the shared notebook is away, or refuses; ``details["state"]`` is the server's code, if any."""

    code = "carrier"
    status = 503


class SourceError(MutualsError):
    """The input cannot be parsed; nothing of it was stored."""

    code = "source"
    status = 422


class SettingError(MutualsError):
    """An option, path or port from the user is invalid."""

    code = "setting"
    status = 400
