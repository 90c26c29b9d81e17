"""Recognises folders that a program carries to other machines file by file, which breaks a database."""

from __future__ import annotations

from pathlib import PurePath

SERVICES = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "mobile documents": "iCloud Drive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "nextcloud": "Nextcloud",
}
"""Beginning of a folder's name, in small letters -> who made it."""


def synchronised_by(path: PurePath) -> str | None:
    """Return who carries a folder to other machines, judged by its path, or None.

    >>> synchronised_by(PurePath("home/ada/Dropbox/notes"))
    'Dropbox'
    """
    if path.drive.startswith("\\\\"):
        return "A network share"
    names = [part.lower() for part in path.parts]
    return next((name for start, name in SERVICES.items() if any(part.startswith(start) for part in names)), None)
