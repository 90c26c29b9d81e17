// Builds a page for content tests: jsdom with the extension's files in the manifest's order and a scripted background.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import { JSDOM } from "jsdom";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");
const EXTENSION = join(ROOT, "extension");
const manifest = JSON.parse(readFileSync(join(EXTENSION, "manifest.json"), "utf8"));
const words = JSON.parse(readFileSync(join(EXTENSION, "_locales/en/messages.json"), "utf8"));

/** The isolated world's files in load order, without main.js, which would start everything. */
export const FILES = manifest.content_scripts
  .filter((entry) => entry.world !== "MAIN")
  .flatMap((entry) => entry.js)
  .filter((file) => file !== "content/main.js");

/** The scripts of the page inside the frames in load order, without its main.js, which would wait for a port. */
export const CARD_FILES = [...readFileSync(join(EXTENSION, "card/card.html"), "utf8").matchAll(/<script defer src="([^"]+)"/g)]
  .map(([, file]) => join("card", file))
  .filter((file) => file !== "card/main.js");

/** One end of a channel; node's own would keep the test from ending. */
export class Port {
  onmessage = null;

  /** @param {() => Port} other */
  constructor(other) {
    this.other = other;
  }

  postMessage(data) {
    setTimeout(() => this.other().onmessage?.({ data: structuredClone(data) }), 0);
  }

  close() {}
}

/** Two joined ends. */
class Channel {
  constructor() {
    this.port1 = new Port(() => this.port2);
    this.port2 = new Port(() => this.port1);
  }
}

/** What jsdom lacks and the content files use. */
function fillIn(window) {
  window.CSSStyleSheet = class { replaceSync(text) { this.text = text; } };
  window.MessageEvent = class extends window.Event {
    constructor(type, { ports = [] } = {}) {
      super(type);
      this.ports = ports;
    }
  };
  window.requestIdleCallback = (work) => setTimeout(work, 0);
  window.Element.prototype.showPopover = function () { this.popoverOpen = true; };
  window.Element.prototype.hidePopover = function () { this.popoverOpen = false; };
  window.MessageChannel = Channel;
  window.ResizeObserver = class { observe() {} };
}

/** Storage that a test may look into as `data`. */
function fakeStorage() {
  const data = {};
  return {
    data,
    get: async (keys) => Object.fromEntries([keys].flat().filter((key) => key in data).map((key) => [key, data[key]])),
    set: async (values) => { Object.assign(data, structuredClone(values)); },
    remove: async (keys) => { for (const key of [keys].flat()) delete data[key]; },
  };
}

/** The part of the browser's API that content files reach. */
function browserApi(messages, answer) {
  const message = (key, given) =>
    (words[key]?.message ?? "").replace(/\$(\d)/g, (_, at) => [given].flat()[at - 1] ?? "");
  return {
    runtime: {
      id: "mutuals",
      getURL: (path) => `chrome-extension://mutuals/${path}`,
      onMessage: { listeners: [], addListener(listener) { this.listeners.push(listener); } },
      sendMessage: async ({ mutuals, params }) => {
        messages.push({ name: mutuals, params });
        try {
          return { value: await answer(mutuals, params) };
        } catch (error) {
          return {
            error: {
              name: error.name,
              message: error.message,
              code: error.code ?? "error",
              details: error.details ?? null,
            },
          };
        }
      },
    },
    i18n: { getMessage: message, getUILanguage: () => "en" },
    storage: {
      local: fakeStorage(),
      onChanged: { listeners: [], addListener(listener) { this.listeners.push(listener); } },
    },
  };
}

/** Every window of this test file; an open one keeps its timers, and with them node, alive. */
const opened = [];
after(() => opened.forEach((window) => window.close()));

/**
 * @param {{html?: string, url?: string, cookie?: string, files?: string[], answer?: (name: string, params: any) =>
 *   any}} [how]
 * @returns {any} the window, with the namespaces of the content files on it, and `messages` sent to the background
 */
export function openPage({
  html = "", url = "https://x.com/home", cookie = "twid=u%3D1000001", files = FILES, answer = () => ({}),
} = {}) {
  const dom = new JSDOM(
    `<!doctype html><html lang="en"><body style="background-color: rgb(255, 255, 255)">${html}</body></html>`,
    { url, runScripts: "outside-only", pretendToBeVisual: true },
  );
  const { window } = dom;
  opened.push(window);
  fillIn(window);
  window.document.cookie = cookie;
  window.messages = [];
  window.chrome = browserApi(window.messages, answer);
  for (const file of files) window.eval(readFileSync(join(EXTENSION, file), "utf8"));
  window.Selectors?.onPage(window.People.page(new window.URL(url).pathname).kind);
  return window;
}

/**
 * The page inside a frame, which has claimed Wren's card for Ada.
 * @param {{answer?: (name: string, params: any) => any, purpose?: string}} [how]
 */
export async function openCardPage({ answer = () => ({}), purpose = "card" } = {}) {
  const viewer = { id: "1000001", handle: "adaquill" };
  const person = { id: "2000001", handle: "wrenwrites" };
  const window = openPage({
    html: '<main id="card"></main>',
    url: "https://mutuals.example/card/card.html",
    files: CARD_FILES,
    answer: (name, params) =>
      name === "overlay.claim" ? { purpose, viewer, person, post: null, first: null } : answer(name, params),
  });
  await window.Session.open("token");
  return window;
}

/**
 * Lets a person press a key: an event that a script makes is not one, and jsdom makes no other.
 * @returns {boolean} whether the page's default was left alone
 */
export function pressKey(window, key, more = {}, target = window.document.body) {
  const event = new window.KeyboardEvent("keydown", {
    key, bubbles: true, cancelable: true, composed: true, ...more,
  });
  const inside = (object) => object[Object.getOwnPropertySymbols(object).find((one) => String(one) === "Symbol(impl)")];
  inside(event).isTrusted = true;
  inside(event).timeStamp = window.performance.now(); // as the standard has it; jsdom counts from 1970
  inside(target)._dispatch(inside(event));
  return !event.defaultPrevented;
}

/** The text of one of the extension's files. */
export function source(file) {
  return readFileSync(join(EXTENSION, file), "utf8");
}

/** Lets promises and timers of zero length run. */
export function settle(window) {
  return new Promise((done) => window.setTimeout(done, 0));
}

/** Waits until something is true; there is no sleeping and hoping. */
export async function until(window, holds) {
  for (let turn = 0; turn < 500; turn += 1) {
    if (holds()) return;
    await new Promise((done) => window.setTimeout(done, 5));
  }
  throw new Error("It did not come true.");
}
