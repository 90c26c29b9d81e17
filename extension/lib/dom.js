// DOM helpers: elements without HTML strings, closed shadow roots, key shielding and localised text.
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
      else if (name === "style") node.style.cssText = value; // a page's own rules forbid the attribute
      else node.setAttribute(name === "className" ? "class" : name, value === true ? "" : String(value));
    }
    const shown = children.flat().filter((child) => child !== null && child !== undefined && child !== false);
    node.append(.../** @type {(string | Node)[]} */ (shown));
    return node;
  }

  /**
   * Returns the first match of a selector; throws where there is none.
   * @param {ParentNode} root
   * @param {string} css
   * @returns {HTMLElement}
   */
  function $(root, css) {
    const found = root.querySelector(css);
    if (!found) throw new Error(`Nothing here matches ${css}.`);
    return /** @type {HTMLElement} */ (found);
  }

  /** @param {Element} host @param {CSSStyleSheet[]} sheets @returns {ShadowRoot} that X's page cannot look into */
  function closedRoot(host, sheets) {
    const root = host.attachShadow({ mode: "closed" });
    root.adoptedStyleSheets = sheets;
    return root;
  }

  /** Stops an event from leaving the extension's own elements. @param {Event} event */
  function keep(event) {
    event.stopPropagation();
  }

  /**
   * Keeps keys typed into the extension's elements from triggering X's shortcuts.
   * @param {ShadowRoot | Element} root
   */
  function keyShield(root) {
    for (const type of ["keydown", "keypress", "keyup"]) root.addEventListener(type, keep);
  }

  /** Where the background keeps the browser's words. */
  const SPARE = "spareWords";
  const SPARE_MS = 3000; // right after it was installed they may come a moment later
  /** @type {Record<string, string> | undefined} the words to use in place of the browser's, if any */
  let chosen;

  /**
   * Takes the words of the language that the user chose; without a choice they stay the browser's. Chromium asks for
   * those once in a process and keeps the answer, also where it came too early and was empty: there it is the spare.
   */
  async function speak() {
    const { words } = /** @type {{words?: Record<string, string>}} */ (await chrome.storage.local.get("words"));
    chosen = words ?? (hasWords() ? undefined : await spare());
    messages.clear();
  }

  /** @returns {boolean} whether the browser has words in this process */
  function hasWords() {
    return Boolean(chrome.i18n.getMessage("locale"));
  }

  /** @returns {Promise<Record<string, string> | undefined>} the browser's words as they are kept */
  function spare() {
    return new Promise((resolve) => {
      const take = (/** @type {any} */ words) => void (words && resolve(words));
      chrome.storage.onChanged.addListener((changes) => take(changes[SPARE]?.newValue));
      chrome.storage.local.get(SPARE).then((kept) => take(kept[SPARE]), () => resolve(undefined));
      setTimeout(() => resolve(undefined), SPARE_MS);
    });
  }

  /** @type {Map<string, string>} cache of messages without placeholders: each look-up in the browser is slow */
  const messages = new Map();

  /** @param {string} key @param {string | string[]} [substitutions] @returns {string} "" once the extension is gone */
  function ask(key, substitutions) {
    if (chosen) return (chosen[key] ?? "").replace(/\$(\d)/g, (_, at) => [substitutions ?? []].flat()[at - 1] ?? "");
    try {
      return chrome.i18n.getMessage(key, substitutions);
    } catch {
      return ""; // updated or removed while this page stayed open
    }
  }

  /** @param {string} key @param {string | string[]} [substitutions] @returns {string} the visible words for a key */
  function t(key, substitutions) {
    if (substitutions !== undefined) return ask(key, substitutions) || key;
    const known = messages.get(key);
    if (known !== undefined) return known;
    const words = ask(key);
    if (words) messages.set(key, words);
    return words || key;
  }

  /** @type {RegExp | undefined} */
  let otherAlphabet;

  /**
   * The key as our letters mean it: Caps Lock does not count, and with another alphabet's layout the place of the key
   * does.
   * @param {KeyboardEvent} event @returns {string}
   */
  function keyOf({ key, code = "", shiftKey }) {
    if (/^[A-Z]$/.test(key) && !shiftKey) return key.toLowerCase();
    const place = /^Key([A-Z])$/.exec(code);
    if (!place || key < "\x80") return key;
    // not a literal: where it stands, the browser would gather all Latin letters at every page load
    otherAlphabet ??= new RegExp("^(?!\\p{Script=Latin})\\p{L}$", "u");
    return otherAlphabet.test(key) ? place[1].toLowerCase() : key;
  }

  /** @param {KeyboardEvent} event @returns {string} the key if it types or takes back one character; else "" */
  function typedKey(event) {
    const { key, ctrlKey, altKey, metaKey, isComposing, repeat } = event;
    const held = (ctrlKey || altKey || metaKey) && !event.getModifierState("AltGraph");
    return !held && !isComposing && !repeat && ([...key].length === 1 || /^(?:Enter|Backspace)$/.test(key)) ? key : "";
  }

  /** @returns {string} the language of the words, which need not be the browser's */
  const language = () => ask("locale") || navigator.language;

  return { h, $, closedRoot, keep, keyShield, keyOf, typedKey, t, language, speak, hasWords, SPARE };
})();
Object.assign(globalThis, { Dom });
