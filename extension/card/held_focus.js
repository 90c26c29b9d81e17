// Gives the focus back to what an action meant it for, where the browser took it away on the frame's way to the keys.
"use strict";

const HeldFocus = (() => {
  /** @type {HTMLElement | SVGElement | null} what the keys are for until the user has pressed something there */
  let taker = null;

  const isNowhere = () => document.activeElement === document.body;

  /** @param {HTMLElement | SVGElement | null | undefined} element takes the focus now, and again should it be lost */
  function give(element) {
    taker = element ?? null;
    taker?.focus({ preventScroll: true });
  }

  /**
   * The page around and the frame both ask for the focus, in two processes. Where it goes back and forth in between,
   * Chromium clears the frame's focused element, so that the frame has the keys and nothing in it that takes them.
   */
  function again() {
    if (taker?.isConnected && isNowhere()) taker.focus({ preventScroll: true });
  }

  function drop() {
    taker = null;
  }

  addEventListener("focus", (event) => { if (event.target === window) again(); });
  addEventListener("pointerdown", drop, true);
  addEventListener("keydown", () => { if (!isNowhere()) drop(); }, true);

  return { give, again, drop };
})();
Object.assign(globalThis, { HeldFocus });
