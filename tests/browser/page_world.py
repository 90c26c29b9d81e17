"""Runs the hostile script of X's page in either browser and says what it learnt."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from pathlib import Path

from tests.browser.chromium import EXTENSION
from tests.browser.house import House
from tests.replica import people

SCRIPT = (Path(__file__).parent / "page_world.js").read_text()
SECRETS = ("qzblackmailЖ", "qzpressЖ", "qzwrenЖ", "qzlampЖ", "qzreasonЖ")
"""What the user wrote: in a note, a tag, a name, a logged talk, a decision. No page of X has these words."""
VIEWER: dict[str, object] = {"id": people.ADA.id, "handle": people.ADA.handle}
PERSON: dict[str, object] = {"id": people.WREN.id, "handle": people.WREN.handle}
TEXTUAL = (
    *("find", "find and extend", "select all children", "select all and copy", "range around", "range inside"),
    *(
        "elements from point",
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
cover.id = "cover";
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
_AND_BACK = """(async () => {
  const around = document.querySelector("[data-mutuals=card]").parentElement;
  around.style.RULE;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  around.removeAttribute("style");
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
})()"""
MOVED = {
    "moved away and back": _AND_BACK.replace("RULE", "transform = 'translate(0, 48px)'"),
    "made narrow and wide again": _AND_BACK.replace("RULE", "width = '320px'"),
}
"""Way to take the card away from under the pointer and put it back -> script of X's page."""
TOP_COVER = """
const cover = document.createElement("div");
cover.id = "cover";
cover.popover = "manual";
cover.style.cssText = "inset:0;width:100vw;height:100vh;border:0;background:white;pointer-events:none";
document.body.append(cover);
cover.showPopover();
"""
"""Covers a popover of ours by one of the page's own, which stands in the top layer above it."""
OPENED = """((stage) => {
  window.opened = 0;
  new MutationObserver(() => { if (stage.querySelector(".closer")) window.opened += 1; })
    .observe(stage, { childList: true });
})(document.querySelector("#card"))"""
"""Counts in the popover's frame how often it shows a card."""
HIT = """(() => {
  const { tell } = Session;
  Session.tell = (said) => { if (said.sight) window.asked = true; tell(said); };
  const { moved, answered } = Clicks;
  const now = performance.now.bind(performance);
  Clicks.moved = () => {
    moved();
    const at = now();
    if (window.aimed) performance.now = () => at;
  };
  Clicks.answered = (open) => { answered(open); setTimeout(() => { window.done = true; }); };
  addEventListener("pointerup", ({ target }) => {
    window.hit = target.tagName;
    if (window.hit === "BUTTON") return;
    window.aimed = false;
    performance.now = now;
  });
  addEventListener("click", ({ isTrusted }) => { if (!isTrusted) window.counted = true; });
})()"""
"""
Notes in a card's frame that a press arrived, and whether it counted; told of a move once `AIMED`, its clock stands
still until the press, however slow the machine is.
"""
AIMED = "window.aimed = true"
REFUSED = "!window.counted && (!window.asked || window.done)"
SIGHT = "new Promise((done) => new IntersectionObserver(() => done(true)).observe(document.body))"
"""Kept once the browser has told of what is seen; it tells all that look, in the order in which they began."""
LIST = "document.querySelector('[data-mutuals=vet]').closest('[data-testid=primaryColumn]').style"
FONTS = "probe-font"
"""Part of the address of each font that the hostile script declares."""
ISOLATION = [
    ("Cross-Origin-Embedder-Policy-Report-Only", 'require-corp; report-to="here"'),
    ("Cross-Origin-Embedder-Policy-Report-Only", "credentialless"),
    ("Content-Security-Policy-Report-Only", "default-src 'none'; report-uri /reports"),
]
"""Headers that make a browser report what a page loads."""
FRAME = """((url) => new Promise((done) => {
  const frame = document.createElement("iframe");
  const said = [];
  frame.onload = () => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => said.push(data);
    try { frame.contentWindow.postMessage(null, "*", [port2]); } catch (error) { said.push(error.name); }
    const look = { theme: "light", size: 15, direction: "ltr" };
    for (const token of ["guess", "11111111-2222-4333-8444-555555555555"]) port1.postMessage({ show: { token, look } });
    port1.postMessage({ act: "V" });
    let text = "";
    try { text = frame.contentDocument.body.innerText; } catch (error) { text = error.name; }
    setTimeout(() => done([said, String(text)]), 1000);
  };
  frame.src = url;
  document.body.append(frame);
}))"""
"""Frames our page, gives it a port and guesses tokens; returns what the frame said and what could be read of it."""
HEIGHTS = """((host) => new Promise((done) => {
  const seen = [];
  let timer = 0;
  new ResizeObserver(() => {
    seen.push(host.getBoundingClientRect().height);
    clearTimeout(timer);
    timer = setTimeout(() => done(seen), 250);
  }).observe(host);
}))(document.querySelector("[data-mutuals=card]"))"""
FIRST_HEIGHT = 200
"""What a card is given before it is drawn, in px, whoever it is about."""
FETCH = "((url) => fetch(url).then((answer) => `read ${answer.status}`, () => 'refused'))"
ASK_ALL = """((send) => Promise.all(NAMES.map(async (name) => {
  const reply = await send({ mutuals: name, params: PARAMS });
  return [name, JSON.stringify(reply ?? null)];
})))"""
"""Sends every message of the extension's protocol; returns the replies by name."""

