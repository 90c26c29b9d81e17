// Parses X's handles, addresses and page kinds. Pure functions, the same in every context.
"use strict";

const People = (() => {
  /** First path segments that are X's own pages (X-PAGE.md 1.1). */
  const RESERVED = new Set([
    "home", "explore", "notifications", "messages", "search", "settings", "i", "compose", "hashtag", "bookmarks",
    "lists", "communities", "jobs", "login", "logout", "signup", "about", "tos", "privacy", "intent", "share",
    "download", "premium",
  ]);
  const READ = 2000; // links whose handle is remembered
  // What copying may leave around a handle: white space, no-break spaces and invisible marks of direction.
  const BEFORE = /^[@ \t\n\v\f\r\u00a0\u200e\u200f\ufeff]+/;
  const BEHIND = /[ \t\n\v\f\r\u00a0\u200e\u200f\ufeff]+$/;
  const HANDLE = /^[A-Za-z0-9_]{1,20}$/;
  /** Second path segment of a profile's address -> kind of page. */
  const TABS = /** @type {Record<string, PageKind>} */ ({
    status: "status", followers: "followers", verified_followers: "followers", followers_you_follow: "followers",
    following: "following",
  });
  const OWN = /** @type {Record<string, PageKind>} */ ({
    home: "home", search: "search", hashtag: "search", explore: "search", notifications: "notifications",
    lists: "list",
  });

  /** @param {string | null | undefined} handle @returns {boolean} whether X could give this handle to somebody */
  function isHandle(handle) {
    return Boolean(handle && HANDLE.test(handle) && !RESERVED.has(handle.toLowerCase()));
  }

  /**
   * A handle as X writes it: without the blanks and @ before it and the blanks behind it (companion/domain/handles.py).
   * @param {string | null | undefined} handle @returns {string} case kept
   */
  function withoutAt(handle) {
    return (handle ?? "").replace(BEFORE, "").replace(BEHIND, "");
  }

  /** @param {string | null | undefined} handle @returns {string} the form under which two spellings are the same */
  function fold(handle) {
    return withoutAt(handle).toLowerCase();
  }

  /**
   * Whether both are handles of one account; an unknown handle is nobody's.
   * @param {string | null | undefined} one @param {string | null | undefined} other @returns {boolean}
   */
  function same(one, other) {
    return typeof one === "string" && typeof other === "string" && fold(one) === fold(other);
  }

  /** @param {string} address @returns {string[]} path segments */
  function segments(address) {
    return address.replace(/^https?:\/\/[^/]+/, "").split(/[?#]/)[0].split("/").filter(Boolean);
  }

  /** @type {Map<string, string | null>} the same few links are read in every sweep */
  const read = new Map();

  /**
   * The handle that a link to a profile (or one of its tabs) names.
   * @param {string | null | undefined} href absolute or starting with / @returns {string | null}
   */
  function handleFromHref(href) {
    if (!href) return null;
    const known = read.get(href);
    if (known !== undefined) return known;
    if (read.size >= READ) read.clear();
    const handle = namedBy(href);
    read.set(href, handle);
    return handle;
  }

  /** @param {string} href @returns {string | null} */
  function namedBy(href) {
    if (!/^(https?:\/\/([a-z]+\.)?(x|twitter)\.com)?\//i.test(href)) return null;
    const [handle, tab, more] = segments(href);
    if (!isHandle(handle) || more !== undefined || (tab !== undefined && !TABS[tab]) || tab === "status") return null;
    return handle;
  }

  /**
   * What kind of page an address shows, and whose.
   * @param {string} path @returns {{kind: PageKind, handle: string | null}}
   */
  function page(path) {
    const [first, second] = segments(path);
    if (!first) return { kind: "other", handle: null };
    const own = OWN[first.toLowerCase()];
    if (own) return { kind: own, handle: null };
    if (first === "i") return { kind: second === "lists" ? "list" : "other", handle: null };
    if (!isHandle(first)) return { kind: "other", handle: null };
    return { kind: (second && TABS[second]) || "profile", handle: first };
  }

  /** @param {ViewerKey} viewer @returns {string} the key that the viewer's cache lies under */
  function viewerKey(viewer) {
    return viewer.id ?? `@${fold(viewer.handle)}`;
  }

  return { isHandle, withoutAt, fold, same, handleFromHref, page, viewerKey };
})();
Object.assign(globalThis, { People });
