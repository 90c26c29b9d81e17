// Pairing with one click: keeps what the companion's page offered in a tab, and shows the extension's own page there.
import { fingerprint } from "./cpace.js";

/** @typedef {{secret: string, port: number, at: number}} Offer */

const OFFER_MS = 15 * 60_000; // as long as the companion's window is open
const SECRET = /^[0-9a-f]{128}$/;
const PAGE = "pages/welcome.html";

/** @param {number} tab @returns {string} */
const key = (tab) => `pairing:${tab}`;

/**
 * Takes the tab of the companion's page over: nothing on a local page, which may be anybody's, can press our button.
 * @param {{secret: string}} params @param {chrome.runtime.MessageSender} sender @returns {Promise<{ok: boolean}>}
 */
export async function pairFound({ secret }, sender) {
  const tab = sender.tab?.id;
  const port = Number(new URL(sender.url ?? "").port);
  if (tab === undefined || sender.frameId !== 0 || !SECRET.test(secret) || port < 1024) return { ok: false };
  await chrome.storage.session.set({ [key(tab)]: { secret, port, at: Date.now() } });
  await chrome.tabs.update(tab, { url: chrome.runtime.getURL(PAGE) });
  return { ok: true };
}

/** @param {number | undefined} tab @returns {Promise<Offer | null>} */
export async function offerIn(tab) {
  if (tab === undefined) return null;
  const offer = /** @type {Offer | undefined} */ ((await chrome.storage.session.get(key(tab)))[key(tab)]);
  return offer && Date.now() - offer.at < OFFER_MS ? offer : null;
}

/**
 * @param {object} _params @param {chrome.runtime.MessageSender} sender
 * @returns {Promise<{fingerprint: string, port: number} | null>} what the page in this tab may pair with; no secret
 */
export async function pairOffer(_params, sender) {
  const offer = await offerIn(sender.tab?.id);
  return offer && { fingerprint: await fingerprint(offer.secret), port: offer.port };
}

/** @param {number} tab */
export async function dropOffer(tab) {
  await chrome.storage.session.remove(key(tab));
}

/** Opens the first page after the installation. */
export async function welcome() {
  await chrome.tabs.create({ url: chrome.runtime.getURL(PAGE) });
}
