// Runs the extension's background in Node over fakes; a second start over the same storage is a restarted worker.
import { existsSync, readFileSync } from "node:fs";
import vm from "node:vm";
import { fakeChrome, fakeIndexedDB, fakeLocks } from "./fake_chrome.mjs";
import { FakeCompanion } from "./fake_companion.mjs";

const ROOT = new URL("../../../extension/", import.meta.url);
const MODULE_ORDER = [
  "bytes", "cpace", "wire", "pairing_store", "status", "consent", "companion", "pairing_offer",
  "budget", "cache", "pending_step", "pending_overlay", "outbox", "sightings", "connection_report", "people",
  "relationship", "x_api", "vet", "overlay", "page_health", "viewer", "time_spent", "chat_log",
  "surfaces", "languages", "migrate", "main",
];
const SOON_MS = 1500; // how long a save waits for the companion; it passes by itself
const SCRIPTS = ["log", "protocol", "people", "tables", "store", "dom", "consent", "page_verdict"]
  .map((name) => `lib/${name}.js`);

const OWN = "chrome-extension://ours/";
/** A file of the extension, as the browser serves it to the extension itself. */
const ownFile = (url) => {
  const file = new URL(url.slice(OWN.length), ROOT);
  if (!existsSync(file)) throw new TypeError("Failed to fetch");
  return new Response(readFileSync(file));
};

/** A browser that lives on while its background comes and goes. */
export class Browser {
  constructor() {
    this.chrome = fakeChrome();
    this.storage = this.chrome.storage.local;
    this.session = this.chrome.storage.session;
    this.indexedDB = fakeIndexedDB();
    this.companion = new FakeCompanion();
    this.context = null;
    /** Timers of a second and more, as [what, ms]: a test lets them pass. */
    this.timers = [];
    /** Its modules by name, as the background that runs has them. */
    this.modules = new Map();
    /** Parts of the extension API that this browser does not have. */
    this.lacks = [];
    /** What this browser answers about languages in its own way. */
    this.i18n = {};
  }

  /** Ends the background, if there is one, and starts another over the same storage. */
  async wake() {
    const { storage } = this;
    storage.listeners = [];
    const { alarms } = this.chrome;
    this.chrome = fakeChrome(storage, this.session);
    this.chrome.alarms.set = alarms.set;
    for (const part of this.lacks) delete this.chrome[part];
    Object.assign(this.chrome.i18n, this.i18n);
    this.context = vm.createContext({
      chrome: this.chrome, indexedDB: this.indexedDB,
      navigator: { locks: fakeLocks(), userAgent: "Chromium", language: "en" },
      fetch: async (url, init) => (url.startsWith(OWN) ? ownFile(url) : this.companion.fetch(url, init)),
      crypto: globalThis.crypto, TextEncoder, TextDecoder, Uint8Array, ArrayBuffer,
      setTimeout: (then, ms) => (ms === SOON_MS || !(ms >= 1000) ? setTimeout(then, ms) : this.timers.push([then, ms])),
      clearTimeout, AbortSignal, Response,
      URL, console, structuredClone, document: {},
    });
    for (const name of SCRIPTS) {
      vm.runInContext(readFileSync(new URL(name, ROOT), "utf8"), this.context, { filename: name });
    }
    await this.#link();
    return this;
  }

  /** Ends the background after so many more calls of the storage: nothing that it wants after that is done. */
  killAfter(calls) {
    let left = calls;
    const until =
      (name) =>
      (...given) => {
        left -= 1;
        return left < 0 ? new Promise(() => {}) : this.storage[name](...given);
      };
    this.chrome.storage.local = {
      get: until("get"),
      getKeys: until("getKeys"),
      set: until("set"),
      remove: until("remove"),
    };
  }

  async #link() {
    const modules = new Map();
    for (const name of MODULE_ORDER) {
      const text = readFileSync(new URL(`background/${name}.js`, ROOT), "utf8").replace(/^import "\.\.\/(?:lib|content).*$/gm, "");
      modules.set(name, new vm.SourceTextModule(text, { context: this.context, identifier: name }));
    }
    this.modules = modules;
    const main = modules.get("main");
    await main.link((specifier) => modules.get(specifier.replace("./", "").replace(".js", "")));
    await main.evaluate();
  }

  /** Sends a message as one of the extension's pages, or as a content script, would. */
  send(name, params, sender = { id: "ours", url: "chrome-extension://ours/pages/panel.html" }) {
    return new Promise((resolve, reject) => {
      const [listener] = this.chrome.runtime.onMessage.listeners;
      const kept = listener({ mutuals: name, params }, sender, (reply) =>
        reply.error ? reject(Object.assign(new Error(reply.error.message), reply.error))
          : resolve(structuredClone(reply.value)),
      );
      if (!kept) queueMicrotask(() => reject(new Error("refused")));
    });
  }

  async pair() {
    await this.send("pair", { code: "abcde-23456" });
    return this;
  }

  /** What waits, as the storage holds it, oldest first. */
  waiting() {
    const { data } = this.storage;
    return Object.keys(data).filter((key) => key.startsWith("outbox:")).sort().map((key) => data[key]);
  }
}

export const VIEWER = { id: "1000001", handle: "adaquill" };
export const WREN = { id: "2000001", handle: "wrenwrites" };
let written = 0;
export const note = (text, person = WREN) => ({
  op: crypto.randomUUID(), at: Date.now() + (written += 1), viewer: VIEWER, kind: "note", person, body: { text },
  base: 0,
});
export const CONTENT = { id: "ours", url: "https://x.com/home", tab: { id: 1 } };
