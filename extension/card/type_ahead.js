// Keys pressed before what they are meant for is there: kept in their order, and pressed once it is.
"use strict";

const TypeAhead = (() => {
  const MEANT_MS = 1500; // a key older than this that no action came for is nobody's; one that an action is on waits
  const MOST = 200;
  const COMPOSED = 229; // the code of a key that an input method takes (UI Events 7.3.1), whatever its name
  /** @typedef {{key: string, at: number, pressed: number}} Kept `at`: when it came; `pressed`: by the wall clock */
  let waiting = false; // whether an action is under way
  /** @type {Kept[]} keys that came to the frame itself, and those that the page around was still given */
  let kept = [];
  /** @type {[boolean, Kept[]] | null} what was waiting when the focus left */
  let left = null;

  /** An action is under way: keys are for what it opens. */
  function begin() {
    waiting = true;
  }

  /** The action has run, or something took the focus: presses what was kept for it, however long the action took. */
  function end() {
    const since = waiting ? -Infinity : performance.now() - MEANT_MS;
    waiting = false;
    const due = kept.splice(0).filter(({ at }) => at >= since).sort((one, other) => one.pressed - other.pressed);
    for (const { key, pressed } of due) KeyOrder.place(key, pressed);
  }

  /** @param {string} key @param {number} pressed */
  function keep(key, pressed) {
    if (kept.length < MOST) kept.push({ key, at: performance.now(), pressed });
    if (!waiting) HeldFocus.again();
  }

  /** @returns {boolean} whether the frame has the keys and nothing in it, as while Tab is on its way into it */
  const isNowhere = () => document.activeElement === document.body;

  /** Nothing was opened: the keys were for nobody. */
  function drop() {
    waiting = false;
    kept = [];
  }

  /** The focus has left the frame: the keys were for nobody, unless it is back at once. */
  function leave() {
    left = [waiting, kept];
    drop();
  }

  function comeBack() {
    if (left && HeldFocus.bounced()) {
      const [was, before] = left;
      [waiting, kept] = [waiting || was, [...before, ...kept]];
    }
    left = null;
  }

  /** Takes a key that the page around was given. @param {string} key @param {number} pressed wall-clock time in ms */
  function take(key, pressed) {
    if (waiting || isNowhere()) keep(key, pressed);
    else KeyOrder.place(key, pressed);
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    if (event.keyCode === COMPOSED) return KeyOrder.forget();
    const key = event.isTrusted ? Dom.typedKey(event) : "";
    const early = waiting || event.target === document.body;
    const fresh = HeldFocus.isFresh() && KeyOrder.active() !== null && key !== "Backspace"; // its letter may be lost
    if (!key || (key === " " && !waiting && !fresh)) return; // the space bar scrolls the page around
    if (!early && !fresh) return KeyOrder.forget();
    event.preventDefault();
    event.stopImmediatePropagation();
    const pressed = performance.timeOrigin + event.timeStamp;
    if (early) keep(key, pressed);
    else KeyOrder.place(key, pressed);
  }

  addEventListener("keydown", onKey, true);
  addEventListener("focusin", () => { if (!waiting && kept.length > 0) end(); });
  addEventListener("pointerdown", () => { if (!waiting) drop(); }, true);
  addEventListener("blur", (event) => { if (event.target === window) leave(); });
  addEventListener("focus", (event) => { if (event.target === window) comeBack(); });

  return { begin, end, drop, take };
})();
Object.assign(globalThis, { TypeAhead });
