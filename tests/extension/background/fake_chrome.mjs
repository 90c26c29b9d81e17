// Fakes of the browser's extension API, IndexedDB, locks and the companion, for tests of the background.

/** Storage with change events, as chrome.storage.local has; `hold` lets a test stop the world between two writes. */
class Storage {
  constructor() {
    this.data = {};
    this.listeners = [];
    this.sets = 0;
  }

  async get(keys) {
    await null;
    if (keys === null) return structuredClone(this.data);
    const wanted = typeof keys === "string" ? [keys] : keys;
    return structuredClone(
      Object.fromEntries(wanted.filter((key) => key in this.data).map((key) => [key, this.data[key]])),
    );
  }

  async getKeys() {
    await null;
    return Object.keys(this.data);
  }

  async set(values) {
    await null;
    this.sets += 1;
    const changes = {};
    for (const [key, value] of Object.entries(structuredClone(values))) {
      changes[key] = { oldValue: this.data[key], newValue: value };
      this.data[key] = value;
    }
    for (const listener of this.listeners) listener(changes, "local");
  }

  async remove(keys) {
    await null;
    for (const key of [keys].flat()) delete this.data[key];
  }
}

const ALARM_TIMES = ["when", "delayInMinutes", "periodInMinutes"];

/** Throws where Chromium refuses an alarm: no time at all, two starting times, or a time that is no number. */
function refuseAsChromium(when) {
  const given = ALARM_TIMES.filter((name) => when?.[name] !== undefined);
  if (given.length === 0) throw new Error(`Must set at least one of ${ALARM_TIMES.join(", ")}.`);
  if (given.includes("when") && given.includes("delayInMinutes")) {
    throw new Error("Cannot set both when and delayInMinutes.");
  }
  for (const name of given) {
    if (!Number.isFinite(when[name])) throw new TypeError(`Invalid type: ${name} must be a number.`);
  }
}

/** @returns a fake `chrome` over the given storage */
export function fakeChrome(storage = new Storage(), session = new Storage()) {
  const event = () => ({ listeners: [], addListener(listener) { this.listeners.push(listener); } });
  return {
    storage: { local: storage, session, onChanged: { addListener: (listener) => storage.listeners.push(listener) } },
    runtime: {
      id: "ours",
      onMessage: event(),
      onStartup: event(),
      onInstalled: event(),
      getURL: (path) => `chrome-extension://ours/${path}`,
      getManifest: () => ({ version: "0.1.0" }),
    },
    i18n: { getMessage: (key, words) => [key, words].flat().filter(Boolean).join(" "), getUILanguage: () => "en" },
    alarms: {
      set: {},
      async create(name, when) {
        refuseAsChromium(when);
        this.set[name] = when;
      },
      async clear(name) {
        delete this.set[name];
      },
      onAlarm: event(),
    },
    action: { badge: "", async setBadgeText({ text }) { this.badge = text; }, async setBadgeBackgroundColor() {} },
    permissions: {
      granted: true,
      async contains() {
        return this.granted;
      },
      /** Firefox's list of what may be passed on; Chromium has none. */
      data: undefined,
      async getAll() {
        return { origins: [], permissions: [], ...(this.data && { data_collection: [...this.data] }) };
      },
      onAdded: event(),
      onRemoved: event(),
    },
    contextMenus: {
      removeAll(then) {
        then();
      },
      items: [],
      create(item) { this.items.push(item); },
      onClicked: event(),
    },
    commands: { onCommand: event() },
    omnibox: { onInputChanged: event(), onInputEntered: event() },
    tabs: {
      opened: [],
      async create({ url }) { this.opened.push(url); },
      async update(tab, { url } = {}) { this.opened.push([tab, url]); },
      onRemoved: event(),
      onActivated: event(),
      onUpdated: event(),
      /** The tabs that are before the user. */
      active: [],
      async query() { return this.active; },
    },
    idle: { state: "active", async queryState() { return this.state; } },
    windows: { focused: true, async getLastFocused() { return { focused: this.focused }; }, onFocusChanged: event() },
  };
}

/** One lock at a time, like navigator.locks. */
export function fakeLocks() {
  let last = Promise.resolve();
  return { request: (_name, work) => { const done = last.then(work); last = done.catch(() => {}); return done; } };
}

/** IndexedDB with the one store that the pairing needs. */
export function fakeIndexedDB() {
  const values = new Map();
  const later = (request, then) => { setTimeout(() => then(request)); return request; };
  const store = {
    get: (key) => ({ result: values.get(key) }),
    put: (value, key) => { values.set(key, value); return { result: key }; },
    delete: (key) => { values.delete(key); return {}; },
  };
  const database = {
    createObjectStore() {},
    close() {},
    transaction: () =>
      later({ objectStore: () => store, onabort: null, error: null }, (transaction) => transaction.oncomplete()),
  };
  return {
    values,
    open: () =>
      later({ result: database, error: null }, (request) => {
        request.onupgradeneeded?.();
        request.onsuccess();
      }),
  };
}
