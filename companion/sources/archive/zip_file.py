"""Opens an archive (zip or folder) safely: reads members in place, extracts nothing, refuses zip bombs and others."""

from __future__ import annotations

import hashlib
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from companion.errors import SourceError
from companion.sources.archive.folder import FolderBundle

MAX_MEMBER_BYTES = 2 * 1024**3
"""X splits its files at about 100 MB; a member that claims 2 GiB is not one of X's."""
MAX_RATIO = 200
"""Real archives compress 5 to 25 times; deflate's limit, which bombs reach, is about 1,030."""
MAX_MEMBERS = 500_000
"""Media can make many members; the zip's own directory is all that is read of them."""
RATIO_FLOOR_BYTES = 1024 * 1024
"""Small members may compress any amount: they can do no harm."""

_PART = re.compile(r"^(?P<kind>[a-z-]+?)(?:-part(?P<part>\d+))?\.js$")
_GRAILBIRD = re.compile(r"(?:^|/)data/js/tweets/\d{4}_\d{2}\.js$")
NEEDED = frozenset(
    {
        "account", "manifest", "tweet", "tweets", "like", "follower", "following", "block", "mute", "direct-messages",
        "direct-message", "direct-messages-group", "direct-message-group", "note-tweet", "screen-name-change",
        "deleted-tweet", "deleted-tweets", "community-tweet", "tweet-headers",
    }
)  # fmt: skip
"""The only kinds of member that are opened. E-mail, phone, IP, devices, ads, contacts and media are not."""

_BESIDE = frozenset({"tweet.js", "tweets.js", "like.js", "following.js", "manifest.js"})
"""Members of which every archive of X's has one beside ``account.js``."""


class Archive:
    """One open archive.

    Attributes:
        path: the zip, or the folder that it was unpacked to.
        members: kind of file -> its member names in part order; ``grailbird`` holds the months of the 2012 format.
        files: how many files it holds in all.
    """

    def __init__(self, path: Path, bundle: zipfile.ZipFile | FolderBundle) -> None:
        self.path = path
        self._bundle = bundle
        names = bundle.namelist()
        self.files = sum(1 for name in names if not name.endswith("/"))
        self.members = _sort_members(names, _data_folders(names, path.name))

    @property
    def is_grailbird(self) -> bool:
        """Whether this is the 2012-2018 format."""
        return "grailbird" in self.members

    def digest(self) -> str:
        """Return a fingerprint of the content, made from the zip's directory (names, sizes, checksums)."""
        digest = hashlib.sha256()
        for info in sorted(self._bundle.infolist(), key=lambda entry: entry.filename):
            digest.update(f"{info.filename}\0{info.file_size}\0{info.CRC}\n".encode())
        return digest.hexdigest()

    def size_of(self, member: str) -> int:
        """Return the member's size in bytes once unpacked."""
        return self._bundle.getinfo(member).file_size

    @contextmanager
    def open(self, member: str) -> Iterator[IO[bytes]]:
        """Open one member for reading, as bytes.

        Raises:
            SourceError: The member is encrypted, damaged, or unpacks to more than a real one does.
        """
        info = self._bundle.getinfo(member)
        if info.flag_bits & 0x1:
            raise SourceError(
                f"{self.path.name} is locked with a password. Unlock it first: X's own archives have none."
            )
        if info.file_size > MAX_MEMBER_BYTES or _is_bomb(info):
            raise SourceError(
                f"{member} unpacks to {info.file_size:,} bytes, which no archive from X does. Left alone."
            )
        try:
            with self._bundle.open(info) as stream:
                yield stream
        except NotImplementedError as error:  # Windows packs files over 2 GB as no other program does
            raise SourceError(
                f"{member} in {self.path.name} is packed in a way that cannot be read here. Unpack the zip, and give "
                "the folder that comes out."
            ) from error
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
            raise SourceError(f"{member} in {self.path.name} is damaged ({error}).") from error

    def close(self) -> None:
        """Close the zip."""
        self._bundle.close()


def open_archive(path: Path) -> Archive:
    """Open the zip at ``path``, or the folder that it was unpacked to.

    Raises:
        SourceError: There is no such file, or it is no zip, is cut off, or is not X's archive.
    """
    try:
        bundle = FolderBundle(path, MAX_MEMBERS) if path.is_dir() else zipfile.ZipFile(path)
    except FileNotFoundError as error:
        raise SourceError(f"There is no file {path}. Give the path of the zip that X sent you.") from error
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise SourceError(
            f"{path.name} is not a whole zip file ({error}). If the download was cut off, download it again."
        ) from error
    if len(bundle.namelist()) > MAX_MEMBERS:
        bundle.close()
        raise SourceError(f"{path.name} lists more than {MAX_MEMBERS:,} files, which no archive from X does.")
    try:
        archive = Archive(path, bundle)
    except SourceError:
        bundle.close()
        raise
    if not archive.is_grailbird and not {"account", "manifest"} & archive.members.keys():
        archive.close()
        raise SourceError(
            f"{path.name} is a {'folder' if path.is_dir() else 'zip'}, but not X's archive: it has no data/account.js "
            "and no data/manifest.js."
        )
    return archive


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    return info.file_size > RATIO_FLOOR_BYTES and info.file_size > MAX_RATIO * max(info.compress_size, 1)


def _sort_members(names: list[str], inside: frozenset[str]) -> dict[str, list[str]]:
    """Return kind -> member names of the needed kinds, wherever the ``data`` folder is in the zip."""
    members: dict[str, list[tuple[int, str]]] = {}
    for name in names:
        path = _path(name)
        if _GRAILBIRD.search(path):
            members.setdefault("grailbird", []).append((0, name))
        elif path.endswith("data/js/user_details.js"):
            members.setdefault("user_details", []).append((0, name))
        folder, _, base = path.rpartition("/")
        match = _PART.match(base)
        if match and match["kind"] in NEEDED and folder in inside:
            members.setdefault(match["kind"], []).append((int(match["part"] or 0), name))
    return {kind: [name for _, name in sorted(names)] for kind, names in members.items()}


def _path(name: str) -> str:
    """Return a member's path as X writes it: some programs write backslashes between folders, or capitals."""
    return name.replace("\\", "/").lower()


def _data_folders(names: list[str], where: str) -> frozenset[str]:
    """Return the folders that hold X's data: those called ``data``, else those that name the account.

    Who zips the content of that folder anew, or renames it, has none that is called so.

    Raises:
        SourceError: There are several archives, which may be of several accounts.
    """
    folders = [_path(name).rpartition("/")[::2] for name in names]
    called = {folder for folder, _ in folders if folder == "data" or folder.endswith("/data")}
    bases: dict[str, set[str]] = {}
    for folder, base in folders:
        bases.setdefault(folder, set()).add(base)
    holding = {folder for folder, names in bases.items() if "account.js" in names and _BESIDE & names}
    if len(found := called & holding or holding) > 1:
        raise SourceError(
            f"{where} holds {len(found)} archives ({', '.join(sorted(found))}). Give one of them at a time."
        )
    return frozenset(found or called)
