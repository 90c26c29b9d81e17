// Fetches counted facts, drafts and the interaction history of one person from the companion; caches nothing.
import { touch } from "./cache.js";
import { call } from "./companion.js";
import { answered } from "./status.js";

/** @param {string} path @param {object} body @returns {Promise<any>} rejected, in words, where the companion is away */
async function ask(path, body) {
  const reply = await call(path, body);
  await answered();
  return reply;
}

/** @param {Api["relationship.get"]["params"]} about @returns {Promise<Relationship>} */
export async function relationshipGet({ viewer, person }) {
  return ask("/v1/relationship", { viewer, person });
}

/** @param {Api["drafts.get"]["params"]} about @returns {Promise<Api["drafts.get"]["result"]>} */
export async function draftsGet({ viewer, person }) {
  return ask("/v1/drafts", { viewer, person });
}

/** @param {Api["history.get"]["params"]} params @returns {Promise<Api["history.get"]["result"]>} */
export async function historyGet({ viewer, person, before, limit }) {
  return ask("/v1/interactions", { viewer, person, before, limit });
}

/** @param {Api["history.remove"]["params"]} params @returns {Promise<Api["history.remove"]["result"]>} */
export async function historyRemove({ viewer, person, at, direction, kind, ref }) {
  const reply = await ask("/v1/interactions/remove", {
    viewer, person, op: crypto.randomUUID(), at, direction, kind, ref,
  });
  await touch([person]);
  return reply;
}

/** @param {Api["history.restore"]["params"]} params @returns {Promise<Api["history.restore"]["result"]>} */
export async function historyRestore({ viewer, person, line }) {
  const reply = await ask("/v1/interactions/restore", { viewer, person, op: crypto.randomUUID(), line });
  await touch([person]);
  return reply;
}
