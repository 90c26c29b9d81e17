// Stores the latest counts of required elements on X's pages, by which a redesign of X is noticed.
import { DAY_MS } from "./budget.js";
import { CompanionError } from "./companion.js";
import { ask } from "./people.js";
import { leftOut } from "./sightings.js";

const KEY = "doctor";
const KEPT = 60;
const TOLD = "page_health_told";

/** @param {{counts: PlaceCounts}} params @returns {Promise<{ok: true}>} */
export async function pageHealthReport({ counts }) {
  const before = /** @type {PlaceCounts[]} */ ((await chrome.storage.local.get(KEY))[KEY] ?? []);
  const visits = [...before, counts].slice(-KEPT);
  await chrome.storage.local.set({ [KEY]: visits });
  await tell(visits);
  return { ok: true };
}

/**
 * Tells the companion, for `mutuals doctor`, when something changed and once a day.
 * @param {PlaceCounts[]} visits
 */
async function tell(visits) {
  const body = { client: visits.at(-1)?.client ?? null, missing: PageVerdict.broken(visits) };
  const told = JSON.stringify([body, Math.floor(Date.now() / DAY_MS)]);
  if ((await chrome.storage.local.get(TOLD))[TOLD] === told) return;
  try {
    if (!(await ask("/v1/page-health", body))) return; // away: the next visit tells it
  } catch (error) {
    if (!(error instanceof CompanionError)) throw error; // an older companion does not know of it
  }
  await chrome.storage.local.set({ [TOLD]: told });
}

/** @returns {Promise<{place: string, page: string, since: number}[]>} what a redesign of X's page has broken */
export async function brokenPlaces() {
  return PageVerdict.broken(/** @type {PlaceCounts[]} */ ((await chrome.storage.local.get(KEY))[KEY] ?? []));
}

/** @returns {Promise<Api["page_health.get"]["result"]>} oldest first */
export async function pageHealthGet() {
  const visits = /** @type {PlaceCounts[]} */ ((await chrome.storage.local.get(KEY))[KEY] ?? []);
  return { visits, log: Log.all(), version: chrome.runtime.getManifest().version, dropped: await leftOut() };
}
