// Access to chrome.storage: options with defaults, cached people, and the names of what is kept.
"use strict";

const Store = (() => {
  /** Keys of changes that the companion has not acknowledged begin so. */
  const OUTBOX = "outbox:";
  /** @type {Options} */
  const DEFAULTS = {
    port: 17653, tap: true, features: {}, hidden: false, blur: false, toolbar: true, selectors: {}, palette: ";",
    language: "",
  };

  /** @param {ViewerKey} viewer @param {string} handle @returns {string} */
  function personKey(viewer, handle) {
    return `p:${People.viewerKey(viewer)}:${People.fold(handle)}`;
  }

  /** @param {unknown} stored @returns {Options} */
  function withDefaults(stored) {
    const given = typeof stored === "object" && stored !== null ? stored : {};
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
    const stored = await chrome.storage.local.get(keys);
    /** @type {Record<string, Badge | null>} */
    const found = {};
    handles.forEach((handle, at) => {
      const person = /** @type {CachedPerson | undefined} */ (stored[keys[at]]);
      if (person) found[People.fold(handle)] = person.badge;
    });
    return found;
  }

  /** @param {{at: number, op: string}} draft @returns {string} keys sort by time, so the oldest is sent first */
  function outboxKey(draft) {
    return `${OUTBOX}${String(draft.at).padStart(15, "0")}:${draft.op}`;
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

  return { DEFAULTS, OUTBOX, personKey, outboxKey, options, setOptions, badges, onChange };
})();
Object.assign(globalThis, { Store });
