// Gives the focus back to what an action meant it for, where the browser took it away on the frame's way to the keys.
"use strict";

const HeldFocus = (() => {
  const BOUNCE_MS = 100; // the browser takes the focus away and gives it back within one, on the way into a frame
  const SETTLED_MS = 1000; // by then no focus goes back and forth any more
  /** @type {HTMLElement | SVGElement | null} what the keys are for, until the user takes them elsewhere */
  let taker = null;
  let given = -Infinity;
  /** @type {number | null} when the frame lost the keys, where it has not got them back */
  let left = null;

  const isNowhere = () => document.activeElement === document.body;

  /** @param {HTMLElement | SVGElement | null | undefined} element takes the focus now, and again should it be lost */
  function give(element) {
    taker = element ?? null;
    given = performance.now();
    left = null;
    taker?.focus({ preventScroll: true });
  }

  /** @returns {boolean} whether the frame got the keys back as soon as it lost them */
  const bounced = () => left !== null && performance.now() - left < BOUNCE_MS;

  function drop() {
    taker = null;
  }

  /**
   * Where the page around asks for the focus as well, in its own process, it may go back and forth: Chromium then
   * clears the frame's focused element, so that the frame has the keys and nothing in it that takes them.
   */
  function again() {
    if (left !== null && !bounced()) drop();
    if (taker?.isConnected && isNowhere()) taker.focus({ preventScroll: true });
  }

  /** @returns {boolean} whether the browser may still take the focus away, between a key and its letter too */
  const isFresh = () => taker !== null && performance.now() - given < SETTLED_MS;

  function comeBack() {
    again();
    left = null;
  }

  addEventListener("blur", (event) => { if (event.target === window) left = performance.now(); });
  addEventListener("focus", (event) => { if (event.target === window) comeBack(); });
  addEventListener("focusin", (event) => { if (taker) taker = /** @type {HTMLElement} */ (event.target); });
  addEventListener("pointerdown", drop, true);

  return { give, again, drop, isFresh, bounced };
})();
Object.assign(globalThis, { HeldFocus });