LENGTHS = ((people.INES, 1), (people.TOMO, 4), (people.BOLA, 40), (people.RHEA, 90))
"""Whom a note of how many words is about."""

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


def settled_heights(evaluate: Evaluate) -> list[float]:
    """Return every height in px that the page saw the card have, until none came for a quarter of a second."""
    found = evaluate(HEIGHTS)
    assert isinstance(found, list)
    return [float(height) for height in found]


def ask_all() -> str:
    """Return a function expression that sends every message of the protocol, about the person of the secrets."""
    types = (EXTENSION / "lib" / "protocol_types.js").read_text()
    names = re.findall(r'^ \* {3}"([\w.]+)":', types, re.MULTILINE)
    assert {"person.get", "badges.get", "search.find", "browser.export"} <= set(names)
    params = {
        "viewer": VIEWER, "person": PERSON, "handles": [PERSON["handle"]], "q": "qz", "limit": 9, "before": None,
        "look": False, "looking": False, "seen": [], "readings": [], "counts": {}, "purpose": "card",
        "token": "11111111-2222-4333-8444-555555555555", "show": "all", "sort": "new",
    }  # fmt: skip
    return ASK_ALL.replace("NAMES", json.dumps(names)).replace("PARAMS", json.dumps(params))


def check_replies(replies: object) -> None:
    """Check that no reply to the content scripts holds a note, a talk or a reason, and that the asking did work."""
    assert isinstance(replies, list)
    told = {str(name): str(reply) for name, reply in replies}
    note, tag, _, touch, reason = SECRETS
    assert [name for name, reply in told.items() if any(word[:-1] in reply for word in (note, touch, reason))] == []
    assert tag in told["badges.get"], "the messages do reach the background"
    assert "refused" in told["person.get"]


def tell_lengths(house: House) -> None:
    """Write notes of different lengths."""
    for person, words in LENGTHS:
        house.write(VIEWER, {"id": person.id, "handle": person.handle}, "note", {"text": "ink " * words + "end"})


def tell(house: House) -> None:
    """Let the notebook hold a secret in every place there is."""
    house.write(VIEWER, PERSON, "note", {"text": f"{SECRETS[0]} and more of it"})
    house.write(VIEWER, PERSON, "tags", {"tags": [SECRETS[1]]})
    house.write(VIEWER, PERSON, "alias", {"alias": SECRETS[2]})
    house.write(VIEWER, PERSON, "touch", {"what": "call", "when": int(time.time()) - 60, "words": SECRETS[3]})
    house.write(VIEWER, PERSON, "decision", {"decision": "wait", "days": 5, "text": SECRETS[4], "reasons": ["own"]})
