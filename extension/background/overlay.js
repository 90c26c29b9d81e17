// Decides which frame on X's page may see whom: a content script announces a one-time token, a frame claims it.
import { onTouch } from "./cache.js";
import { samePerson } from "./outbox.js";
import { personGet, recentGet, searchFind } from "./people.js";
import { vetQueue } from "./vet.js";

/**
 * What a frame was opened for: `card` under a profile, `dialog` from a mark, `queue` of new followers, `palette` to
 * find anybody, `mirror` about the user, `why` the user followed somebody.
 * @typedef {"card" | "dialog" | "queue" | "palette" | "mirror" | "why"} Purpose
 */
/** @typedef {{purpose: Purpose, viewer: ViewerKey, person: PersonKey, post: string | null}} Claim */
/** @typedef {Claim & {tab: number, until: number, first: Promise<PersonAnswer | null>}} Expected */
/** @typedef {chrome.runtime.MessageSender} Sender */

const EXPECTED_MS = 10_000; // a frame claims within some 100 ms of being announced
const MOST_EXPECTED = 50;
const CLAIM = "claim:";
const PURPOSES = new Set(["card", "dialog", "queue", "palette", "mirror", "why"]);
const MOST_FOUND = 200; // people that a search may have named before and still be asked about
/** Messages of a frame that are about no single person. */
const ABOUT_NOBODY = new Set(["tags.get", "options.get", "status.get", "vet.queue", "overlay.claim", "search.find"]);
/** The only ones that the small question after X's follow button needs. */
const FOR_WHY = new Set(["write.put", "overlay.claim", "options.get"]);

/** @type {Map<string, Expected>} by token; lost with this worker, then the frame asks for another */
const expected = new Map();

onTouch((people) => { // what was asked for before is out of date: the frame, which did not hear of it, asks itself
  for (const one of expected.values()) {
    if (people.some((person) => samePerson(person, one.person))) one.first = Promise.resolve(null);
  }
});

/** @param {Sender} sender @returns {string} key of the frame's document, which no other document shares */
function keyOf(sender) {
  return `${CLAIM}${sender.tab?.id}:${sender.documentId ?? sender.frameId}`;
}

/** @returns {never} */
function refuse() {
  throw new Protocol.ProtocolError("This is not for you to ask.", "refused");
}

/** Forgets tokens that nobody claimed in time, and the oldest where there are too many. */
function tidy() {
  const now = Date.now();
  for (const [token, { until }] of expected) {
    if (until < now || expected.size > MOST_EXPECTED) expected.delete(token);
  }
}

/**
 * Announces a frame. The card is asked for at once, so that it is there when the frame claims it.
 * @param {Api["overlay.expect"]["params"]} params
 * @param {Sender} sender the content script of a tab's main frame
 * @returns {Promise<{ok: true}>}
 */
export async function overlayExpect({ token, purpose, viewer, person, post }, sender) {
  const tab = sender.tab?.id;
  if (tab === undefined || sender.frameId !== 0 || !PURPOSES.has(purpose)) refuse();
  if (typeof token !== "string" || !/^[0-9a-f-]{36}$/.test(token) || expected.has(token)) refuse();
  tidy();
  const shows = purpose === "card" || purpose === "dialog";
  const first = shows ? personGet({ viewer, person }).catch(() => null) : Promise.resolve(null);
  expected.set(token, { purpose, viewer, person, post: post ?? null, tab, until: Date.now() + EXPECTED_MS, first });
  return { ok: true };
}

/**
 * Hands a frame what was announced for it: once, in the same tab, in time, never to a main frame.
 * @param {Api["overlay.claim"]["params"]} params
 * @param {Sender} sender
 * @returns {Promise<Api["overlay.claim"]["result"]>}
 */
export async function overlayClaim({ token }, sender) {
  const found = expected.get(token);
  expected.delete(token); // whoever asks: a token that was shown to a stranger is spent
  if (!found || found.tab !== sender.tab?.id || !sender.frameId || found.until < Date.now()) return refuse();
  const { purpose, viewer, person, post } = found;
  await chrome.storage.session.set({ [keyOf(sender)]: { purpose, viewer, person, post } });
  return { purpose, viewer, person, post, first: await found.first };
}

