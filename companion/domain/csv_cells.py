"""Makes a table's cells such that no spreadsheet takes part of one for a formula, and brings them back as they were.

A spreadsheet set to another separator splits a line at every ``;`` or tab, quoted or not, and begins a line at every
line break; so what follows one of those is guarded like the beginning of the cell (OWASP, CSV injection).
"""

from __future__ import annotations

import re

_SIGNS = "=+\\-@|%＝＋－＠"
_FIRST = re.compile(rf"[ \"]*+[{_SIGNS}\t\r\n]|'")
_RUN = r"(?<![;\s\"])([;\s\"]++)"
_INNER = re.compile(rf"{_RUN}('*+)(?=[{_SIGNS}])")
_SPLITS = re.compile(r"[;\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe before each sign that could begin one."""
    if not cell or cell.isalnum():  # most are, in a table of everybody
        return cell
    guarded = _INNER.sub(lambda found: found[0] + "'" if _SPLITS.search(found[1]) else found[0], cell)
    return f"'{guarded}" if _FIRST.match(guarded) else guarded


def original(cell: str) -> str:
    """Return what `harmless` was given."""
    if cell.startswith("'") and _FIRST.match(cell, 1):
        cell = cell[1:]
    return _INNER.sub(lambda found: found[0][:-1] if found[2] and _SPLITS.search(found[1]) else found[0], cell)
