// Feature: one key opens a search over people, notes and tags on X's page; the options choose the key, or none.
"use strict";

const PaletteKey = (() => {
  const TOP = 0.1; // of the window's height
  const HALF = 185; // px from its left edge to where a popover is pinned
  let key = "";

  /** @returns {boolean} whether it opened: it needs to know whose page it is */
  function open() {
    if (!Viewer.isKnown()) return false;
    const viewer = Viewer.now();
    const from = /** @type {HTMLElement} */ (document.activeElement ?? document.body);
    const at = { clientX: innerWidth / 2 - HALF, clientY: innerHeight * TOP };
    Popover.open({ purpose: "palette", viewer, person: viewer, post: null, act: "" }, from, { at });
    return true;
  }

  /** @param {Options} options */
  function adopt({ palette, hidden }) {
    Shortcuts.remove(key);
    key = palette;
    if (key && !hidden) Shortcuts.add(key, open);
  }

  return { adopt };
})();
Object.assign(globalThis, { PaletteKey });
