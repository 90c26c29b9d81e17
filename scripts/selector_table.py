"""Writes the companion's table of selectors from the extension's: `python -m scripts.selector_table`."""

from __future__ import annotations

import json
from pathlib import Path

from companion.sources.selector_table import TABLE_FILE

EXTENSION_FILE = Path(__file__).resolve().parent.parent / "extension/content/x/selector_table.js"
"""The table; only it and `selectors.js`, which looks places up in it, know X's DOM."""
START, END = "/* table */", "/* end of table */"


def extension_table() -> dict[str, list[str]]:
    """Return place -> selectors of the extension; its table is strict JSON between two marks."""
    table = EXTENSION_FILE.read_text(encoding="utf-8").split(START)[1].split(END)[0]
    return {name: place["css"] for name, place in json.loads(table).items()}


def main() -> None:
    """Write the file that the companion reads."""
    TABLE_FILE.write_text(json.dumps(extension_table(), indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
