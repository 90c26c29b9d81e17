// Handlers of requests about people: the companion's response, else the cached copy, with waiting changes applied.
import { cached, dropPerson, keepBadges, keepCard, touch } from "./cache.js";
import { CompanionError, call } from "./companion.js";
import { clearStep, drain, drop, exclusive, opOf, plan, waiting } from "./outbox.js";
import { answered, failed } from "./status.js";
import { connectionReport } from "./connection_report.js";
import { badgeOf, blankCard, withPending } from "./pending_overlay.js";

const SOON_MS = 1500; // a save that takes longer than this is reported as queued

/**
 * @param {string} path
 * @param {object} body
 * @param {{timeout?: number}} [options]
 * @returns {Promise<any | null>} null where the connection is down
 */
export async function ask(path, body, options) {
  try {
    const reply = await call(path, body, options);
    await answered();
    return reply;
  } catch (error) {
    if (!(error instanceof CompanionError)) throw error;
    await failed(error);
    if (error.state === null) throw error;
    return null;
  }
}

/** @param {{viewer: ViewerKey, handles: string[]}} params @returns {Promise<{badges: Record<string, Badge | null>}>} */
export async function badgesGet({ viewer, handles }) {
  const waits = await waiting(); // before asking: what is sent meanwhile may be missing from the answer
  const reply = await ask("/v1/badges", { viewer, handles: handles.slice(0, Tables.LIMITS.handles) });
  if (!reply) return { badges: await Store.badges(viewer, handles) };
  const badges = withWaiting(reply.badges, waits);
  await keepBadges(viewer, badges);
  return { badges };
}

/**
 * Applies waiting changes to badges.
 * @param {Record<string, Badge | null>} badges @param {Awaited<ReturnType<typeof waiting>>} waitingFor
 */
function withWaiting(badges, waitingFor) {
  for (const [handle, badge] of Object.entries(badges)) {
    const ops = waitingFor({ id: badge?.id, handle });
    if (ops.length === 0) continue;
    const { note, tags, decision, ...rest } = badge ?? badgeOf(blankCard(handle, null));
    const card = { ...blankCard(handle, null), ...rest, note: null, tags: tags.map((name) => ({ name })) };
    const shown = badgeOf(withPending(card, ops));
    badges[handle] = {
      ...shown,
      decision: shown.decision ?? decision,
      note: shown.note || (note && !ops.some((op) => op.kind === "note")),
    };
  }
  return badges;
}

/** @param {{viewer: ViewerKey, person: PersonKey}} params */
export async function personGet({ viewer, person }) {
  const handle = person.handle ?? "";
  const waits = await waiting(); // before asking: what is sent meanwhile may be missing from the answer
  const fresh = await ask("/v1/person", { viewer, person });
  const stored = fresh ? null : await cached(viewer, handle);
  if (fresh) await keepCard(viewer, fresh.handle || handle, fresh, badgeOf(fresh));
  const known = fresh ?? stored?.card ?? blankCard(handle, person.id ?? null);
  const card = withPending(known, waits({ id: known.id, handle }));
  return { card, fresh: Boolean(fresh), status: await connectionReport() };
}

/**
 * Writes one change: durable in the browser first, in one step with what the card shows; then sent.
 * @param {Draft} change
 * @returns {Promise<{op: string, rev: number | null, state: "saved" | "queued"}>} rejected where the companion refused
 *   it
 */
export async function writePut(change) {
  if (!/^[0-9a-f-]{36}$/.test(change.op) || !Number.isFinite(change.at)) {
    throw new Protocol.ProtocolError("A write needs its own id and time.", "refused");
  }
  const op = await opOf(change);
  const handle = change.person.handle ?? "";
  const stored = await cached(change.viewer, handle);
  const card = withPending(stored?.card ?? blankCard(handle, change.person.id ?? null), [op]);
  await chrome.storage.local.set({
    [Store.outboxKey(op)]: op,
    [Store.personKey(change.viewer, handle)]: {
      badge: badgeOf(card),
      card: { ...card, pending: undefined },
      at: Date.now(),
    },
  });
  await plan(); // if this worker dies now, the alarm sends it
  const outcome = await Promise.race([drain({ anew: true }).then((outcomes) => outcomes.get(op.op)), after(SOON_MS)]);
  if (!outcome || outcome instanceof CompanionError) await touch([change.person]); // else the drain did
  // the writer sees both texts and chooses
  if (outcome instanceof CompanionError && outcome.code === "conflict") await drop(op.op);
  if (outcome instanceof CompanionError && outcome.state === null && outcome.status < 500) throw outcome;
  if (!outcome || outcome instanceof CompanionError) return { op: op.op, rev: null, state: "queued" };
  await clearStep(op);
  return { op: op.op, rev: outcome.rev, state: "saved" };
}

