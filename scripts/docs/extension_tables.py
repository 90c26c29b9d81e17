"""Writes extension/lib/tables.js, the extension's copy of tables that the companion decides, and its copied scripts.

Run `python -m scripts.docs.extension_tables` after a change to the companion's table of kinds or of limits, or to a
script of the dashboard that the extension has too.
"""

from __future__ import annotations

from pathlib import Path

from companion.domain.kinds import KINDS
from companion.domain.limits import PAGE, SHARED

ROOT = Path(__file__).parents[2]
FILE = ROOT / "extension" / "lib" / "tables.js"
COPIES = {ROOT / "extension/card/post_length.js": ROOT / "companion/web/static/post_length.js"}
"""Script of the extension -> the dashboard's, of which it is a copy: neither may load the other's files."""
AGAIN = "Run `python -m scripts.docs.extension_tables` to write it again."
_HEAD = """\
// Tables that the companion decides: kinds of interaction that the card logs, and how much fits.
// Written by `python -m scripts.docs.extension_tables`; a test compares it with the companion's.
"use strict";

const Tables = (() => {
"""
_TAIL = """\

  /** @param {string} text @returns {number} code points, as the companion counts: an emoji is one */
  function count(text) {
    return [...text].length;
  }

  /** @param {string} text @param {keyof typeof LIMITS} limit @returns {boolean} whether the companion would take it */
  function fits(text, limit) {
    return text.length <= LIMITS[limit] || count(text) <= LIMITS[limit];
  }

  return { TOUCHES, LIMITS, PAGE, count, fits };
})();
Object.assign(globalThis, { Tables });
"""


def script() -> str:
    """Return the whole file."""
    touches = [f"    {kind.key}: {kind.name!r},\n".replace("'", '"') for kind in KINDS.values() if kind.key]
    limits = [f"    {name}: {number},\n" for name, number in SHARED.items()]
    page = [
        f"    {span}: {{ answers: {most['answers']}, characters: {most['characters']} }},\n"
        for span, most in PAGE.items()
    ]
    return "".join(
        (
            _HEAD,
            "  /** Key -> kind of interaction off X. */\n",
            "  const TOUCHES = /** @type {Record<string, string>} */ ({\n", *touches, "  });\n",
            "  /** Code points of a text, or entries of a list, that fit. */\n",
            "  const LIMITS = {\n", *limits, "  };\n",
            "  /** What X's page may hand over. */\n",
            "  const PAGE = {\n", *page, "  };\n",
            _TAIL,
        )
    )  # fmt: skip


if __name__ == "__main__":
    FILE.write_text(script(), encoding="utf-8")
    for copy, original in COPIES.items():
        copy.write_text(original.read_text("utf-8"), encoding="utf-8")
