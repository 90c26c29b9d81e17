// Finds the logged-in account: id from X's cookie, handle from X's navigation, checked again every 5 seconds.
"use strict";

const Viewer = (() => {
  const KEEP_MS = 5000; // accounts can be switched without a reload (X-PAGE.md 1.2)
  /** @type {ViewerKey} */
  let known = { id: null, handle: null };
  let checkedAt = -Infinity;
  /** @type {string | null} the handle on screen when the id last changed: X redraws its navigation a moment later */
  let staleHandle = null;
  /** @type {Set<(viewer: ViewerKey) => void>} */
  const listeners = new Set();

  /**
   * @param {string} cookie as in document.cookie
   * @returns {string | null} the numeric id in `twid=u%3D123`
   */
  function idFromCookie(cookie) {
    return /(?:^|;\s*)twid="?u(?:%3D|=)(\d{1,25})"?(?:;|$)/i.exec(cookie)?.[1] ?? null;
  }

  /** @param {Document} page @returns {string | null} */
  function handleOnPage(page) {
    const link = Selectors.one(page, "viewerLink");
    const fromLink = People.handleFromHref(link?.getAttribute("href"));
    if (fromLink) return fromLink;
    const avatar = Selectors.one(page, "viewerAvatar");
    return avatar ? Selectors.avatarHandle(avatar) : null;
  }

  /** @param {ViewerKey} fresh */
  function adopt(fresh) {
    const changed = fresh.id !== known.id || People.fold(fresh.handle) !== People.fold(known.handle);
    if (!changed) return;
    known = fresh;
    for (const listener of listeners) listener(known);
  }

  /**
   * Looks again. After the id has changed, the handle still on screen belongs to the account before.
   * @param {number} nowMs @returns {ViewerKey}
   */
  function check(nowMs) {
    checkedAt = nowMs;
    const id = idFromCookie(document.cookie);
    const onScreen = "Selectors" in globalThis ? handleOnPage(document) : null;
    if (known.id && id && id !== known.id) staleHandle = known.handle;
    if (onScreen && onScreen !== staleHandle) staleHandle = null;
    const handle = onScreen === staleHandle ? null : onScreen;
    adopt({ id, handle: handle ?? (id === known.id && !staleHandle ? known.handle : null) });
    return known;
  }

  /** @returns {ViewerKey} who is looking, at most 5 seconds old */
  function now() {
    const nowMs = performance.now();
    if (!known.handle || nowMs - checkedAt > KEEP_MS) return check(nowMs);
    return known;
  }

  /** @returns {boolean} whether anybody is logged in, as far as the page shows */
  function isKnown() {
    const viewer = now();
    return viewer.id !== null || viewer.handle !== null;
  }

  /** @param {string} handle @returns {boolean} */
  function isSelf(handle) {
    return People.same(now().handle, handle);
  }

  /** @param {(viewer: ViewerKey) => void} listener @returns {() => void} stops listening */
  function onChange(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  return { now, check, isKnown, isSelf, onChange, idFromCookie };
})();
Object.assign(globalThis, { Viewer });
