// Opens one of the extension's own pages for tests: its HTML and script over a scripted background.
import { makePage, runModule, text } from "../module_page.mjs";

/** @param {string} folder of a language @returns {Record<string, {message: string}>} its catalogue */
export const catalogueOf = (folder) => JSON.parse(text(`extension/_locales/${folder}/messages.json`));
const ENGLISH = catalogueOf("en");

/** The browser's API over an object as storage. */
function browserApi(storage, send, words) {
  const listeners = [];
  const message = (key, given) =>
    (words[key]?.message ?? "").replace(/\$(\d)/g, (_, at) => [given].flat()[at - 1] ?? "");
  return {
    runtime: { sendMessage: send, openOptionsPage: () => {} },
    i18n: { getMessage: message, getUILanguage: () => "en" },
    permissions: {
      granted: true,
      async contains() { return this.granted; },
      asked: [],
      async request(wanted) { this.asked.push(wanted); this.granted = true; return true; },
      /** Firefox's list of what may be passed on; Chromium has none. */
      data: undefined,
      async getAll() { return this.data ? { data_collection: this.data } : {}; },
    },
    tabs: {
      opened: [],
      async create({ url }) { this.opened.push(url); },
      /** Open pages of X, each with the answer of its content script; none: it has none yet. */
      pages: [],
      async query({ url }) { return url.includes("https://x.com/*") ? [...this.pages] : []; },
      async sendMessage(id, asked) {
        const { answer } = this.pages.find((page) => page.id === id);
        if (asked !== "page.copy" || answer === undefined) throw new Error("Receiving end does not exist.");
        return answer;
      },
    },
    storage: {
      local: {
        get: async (keys) =>
          Object.fromEntries([keys].flat().filter((key) => key in storage).map((key) => [key, storage[key]])),
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
 * @param {string} name of the page
 * @param {Record<string, (params: any) => any>} answers of the background, by message
 * @param {string} [query]
 * @param {object} [permissions] what the browser's API for them is to have besides
 * @param {Record<string, {message: string}>} [catalogue] the words
 * @param {object} [kept] what the storage holds besides
 * @returns {Promise<any>} the window, with `messages` sent to the background and `copied` texts
 */
export async function openExtensionPage(name, answers, query = "", permissions = {}, catalogue = ENGLISH, kept = {}) {
  const page = makePage(text(`extension/pages/${name}.html`), `https://extension.example/pages/${name}.html${query}`);
  const { window } = page;
  Object.assign(window, { messages: [], copied: [] });
  window.HTMLDialogElement.prototype.showModal = function () { this.open = true; };
  const held = { viewer: { id: "1000001", handle: "adaquill" }, ...kept };
  window.chrome = browserApi(held, async ({ mutuals, params }) => {
    window.messages.push({ name: mutuals, params });
    try {
      return { value: await answers[mutuals](params) };
    } catch (error) {
      return { error: { message: error.message, code: error.code ?? "error" } };
    }
  }, catalogue);
  Object.assign(window.chrome.permissions, permissions);
  Object.defineProperty(window.navigator, "clipboard", {
    value: { writeText: async (copy) => { window.copied.push(copy); } },
  });
  await runModule(page, `extension/pages/${name}.js`);
  return window;
}