/** @param {Sender} sender @returns {Promise<(Claim & {people?: PersonKey[]}) | undefined>} what this frame claimed */
async function claimOf(sender) {
  const key = keyOf(sender);
  return /** @type {any} */ ((await chrome.storage.session.get(key))[key]);
}

/**
 * Lets a frame ask only about the person it claimed, as the account it was opened by.
 * @param {string} name
 * @param {any} params
 * @param {Sender} sender
 * @returns {Promise<void>} rejected with a ProtocolError for everybody else
 */
export async function admitFrame(name, params, sender) {
  if (name === "overlay.claim") return;
  const claim = await claimOf(sender);
  if (!claim || (claim.purpose === "why" && !FOR_WHY.has(name))) return refuse();
  if (name === "search.find" && claim.purpose !== "palette") return refuse();
  if (params.viewer && !sameViewer(params.viewer, claim.viewer)) return refuse();
  if (ABOUT_NOBODY.has(name)) return;
  const people = [claim.person, ...(claim.people ?? [])];
  if (!params.person || !people.some((person) => samePerson(person, params.person))) refuse();
}

/** @param {ViewerKey} one @param {ViewerKey} other @returns {boolean} */
function sameViewer(one, other) {
  return one.id === other.id && one.handle === other.handle;
}

/**
 * The queue of new followers for a frame that was opened to go through it, which may then ask about each of them.
 * @param {Api["vet.queue"]["params"]} params
 * @param {Sender} sender
 * @returns {Promise<Api["vet.queue"]["result"]>}
 */
export async function overlayQueue(params, sender) {
  const found = await vetQueue(params);
  const claim = Protocol.origin(sender) === "overlay" ? await claimOf(sender) : undefined;
  if (claim?.purpose === "queue") {
    const people = found.people.map(({ badge: { id, handle } }) => ({ id, handle }));
    await chrome.storage.session.set({ [keyOf(sender)]: { ...claim, people } });
  }
  return found;
}

/**
 * People found, for the panel; for a frame that was opened to find them also those met lately where nothing is asked.
 * @param {Api["search.find"]["params"]} params
 * @param {Sender} sender
 * @returns {Promise<Api["search.find"]["result"]>}
 */
export async function overlayFind(params, sender) {
  const claim = Protocol.origin(sender) === "overlay" ? await claimOf(sender) : undefined;
  if (!claim) return searchFind(params);
  const found = await (params.q ? searchFind(params) : recentGet(params));
  const named = found.people.map(({ id, handle }) => ({ id, handle }));
  const people = [...(claim.people ?? []), ...named].slice(-MOST_FOUND);
  await chrome.storage.session.set({ [keyOf(sender)]: { ...claim, people } });
  return found;
}

/**
 * How many wait in the queue, for the bar on X's page, which learns nothing of who they are.
 * @param {Api["vet.waiting"]["params"]} params
 * @returns {Promise<Api["vet.waiting"]["result"]>}
 */
export async function vetWaiting(params) {
  const { people, waiting, decided_today, whole } = await vetQueue(params);
  return { open: people.length > 0, waiting, decided_today, whole };
}

/**
 * What the line in X's hover card says of a person: never a word that the user wrote but names and tags.
 * @param {Api["line.get"]["params"]} params
 * @returns {Promise<Api["line.get"]["result"]>}
 */
export async function lineGet(params) {
  const { card } = await personGet(params);
  const { value, state, was, confidence, sentence } = card.judgement;
  return {
    value, state, was, confidence, sentence, alias: card.alias, tags: card.tags.map((tag) => tag.name),
    note: Boolean(card.note?.text), follows_me: card.follows_me, i_follow: card.i_follow,
  };
}

/** Forgets the claims of tabs that are gone. @param {number} tab */
export async function forgetTab(tab) {
  const all = await chrome.storage.session.get(null);
  await chrome.storage.session.remove(Object.keys(all).filter((key) => key.startsWith(`${CLAIM}${tab}:`)));
}
