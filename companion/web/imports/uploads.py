"""Stores the archive that the dashboard uploads in pieces, in a private folder, until its import has ended.

A piece may begin beyond the end of the file so far: the page skips what the import never opens (pictures, videos), and
the gap stays a hole in a sparse file. So the length of the file is the progress of the upload, also after a restart.
"""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path

import msgspec

from companion.domain.typed_json import decoded
from companion.errors import BodyError, ConflictError, StoreError
from companion.store.files import private_folder, write_private

PART_BYTES = 4 * 1024 * 1024
"""One piece; below the limit of one request."""
MOST_BYTES = 1024**4
"""No archive comes near a tebibyte; a number beyond it is a mistake."""
SPARE_BYTES = 256 * 1024 * 1024
"""Bytes that must stay free on the disk besides the archive."""
KEPT_SECONDS = 24 * 3600
"""Age in seconds after which an unfinished upload is removed at the next start."""


class Upload(msgspec.Struct, frozen=True):
    """One archive being sent.

    Attributes:
        id: random; pieces name it.
        name: the file's name as the user knows it.
        size: bytes of the whole file.
        modified: when the file was last changed, in milliseconds, as the browser reports it.
    """

    id: str
    name: str
    size: int
    modified: int


class Uploads:
    """The upload of one data folder, at most one at a time.

    Args:
        folder: holds the upload; created when needed, removed afterwards.
        now: epoch seconds.
    """

    def __init__(self, folder: Path, now: int) -> None:
        self._folder = folder
        self.current = self._load(now)

    @property
    def path(self) -> Path:
        """The path of the file; only while there is an upload."""
        assert self.current is not None
        return self._path_of(self.current)

    @property
    def have(self) -> int:
        """The offset in bytes up to which the file was received."""
        upload = self.current
        try:
            return self._path_of(upload).stat().st_size if upload else 0
        except FileNotFoundError:
            return 0

    @property
    def whole(self) -> bool:
        """Whether the file is complete."""
        upload = self.current
        return upload is not None and self.have == upload.size

    def begin(self, name: str, size: int, modified: int, sending: int) -> Upload:
        """Begin an upload of which ``sending`` bytes will be sent, or continue it if it is the same file.

        Raises:
            BodyError: the sizes are impossible.
            StoreError: there is no room for it on the disk.
        """
        if not 0 < sending <= size <= MOST_BYTES:
            raise BodyError("This file is empty. Choose the zip that X sent you.", field="size")
        current = self.current
        if current is not None and (current.name, current.size, current.modified) == (name, size, modified):
            return current
        self.discard()
        self._check_room(sending)
        self.current = Upload(secrets.token_urlsafe(9), name, size, modified)
        write_private(self._folder / "upload.json", msgspec.json.encode(self.current))
        return self.current

    def take(self, upload: str, offset: int, piece: bytes) -> None:
        """Write a piece at its offset.

        Raises:
            ConflictError: another upload replaced this one, or the piece was received before; ``have`` is the offset.
            BodyError: the piece is empty or reaches beyond the file's end.
            StoreError: the disk cannot store it.
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
        """Delete the upload."""
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
        """Return the upload of an earlier process; delete it if it is old or unreadable."""
        record = self._folder / "upload.json"
        try:
            if now - record.stat().st_mtime <= KEPT_SECONDS:
                return decoded(record.read_bytes(), Upload)
        except (FileNotFoundError, msgspec.MsgspecError):
            pass  # there is none, or none that could be continued
        shutil.rmtree(self._folder, ignore_errors=True)
        return None


def _put(path: Path, offset: int, piece: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.seek(offset)
        file.write(piece)


def safe_name(name: str) -> str:
    """Return a file name that is valid on every system and cannot leave its folder, still readable in messages."""
    plain = "".join(
        character if character.isalnum() or character in "-_()" else "_" for character in name.removesuffix(".zip")
    )
    return f"{plain[:60] or 'archive'}.zip"


def megabytes(size: int) -> str:
    """Return a size in words."""
    return f"{size / 1e9:,.1f} GB" if size >= 1e9 else f"{max(1, round(size / 1e6)):,} MB"
