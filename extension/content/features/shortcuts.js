// Keyboard shortcuts on X's page: E edits a profile's note, Alt+Shift+H hides everything; ignored while typing.
"use strict";

const Shortcuts = (() => {
  const SEQUENCE_MS = 1500; // X's own two-key commands begin with g: "g e" is Explore and not ours
  let lastG = -Infinity;

  /**
   * @param {Event} event
   * @returns {boolean} whether the event comes from a text field, of X's page or of the extension
   */
  function inField(event) {
    const target = event.composedPath()[0];
    if (!(target instanceof Element)) return false;
    return (
      target.matches("input, textarea, select, [role=textbox], [role=combobox]") ||
      /** @type {HTMLElement} */ (target).isContentEditable === true
    );
  }

  /** @param {KeyboardEvent} event */
  function editOnProfile(event) {
    const card = Observer.page().kind === "profile" ? CardHost.all().find((one) => one.inPage) : undefined;
    if (!card) return;
    event.preventDefault();
    card.editor.edit();
  }

  /**
   * @param {KeyboardEvent} event @param {() => void} hide
   */
  function onKey(event, hide) {
    if (event.defaultPrevented || event.isComposing || event.repeat || event.ctrlKey || event.metaKey) return;
    if (event.altKey && event.shiftKey && event.code === "KeyH") return hide();
    if (event.altKey || event.shiftKey || inField(event)) return;
    if (performance.now() - lastG >= SEQUENCE_MS) letters[event.key]?.(event);
    lastG = event.key === "g" ? performance.now() : -Infinity;
  }

  /** @type {Record<string, (event: KeyboardEvent) => unknown>} */
  const letters = { e: editOnProfile };

  /** @param {() => void} hide @param {AbortSignal} signal */
  function listen(hide, signal) {
    document.addEventListener("keydown", (event) => onKey(event, hide), { signal });
  }

  return {
    listen,
    inField,
    add: (/** @type {string} */ letter, /** @type {(event: KeyboardEvent) => unknown} */ run) => {
      letters[letter] = run;
    },
  };
})();
Object.assign(globalThis, { Shortcuts });
