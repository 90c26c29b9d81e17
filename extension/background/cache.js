// Cache of badges and cards in chrome.storage, so that they show at once and while the companion is away.

const MOST = 5000; // people kept per browser; about 2 kB each
const PRUNE_TO = 4000;
let writes = 0;
/** @type {((people: PersonKey[]) => void)[]} */
const listeners = [];

/** @param {ViewerKey} viewer @param {string} handle @returns {Promise<CachedPerson | null>} */
export async function cached(viewer, handle) {
  const key = Store.personKey(viewer, handle);
  return /** @type {CachedPerson | undefined} */ ((await chrome.storage.local.get(key))[key]) ?? null;
}

/** @param {CachedPerson | undefined} before @param {CachedPerson} after @returns {boolean} */
function differs(before, after) {
  return !before || JSON.stringify([before.badge, before.card]) !== JSON.stringify([after.badge, after.card]);
}

/**
 * Stores badges; unchanged ones are not written again, so that no change event fires for them.
 * @param {ViewerKey} viewer @param {Record<string, Badge | null>} badges by handle
 */
export async function keepBadges(viewer, badges) {
  const keys = Object.fromEntries(Object.keys(badges).map((handle) => [Store.personKey(viewer, handle), handle]));
  const stored = /** @type {Record<string, CachedPerson>} */ (await chrome.storage.local.get(Object.keys(keys)));
  /** @type {Record<string, CachedPerson>} */
  const fresh = {};
  for (const [key, handle] of Object.entries(keys)) {
    const after = { ...stored[key], badge: badges[handle], at: Date.now() };
    if (differs(stored[key], after)) fresh[key] = after;
  }
  if (Object.keys(fresh).length > 0) await write(fresh);
}

/** @param {ViewerKey} viewer @param {string} handle @param {Card} card @param {Badge | null} badge */
export async function keepCard(viewer, handle, card, badge) {
  await write({ [Store.personKey(viewer, handle)]: { badge, card, at: Date.now() } });
}

/** @param {Record<string, CachedPerson>} people */
async function write(people) {
  await chrome.storage.local.set(people);
  writes += Object.keys(people).length;
  if (writes < 500) return;
  writes = 0;
  await prune();
}

/** Drops the entries refreshed longest ago, once there are too many. */
export async function prune() {
  const all = /** @type {Record<string, CachedPerson>} */ (await chrome.storage.local.get(null));
  const people = Object.entries(all).filter(([key]) => key.startsWith("p:"));
  if (people.length <= MOST) return;
  const oldest = people.sort(([, one], [, other]) => one.at - other.at).slice(0, people.length - PRUNE_TO);
  await chrome.storage.local.remove(oldest.map(([key]) => key));
}

/** Removes everything held about a person, for every viewer. @param {PersonKey} person */
export async function dropPerson(person) {
  const all = await chrome.storage.local.get(null);
  const outdated = Object.entries(all).filter(([key, value]) => isAbout(key, value, person)).map(([key]) => key);
  await chrome.storage.local.remove(outdated);
}

/** @param {string} key @param {any} value @param {PersonKey} person @returns {boolean} */
function isAbout(key, value, person) {
  const handle = People.fold(person.handle);
  if (key.startsWith("p:")) {
    return (Boolean(handle) && key.endsWith(`:${handle}`)) || (Boolean(person.id) && value?.badge?.id === person.id);
  }
  if (key.startsWith("step:")) return key.startsWith(`step:${handle || person.id}:`);
  if (!key.startsWith(Store.OUTBOX)) return false;
  return (
    (Boolean(person.id) && value?.person?.id === person.id) ||
    (Boolean(handle) && People.fold(value?.person?.handle) === handle)
  );
}

/** @param {(people: PersonKey[]) => void} listener is told in this worker, before any page is */
export function onTouch(listener) {
  listeners.push(listener);
}

/** Notifies all pages that data about these people changed. @param {PersonKey[]} people */
export async function touch(people) {
  for (const listener of listeners) listener(people);
  if (people.length > 0) await chrome.storage.local.set({ touched: { people, at: Date.now(), salt: Math.random() } });
}
