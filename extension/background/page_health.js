// Stores the latest counts of required elements on X's pages, by which a redesign of X is noticed.
import { leftOut } from "./sightings.js";

const KEY = "doctor";
const KEPT = 60;

/** @param {{counts: PlaceCounts}} params @returns {Promise<{ok: true}>} */
export async function pageHealthReport({ counts }) {
  const visits = /** @type {PlaceCounts[]} */ ((await chrome.storage.local.get(KEY))[KEY] ?? []);
  await chrome.storage.local.set({ [KEY]: [...visits, counts].slice(-KEPT) });
  return { ok: true };
}

/** @returns {Promise<{place: string, page: string, since: number}[]>} what a redesign of X's page has broken */
export async function brokenPlaces() {
  return PageHealth.verdict(/** @type {PlaceCounts[]} */ ((await chrome.storage.local.get(KEY))[KEY] ?? []));
}

/** @returns {Promise<Api["page_health.get"]["result"]>} oldest first */
export async function pageHealthGet() {
  const visits = /** @type {PlaceCounts[]} */ ((await chrome.storage.local.get(KEY))[KEY] ?? []);
  return { visits, log: Log.all(), version: chrome.runtime.getManifest().version, dropped: await leftOut() };
}
