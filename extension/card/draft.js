// Keeps what is being typed in the browser's storage, so that a frame that X's page throws away loses nothing.
"use strict";

const Draft = (() => {
  const PAUSE_MS = 300;
  /** @typedef {{text: string, base: number | null, saw: string, at: number}} Kept */

  /** @param {string} handle @returns {string} */
  const keyOf = (handle) => `draft:${People.viewerKey(Session.viewer())}:${People.fold(handle)}`;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {(() => void) | null} */
  let pending = null;

  /** Keeps the text at the next pause. @param {string} handle @param {Omit<Kept, "at">} draft */
  function keep(handle, draft) {
    const key = keyOf(handle);
    pending = () => void chrome.storage.local.set({ [key]: { ...draft, at: Date.now() } });
    clearTimeout(timer);
    timer = setTimeout(flush, PAUSE_MS);
  }

  /** Keeps at once what waits for the pause. */
  function flush() {
    clearTimeout(timer);
    pending?.();
    pending = null;
  }

  /** Forgets a text that has been saved or given up. @param {string} handle */
  function drop(handle) {
    clearTimeout(timer);
    pending = null;
    void chrome.storage.local.remove(keyOf(handle));
  }

  /** @param {string} handle @returns {Promise<Kept | null>} the text that a frame before this one left behind */
  async function left(handle) {
    const key = keyOf(handle);
    return /** @type {Kept | undefined} */ ((await chrome.storage.local.get(key))[key]) ?? null;
  }

  addEventListener("pagehide", flush);

  return { keep, flush, drop, left };
})();
Object.assign(globalThis, { Draft });
