// Cuts a text into plain words and web addresses.
"use strict";

const Links = (() => {
  /** @type {Record<string, string>} closing bracket -> the one that opens it */
  const OPENING = { ")": "(", "]": "[", "}": "{", "）": "（" };
  /** Any web address, up to a blank, a quotation mark, or a sign that ends or encloses text in Chinese and Japanese. */
  const ADDRESS = /https?:\/\/[^\s<>"「」『』【】〈〉《》、。！？，；：\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]{1,2000}/gi;
  const STOPS = ".,;:!?…*`'“”„’»«";

  /** @param {string} text @param {string} sign @returns {number} */
  const count = (text, sign) => text.split(sign).length - 1;

  /**
   * @param {string} address @param {boolean} quoted whether an apostrophe stands before it
   * @returns {string} without the sentence's signs; a bracket or a pair of apostrophes inside stays
   */
  function withoutEnd(address, quoted) {
    const last = address.slice(-1);
    const opening = OPENING[last];
    const paired = last === "'" && !quoted && count(address, last) % 2 === 0;
    const cut = opening ? count(address, opening) < count(address, last) : STOPS.includes(last) && !paired;
    return cut ? withoutEnd(address.slice(0, -1), quoted && last !== "'") : address;
  }

  /** @param {string} address @returns {string} up to a wide bracket that closes one before the address */
  function inside(address) {
    const close = address.indexOf("）");
    return close >= 0 && !address.slice(0, close).includes("（") ? address.slice(0, close) : address;
  }

  /**
   * Cuts a note into plain text and web addresses, so links can be built as nodes and never as HTML.
   * @param {string} text @returns {{text: string, href: string | null}[]}
   */
  function linked(text) {
    const pieces = [];
    let end = 0;
    for (const found of text.matchAll(ADDRESS)) {
      const address = withoutEnd(inside(found[0]), text[found.index - 1] === "'");
      if (!URL.canParse(address)) continue;
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
