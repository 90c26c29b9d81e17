// Opens the panel for tests, with a background that knows two people and is connected.
import { badge } from "../x_page.mjs";
import { openExtensionPage } from "./extension_page.mjs";

export const WREN = badge({ handle: "wrenwrites", id: "2000001", name: "Wren Okafor", score: 64, state: "warm" });
export const INES = badge({ handle: "inesmakes", id: "2000002", name: "Ines Duarte", score: null, state: "unknown" });
export const CONNECTED = { state: "connected", message: "", last_ack: null, waiting: 0, unread: 0, parked: [] };

/** A report whose verdict is `verdict`, as the background sends it. */
export const report = (verdict) => ({
  fingerprint: "a:b:c", wait_days: 30,
  tree: [
    "section", {}, ["div", { class: "top" }, ["h3", {}, verdict]], ["p", { class: "unseen", hidden: true }],
    ["div", {}, ...["follow_back", "wait", "no", "undo"].map((one) => ["button", { "data-as": one }, one]), ["input"]],
  ],
});

const ANSWERS = {
  "recent.get": () => ({ people: [WREN] }),
  "search.find": () => ({ people: [{ ...INES, where: "note", excerpt: "printed the spring issue" }] }),
  "status.get": () => CONNECTED,
  "page_health.get": () => ({ visits: [] }),
  "chats.get": () => ({ chats: [] }),
  "lists.get": () => ({ lists: [], shown: "", people: [], left_out: 0 }),
  "vet.queue": () => ({ people: [], waiting: 0, decided_today: 2, whole: true }),
  "vet.followers": () => ({ people: [], total: 0 }),
  "write.put": ({ op }) => ({ op, rev: 1, state: "saved" }),
};

/**
 * @param {{answers?: Record<string, (params: any) => any>, query?: string}} [how]
 * @returns {Promise<any>} the window
 */
export function openPanel({ answers = {}, query = "" } = {}) {
  return openExtensionPage("panel", { ...ANSWERS, ...answers }, query);
}
