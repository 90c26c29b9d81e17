// What is known about the people on screen: memory first, then the browser's cache, then one batch to the background.
"use strict";

const Known = (() => {
  const FRESH_MS = 60_000; // asked again after this while still on screen
  const BATCH = 40;
  const PAUSE_MS = 60;

  /** @type {Map<string, Badge | null>} by lower-case handle; null is a stranger */
  let badges = new Map();
  /** @type {Map<string, number>} when the background was last asked, in ms */
  let asked = new Map();
  /** @type {Set<string>} */
  let looked = new Set();
  /** @type {Set<string>} */
  const wanted = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let viewerKey = "";
  let version = 0;
  let changed = () => {};

  /** Forgets everything when another account looks: what is known belongs to the viewer. */
  function followViewer() {
    const { id, handle } = Viewer.now();
    const key = id ?? `@${handle ?? ""}`.toLowerCase();
    if (key === viewerKey) return;
    viewerKey = key;
    badges = new Map();
    asked = new Map();
    looked = new Set();
    wanted.clear();
    version += 1;
  }

  /** @param {Record<string, Badge | null>} found */
  function learn(found) {
    let news = false;
    for (const [handle, badge] of Object.entries(found)) {
      const key = handle.toLowerCase();
      const before = badges.get(key);
      if (before !== undefined && JSON.stringify(before) === JSON.stringify(badge)) continue; // the same object: nothing is redrawn
      badges.set(key, badge);
      news = true;
    }
    if (!news) return;
    version += 1;
    changed();
  }

  /** @param {string} handle @returns {Badge | null | undefined} undefined while nothing is known either way */
  function get(handle) {
    return badges.get(handle.toLowerCase());
  }

  /**
   * Says which people are on screen; what is missing or old is fetched, all of it in one go.
   * @param {string[]} handles @param {number} nowMs
   */
  function want(handles, nowMs) {
    for (const handle of handles) {
      const key = handle.toLowerCase();
      if (nowMs - (asked.get(key) ?? -Infinity) > FRESH_MS) wanted.add(key);
    }
    if (wanted.size > 0) timer ??= setTimeout(fetchWanted, looksNew() ? 0 : PAUSE_MS);
  }

  /** @returns {boolean} whether the browser's own cache has not been looked at for some of them: that costs next to nothing */
  function looksNew() {
    return [...wanted].some((handle) => !looked.has(handle));
  }

  /** The cache in the browser answers at once; the background is asked afterwards, in batches. */
  async function fetchWanted() {
    timer = undefined;
    const handles = [...wanted];
    wanted.clear();
    const viewer = Viewer.now();
    const forViewer = viewerKey;
    const at = performance.now();
    for (const handle of handles) asked.set(handle, at);
    const unseen = handles.filter((handle) => !looked.has(handle));
    for (const handle of unseen) looked.add(handle);
    try {
      if (unseen.length > 0) learnFor(forViewer, await Store.badges(viewer, unseen));
      for (let from = 0; from < handles.length; from += BATCH) {
        const answer = await Protocol.send("badges.get", { viewer, handles: handles.slice(from, from + BATCH) });
        learnFor(forViewer, answer.badges);
      }
    } catch (error) {
      Log.error("known", error);
    }
  }

  /** An answer for the account before is not for this one. @param {string} key @param {Record<string, Badge | null> | Map<string, Badge | null>} found */
  function learnFor(key, found) {
    if (key !== viewerKey) return;
    learn(found instanceof Map ? Object.fromEntries(found) : found);
  }

  /** Something about this person changed: ask again at the next sweep. @param {string} handle */
  function stale(handle) {
    asked.delete(handle.toLowerCase());
    changed();
  }

  /** Ask again about everybody: a page of X's data was just understood. */
  function staleAll() {
    asked = new Map();
    changed();
  }

  /** @param {() => void} listener called when a redraw is worth it */
  function onChange(listener) {
    changed = listener;
  }

  return { followViewer, get, want, learn, stale, staleAll, onChange, version: () => version };
})();
Object.assign(globalThis, { Known });
