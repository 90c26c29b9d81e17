// Receives X's responses from the tap, validates them as untrusted input, and sends them on in batches.
"use strict";

const TapBridge = (() => {
  const WANTED =
    /^https:\/\/(?:(?:[a-z]+\.)?(?:x|twitter)\.com\/i\/api|api\.(?:x|twitter)\.com)\/([^?#]{1,300})/;
  // Counters, settings, typing signals and private messages: nothing in them is about who a person is to the viewer.
  const UNWANTED =
    /(?:^|\/)(?:jot|client_event|badge_count|live_pipeline|hashflags|settings|dm|dm_\w*|strato|push|account)(?:[/.]|$)|DataSaverMode|Dm[A-Z]|XChat|InboxPage|ConversationPage|SendMessage|MuteConversation/;
  const TEXT_LIMIT = 8_000_000;
  const BATCH_LIMIT = 3_000_000; // characters in one message to the background
  const WAITING_LIMIT = 24_000_000; // characters kept while the rest of the content script is not up yet
  const PAUSE_MS = 400;
  const CLOCK_SLACK_MS = 120_000;

  /** @type {(SeenText & {viewer: ViewerKey})[]} */
  let waiting = [];
  let waitingSize = 0;
  /** @type {((batch: Batch) => void) | null} */
  let deliver = null;
  /** @type {MessagePort | null} */
  let port = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let on = true;
  const heard = new Set();

  /** @param {string} path after /i/api/ or host @returns {string} the operation: a GraphQL name, or the REST path */
  function operation(path) {
    return /^graphql\/[\w-]+\/(\w{1,80})/.exec(path)?.[1] ?? path;
  }

  /**
   * Checks one message of the page world: any page script could have made X's page return it.
   * @param {unknown} message @param {number} nowMs @returns {SeenText | null}
   */
  function check(message, nowMs) {
    if (typeof message !== "object" || message === null) return null;
    const { url, text, request, at } = /** @type {Record<string, unknown>} */ (message);
    if (typeof url !== "string" || url.length > 20_000 || typeof text !== "string") return null;
    const path = WANTED.exec(url)?.[1];
    if (!path || UNWANTED.test(path) || text.length > TEXT_LIMIT || !/^\s*[[{]/.test(text)) return null;
    if (typeof at !== "number" || Math.abs(nowMs - at) > CLOCK_SLACK_MS) return null;
    const seen = { op: operation(path), url, at: Math.floor(at / 1000), text };
    return typeof request === "string" && request ? { ...seen, request: request.slice(0, 100_000) } : seen;
  }

  /** @param {unknown} message */
  function take(message) {
    const seen = on ? check(message, Date.now()) : null;
    if (!seen || waitingSize + seen.text.length > WAITING_LIMIT) return;
    heard.add(location.pathname);
    waiting.push({ ...seen, viewer: Viewer.now() });
    waitingSize += seen.text.length;
    if (waitingSize > BATCH_LIMIT) flush();
    else timer ??= setTimeout(flush, PAUSE_MS);
  }

  /** Sends what waits, one batch for each viewer and each few megabytes. */
  function flush() {
    clearTimeout(timer);
    timer = undefined;
    if (!deliver) return;
    for (const batch of batches(waiting)) deliver(batch);
    waiting = [];
    waitingSize = 0;
  }

  /**
   * @param {(SeenText & {viewer: ViewerKey})[]} items @returns {Batch[]}
   */
  function batches(items) {
    /** @type {Batch[]} */
    const made = [];
    let size = 0;
    for (const { viewer, ...seen } of items) {
      const last = made.at(-1);
      const sameViewer = last && last.viewer.id === viewer.id && last.viewer.handle === viewer.handle;
      if (!last || !sameViewer || size + seen.text.length > BATCH_LIMIT) {
        made.push({ viewer, seen: [seen] });
        size = seen.text.length;
      } else {
        last.seen.push(seen);
        size += seen.text.length;
      }
    }
    return made;
  }

  /** Called once by main.js when the messages can be sent on. @param {(batch: Batch) => void} send */
  function start(send) {
    deliver = send;
    // A page that is left takes its timers with it: what waits goes now. A phone may never tell more than "hidden".
    addEventListener("pagehide", flush);
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") flush(); });
    if (waiting.length > 0) flush();
  }

  /** Turns the tap off for this page: X's own functions are put back. */
  function stop() {
    on = false;
    waiting = [];
    waitingSize = 0;
    port?.postMessage("off");
  }

  /** @returns {boolean} whether the tap gave anything for the address shown now */
  function gaveForThisPage() {
    return on && heard.has(location.pathname);
  }

  /** @returns {boolean} whether X's page shows that its own scripts could not start */
  function pageFailed() {
    const failure = Selectors.one(document, "loadFailure");
    if (!failure || Selectors.one(document, "mainColumn")) return false;
    return getComputedStyle(failure).display !== "none";
  }

  addEventListener("mut:port", (event) => {
    event.stopImmediatePropagation();
    port = /** @type {MessageEvent} */ (event).ports[0] ?? null;
    if (port) port.onmessage = (message) => take(message.data);
  }, { once: true });
  dispatchEvent(new Event("mut:hello"));

  return { start, stop, check, batches, gaveForThisPage, pageFailed, isOn: () => on };
})();
Object.assign(globalThis, { TapBridge });
