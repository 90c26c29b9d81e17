"""Keeps the one archive that the dashboard sends in pieces, in a private folder, until its import has ended.

A piece may lie beyond the end of what is here: the page leaves out what the import never opens (pictures, videos), and
the gap stays a hole in the file. So the length of the file says how far the sending came, also after a restart.
"""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path

import msgspec

from companion.errors import BodyError, ConflictError, StoreError
from companion.store.files import private_folder
from companion.store.private_file import write_private

PART_BYTES = 4 * 1024 * 1024
"""One piece; below the limit of one request."""
MOST_BYTES = 1024**4
"""No archive comes near a tebibyte; a number beyond it is a mistake."""
SPARE_BYTES = 256 * 1024 * 1024
"""What must stay free on the disk besides the archive itself."""
KEPT_SECONDS = 24 * 3600
"""An upload that was left lying is removed at the first start after this."""


class Upload(msgspec.Struct, frozen=True):
    """One archive being sent.

    Attributes:
        id: random; pieces name it.
        name: the file's name as the user knows it.
        size: bytes of the whole file.
        modified: when the file was changed last, in milliseconds, as the browser tells it.
    """

    id: str
    name: str
    size: int
    modified: int


class Uploads:
    """The upload of one data folder; there is one at most.

    Args:
        folder: where it lies; made when needed, removed with everything in it afterwards.
        now: epoch seconds.
    """

    def __init__(self, folder: Path, now: int) -> None:
        self._folder = folder
        self.current = self._load(now)

    @property
    def path(self) -> Path:
        """Where the file is; only with an upload begun."""
        assert self.current is not None
        return self._path_of(self.current)

    @property
    def have(self) -> int:
        """How far the sending came: the offset in the file up to which it is here, in bytes."""
        now = self.current
        try:
            return self._path_of(now).stat().st_size if now else 0
        except FileNotFoundError:
            return 0

    @property
    def whole(self) -> bool:
        """Whether the file has come to its end."""
        now = self.current
        return now is not None and self.have == now.size

    def begin(self, name: str, size: int, modified: int, sending: int) -> Upload:
        """Begin to receive a file of which ``sending`` bytes will come, or go on with it if it is the same.

        Raises:
            BodyError: the sizes make no sense.
            StoreError: there is no room for it on the disk.
        """
        if not 0 < sending <= size <= MOST_BYTES:
            raise BodyError("This file is empty. Choose the zip that X sent you.", field="size")
        now = self.current
        if now is not None and (now.name, now.size, now.modified) == (name, size, modified):
            return now
        self.discard()
        self._check_room(sending)
        self.current = Upload(secrets.token_urlsafe(9), name, size, modified)
        write_private(self._folder / "upload.json", msgspec.json.encode(self.current))
        return self.current

    def take(self, upload: str, offset: int, piece: bytes) -> None:
        """Put a piece where it belongs.

        Raises:
            ConflictError: another upload took this one's place, or the piece was here already; ``have`` tells how far.
            BodyError: the piece is empty or reaches beyond the file's end.
            StoreError: the disk took it not.
        """
        if self.current is None or upload != self.current.id:
            raise ConflictError("Another upload took the place of this one. Choose the file again.", have=None)
        if offset < self.have:
            raise ConflictError("This piece is here already.", have=self.have)
        if not piece or offset + len(piece) > self.current.size:
            raise BodyError("This piece is not part of the file.", field="offset")
        try:
            _put(self.path, offset, piece)
        except OSError as error:
            raise StoreError(f"The archive cannot be kept ({error.strerror}). Make room and go on.") from error

    def discard(self) -> None:
        """Remove what was sent."""
        self.current = None
        shutil.rmtree(self._folder, ignore_errors=True)

    def _path_of(self, upload: Upload) -> Path:
        return self._folder / safe_name(upload.name)

    def _check_room(self, sending: int) -> None:
        private_folder(self._folder.parent)
        free = shutil.disk_usage(self._folder.parent).free
        if free < sending + SPARE_BYTES:
            raise StoreError(
                f"The archive needs {megabytes(sending)} for a while, and {megabytes(free)} are free. Make room, or "
                "run `mutuals import archive`, which reads the zip where it lies."
            )

    def _load(self, now: int) -> Upload | None:
        """Return what an earlier run left lying, unless it is old or unreadable: then it goes."""
        told = self._folder / "upload.json"
        try:
            if now - told.stat().st_mtime <= KEPT_SECONDS:
                return msgspec.json.decode(told.read_bytes(), type=Upload)
        except (FileNotFoundError, msgspec.MsgspecError):
            pass  # nothing was left, or nothing that could be gone on with
        shutil.rmtree(self._folder, ignore_errors=True)
        return None


def _put(path: Path, offset: int, piece: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.seek(offset)
        file.write(piece)


def safe_name(name: str) -> str:
    """Return a file name that is one on every system and stays in its folder, still readable in messages."""
    plain = "".join(one if one.isalnum() or one in "-_()" else "_" for one in name.removesuffix(".zip"))
    return f"{plain[:60] or 'archive'}.zip"


def megabytes(size: int) -> str:
    """Return a size for people to read."""
    return f"{size / 1e9:,.1f} GB" if size >= 1e9 else f"{max(1, round(size / 1e6)):,} MB"
