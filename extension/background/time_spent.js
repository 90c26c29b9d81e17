// Measures, for the user alone, how long which kind of X's pages is before them; kept by day in this browser.
import { CompanionError, call } from "./companion.js";
import { link } from "./status.js";

const KEY = "time";
const WATCH = "time_watch";
const CHANGED = "time_changed"; // names the state that the companion was not told yet
const BROWSER = "time_browser";
const REST_MS = 5 * 60_000; // so long after the last sign of use a page still counts as read
const OFTEN_MS = 5000; // signs of use closer together are one
const TELL_MS = 60_000;
const KEPT_DAYS = 90;
const HOST = /^(?:mobile\.)?(?:x|twitter)\.com$/;
/** Kind of page -> what its time is counted under; the companion has the same names. */
const SOURCES = /** @type {Record<string, string>} */ ({
  home: "home", list: "lists", notifications: "notifications", profile: "profiles", followers: "profiles",
  following: "profiles", status: "posts",
});

/** @typedef {Record<string, Record<string, number>>} Days day -> source -> ms */
/** @typedef {{source: string, at: number}} Watch what is before the user, counted until `at` (ms) */

/** @param {string | undefined} address @returns {string | null} what time there is counted under; null off X */
export function sourceOf(address) {
  const url = address && URL.canParse(address) ? new URL(address) : null;
  if (!url || !HOST.test(url.hostname)) return null;
  if (/^\/(?:messages|i\/chat)(?:\/|$)/.test(url.pathname)) return "messages";
  const { kind } = People.page(url.pathname);
  const tagged = url.pathname.startsWith("/hashtag/") || url.searchParams.get("q")?.includes("#");
  if (kind === "search") return tagged ? "chats" : "other";
  return SOURCES[kind] ?? "other";
}

/**
 * Adds what has passed since the last sign of use; a longer pause counts as five minutes.
 * @param {Days} days @param {Watch | null} watch @param {number} now ms
 * @returns {Days} the latest 90 days
 */
export function counted(days, watch, now) {
  const passed = watch ? Math.min(Math.max(now - watch.at, 0), REST_MS) : 0;
  if (!watch || passed === 0) return days;
  const day = new Date(watch.at).toLocaleDateString("sv-SE");
  const sources = days[day] ?? {};
  const all = { ...days, [day]: { ...sources, [watch.source]: (sources[watch.source] ?? 0) + passed } };
  return Object.fromEntries(Object.entries(all).sort().slice(-KEPT_DAYS));
}

/** @returns {Promise<string | null>} what is before the user now; nothing once they have left the machine alone */
async function before() {
  if (chrome.idle && (await chrome.idle.queryState(REST_MS / 1000)) !== "active") return null; // X loads by itself
  const focused = chrome.windows ? (await chrome.windows.getLastFocused()).focused : true; // a phone has no windows
  const [tab] = focused ? await chrome.tabs.query({ active: true, lastFocusedWindow: true }) : [];
  return sourceOf(tab?.url);
}

/** @param {Days} days @returns {Days} in whole seconds */
function inSeconds(days) {
  const seconds = (/** @type {Record<string, number>} */ sources) =>
    Object.fromEntries(Object.entries(sources).map(([source, ms]) => [source, Math.round(ms / 1000)]));
  return Object.fromEntries(Object.entries(days).map(([day, sources]) => [day, seconds(sources)]));
}

let told = 0;

/** Tells the companion all that is kept, in place of what it was told before. */
async function tell() {
  if (Date.now() - told < TELL_MS || (await link()).state !== "connected") return;
  const stored = await chrome.storage.local.get([KEY, CHANGED, BROWSER]);
  if (!stored[CHANGED]) return;
  told = Date.now();
  const browser = String(stored[BROWSER] ?? crypto.randomUUID());
  await chrome.storage.local.set({ [BROWSER]: browser });
  try {
    await call("/v1/time", { browser, days: inSeconds(/** @type {Days} */ (stored[KEY] ?? {})) });
    const now = (await chrome.storage.local.get(CHANGED))[CHANGED];
    if (now === stored[CHANGED]) await chrome.storage.local.remove(CHANGED); // else there is more to tell
  } catch (error) {
    if (!(error instanceof CompanionError)) throw error; // away, or too old: it is told later
  }
}

/** Counts what has passed, and looks what is before the user now. */
async function measure() {
  const now = Date.now();
  const on = (await Store.options()).time !== false;
  const watch = /** @type {Watch | null} */ ((await chrome.storage.session.get(WATCH))[WATCH] ?? null);
  const source = on ? await before() : null;
  if (watch && on) {
    const days = /** @type {Days} */ ((await chrome.storage.local.get(KEY))[KEY] ?? {});
    const more = counted(days, watch, now);
    if (more !== days) await chrome.storage.local.set({ [KEY]: more, [CHANGED]: crypto.randomUUID() });
  }
  if (watch || source) await chrome.storage.session.set({ [WATCH]: source ? { source, at: now } : null });
}

/** @type {Promise<unknown>} one measure at a time, else the same minutes count twice */
let measuring = Promise.resolve();
/** @type {Promise<unknown>} one telling at a time, so that an older state never covers a newer one */
let telling = Promise.resolve();

/** Looks again: another tab, page or window may be before the user. @returns {Promise<void>} */
export async function look() {
  const measured = measuring.then(measure);
  measuring = measured.catch(() => {});
  await measured;
  const sent = telling.then(tell); // measuring never waits for the companion
  telling = sent.catch(() => {});
  await sent;
}

let signAt = -Infinity;

/** A page of X sent something: it is being read. @returns {Promise<void>} */
export async function sign() {
  if (Date.now() - signAt < OFTEN_MS) return;
  signAt = Date.now();
  await look();
}

/**
 * Wipes all that was measured, here and, as soon as it can be told, in the companion.
 * @returns {Promise<{ok: true}>}
 */
export async function timeWipe() {
  const wiped = measuring.then(async () => {
    await chrome.storage.local.remove(KEY);
    await chrome.storage.local.set({ [CHANGED]: crypto.randomUUID() });
    await chrome.storage.session.set({ [WATCH]: null });
  });
  measuring = wiped.catch(() => {});
  await wiped;
  told = 0;
  await look();
  return { ok: true };
}
