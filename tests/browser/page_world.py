"""Runs the hostile script of X's page in either browser and says what it learnt."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

SCRIPT = (Path(__file__).parent / "page_world.js").read_text()
SECRETS = ("qzblackmailЖ", "qzpressЖ", "qzwrenЖ", "qzlampЖ", "qzreasonЖ")
"""What the user wrote: in a note, a tag, a name, a logged talk, a decision. No page of X has these words."""
TEXTUAL = (
    *("find", "find and extend", "select all children", "select all and copy", "range around", "elements from point"),
    *(
        "caret from point",
        "inner text",
        "html",
        "serializer",
        "modify by character",
        "modify by word",
        "modify by line",
    ),
    *("modify by paragraph", "modify by documentboundary"),
)
"""The probes that read plain text on the page, as their control shows."""

Evaluate = Callable[[str], object]


def learnt(evaluate: Evaluate, secrets: tuple[str, ...] = SECRETS) -> dict[str, list[str]]:
    """Return what each probe read of these words; a probe that read none of them is left out."""
    found = evaluate(f"window.Spy.gather({json.dumps(list(secrets))})")
    assert isinstance(found, dict)
    read = {name: [word for word in secrets if word[:-1] in str(text)] for name, text in found.items()}
    return {name: words for name, words in read.items() if words}


def traces(evaluate: Evaluate) -> str:
    """Return all that the page was told of our frames: entries, reports, frames, markup."""
    found = evaluate("window.Spy.gather([])")
    assert isinstance(found, dict)
    return json.dumps(found)


def control(evaluate: Evaluate) -> dict[str, list[str]]:
    """Write the secrets into the page as plain text and return what the probes read then."""
    evaluate(f"window.Spy.plant({json.dumps(' '.join(SECRETS))})")
    return learnt(evaluate)
