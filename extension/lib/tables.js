// Tables that the companion decides: kinds of interaction that the card logs, and how much fits.
// Written by `python -m scripts.docs.extension_tables`; a test compares it with the companion's.
"use strict";

const Tables = (() => {
  /** Key -> kind of interaction off X. */
  const TOUCHES = /** @type {Record<string, string>} */ ({
    C: "call",
    M: "meal",
    T: "meeting",
    O: "chat",
  });
  /** Code points of a text, or entries of a list, that fit. */
  const LIMITS = {
    note: 10000,
    alias: 60,
    tag: 40,
    tags: 50,
    touch: 200,
    reason: 500,
    search: 200,
    handles: 40,
  };
  /** What X's page may hand over. */
  const PAGE = {
    minute: { answers: 240, characters: 60000000 },
    day: { answers: 20000, characters: 4000000000 },
  };

  /** @param {string} text @returns {number} code points, as the companion counts: an emoji is one */
  function count(text) {
    return [...text].length;
  }

  /** @param {string} text @param {keyof typeof LIMITS} limit @returns {boolean} whether the companion would take it */
  function fits(text, limit) {
    return text.length <= LIMITS[limit] || count(text) <= LIMITS[limit];
  }

  return { TOUCHES, LIMITS, PAGE, count, fits };
})();
Object.assign(globalThis, { Tables });
