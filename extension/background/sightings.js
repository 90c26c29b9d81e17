// Sends what X's page loaded to the companion in batches of bounded size; keeps a bounded backlog while it is away.
import { droppedToday, spend } from "./budget.js";
import { touch } from "./cache.js";
import { CompanionError, call } from "./companion.js";
import { answered, failed } from "./status.js";

/** @typedef {{viewer: ViewerKey, seen: SeenText[], readings: object[]}} Batch */

// characters in one request: quotes and letters beyond ASCII grow on the way, and the companion takes 8 MB
const AT_ONCE = 2_000_000;
const MOST_CHARACTERS = 24_000_000; // kept while the companion is away and this worker lives: about ten pages
const LONG_MS = 15_000; // understanding a large page takes longer than a look-up
const BUDGET = "budget"; // where today's count is kept: it outlives this worker
/** @type {Batch[]} */
const waiting = [];
let dropped = 0;
/** @type {Promise<void> | null} */
let sending = null;

/** @param {Batch} batch @returns {number} */
function sizeOf(batch) {
  return batch.seen.reduce((sum, seen) => sum + seen.text.length, 0) + batch.readings.length * 500;
}

/** @returns {number} number of responses of X that no companion has stored */
export function unread() {
  return dropped + waiting.reduce((sum, batch) => sum + batch.seen.length, 0);
}

/** Drops the oldest batches until the backlog fits: X delivers their content again on a later visit. */
function bound() {
  let size = waiting.reduce((sum, batch) => sum + sizeOf(batch), 0);
  while (size > MOST_CHARACTERS && waiting.length > 1) {
    const oldest = /** @type {Batch} */ (waiting.shift());
    size -= sizeOf(oldest);
    dropped += oldest.seen.length;
  }
}

/** @param {unknown} value @returns {value is Batch} */
function isBatch(value) {
  const { viewer, seen, readings } = /** @type {Partial<Batch>} */ (value ?? {});
  return Boolean(viewer && (viewer.id || viewer.handle)) && Array.isArray(seen) && Array.isArray(readings);
}

/**
 * @param {Batch} batch
 * @returns {Batch[]} the batch split into requests of a size that the companion accepts
 */
function split(batch) {
  const parts = [{ ...batch, seen: /** @type {SeenText[]} */ ([]) }];
  let size = 0;
  for (const seen of batch.seen) {
    size += seen.text.length;
    if (size > AT_ONCE && parts[parts.length - 1].seen.length > 0) {
      parts.push({ ...batch, seen: [], readings: [] });
      size = seen.text.length;
    }
    parts[parts.length - 1].seen.push(seen);
  }
  return parts;
}

/**
 * Counts a batch against the budget of this minute and day.
 * @param {Batch} batch @returns {Promise<{allowed: boolean, tell: boolean}>} whether it may go on to the companion
 */
async function afford(batch) {
  const wanted = { answers: batch.seen.length + batch.readings.length, characters: sizeOf(batch) };
  return navigator.locks.request(BUDGET, async () => {
    const before = (await chrome.storage.session.get(BUDGET))[BUDGET];
    const { budget, allowed, tell } = spend(/** @type {any} */ (before), wanted, Date.now());
    await chrome.storage.session.set({ [BUDGET]: budget });
    return { allowed, tell };
  });
}

/** @returns {Promise<number>} answers that were left out today */
export async function leftOut() {
  const budget = /** @type {any} */ ((await chrome.storage.session.get(BUDGET))[BUDGET]);
  return droppedToday(budget, Date.now());
}

/** @param {Batch} batch @returns {Promise<{ok: true}>} once it is stored, or queued while the companion is away */
export async function sightingsAdd(batch) {
  if (isBatch(batch)) {
    const { allowed, tell } = await afford(batch);
    if (allowed) waiting.push(...split(batch));
    else if (tell) waiting.push({ viewer: batch.viewer, seen: [], readings: [] }); // only to say what was left out
  }
  bound();
  await flush();
  return { ok: true };
}

/** Sends what waits, one batch at a time. */
export async function flush() {
  sending ??= sendAll().finally(() => { sending = null; });
  await sending;
}

async function sendAll() {
  while (waiting.length > 0) {
    const batch = waiting[0];
    try {
      const reply = await call("/v1/sightings", { ...batch, left_out: await leftOut() }, { timeout: LONG_MS });
      await answered();
      await touch(reply.changed ?? []);
    } catch (error) {
      if (!(error instanceof CompanionError)) throw error;
      await failed(error);
      if (error.state !== null) return;
      Log.error("sightings", error); // this very page was refused: the next may be fine
    }
    waiting.shift();
  }
}
