// Cuts a text into plain words and web addresses.
"use strict";

const Links = (() => {
  /** @param {string} address @returns {string} without the sentence's signs; a bracket opened inside stays */
  function withoutEnd(address) {
    const count = (/** @type {string} */ sign) => address.split(sign).length;
    const last = address.slice(-1);
    const opening = { ")": "(", "]": "[", "}": "{" }[last];
    const cut = opening ? count(opening) < count(last) : ".,;:!?'»”’".includes(last);
    return cut ? withoutEnd(address.slice(0, -1)) : address;
  }

  /**
   * Cuts a note into plain text and web addresses, so links can be built as nodes and never as HTML.
   * @param {string} text @returns {{text: string, href: string | null}[]}
   */
  function linked(text) {
    const pieces = [];
    let end = 0;
    for (const found of text.matchAll(/https?:\/\/[^\s<>"]{1,2000}/g)) {
      const address = withoutEnd(found[0]);
      if (found.index > end) pieces.push({ text: text.slice(end, found.index), href: null });
      pieces.push({ text: address, href: address });
      end = found.index + address.length;
    }
    if (end < text.length) pieces.push({ text: text.slice(end), href: null });
    return pieces;
  }

  return { linked };
})();
Object.assign(globalThis, { Links });
