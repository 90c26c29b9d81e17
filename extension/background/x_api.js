// Asks X's official API (paid) about one person through the companion: the price first, then one request per press.
import { keepCard, touch } from "./cache.js";
import { call } from "./companion.js";
import { ask } from "./people.js";
import { badgeOf } from "./pending_overlay.js";

const PRICE_MS = 1500; // the price may wait for the system's key store; the report does not
const FETCH_MS = 30_000; // X's API is asked twice

/** @param {number} micro millionths of a dollar @returns {string} such as $0.11 */
function dollars(micro) {
  return new Intl.NumberFormat(Dom.language(), { style: "currency", currency: "USD", maximumFractionDigits: 4 }).format(
    micro / 1e6,
  );
}

/**
 * @returns {Promise<string | null>} the most that one person can cost; null where there is no key, the cap is 0, or
 *   nobody tells
 */
export async function price() {
  const reply = await call("/v1/x-api", {}, { timeout: PRICE_MS }).catch(() => null);
  return reply?.keys && reply.cap > 0 ? dollars(reply.person_cost) : null;
}

/**
 * Fetches profile and latest posts; costs the user's money, so only ever sent on their press.
 * @param {{viewer: ViewerKey, person: PersonKey}} params
 * @returns {Promise<string | null>} what came and what it cost; null without the companion
 */
export async function fetchPerson({ viewer, person }) {
  const reply = await ask("/v1/x-api/person", { viewer, person }, { timeout: FETCH_MS });
  if (!reply) return null;
  const { card, posts, cost, spent, problems } = reply;
  await keepCard(viewer, card.handle, card, badgeOf(card));
  await touch([person]);
  return [Dom.t("vetApiCame", [String(posts), dollars(cost), dollars(spent)]), ...problems].join(" ");
}
