// Changes that the companion has not acknowledged yet: durable before the screen says so, sent in order, never dropped.
import { CompanionError, call, instance } from "./companion.js";
import { acknowledged, failed } from "./status.js";

/**
 * @typedef {object} Op
 * @property {string} op  the id that makes a repeat a no-op @property {string} kind @property {ViewerKey} viewer
 * @property {PersonKey} person @property {object} body @property {number | null} base @property {number} at ms
 * @property {string | null} instance the data folder it was written for, null before the first pairing
 * @property {number} tries @property {"waiting" | "parked"} state @property {string} [reason]
 */

const PREFIX = "outbox:";
const ALARM = "outbox";
/** Minutes until the next try after the first, second, … failure. */
const BACK_OFF_MINUTES = [0.5, 1, 5, 30];

/** @param {Op} op @returns {string} keys sort by time, so the oldest is sent first */
export function keyOf(op) {
  return `${PREFIX}${String(op.at).padStart(15, "0")}:${op.op}`;
}

/** @returns {Promise<[string, Op][]>} oldest first */
export async function queue() {
  const all = await chrome.storage.local.get(null);
  return /** @type {[string, Op][]} */ (Object.entries(all).filter(([key]) => key.startsWith(PREFIX)).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** @param {PersonKey} person @returns {Promise<Op[]>} what waits about one person, oldest first */
export async function waitingFor(person) {
  return (await queue()).map(([, op]) => op).filter((op) => op.state === "waiting" && samePerson(op.person, person));
}

/** @param {PersonKey} one @param {PersonKey} other @returns {boolean} */
export function samePerson(one, other) {
  if (one.id && other.id) return one.id === other.id;
  return Boolean(one.handle) && People.fold(one.handle) === People.fold(other.handle);
}

/** @param {Omit<Op, "op" | "at" | "tries" | "state" | "instance">} change @returns {Promise<Op>} a new op, not stored yet */
export async function newOp(change) {
  return { ...change, op: crypto.randomUUID(), at: Date.now(), tries: 0, state: "waiting", instance: await instance() };
}

/** @param {string} key @param {Op} op @param {string} reason */
async function park(key, op, reason) {
  await chrome.storage.local.set({ [key]: { ...op, state: "parked", reason } });
}

/** @param {Op} op @returns {Promise<{rev: number, pid: string}>} */
async function send(op) {
  const now = await instance();
  if (op.instance && now && op.instance !== now) throw new CompanionError("instance", Dom.t("parkedInstance"), null, 412);
  const { viewer, kind, person, body, base } = op;
  return call("/v1/writes", { instance: op.instance ?? now, viewer, op: op.op, kind, person, body, base, at: Math.floor(op.at / 1000) });
}

/** Whether trying again later can help: the link is down or the companion itself failed. @param {CompanionError} error */
function isPassing(error) {
  return error.state !== null || error.status >= 500 || error.status === 0 || error.code === "locked";
}

/**
 * Sends what waits, oldest first, one drain at a time.
 * @returns {Promise<Map<string, {rev: number} | CompanionError>>} by op: what became of those that were tried
 */
export async function drain() {
  return navigator.locks.request("outbox", async () => {
    /** @type {Map<string, {rev: number} | CompanionError>} */
    const outcomes = new Map();
    for (const [key, op] of await queue()) {
      if (op.state !== "waiting") continue;
      try {
        const done = await send(op);
        await chrome.storage.local.remove(key);
        await acknowledged(op.op, Math.floor(Date.now() / 1000));
        outcomes.set(op.op, done);
      } catch (error) {
        if (!(error instanceof CompanionError)) throw error;
        outcomes.set(op.op, error);
        await failed(error);
        if (isPassing(error)) {
          await chrome.storage.local.set({ [key]: { ...op, tries: op.tries + 1 } });
          break; // the others would fail alike, and their order is kept
        }
        if (error.code === "conflict") await chrome.storage.local.remove(key); // the companion kept this text as a version
        else await park(key, op, error.message);
      }
    }
    await plan();
    return outcomes;
  });
}

/** Sets the next try; an empty queue wakes nobody. */
export async function plan() {
  const waiting = (await queue()).filter(([, op]) => op.state === "waiting");
  if (waiting.length === 0) return chrome.alarms.clear(ALARM);
  const delayInMinutes = BACK_OFF_MINUTES[Math.min(waiting[0][1].tries, BACK_OFF_MINUTES.length) - 1] ?? BACK_OFF_MINUTES[0];
  return chrome.alarms.create(ALARM, { delayInMinutes });
}

/** Puts what was parked back in the queue: the user asked for another try. */
export async function unpark() {
  const current = await instance();
  for (const [key, op] of await queue()) {
    if (op.state === "parked") await chrome.storage.local.set({ [key]: { ...op, state: "waiting", tries: 0, instance: current, reason: undefined } });
  }
}

/** @param {string} id the op that the user gives up */
export async function drop(id) {
  const found = (await queue()).find(([, op]) => op.op === id);
  if (found) await chrome.storage.local.remove(found[0]);
}

export { ALARM };
