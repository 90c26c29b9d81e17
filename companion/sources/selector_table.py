"""Reads the extension's own table of X's selectors, so that a saved page is read with the very same anchors."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import msgspec

from companion.errors import SourceError

TABLE_FILE = Path(__file__).resolve().parents[2] / "extension" / "content" / "x" / "selectors.js"
"""The only file that knows X's DOM; it lies beside the companion in every copy of Mutuals."""
START, END = "/* table */", "/* end of table */"


class _Place(msgspec.Struct):
    css: list[str]


@lru_cache(maxsize=8)
def selector_table(path: Path = TABLE_FILE) -> dict[str, tuple[str, ...]]:
    """Return place -> selectors, in the order in which they are to be tried.

    Raises:
        SourceError: the file is not there, or its table is not strict JSON between its two marks.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        message = f"A saved page is read with the extension's table of selectors, which is not at {path}."
        raise SourceError(message + " Run Mutuals from its full folder.") from None
    _, start, rest = text.partition(START)
    table, end, _ = rest.partition(END)
    try:
        places = msgspec.json.decode(table, type=dict[str, _Place])
    except msgspec.MsgspecError as error:
        raise SourceError(f"The table of selectors in {path.name} is damaged: {error}") from None
    if not start or not end:
        raise SourceError(f"There is no table of selectors in {path.name}.")
    return {name: tuple(place.css) for name, place in places.items()}
