// Looks up places on X's page by the table of selectors. No file but this and the table knows X's DOM.
"use strict";

const Selectors = (() => {
  const table = SelectorTable;

  /** @type {Record<string, string>} the user's own replacement for one place, from the options page */
  let overrides = {};
  let pageKind = "other";

  /** @param {string} name @returns {string[]} */
  function anchors(name) {
    const place = table[name];
    if (!place) throw new Error(`No place on X's page is called ${name}.`);
    const own = overrides[name];
    return own ? [own, ...place.css] : place.css;
  }

  /**
   * Looks on the whole page, fall-backs only where the place has to exist: an empty page must not cost extra walks. A
   * page without any test id has nothing but fall-backs.
   * @param {ParentNode} root @param {string} name @returns {string[]}
   */
  function worthTrying(root, name) {
    const css = anchors(name);
    const { pages = [] } = table[name];
    const needless = root.nodeType === Node.DOCUMENT_NODE && pages.length > 0 && !pages.includes(pageKind);
    return needless && root.querySelector("[data-testid]") ? css.slice(0, overrides[name] ? 2 : 1) : css;
  }

  /**
   * Every node of a place, by the first anchor that finds any.
   * @param {ParentNode} root @param {string} name @returns {Element[]}
   */
  function all(root, name) {
    for (const css of worthTrying(root, name)) {
      const found = root.querySelectorAll(css);
      if (found.length > 0) return [...found];
    }
    return [];
  }

  /** @param {ParentNode} root @param {string} name @returns {Element | null} */
  function one(root, name) {
    for (const css of worthTrying(root, name)) {
      const found = root.querySelector(css);
      if (found) return found;
    }
    return null;
  }

  /** @param {Element} node @param {string} name @returns {Element | null} the place around the node, itself included */
  function around(node, name) {
    for (const css of anchors(name)) {
      const found = node.closest(css);
      if (found) return found;
    }
    return null;
  }

  /** @param {string} kind @returns {string[]} names of the places that must exist on this kind of page */
  function requiredOn(kind) {
    return Object.keys(table).filter((name) => table[name].pages?.includes(kind));
  }

  /**
   * Takes the user's replacements; one that is not valid CSS is left out, so it cannot break a sweep.
   * @param {Record<string, string>} given
   */
  function override(given) {
    overrides = {};
    for (const [name, css] of Object.entries(given ?? {})) {
      try {
        document.createDocumentFragment().querySelector(css);
        if (table[name]) overrides[name] = css;
      } catch {
        // Not CSS: the built-in anchors stay.
      }
    }
  }

  /** @param {Element} node @returns {string | null} the handle in an avatar's test id */
  function avatarHandle(node) {
    const handle = (node.getAttribute("data-testid") ?? "").replace("UserAvatar-Container-", "");
    return handle && handle !== "unknown" ? handle : null;
  }

  /** @param {Element} node @returns {string | null} the numeric id in a follow button's test id */
  function buttonId(node) {
    return /^(\d+)-/.exec(node.getAttribute("data-testid") ?? "")?.[1] ?? null;
  }

  /** @param {Element} button a menu item such as "Mute @handle" @returns {string | undefined} the handle in it */
  function buttonHandle(button) {
    return /@(\w{1,15})/.exec(button.textContent ?? "")?.[1];
  }

  /** @param {Document} page @returns {"classic" | "x-web" | null} which of X's programs drew it, if it tells */
  function client(page) {
    return one(page, "nextClient") ? "x-web" : one(page, "classicClient") ? "classic" : null;
  }

  /** @param {string} kind the kind of page shown now (People.page) */
  function onPage(kind) {
    pageKind = kind;
  }

  return { table, all, one, around, requiredOn, override, onPage, avatarHandle, buttonId, buttonHandle, client };
})();
Object.assign(globalThis, { Selectors });
