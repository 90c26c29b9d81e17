// Messages between content scripts, extension pages and background: who may send what, and errors with codes.
"use strict";

const Protocol = (() => {
  /** Messages that content scripts may send; none of them gives a note, a history or a report. */
  const FOR_CONTENT = new Set([
    "badges.get", "line.get", "vet.waiting", "sightings.add", "options.get", "options.set", "page_health.report",
    "overlay.expect",
  ]);
  /** Messages that a frame on X's page may send, about the person that it claimed. */
  const FOR_OVERLAY = new Set([
    "overlay.claim", "person.get", "write.put", "versions.get", "tags.get", "options.get", "status.get",
    "relationship.get", "history.get", "history.remove", "history.restore", "vet.get", "vet.more", "vet.queue",
    "search.find", "drafts.get",
  ]);
  /** The companion's pairing page, which any program can serve, and the one message from it. */
  const PAIRING_PAGE = /^http:\/\/mutuals-[0-9a-f]{32}\.localhost:\d+\/web\/pair$/;
  /** Options that a content script may change: those with a keyboard shortcut, and the tap. */
  const CONTENT_OPTIONS = new Set(["hidden", "tap", "blur"]);

  class ProtocolError extends Error {
    /** @param {string} message @param {string} code @param {unknown} [details] */
    constructor(message, code, details) {
      super(message);
      this.name = "ProtocolError";
      this.code = code;
      this.details = details;
    }
  }

  /** @param {unknown} error @returns {{name: string, message: string, code: string, details: unknown}} */
  function wire(error) {
    const { name, message, code, details } = /** @type {Error & {code?: string, details?: unknown}} */ (error);
    return {
      name: name ?? "Error",
      message: message ?? String(error),
      code: code ?? "error",
      details: details ?? null,
    };
  }

  /**
   * Asks the background.
   * @template {keyof Api} Name
   * @param {Name} name @param {Api[Name]["params"]} params
   * @returns {Promise<Api[Name]["result"]>} rejected with a ProtocolError that carries the wire code
   */
  async function send(name, params) {
    const reply = await chrome.runtime.sendMessage({ mutuals: name, params });
    if (!reply) throw new ProtocolError("Mutuals' background did not answer. Reload this page.", "silent");
    if (reply.error) throw new ProtocolError(reply.error.message, reply.error.code, reply.error.details);
    return reply.value;
  }

  /** @typedef {"page" | "overlay" | "content" | "pairing" | null} Origin null for a foreign sender */

  /**
   * @param {chrome.runtime.MessageSender} sender
   * @returns {Origin} `overlay` for the page inside our frames, whoever framed it
   */
  function origin(sender) {
    if (sender.id !== chrome.runtime.id) return null;
    const own = chrome.runtime.getURL(""); // the lasting address: only a web-accessible file has a passing one
    if (sender.url?.startsWith(`${own}card/`)) return "overlay";
    if (sender.url?.startsWith(own)) return "page";
    if (sender.tab && PAIRING_PAGE.test(sender.url ?? "")) return "pairing";
    return sender.tab && /^https:\/\/([a-z]+\.)?(x|twitter)\.com\//.test(sender.url ?? "") ? "content" : null;
  }

  /** @param {string} name @param {any} params @param {Origin} from @returns {boolean} */
  function allowed(name, params, from) {
    if (from === "pairing" || name === "pair.found") return from === "pairing" && name === "pair.found";
    if (from === "page") return true;
    if (from === "overlay") return FOR_OVERLAY.has(name);
    if (from !== "content" || !FOR_CONTENT.has(name)) return false;
    return name !== "options.set" || Object.keys(params ?? {}).every((key) => CONTENT_OPTIONS.has(key));
  }

  /**
   * Answers messages; called once, in the background's first turn.
   * @param {{[Name in keyof Api]: (params: Api[Name]["params"], sender: chrome.runtime.MessageSender) =>
   *   Promise<Api[Name]["result"]>}} handlers
   * @param {(name: string, params: any, sender: chrome.runtime.MessageSender) => Promise<void>} admit rejects what a
   *   frame on X's page asks and may not know
   */
  function serve(handlers, admit) {
    chrome.runtime.onMessage.addListener((message, sender, reply) => {
      const name = message?.mutuals;
      if (typeof name !== "string") return false;
      const table = /** @type {Record<string, (params: any, sender: any) => Promise<unknown>>} */ (handlers);
      const handler = Object.hasOwn(table, name) ? table[name] : undefined;
      const from = origin(sender);
      const params = message.params ?? {};
      if (!handler || !allowed(name, params, from)) {
        reply({ error: wire(new ProtocolError("This is not for you to ask.", "refused")) });
        return false;
      }
      const admitted = from === "overlay" ? admit(name, params, sender) : Promise.resolve();
      admitted.then(() => handler(params, sender)).then(
        (value) => reply({ value }),
        (error) => reply({ error: wire(error) }),
      );
      return true;
    });
  }

  return { send, serve, allowed, origin, ProtocolError };
})();
Object.assign(globalThis, { Protocol });
