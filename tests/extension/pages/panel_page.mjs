// Opens the panel for tests: its own HTML and script over a scripted background, with every message recorded.
import { makePage, runModule, text } from "../module_page.mjs";
import { badge } from "../x_page.mjs";

const words = JSON.parse(text("extension/_locales/en/messages.json"));

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
  "vet.queue": () => ({ people: [], waiting: 0, decided_today: 2 }),
  "vet.followers": () => ({ people: [], total: 0 }),
  "write.put": ({ op }) => ({ op, rev: 1, state: "saved" }),
};

/** The browser's API over an object as storage. */
function browserApi(storage, send) {
  const listeners = [];
  const message = (key, given) =>
    (words[key]?.message ?? "").replace(/\$(\d)/g, (_, at) => [given].flat()[at - 1] ?? "");
  return {
    runtime: { sendMessage: send, openOptionsPage: () => {} },
    i18n: { getMessage: message, getUILanguage: () => "en" },
    tabs: { opened: [], async create({ url }) { this.opened.push(url); } },
    storage: {
      local: {
        get: async (key) => (key in storage ? { [key]: storage[key] } : {}),
        set: async (values) => { Object.assign(storage, values); },
      },
      onChanged: {
        addListener: (listener) => listeners.push(listener),
        tell: (changes) => listeners.forEach((listener) => listener(changes, "local")),
      },
    },
  };
}

/**
 * @param {{answers?: Record<string, (params: any) => any>, query?: string}} [how]
 * @returns {Promise<any>} the window, with `messages` sent to the background and `copied` texts
 */
export async function openPanel({ answers = {}, query = "" } = {}) {
  const page = makePage(text("extension/pages/panel.html"), `https://panel.example/pages/panel.html${query}`);
  const { window } = page;
  const table = { ...ANSWERS, ...answers };
  Object.assign(window, { messages: [], copied: [] });
  window.chrome = browserApi({ viewer: { id: "1000001", handle: "adaquill" } }, async ({ mutuals, params }) => {
    window.messages.push({ name: mutuals, params });
    try {
      return { value: await table[mutuals](params) };
    } catch (error) {
      return { error: { message: error.message, code: error.code ?? "error" } };
    }
  });
  Object.defineProperty(window.navigator, "clipboard", {
    value: { writeText: async (copy) => { window.copied.push(copy); } },
  });
  await runModule(page, "extension/pages/panel.js");
  return window;
}
