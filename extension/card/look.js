// How the frame looks: X's theme and text size, our own direction, the blur for shared screens, the height it needs.
"use strict";

const Look = (() => {
  const STEP = 24; // px: the page around sees the height; in steps it tells no line's length
  const page = document.documentElement;
  const colours = new CSSStyleSheet();
  /** @type {Theme} */
  let current = "light";
  let height = 0;

  /** @param {FrameLook} look what the content script read off X's page */
  function apply({ theme, size }) {
    if (["light", "dim", "dark"].includes(theme)) current = theme;
    colours.replaceSync(Themes.rule(":root", current));
    document.adoptedStyleSheets = [colours];
    page.dir = Plural.direction(); // our own words run so on any page
    page.style.fontSize = `${Math.min(Math.max(Number(size) || 15, 10), 40)}px`;
    Session.tell({ scheme: Themes.scheme(current) }); // the iframe's own must equal it, else its ground is painted
  }

  /** @param {boolean} on whether what the user wrote is blurred until pointed at */
  function veil(on) {
    document.body.classList.toggle("veiled", on);
  }

  /** Tells the height whenever it changes. @param {HTMLElement} stage */
  function follow(stage) {
    new ResizeObserver(() => {
      const needed = Math.ceil(stage.getBoundingClientRect().height / STEP) * STEP;
      if (needed === height) return;
      height = needed;
      Session.tell({ height });
    }).observe(stage);
  }

  /** Tells the height again, to a page that has just put this frame elsewhere. */
  function again() {
    if (height > 0) Session.tell({ height });
  }

  /** Says which language the words are of, and in which direction they run. */
  function speak() {
    page.lang = Dom.language();
    page.dir = Plural.direction();
  }

  speak();

  return { apply, speak, veil, follow, again, theme: () => current };
})();
Object.assign(globalThis, { Look });
