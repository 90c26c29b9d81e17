// Durable queue of changes that the companion has not acknowledged: stored first, sent in order, never lost.
import { touch } from "./cache.js";
import { CompanionError, call, instance } from "./companion.js";
import { acknowledged, failed } from "./status.js";

/**
 * @typedef {object} Op
 * @property {string} op  the id that makes a repeat a no-op @property {string} kind @property {ViewerKey} viewer
 * @property {PersonKey} person @property {object} body @property {number | null} base revision that was on screen
 * @property {string} [saw] the text that was on screen @property {number} at ms
 * @property {string | null} instance the data folder it was written for, null before the first pairing
 * @property {number} tries @property {"waiting" | "parked"} state @property {string} [reason]
 */

/**
 * @typedef {{op: string, from: (number | null)[], to: number, instance: string | null}} Step what one of our own writes
 * made of the revisions before it
 */

const ALARM = "outbox";
/** Minutes until the next try after the first, second, … failure. */
const BACK_OFF_MINUTES = [0.5, 1, 5, 30];
/** Pauses between knocks at a companion that is away, for the first minutes while this worker lives. */
const KNOCK_MS = [1000, 1000, 2000, 2000, 4000, 4000, 8000, 8000, 15_000, 15_000, 30_000, 30_000];
let knocks = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let knock;

/** @returns {Promise<[string, Op][]>} oldest first */
export async function queue() {
  const keys = (await chrome.storage.local.getKeys()).filter((key) => key.startsWith(Store.OUTBOX)).sort();
  const ops = keys.length > 0 ? await chrome.storage.local.get(keys) : {};
  // gone meanwhile: sent by another
  return /** @type {[string, Op][]} */ (keys.flatMap((key) => (ops[key] ? [[key, ops[key]]] : [])));
}

/**
 * Waiting changes, to be applied to responses and cached data; read once for all people on screen.
 * @returns {Promise<(person: PersonKey) => Op[]>} oldest first
 */
export async function waiting() {
  const ops = (await queue()).map(([, op]) => op).filter((op) => op.state !== "parked");
  return (person) => ops.filter((op) => samePerson(op.person, person));
}

/** @param {PersonKey} one @param {PersonKey} other @returns {boolean} */
export function samePerson(one, other) {
  if (one.id && other.id) return one.id === other.id;
  return Boolean(one.handle) && People.fold(one.handle) === People.fold(other.handle);
}

/**
 * Makes an op from a draft that a card left in the storage; does not store it.
 * @param {Omit<Op, "tries" | "state" | "instance">} draft @returns {Promise<Op>}
 */
export async function opOf(draft) {
  const { op, at, viewer, kind, person, body, base, saw } = draft;
  return { op, at, viewer, kind, person, body, base, saw, tries: 0, state: "waiting", instance: await instance() };
}

/** @param {Op} op @returns {string} */
function stepKey(op) {
  return `step:${People.fold(op.person.handle) || op.person.id}:${op.kind}`;
}

/**
 * The revision that an op builds on once our own earlier writes, which its author had in view but not the revision of,
 * are done.
 * @param {Op} op @param {string | null} now the data folder @returns {Promise<number | null>}
 */
async function baseOf(op, now) {
  if ("item" in op.body) return op.base; // one of many, such as a touch: each has revisions of its own
  const step = /** @type {Step | undefined} */ ((await chrome.storage.local.get(stepKey(op)))[stepKey(op)]);
  return step && step.from.includes(op.base) && step.instance === now ? step.to : op.base;
}

/** Forgets the revision step of an op once its writer knows the new revision. @param {Op} op */
export async function clearStep(op) {
  const step = /** @type {Step | undefined} */ ((await chrome.storage.local.get(stepKey(op)))[stepKey(op)]);
  if (step?.op === op.op) await chrome.storage.local.remove(stepKey(op));
}

/** @param {string} key @param {Op} op @param {string} reason */
async function park(key, op, reason) {
  await chrome.storage.local.set({ [key]: { ...op, state: "parked", reason } });
}

/** @param {Op} op @returns {Promise<{rev: number, pid: string}>} */
async function send(op) {
  const now = await instance();
  if (op.instance && now && op.instance !== now) {
    throw new CompanionError("instance", Dom.t("parkedInstance"), null, 412);
  }
  const { viewer, kind, person, body, saw } = op;
  const base = await baseOf(op, now);
  const done = await call("/v1/writes", {
    instance: op.instance ?? now, viewer, op: op.op, kind, person, body, base, saw, at: Math.floor(op.at / 1000),
  });
  // a page may show this text over either
  await chrome.storage.local.set({ [stepKey(op)]: { op: op.op, from: [op.base, base], to: done.rev, instance: now } });
  return done;
}

