// Presses keys in the frame, and puts letters where they belong by the time of their pressing, however late they come.
"use strict";

const KeyOrder = (() => {
  /** @typedef {HTMLTextAreaElement | HTMLInputElement} Field */
  /** @type {Field | null} */
  let field = null;
  /** @type {{pressed: number, end: number}[]} what was put into `field`, in order of pressing: until where it stands */
  let put = [];

  /** @returns {Field | null} the text field that has the keys; a date or a box to tick has no caret and is none */
  function active() {
    const { activeElement } = document;
    const into = activeElement?.matches("textarea, input") ? /** @type {Field} */ (activeElement) : null;
    return into && into.selectionStart !== null ? into : null;
  }

  /** @param {string} text @returns {number} the length of its last letter as a reader sees it, in UTF-16 units */
  function lastLetter(text) {
    const end = text.slice(-64); // longer than any family of emoji
    return [...new Intl.Segmenter().segment(end)].at(-1)?.segment.length ?? 0;
  }

  /** @param {Field} into @param {string} key a letter, or one that a text field knows */
  function type(into, key) {
    const { selectionStart, selectionEnd, value } = into;
    const end = selectionEnd ?? 0;
    const back = key === "Backspace" && selectionStart === end;
    const start = back ? end - lastLetter(value.slice(0, end)) : selectionStart ?? end;
    if (key === "Enter" && into.tagName !== "TEXTAREA") return;
    into.setRangeText(key === "Backspace" ? "" : key === "Enter" ? "\n" : key, start, end, "end");
    into.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }

  /** Does what the key would have done here. @param {string} key */
  function press(key) {
    const target = document.activeElement ?? document.body;
    const goes = target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    const into = active();
    if (goes && into === target) type(into, key);
  }

  /** @param {Field} into @param {string} key @returns {number} where the caret is then */
  function pressHere(into, key) {
    press(key);
    return into.selectionEnd ?? 0;
  }

  /**
   * Presses a key before letters that are there and were pressed after it; the caret stays where it was among them.
   * @param {Field} into @param {string} key @param {number} before its place in `put` is behind this one
   * @returns {number} where it ends
   */
  function pressLate(into, key, before) {
    const { selectionStart, selectionEnd, value } = into;
    const at = put[before]?.end ?? 0;
    into.setSelectionRange(at, at);
    press(key);
    if (active() !== into) return at;
    const end = into.selectionEnd ?? 0;
    const moved = into.value.length - value.length;
    for (const one of put.slice(before + 1)) one.end += moved;
    into.setSelectionRange((selectionStart ?? 0) + moved, (selectionEnd ?? 0) + moved);
    return end;
  }

  /** Presses a key in its place. @param {string} key @param {number} pressed wall-clock time in ms */
  function place(key, pressed) {
    const into = active();
    if (!into) return press(key);
    if (into !== field) [field, put] = [into, [{ pressed: -Infinity, end: into.selectionEnd ?? 0 }]];
    const before = put.findLastIndex((one) => one.pressed <= pressed);
    const end = before < put.length - 1 ? pressLate(into, key, before) : pressHere(into, key);
    if (active() === into) put.splice(before + 1, 0, { pressed, end });
  }

  /** From now on letters are the browser's own: what stands where is not known any more. */
  function forget() {
    field = null;
  }

  return { active, place, forget };
})();
Object.assign(globalThis, { KeyOrder });
