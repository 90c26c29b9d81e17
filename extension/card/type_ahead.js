// Keys pressed before what they are meant for is there: kept in their order, and pressed once it is.
"use strict";

const TypeAhead = (() => {
  const MEANT_MS = 1500; // a key older than this that no action came for is nobody's; one that an action is on waits
  const BOUNCE_MS = 100; // the browser takes the focus away and gives it back within one, on the way into a frame
  const MOST = 200;
  /** @typedef {HTMLTextAreaElement | HTMLInputElement} Field */
  let waiting = false; // whether an action is under way
  let pressing = false;
  /** @type {{key: string, at: number}[]} keys that came to the frame itself */
  let direct = [];
  /** @type {typeof direct} keys that the page around was still given: the user pressed them before the direct ones */
  let handed = [];
  /** @type {Field | null} */
  let field = null;
  let caret = 0; // where in `field` a key belongs that is handed over late
  /** @type {{at: number, kept: [boolean, typeof direct, typeof direct]} | null} what was waiting when the focus left */
  let left = null;

  /** @returns {Field | null} the text field that has the keys */
  function active() {
    const { activeElement } = document;
    return activeElement?.matches("textarea, input") ? /** @type {Field} */ (activeElement) : null;
  }

  /** @param {Field} into @param {string} key a letter, or one that a text field knows */
  function type(into, key) {
    const { selectionStart, selectionEnd } = into;
    const end = selectionEnd ?? 0;
    const start = key === "Backspace" && selectionStart === end ? Math.max(0, end - 1) : selectionStart ?? end;
    if (key === "Enter" && into.tagName !== "TEXTAREA") return;
    into.setRangeText(key === "Backspace" ? "" : key === "Enter" ? "\n" : key, start, end, "end");
    into.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }

  /** Does what the key would have done here. @param {string} key */
  function press(key) {
    pressing = true;
    const target = document.activeElement ?? document.body;
    const goes = target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    pressing = false;
    const into = active();
    if (goes && into === target) type(into, key);
  }

  /** An action is under way: keys are for what it opens. */
  function begin() {
    waiting = true;
  }

  /** The action has run, or something took the focus: presses what was kept for it, however long the action took. */
  function end() {
    const since = waiting ? -Infinity : performance.now() - MEANT_MS;
    waiting = false;
    for (const { key } of handed.splice(0).filter(({ at }) => at >= since)) press(key);
    field = active();
    caret = field?.selectionEnd ?? 0;
    for (const { key } of direct.splice(0).filter(({ at }) => at >= since)) press(key);
  }

  /** @param {typeof direct} list @param {string} key */
  function keep(list, key) {
    if (list.length < MOST) list.push({ key, at: performance.now() });
  }

  /** @returns {boolean} whether the frame has the keys and nothing in it, as while Tab is on its way into it */
  const isNowhere = () => document.activeElement === document.body;

  /** Nothing was opened: the keys were for nobody. */
  function drop() {
    waiting = false;
    handed = [];
    direct = [];
  }

  /** The focus has left the frame: the keys were for nobody, unless it is back at once. */
  function leave() {
    left = { at: performance.now(), kept: [waiting, handed, direct] };
    drop();
  }

  function comeBack() {
    if (left && performance.now() - left.at < BOUNCE_MS) {
      const [was, before, own] = left.kept;
      [waiting, handed, direct] = [waiting || was, [...before, ...handed], [...own, ...direct]];
    }
    left = null;
  }

  /** Takes a key that the page around was given. @param {string} key */
  function take(key) {
    if (waiting || isNowhere()) return keep(handed, key);
    if (!field || field !== active()) return press(key);
    const { selectionStart: start, selectionEnd: stop } = field;
    const before = field.value.length;
    field.setSelectionRange(caret, caret);
    press(key);
    if (field !== active()) return;
    caret = field.selectionEnd ?? 0;
    const moved = field.value.length - before;
    field.setSelectionRange((start ?? 0) + moved, (stop ?? 0) + moved);
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const early = waiting || event.target === document.body;
    const key = early && !pressing ? Dom.typedKey(event) : "";
    if (!key || (key === " " && !waiting)) return; // the space bar scrolls the page around
    event.preventDefault();
    event.stopImmediatePropagation();
    keep(direct, key);
    if (!waiting) HeldFocus.again();
  }

  addEventListener("keydown", onKey, true);
  addEventListener("focusin", () => { if (!waiting && (handed.length > 0 || direct.length > 0)) end(); });
  addEventListener("pointerdown", () => { if (!waiting) drop(); }, true);
  addEventListener("blur", (event) => { if (event.target === window) leave(); });
  addEventListener("focus", (event) => { if (event.target === window) comeBack(); });

  return { begin, end, drop, take };
})();
Object.assign(globalThis, { TypeAhead });
