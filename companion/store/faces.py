"""Keeps small copies of profile pictures that were looked at, so that pages show faces without asking anybody.

They are in the notebook's table ``faces``, one row per person, so that they are merged, forgotten and backed up with
the person. A picture comes from a look that the user asked for, and stays until a newer one was seen.
"""

from __future__ import annotations

import base64
import binascii
import zlib

from companion.domain.handles import is_id
from companion.store.documents import Document
from companion.store.notebook.notebook import Notebook

TABLE = "faces"
MOST = 600
"""Pictures kept; of more, those seen longest ago go."""
MOST_BYTES = 6 * 1024
"""Bytes of one picture; a larger one is not kept."""


def keep_face(notebook: Notebook, pid: str, picture: bytes, at: int) -> bool:
    """Keep a person's picture in place of an earlier one, and return whether it was kept.

    Args:
        notebook: where.
        pid: the person's key.
        picture: a JPEG of at most ``MOST_BYTES``.
        at: when it was seen, epoch seconds UTC.
    """
    if not picture or len(picture) > MOST_BYTES:
        return False
    table = notebook.table(TABLE)
    place = int(pid) if is_id(pid) else zlib.crc32(pid.encode())
    table.put({"pid": pid, "at": at, "jpeg": base64.b64encode(picture).decode()}, place)
    rows = sorted((_at(row), row.doc_id) for row in table)
    if len(rows) > MOST:
        table.remove(doc_ids=[number for _, number in rows[: len(rows) - MOST]])
    return True


def faces_kept(notebook: Notebook) -> dict[str, int]:
    """Return pid -> when their picture was seen, of everybody whose picture is kept."""
    kept: dict[str, int] = {}
    for row in notebook.table(TABLE):
        pid = str(row.get("pid"))
        kept[pid] = max(kept.get(pid, 0), _at(row))
    return kept


def face_of(notebook: Notebook, pid: str) -> bytes | None:
    """Return a person's picture, the latest if a merge left two; None without one, or where it cannot be read."""
    rows = [row for row in notebook.table(TABLE) if row.get("pid") == pid]
    try:
        return base64.b64decode(str(max(rows, key=_at).get("jpeg")), validate=True) if rows else None
    except binascii.Error:
        return None


def _at(row: Document) -> int:
    at = row.get("at")
    return at if isinstance(at, int) else 0
