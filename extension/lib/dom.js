// Small helpers to build what we draw: nodes without HTML strings, closed roots, keys kept from X, words, colours.
"use strict";

const Dom = (() => {
  /** @typedef {string | Node | null | undefined | false} Child */

  /**
   * Makes an element. `on…` properties become listeners, true an empty attribute, null and false nothing at all.
   * @param {string} tag @param {Record<string, any> | null} [properties] @param {...(Child | Child[])} children
   * @returns {HTMLElement}
   */
  function h(tag, properties, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(properties ?? {})) {
      if (value === null || value === undefined || value === false) continue;
      if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else if (name === "value") /** @type {HTMLInputElement} */ (node).value = value;
      else node.setAttribute(name === "className" ? "class" : name, value === true ? "" : String(value));
    }
    node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false).map(asNode));
    return node;
  }

  /** @param {Child} child @returns {string | Node} */
  function asNode(child) {
    return /** @type {string | Node} */ (child);
  }

  /**
   * The element that must be there. @param {ParentNode} root @param {string} css @returns {HTMLElement}
   */
  function $(root, css) {
    const found = root.querySelector(css);
    if (!found) throw new Error(`Nothing here matches ${css}.`);
    return /** @type {HTMLElement} */ (found);
  }

  /**
   * A shadow root that X's page cannot look into. @param {Element} host @param {CSSStyleSheet[]} sheets @returns {ShadowRoot}
   */
  function closedRoot(host, sheets) {
    const root = host.attachShadow({ mode: "closed" });
    root.adoptedStyleSheets = sheets;
    return root;
  }

  /** Keeps keys pressed in our own parts from X's one-key shortcuts. @param {ShadowRoot | Element} root */
  function keyShield(root) {
    for (const type of ["keydown", "keypress", "keyup"]) root.addEventListener(type, (event) => event.stopPropagation());
  }

  /** @param {string} key @param {string | string[]} [substitutions] @returns {string} the visible words for a key */
  function t(key, substitutions) {
    return chrome.i18n.getMessage(key, substitutions) || key;
  }

  /** @returns {string} */
  function language() {
    return chrome.i18n.getUILanguage?.() ?? navigator.language;
  }

  /**
   * Text with its web addresses as links, built as nodes.
   * @param {string} text @returns {(string | HTMLElement)[]}
   */
  function linkify(text) {
    return text.split(/(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/g).filter(Boolean).map((part) =>
      /^https?:\/\//.test(part) ? h("a", { href: part, target: "_blank", rel: "noopener noreferrer nofollow" }, part) : part);
  }

  /** @param {string} colour #rgb or #rrggbb @returns {[number, number, number]} */
  function channels(colour) {
    const full = colour.length === 4 ? [...colour.slice(1)].map((digit) => digit + digit).join("") : colour.slice(1);
    const [red, green, blue] = [0, 2, 4].map((at) => parseInt(full.slice(at, at + 2), 16));
    return [red, green, blue];
  }

  /** @param {string} colour @returns {number} relative luminance, 0 to 1 (WCAG 2.2) */
  function luminance(colour) {
    const [red, green, blue] = channels(colour).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  /** @param {string} one @param {string} other @returns {number} contrast ratio, 1 to 21 (WCAG 2.2) */
  function contrast(one, other) {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }

  /** @param {string} background @returns {"#000000" | "#ffffff"} the more readable of black and white upon it */
  function readableOn(background) {
    return contrast(background, "#000000") >= contrast(background, "#ffffff") ? "#000000" : "#ffffff";
  }

  return { h, $, closedRoot, keyShield, t, language, linkify, luminance, contrast, readableOn };
})();
Object.assign(globalThis, { Dom });
