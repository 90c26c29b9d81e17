"""The words that the extension shows, read from its own table, so that a better wording breaks no test."""

from __future__ import annotations

import json
import re
from functools import cache

from tests.browser.chromium import EXTENSION


@cache
def _table() -> dict[str, dict[str, object]]:
    found = json.loads((EXTENSION / "_locales" / "en" / "messages.json").read_text())
    assert isinstance(found, dict)
    return found


def words(key: str) -> str:
    """Return the longest piece of a message that does not depend on what is put into it."""
    pieces = re.split(r"\$\w+\$?", str(_table()[key]["message"]))
    return max(pieces, key=len).strip()
