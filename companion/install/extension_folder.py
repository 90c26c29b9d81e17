"""Copies the extension out of the package into a folder that browsers can load, with an id that stays the same."""

from __future__ import annotations

import json
import secrets
import shutil
from pathlib import Path, PurePath

from companion import __version__
from companion.errors import SettingError

CHROMIUM_KEY = (
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAkSCXIoEbwzXzmsiFz12TUiSNSmgndlfwHJ3lKG9vuLXEQ5NTOOhEvgXXhZNh5Fpf"
    "zd6Q2CDxk/5T+4oxVUOuJsURzAjx95K8XV+NK+j1UAmW1OdouF1ISrdFYfu0D169KIog/bk+9sYLzhs4AdYR2tv9Lvxf02Qs3EN8Q2EyQL+S"
    "4lOpGZ7vca9F6vsFG8J/9vejFdL7Six0Q7wzY1cBLz//TU6S3iSxITzA54yPKqbRcyDPPVBIu6/PqxDHcTrBXSVaMkoEREnalXtHRLUGEBi5"
    "iVg0SPyzem3rOCR5nT6TgjQSBDVrO9wVuBCAbvNyfnlp6+f+p9pzxD8UaWqP3wIDAQAB"
)
"""Public key (base64 of DER) that Chromium derives the id from, whatever folder is loaded; nobody has the private half.

The stores refuse a manifest with a key, so it is only in the copy that `lay` makes.
"""
MARK = "VERSION"
"""File in a copy that says which version of Mutuals laid it; a folder without it is not ours."""
HIDDEN = frozenset({"library", "appdata"})
"""Folders that file dialogs of macOS and Windows do not show; a name with a dot is hidden everywhere."""


def source() -> Path:
    """Return the extension that belongs to this companion: the package's own, in an editable install the checkout's.

    Raises:
        SettingError: the package was built without it.
    """
    package = Path(__file__).parent.parent
    for folder in (package / "extension", package.parent / "extension"):
        if (folder / "manifest.json").is_file():
            return folder
    raise SettingError("This installation came without the extension. Install Mutuals again from its wheel.")


def default_folder(data: Path, home: Path) -> Path:
    """Return where the copy lies by default: in the data folder, unless browsers' file dialogs hide that.

    Browsers from Snap can open no hidden folder at all, so a folder in the home folder takes its place.
    """
    return home / "Mutuals" / "extension" if is_hidden(data) else data / "extension"


def is_hidden(path: PurePath) -> bool:
    """Return whether a file dialog hides the path.

    >>> is_hidden(PurePath("home/ada/.local/share/mutuals"))
    True
    """
    return any(part.startswith(".") or part.lower() in HIDDEN for part in path.parts)


def lay(folder: Path) -> Path:
    """Copy the extension to ``folder``, in place of an earlier copy, and return the folder.

    The copy is complete before it takes the place of the earlier one.

    Raises:
        SettingError: there is something else in that folder.
        OSError: it cannot be written.
    """
    if folder.exists() and not (folder / MARK).is_file() and (not folder.is_dir() or any(folder.iterdir())):
        raise SettingError(f"{folder} holds something else. Name an empty folder: `mutuals extension FOLDER`.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
    try:
        shutil.copytree(source(), fresh)
        _add_key(fresh / "manifest.json")
        (fresh / MARK).write_text(f"{__version__}\n", encoding="utf-8")
        _make_readable(fresh)
        if folder.exists():
            shutil.rmtree(folder)
        fresh.rename(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return folder


def laid_version(folder: Path) -> str | None:
    """Return the version of the copy in ``folder``, or None if there is none."""
    try:
        return (folder / MARK).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None


def _add_key(manifest: Path) -> None:
    content = json.loads(manifest.read_text(encoding="utf-8"))
    text = json.dumps({"key": CHROMIUM_KEY, **content}, indent=2, ensure_ascii=False)
    manifest.write_text(f"{text}\n", encoding="utf-8")


def _make_readable(folder: Path) -> None:
    """Give the copy ordinary modes: a sandboxed browser may run as somebody else, and nothing in it is private."""
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