/** @param {number} ms @returns {Promise<undefined>} */
function after(ms) {
  return new Promise((resolve) => { setTimeout(() => resolve(undefined), ms); });
}

/** @param {{viewer: ViewerKey, person: PersonKey}} params @returns {Promise<{versions: NoteVersion[]}>} */
export async function versionsGet(params) {
  return (await ask("/v1/versions", params)) ?? { versions: [] };
}

/** @param {{viewer: ViewerKey | null, q: string, limit: number}} params @returns {Promise<{people: Badge[]}>} */
export async function searchFind({ viewer, q, limit }) {
  const reply = viewer ? await ask("/v1/search", { viewer, q, limit }) : null;
  return reply ?? { people: (await held()).flatMap((person) => found(person, q)).slice(0, limit) };
}

/** @param {{viewer: ViewerKey | null, limit: number}} params @returns {Promise<{people: Badge[]}>} */
export async function recentGet({ viewer, limit }) {
  const reply = viewer ? await ask("/v1/recent", { viewer, limit }) : null;
  return reply ?? { people: (await held()).slice(0, limit).map(({ badge }) => badge) };
}

/** @typedef {CachedPerson & {badge: Badge}} Held */

/** @returns {Promise<Held[]>} everybody in the browser's own copy, the last refreshed first */
async function held() {
  const all = /** @type {Record<string, CachedPerson>} */ (await chrome.storage.local.get(null));
  const people = Object.keys(all).filter((key) => key.startsWith("p:")).map((key) => all[key]);
  return people
    .sort((one, other) => other.at - one.at)
    .flatMap(({ badge, ...rest }) => (badge ? [{ ...rest, badge }] : []));
}

/**
 * @param {Held} person
 * @param {string} q
 * @returns {(Badge & {where?: string, excerpt?: string})[]} the person if it matches, with the words around what was
 *   found in a note
 */
function found({ badge, card }, q) {
  const wanted = People.fold(q);
  if ([badge.handle, badge.name, badge.alias, ...badge.tags].join(" ").toLowerCase().includes(wanted)) return [badge];
  const text = card?.note?.text ?? "";
  const at = text.toLowerCase().indexOf(wanted);
  return at < 0
    ? []
    : [{ ...badge, where: "note", excerpt: text.slice(Math.max(0, at - 40), at + wanted.length + 60) }];
}

/** @param {Api["chats.get"]["params"]} params @returns {Promise<Api["chats.get"]["result"]>} none while it is away */
export async function chatsGet({ viewer }) {
  return (await ask("/v1/chats", { viewer })) ?? { chats: [] };
}

/** @param {Api["lists.get"]["params"]} params @returns {Promise<Api["lists.get"]["result"]>} none while it is away */
export async function listsGet({ viewer, list, discussion }) {
  const reply = await ask("/v1/lists", { viewer, list, discussion });
  return reply ?? { lists: [], shown: "", people: [], left_out: 0 };
}

/** @returns {Promise<{tags: Tag[]}>} */
export async function tagsGet() {
  const reply = await ask("/v1/tags", {});
  if (reply) return reply;
  const names = new Set((await held()).flatMap(({ badge }) => badge.tags));
  return { tags: [...names].map((name) => ({ name, colour: null })) };
}

/**
 * Deletes everything about a person, here and in the companion; refuses to say so if the companion is away.
 * @param {{viewer: ViewerKey | null, person: PersonKey}} params
 */
export async function personForget({ viewer, person }) {
  const who = viewer ?? { id: null, handle: "unknown" };
  await exclusive(async () => { // else a note on its way could arrive after all
    await call("/v1/forget", { op: crypto.randomUUID(), viewer: who, person });
    await dropPerson(person);
  });
  await touch([person]);
  return { forgotten: true };
}
