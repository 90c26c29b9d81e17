// What is known about the people on screen: memory first, then the browser's cache, then one batch to the background.
"use strict";

const BadgeCache = (() => {
  const FRESH_MS = 60_000; // asked again after this while still on screen
  const BATCH = 40;
  const PAUSE_MS = 80; // rows come a few at a time while the user scrolls

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
    const key = id ?? `@${People.fold(handle)}`;
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
      const key = People.fold(handle);
      const before = badges.get(key);
      // the same object: nothing is redrawn
      if (before !== undefined && JSON.stringify(before) === JSON.stringify(badge)) continue;
      badges.set(key, badge);
      news = true;
    }
    if (!news) return;
    version += 1;
    changed();
  }

  /** @param {string} handle @returns {Badge | null | undefined} undefined while nothing is known either way */
  function get(handle) {
    return badges.get(People.fold(handle));
  }

  /**
   * Says which people are on screen. The browser's own copy answers at once; the background is asked for all of them
   * together, a moment later.
   * @param {string[]} handles @param {number} nowMs
   */
  function want(handles, nowMs) {
    const old = handles
      .map(People.fold)
      .filter((key) => nowMs - (asked.get(key) ?? -Infinity) > FRESH_MS);
    if (old.length === 0) return;
    for (const key of old) {
      asked.set(key, nowMs);
      wanted.add(key);
    }
    const unseen = old.filter((key) => !looked.has(key));
    if (unseen.length > 0) void lookUp(unseen);
    timer ??= setTimeout(() => void ask(), PAUSE_MS);
  }

  /** @param {string[]} handles whose copy in the browser was not looked at yet */
  async function lookUp(handles) {
    const forViewer = viewerKey;
    for (const handle of handles) looked.add(handle);
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
      for (let from = 0; from < handles.length; from += BATCH) {
        const answer = await Protocol.send("badges.get", { viewer, handles: handles.slice(from, from + BATCH) });
        learnFor(forViewer, answer.badges);
      }
    } catch (error) {
      Log.error("badge_cache", error);
    }
  }

  /**
   * An answer for the account before is not for this one.
   * @param {string} key
   * @param {Record<string, Badge | null>} found
   */
  function learnFor(key, found) {
    if (key === viewerKey) learn(found);
  }

  /** Something about this person changed: ask again at the next sweep. @param {string} handle */
  function stale(handle) {
    asked.delete(People.fold(handle));
    changed();
  }

  /** @param {() => void} listener called when a redraw is worth it */
  function onChange(listener) {
    changed = listener;
  }

  return { followViewer, get, want, learn, stale, onChange, version: () => version };
})();
Object.assign(globalThis, { BadgeCache });
