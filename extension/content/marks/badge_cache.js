// Badges of the people on screen: from memory, then from chrome.storage, then in batches from the background.
"use strict";

const BadgeCache = (() => {
  const FRESH_MS = 60_000; // asked again after this while still on screen
  const PAUSE_MS = 80; // rows come a few at a time while the user scrolls

  /** @type {Map<string, Badge | null>} by lower-case handle; null is a stranger */
  let badges = new Map();
  /** @type {Map<string, number>} when the background was last asked, in ms */
  let requestedAt = new Map();
  /** @type {Set<string>} */
  let lookedUp = new Set();
  /** @type {Set<string>} */
  const wanted = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let viewerKey = "";
  let changed = () => {};

  /** Empties the cache when another account is logged in: badges belong to one viewer. */
  function followViewer() {
    const { id, handle } = Viewer.now();
    const key = id ?? `@${People.fold(handle)}`;
    if (key === viewerKey) return;
    viewerKey = key;
    badges = new Map();
    requestedAt = new Map();
    lookedUp = new Set();
    wanted.clear();
  }

  /** @param {Record<string, Badge | null>} found */
  function learn(found) {
    let news = false;
    for (const [handle, badge] of Object.entries(found)) {
      const key = People.fold(handle);
      const before = badges.get(key);
      // the same object: nothing is redrawn
      if (before !== undefined && JSON.stringify(before) === JSON.stringify(badge)) continue;
      badges.set(key, badge);
      news = true;
    }
    if (!news) return;
    changed();
  }

  /** @param {string} handle @returns {Badge | null | undefined} undefined while nothing is known either way */
  function get(handle) {
    return badges.get(People.fold(handle));
  }

  /**
   * Requests badges for the people on screen: from chrome.storage at once, from the background in one batch
   * a moment later.
   * @param {string[]} handles @param {number} nowMs
   */
  function want(handles, nowMs) {
    const old = handles
      .map(People.fold)
      .filter((key) => nowMs - (requestedAt.get(key) ?? -Infinity) > FRESH_MS);
    if (old.length === 0) return;
    for (const key of old) {
      requestedAt.set(key, nowMs);
      wanted.add(key);
    }
    const unseen = old.filter((key) => !lookedUp.has(key));
    if (unseen.length > 0) void lookUp(unseen);
    timer ??= setTimeout(() => void ask(), PAUSE_MS);
  }

  /** @param {string[]} handles whose copy in the browser was not looked at yet */
  async function lookUp(handles) {
    const forViewer = viewerKey;
    for (const handle of handles) lookedUp.add(handle);
    try {
      const found = await Store.badges(Viewer.now(), handles);
      // an answer of the background is newer
      const news = Object.entries(found).filter(([handle]) => !badges.has(handle));
      learnFor(forViewer, Object.fromEntries(news));
    } catch (error) {
      Log.error("badge_cache", error);
    }
  }

  async function ask() {
    timer = undefined;
    const handles = [...wanted];
    wanted.clear();
    const viewer = Viewer.now();
    const forViewer = viewerKey;
    try {
      for (let from = 0; from < handles.length; from += Tables.LIMITS.handles) {
        const some = handles.slice(from, from + Tables.LIMITS.handles);
        const answer = await Protocol.send("badges.get", { viewer, handles: some });
        learnFor(forViewer, answer.badges);
      }
    } catch (error) {
      Log.error("badge_cache", error);
    }
  }

  /**
   * Takes badges over unless they were requested for another account.
   * @param {string} key
   * @param {Record<string, Badge | null>} found
   */
  function learnFor(key, found) {
    if (key === viewerKey) learn(found);
  }

  /** Marks a person's badge as outdated: it is requested again at the next sweep. @param {string} handle */
  function stale(handle) {
    requestedAt.delete(People.fold(handle));
    changed();
  }

  /** @param {() => void} listener called when a redraw is worth it */
  function onChange(listener) {
    changed = listener;
  }

  return { followViewer, get, want, learn, stale, onChange };
})();
Object.assign(globalThis, { BadgeCache });
