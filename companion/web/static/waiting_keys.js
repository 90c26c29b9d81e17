// Keys pressed while no page is ready for them, as between two pages of a queue: kept for the page that comes.
"use strict";

const WaitingKeys = (() => {
  const NAME = "mutuals-keys";
  const WAITS_MS = 10_000; // a page that takes longer than this did not come; its keys are nobody's
  let ready = false;

  /** @returns {{path: string, at: number, keys: string}} what waits for this very page; nothing that is older */
  function waiting() {
    const none = { path: location.pathname, at: Date.now(), keys: "" };
    try {
      const kept = JSON.parse(sessionStorage.getItem(NAME) ?? "null") ?? none;
      return kept.path === none.path && none.at - kept.at < WAITS_MS ? kept : none;
    } catch {
      return none;
    }
  }

  /** @param {string} key is pressed on the next page, if that has this one's address; only letters and digits wait */
  function keep(key) {
    if (!/^[a-z0-9]$/.test(key)) return false;
    const { path, at, keys } = waiting();
    sessionStorage.setItem(NAME, JSON.stringify({ path, at, keys: keys + key }));
    return true;
  }

  /** @returns {string} the keys that waited, in order; from now on the page itself takes them */
  function take() {
    const { keys } = waiting();
    sessionStorage.removeItem(NAME);
    ready = true;
    return keys;
  }

  addEventListener("keydown", (event) => {
    const field = event.target instanceof Element && event.target.matches("input, select, textarea, [contenteditable]");
    if (!ready && !field && !event.ctrlKey && !event.metaKey && !event.altKey) keep(event.key);
  }, true);

  return { keep, take };
})();
Object.assign(globalThis, { WaitingKeys });
