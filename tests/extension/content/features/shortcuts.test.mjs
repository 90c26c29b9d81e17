// Tests the keyboard shortcuts on X's page: which keys act, and that X's own keys and typed text are left alone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage, pressKey } from "../../page.mjs";

/** A page with one test shortcut on V; `press` sends a key and says whether the page's default was left alone. */
function open(html = "") {
  const window = openPage({ html });
  const runs = { letter: 0, hidden: 0 };
  window.Shortcuts.add("v", () => { runs.letter += 1; return true; });
  window.Shortcuts.onHide(() => { runs.hidden += 1; });
  const press = (key, more = {}, target = window.document.body) => pressKey(window, key, more, target);
  return { window, runs, press };
}

test("a letter runs its shortcut, also right after another key", () => {
  const { runs, press } = open();
  press("v");
  press("x");
  press("v");
  assert.equal(runs.letter, 2);
});

for (const [keyboard, key] of [["Caps Lock", "V"], ["Russian", "м"], ["Greek", "ω"], ["Hebrew", "ה"]]) {
  test(`a letter acts with ${keyboard} too`, () => {
    const { runs, press } = open();
    press(key, { code: "KeyV" });
    assert.equal(runs.letter, 1);
  });
}

test("a Latin layout's own letter counts, not the place of its key", () => {
  const { runs, press } = open();
  press("k", { code: "KeyV" }); // Dvorak
  press("é", { code: "KeyV" });
  press("V", { code: "KeyV", shiftKey: true });
  assert.equal(runs.letter, 0);
  press("v", { code: "Period" });
  assert.equal(runs.letter, 1);
});

test("the second letter of X's own two-key commands is X's", () => {
  const { runs, press } = open();
  press("g");
  press("v");
  assert.equal(runs.letter, 0);
  press("v");
  assert.equal(runs.letter, 1);
});

test("nothing acts while the user types, composes, holds a key or uses a modifier", () => {
  const { window, runs, press } = open("<input><div role=textbox tabindex=0></div>");
  for (const field of window.document.querySelectorAll("input, [role=textbox]")) press("v", {}, field);
  for (const state of ["isComposing", "repeat", "ctrlKey", "metaKey", "altKey"]) press("v", { [state]: true });
  assert.equal(runs.letter, 0);
});

test("Alt+Shift+H hides everything at once, also from inside a field", () => {
  const { window, runs, press } = open("<input>");
  press("H", { altKey: true, shiftKey: true, code: "KeyH" });
  press("H", { altKey: true, shiftKey: true, code: "KeyH" }, window.document.querySelector("input"));
  assert.equal(runs.hidden, 2);
});

test("what is typed while a frame has the focus is handed to it in order, and told to nobody on X's page", () => {
  const { window, press } = open();
  const host = window.document.createElement("div");
  host.tabIndex = 0;
  window.document.body.append(host);
  const frame = new window.CardFrame(host.attachShadow({ mode: "closed" }));
  const sent = [];
  frame.port = { postMessage: (message) => sent.push(message.typed), close() {} };
  let heard = 0;
  window.addEventListener("keydown", () => { heard += 1; });
  host.focus();
  for (const key of ["a", "B", " ", "é", "Enter", "Backspace", "👍"]) press(key, {}, host);
  press("s", { ctrlKey: true }, host);
  press("x", { repeat: true }, host);
  press("Shift", {}, host);
  press("@", { ctrlKey: true, altKey: true, modifierAltGraph: true }, host);
  host.dispatchEvent(new window.KeyboardEvent("keydown", { key: "p", bubbles: true })); // the page's own
  assert.deepEqual(sent, ["a", "B", " ", "é", "Enter", "Backspace", "👍", "@"]);
  assert.equal(heard, 0);
});

test("E is X's own key where there is no card in the page", () => {
  const { press } = open();
  assert.equal(press("e"), true);
});
