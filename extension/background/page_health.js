// Keeps the last counts of the places we need on X's page, so that a redesign is noticed and named.

const KEY = "doctor";
const KEPT = 60;

/** @param {{counts: PlaceCounts}} params @returns {Promise<{ok: true}>} */
export async function pageHealthReport({ counts }) {
  const visits = /** @type {PlaceCounts[]} */ ((await chrome.storage.local.get(KEY))[KEY] ?? []);
  await chrome.storage.local.set({ [KEY]: [...visits, counts].slice(-KEPT) });
  return { ok: true };
}

/** @returns {Promise<{visits: PlaceCounts[], log: LogLine[], version: string}>} oldest first */
export async function pageHealthGet() {
  const visits = /** @type {PlaceCounts[]} */ ((await chrome.storage.local.get(KEY))[KEY] ?? []);
  return { visits, log: Log.all(), version: chrome.runtime.getManifest().version };
}
