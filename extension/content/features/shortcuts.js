// Keys on X's page, taken before X's own scripts: letters for the card, Alt+Shift+H; ignored while typing.
"use strict";

const Shortcuts = (() => {
  const SEQUENCE_MS = 1500; // X's own two-key commands begin with g: "g e" is Explore and not ours
  const TYPED = ["keydown", "keypress", "keyup", "beforeinput", "input", "paste", "compositionstart", "compositionend"];
  let lastG = -Infinity;
  /** @type {() => void} */
  let hide = () => {};
  let on = true;
  /** @type {Map<string, () => boolean>} letter -> what it does; says whether it did anything */
  const letters = new Map();

  /** @param {Event} event @returns {boolean} whether the event comes from a text field of X's page */
  function inField(event) {
    const target = event.composedPath()[0];
    if (!(target instanceof Element)) return false;
    return (
      target.matches("input, textarea, select, [role=textbox], [role=combobox]") ||
      /** @type {HTMLElement} */ (target).isContentEditable === true
    );
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether it was ours */
  function take(event) {
    if (event.isComposing || event.repeat || event.ctrlKey || event.metaKey) return false;
    if (event.altKey && event.shiftKey && event.code === "KeyH") {
      hide();
      return true;
    }
    if (event.altKey || (event.shiftKey && /^Key/.test(event.code)) || inField(event)) return false;
    const sequence = performance.now() - lastG < SEQUENCE_MS;
    const key = Dom.keyOf(event);
    lastG = key === "g" ? performance.now() : -Infinity;
    return !sequence && (letters.get(key)?.() ?? false);
  }

  /**
   * Keys that still arrive here while a frame of ours has the focus were meant for it (Chromium delivers some in the
   * first moment): the frame is handed them, and nobody else gets to see them.
   * @param {Event} event
   */
  function onTyped(event) {
    if (!on || !("CardFrame" in globalThis)) return; // nothing of ours is there before
    const frame = CardFrame.focused();
    if (frame) {
      event.stopImmediatePropagation();
      const typed = event.type === "keydown" && event.isTrusted && Dom.typedKey(/** @type {KeyboardEvent} */ (event));
      if (typed) frame.send({ typed, at: performance.timeOrigin + event.timeStamp });
      return;
    }
    if (event.type !== "keydown" || !event.isTrusted || !take(/** @type {KeyboardEvent} */ (event))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  for (const type of TYPED) addEventListener(type, onTyped, true);

  return {
    inField,
    onHide: (/** @type {() => void} */ run) => { hide = run; },
    stop: () => { on = false; },
    add: (/** @type {string} */ letter, /** @type {() => boolean} */ run) => { letters.set(letter, run); },
    remove: (/** @type {string} */ letter) => letters.delete(letter),
  };
})();
Object.assign(globalThis, { Shortcuts });
