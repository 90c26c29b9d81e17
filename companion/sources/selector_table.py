"""Reads the table of selectors for X's page, so that a saved page is read with the extension's very own anchors."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import msgspec

from companion.domain.typed_json import decoded
from companion.errors import SourceError

TABLE_FILE = Path(__file__).parent / "data" / "selectors.json"
"""Made from the extension's ``selector_table.js`` by `python -m scripts.selector_table`; a test compares them."""


@lru_cache(maxsize=8)
def selector_table(path: Path = TABLE_FILE) -> dict[str, tuple[str, ...]]:
    """Return place -> selectors, in the order in which they are to be tried.

    Raises:
        SourceError: the file is not there, or is damaged.
    """
    try:
        return decoded(path.read_bytes(), dict[str, tuple[str, ...]])
    except (OSError, msgspec.MsgspecError) as error:
        message = f"The table of selectors that a saved page is read with, {path.name}, cannot be read ({error})."
        raise SourceError(f"{message} Install Mutuals again.") from None
