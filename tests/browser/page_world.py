"""Runs the hostile script of X's page in either browser and says what it learnt."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

from tests.browser.house import House
from tests.replica import people

SCRIPT = (Path(__file__).parent / "page_world.js").read_text()
SECRETS = ("qzblackmailЖ", "qzpressЖ", "qzwrenЖ", "qzlampЖ", "qzreasonЖ")
"""What the user wrote: in a note, a tag, a name, a logged talk, a decision. No page of X has these words."""
VIEWER: dict[str, object] = {"id": people.ADA.id, "handle": people.ADA.handle}
PERSON: dict[str, object] = {"id": people.WREN.id, "handle": people.WREN.handle}
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


def tell(house: House) -> None:
    """Let the notebook hold a secret in every place there is."""
    house.write(VIEWER, PERSON, "note", {"text": f"{SECRETS[0]} and more of it"})
    house.write(VIEWER, PERSON, "tags", {"tags": [SECRETS[1]]})
    house.write(VIEWER, PERSON, "alias", {"alias": SECRETS[2]})
    house.write(VIEWER, PERSON, "touch", {"what": "call", "when": int(time.time()) - 60, "words": SECRETS[3]})
    house.write(VIEWER, PERSON, "decision", {"decision": "wait", "days": 5, "text": SECRETS[4], "reasons": ["own"]})
