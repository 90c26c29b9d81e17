// Lets a click on a control of the frame count only where the user could see the control, standing still, before.
"use strict";

const Clicks = (() => {
  const SETTLE_MS = 250; // nobody takes in what has come under the pointer sooner
  const CONTROLS = "button, [role=option]"; // links go where they say and change nothing here
  const ANSWER_MS = 1000;
  /** @type {number} ms of the page's clock: since when the pointer has been over a frame that stands still */
  let still = 0;
  /** @type {(open: boolean) => void} */
  let answer = () => {};

  /** The frame came or moved under the pointer, or the pointer over the frame. */
  function moved() {
    still = performance.now();
  }

  /** @returns {boolean} */
  const isSettled = () => performance.now() - still >= SETTLE_MS;

  /** @param {Element} control @returns {Promise<boolean>} whether it lies open to the eye: the content script looks */
  function isOpen(control) {
    const { left, top, width, height } = control.getBoundingClientRect();
    return new Promise((resolve) => {
      answer = resolve;
      setTimeout(() => resolve(false), ANSWER_MS);
      Session.tell({ sight: [left, top, width, height] });
    });
  }

  /**
   * Holds a click until it is known that its control lies open. A key that presses a control is not held: a page cannot
   * bring the focus to it.
   * @param {MouseEvent} event @param {() => void} refused
   */
  async function hold(event, refused) {
    const control = event.target instanceof Element ? event.target.closest(CONTROLS) : null;
    if (!event.isTrusted || event.detail === 0 || !control) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!isSettled()) return;
    const before = still;
    const open = await isOpen(control);
    if (still !== before) return; // word of a move came behind the click, and before the answer
    if (open) control.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
    else refused();
  }

  /** @param {() => void} refused says why nothing happened */
  function guard(refused) {
    const page = document.documentElement;
    page.addEventListener("pointerenter", ({ pointerType }) => {
      if (pointerType !== "touch") moved(); // a finger is over nothing before it presses
      Session.tell({ pointer: true });
    });
    page.addEventListener("pointerleave", () => Session.tell({ pointer: false }));
    addEventListener("click", (event) => void hold(event, refused), true);
  }

  return { guard, moved, isSettled, answered: (/** @type {boolean} */ open) => answer(open) };
})();
Object.assign(globalThis, { Clicks });