/**
 * Whether a later try can succeed: the connection is down or the companion itself failed.
 * @param {CompanionError} error
 */
function isPassing(error) {
  return error.state !== null || error.status >= 500 || error.status === 0 || error.code === "locked";
}

/**
 * Whether an older companion does not know this kind of write, or a field of it: it knows it once it is updated.
 * @param {Op} op @param {CompanionError} error
 */
function isSkew(op, error) {
  return (error.status === 404 && error.code === "unknown" && op.kind !== "tag_colour")
    || (error.status === 422 && error.details?.unknown === true);
}

/**
 * Sends one op; keeps it on a passing failure, parks it with its reason on a refusal.
 * @param {string} key @param {Op} op @param {number} counts 1 where a failure puts the next alarm further off, else 0
 * @returns {Promise<{rev: number} | CompanionError>} what became of it
 */
async function attempt(key, op, counts) {
  try {
    const done = await send(op);
    await chrome.storage.local.remove(key);
    await acknowledged(op.op, Math.floor(Date.now() / 1000));
    return done;
  } catch (error) {
    if (!(error instanceof CompanionError)) throw error;
    if (isSkew(op, error)) {
      error.state = "version";
      error.message = Dom.t("link_older");
    }
    await failed(error);
    if (isPassing(error)) await chrome.storage.local.set({ [key]: { ...op, tries: op.tries + counts } });
    else await park(key, op, error.code === "conflict" ? Dom.t("parkedConflict") : error.message);
    return error;
  }
}

/**
 * Runs work while no op is being sent, so that no removed op is sent or stored again.
 * @template T @param {() => Promise<T>} work @returns {Promise<T>}
 */
export async function exclusive(work) {
  return navigator.locks.request("outbox", work);
}

/**
 * Sends all waiting ops, oldest first; one drain runs at a time.
 * @param {{anew?: boolean, counts?: 0 | 1}} [how] `anew`: the companion was heard of or the user wrote, so earlier
 *   failures say nothing; `counts`: whether a failure puts the next alarm further off
 * @returns {Promise<Map<string, {rev: number} | CompanionError>>} by op: what became of those that were tried
 */
export async function drain({ anew = false, counts = 1 } = {}) {
  if (anew) knocks = 0;
  return exclusive(async () => {
    /** @type {Map<string, {rev: number} | CompanionError>} */
    const outcomes = new Map();
    /** @type {PersonKey[]} */
    const arrived = [];
    let away = false;
    for (const [key, draft] of await queue()) {
      const op = draft.state ? draft : await opOf(draft); // left by a card whose message never came
      if (op.state === "parked") continue;
      const outcome = await attempt(key, anew ? { ...op, tries: 0 } : op, counts);
      outcomes.set(op.op, outcome);
      if (!(outcome instanceof CompanionError)) arrived.push(op.person);
      // the others would fail alike, and their order is kept; what is too new for the companion holds up nothing else
      away = outcome instanceof CompanionError && isPassing(outcome) && !isSkew(op, outcome);
      if (away) break;
    }
    if (away) knockSoon();
    await touch(arrived);
    await plan();
    return outcomes;
  });
}

/** Tries again within seconds, for some minutes: alarms come half a minute late at best. */
function knockSoon() {
  if (knock !== undefined || knocks >= KNOCK_MS.length) return;
  knock = setTimeout(() => {
    knock = undefined;
    drain({ counts: 0 }).catch((error) => Log.error("outbox", error));
  }, KNOCK_MS[knocks]);
  knocks += 1;
}

/** Sets the alarm of the next try; clears it where nothing waits. */
export async function plan() {
  const waiting = (await queue()).filter(([, op]) => op.state !== "parked");
  if (waiting.length === 0) return chrome.alarms.clear(ALARM);
  const delayInMinutes =
    BACK_OFF_MINUTES[Math.min(waiting[0][1].tries, BACK_OFF_MINUTES.length) - 1] ?? BACK_OFF_MINUTES[0];
  return chrome.alarms.create(ALARM, { delayInMinutes });
}

/** Puts parked changes back in the queue, at the user's request. */
export async function unpark() {
  const current = await instance();
  for (const [key, op] of await queue()) {
    if (op.state === "parked") {
      await chrome.storage.local.set({
        [key]: { ...op, state: "waiting", tries: 0, instance: current, reason: undefined },
      });
    }
  }
}

/** @param {string} id the op that the user gives up */
export async function drop(id) {
  await exclusive(async () => {
    const found = (await queue()).find(([, op]) => op.op === id);
    if (found) await chrome.storage.local.remove(found[0]);
  });
}

export { ALARM };
