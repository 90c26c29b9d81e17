// The browser's own storage: options with their defaults, and one key per person, read in one batch.
"use strict";

/**
 * @typedef {object} Options
 * @property {number} port               the companion's port
 * @property {boolean} tap               listen to the JSON that X's page loads
 * @property {Record<string, boolean>} features  feature id -> on; a feature that is not named is on
 * @property {boolean} hidden            panic: nothing of ours on the page
 * @property {boolean} blur              notes are blurred until pointed at, for shared screens
 * @property {boolean} toolbar           show the number of waiting changes on the toolbar
 * @property {Record<string, string>} selectors  the user's own replacement for a place on X's page
 */
/** @typedef {{options?: Options, people?: PersonKey[]}} StoreChange */
/** @typedef {{badge: Badge | null, card?: Card, at: number}} CachedPerson */

const Store = (() => {
  /** @type {Options} */
  const DEFAULTS = { port: 17653, tap: true, features: {}, hidden: false, blur: false, toolbar: true, selectors: {} };

  /** @param {ViewerKey} viewer @param {string} handle @returns {string} */
  function personKey(viewer, handle) {
    return `p:${People.viewerKey(viewer)}:${People.fold(handle)}`;
  }

  /** @param {unknown} kept @returns {Options} */
  function withDefaults(kept) {
    const given = typeof kept === "object" && kept !== null ? kept : {};
    return { ...DEFAULTS, ...given };
  }

  /** @returns {Promise<Options>} */
  async function options() {
    return withDefaults((await chrome.storage.local.get("options")).options);
  }

  /** @param {Partial<Options>} change @returns {Promise<Options>} */
  async function setOptions(change) {
    const fresh = { ...(await options()), ...change };
    await chrome.storage.local.set({ options: fresh });
    return fresh;
  }

  /**
   * What the browser has kept about these people: one read, no worker woken.
   * @param {ViewerKey} viewer @param {string[]} handles
   * @returns {Promise<Record<string, Badge | null>>} by lower-case handle; people never asked about are absent
   */
  async function badges(viewer, handles) {
    const keys = handles.map((handle) => personKey(viewer, handle));
    const kept = await chrome.storage.local.get(keys);
    /** @type {Record<string, Badge | null>} */
    const found = {};
    handles.forEach((handle, at) => {
      const person = /** @type {CachedPerson | undefined} */ (kept[keys[at]]);
      if (person) found[People.fold(handle)] = person.badge;
    });
    return found;
  }

  /**
   * Tells of changed options, and of people about whom something was written or learnt anywhere.
   * @param {(change: StoreChange) => void} listener
   */
  function onChange(listener) {
    chrome.storage.onChanged.addListener((changes, area) => {
      if (area !== "local") return;
      /** @type {StoreChange} */
      const change = {};
      if (changes.options) change.options = withDefaults(changes.options.newValue);
      const touched = /** @type {{people: PersonKey[]} | undefined} */ (changes.touched?.newValue);
      if (touched) change.people = touched.people;
      if (change.options || change.people) listener(change);
    });
  }

  return { DEFAULTS, personKey, options, setOptions, badges, onChange };
})();
Object.assign(globalThis, { Store });
