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

REMOVE = ".chip button"
"""The button on the card that takes a tag off with one click: what a hijacked click would do most harm with."""
_COVER = """
const cover = document.createElement("div");
cover.style.cssText = "position:fixed;inset:0;z-index:2147483647;background:COLOUR;pointer-events:none";
document.body.append(cover);
"""
_AROUND = "document.querySelector('[data-mutuals=card]').parentElement.style.cssText += ';RULE'"
COVERED = {
    "a cover that lets clicks through": _COVER.replace("COLOUR", "white"),
    "a cover that cannot be seen itself": _COVER.replace("COLOUR", "transparent"),
}
"""Way to cover the card -> script of X's page. Firefox tells nobody of it."""
FADED = {
    "no opacity": _AROUND.replace("RULE", "opacity:.01"),
    "a filter": _AROUND.replace("RULE", "filter:opacity(1%)"),
    "a clip": _AROUND.replace("RULE", "clip-path:inset(0 0 1% 0)"),
    "a mask": _AROUND.replace("RULE", "mask-image:linear-gradient(transparent,transparent)"),
    "a smaller scale": _AROUND.replace("RULE", "transform:scale(.99)"),
    "a mixed colour": _AROUND.replace("RULE", "mix-blend-mode:difference"),
}
"""Way to fade or shrink the card by what stands around it -> script of X's page."""
MOVE = """(async () => {
  const around = document.querySelector("[data-mutuals=card]").parentElement;
  around.style.transform = "translate(0, 48px)";
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  around.style.transform = "";
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
})()"""
"""Takes the card away from under the pointer and puts it back."""

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
