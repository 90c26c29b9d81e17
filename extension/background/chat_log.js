// Logs, at one key of the user's, a talk with the person of X's chat that is open: chats are encrypted and never read.
import { personGet, writePut } from "./people.js";
import { lastViewer } from "./viewer.js";

/** Between two people a chat's address has both ids, in any order; a group's has none. */
const CHAT = /^https:\/\/(?:mobile\.)?(?:x|twitter)\.com\/i\/chat\/(\d{1,20})-(\d{1,20})(?:[/?#]|$)/;
const SHOWN_MS = 2500;

/**
 * @param {string} url of the tab @param {string | null} [own] id of the account that was last active
 * @returns {string | null} the id of the other person in the chat that is open
 */
function partner(url, own) {
  const [, one, other] = CHAT.exec(url) ?? [];
  if (!own || one === other) return null;
  return one === own ? other : other === own ? one : null;
}

/** @param {ViewerKey} viewer @param {string} id @returns {Promise<boolean>} whether it was written down */
async function log(viewer, id) {
  const { card } = await personGet({ viewer, person: { id } });
  if (!card?.handle) return false;
  const now = Date.now();
  const day = new Date(now).toLocaleDateString("sv-SE");
  const body = { what: "chat", when: Math.floor(now / 1000), day, words: Dom.t("chatOnX") };
  const person = { id, handle: card.handle };
  await writePut({ op: crypto.randomUUID(), at: now, viewer, kind: "touch", person, body, base: null });
  return true;
}

/**
 * Logs the talk, and says on the toolbar whether that was done: not where the page is no chat of two, or the person or
 * the account is not known.
 * @param {chrome.tabs.Tab} [tab]
 * @param {() => Promise<unknown>} [restore] puts back what the toolbar says
 */
export async function logChat(tab, restore = async () => {}) {
  const viewer = await lastViewer();
  const id = partner(tab?.url ?? "", viewer?.id);
  const done = Boolean(viewer && id && (await log(viewer, id)));
  await chrome.action.setBadgeText({ text: done ? "✓" : "?" });
  setTimeout(() => void restore(), SHOWN_MS);
}
