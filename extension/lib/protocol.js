// Messages between content scripts, extension pages and background: who may send what, and errors with codes.
"use strict";

const Protocol = (() => {
  /** Messages that content scripts may send; the others are for the extension's own pages. */
  const FOR_CONTENT = new Set([
    "badges.get", "person.get", "write.put", "versions.get", "tags.get", "sightings.add", "options.get",
    "options.set", "page_health.report", "status.get", "relationship.get", "history.get", "history.remove",
    "history.restore", "vet.get", "vet.more", "vet.queue",
  ]);
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

  /**
   * @param {chrome.runtime.MessageSender} sender
   * @returns {"page" | "content" | null} the sender's kind; null for a foreign sender
   */
  function origin(sender) {
    if (sender.id !== chrome.runtime.id) return null;
    if (sender.url?.startsWith(chrome.runtime.getURL(""))) return "page";
    return sender.tab && /^https:\/\/([a-z]+\.)?(x|twitter)\.com\//.test(sender.url ?? "") ? "content" : null;
  }

  /** @param {string} name @param {any} params @param {"page" | "content" | null} from @returns {boolean} */
  function allowed(name, params, from) {
    if (from === "page") return true;
    if (from !== "content" || !FOR_CONTENT.has(name)) return false;
    return name !== "options.set" || Object.keys(params ?? {}).every((key) => CONTENT_OPTIONS.has(key));
  }

  /**
   * Answers messages; called once, in the background's first turn.
   * @param {{[Name in keyof Api]: (params: Api[Name]["params"]) => Promise<Api[Name]["result"]>}} handlers
   */
  function serve(handlers) {
    chrome.runtime.onMessage.addListener((message, sender, reply) => {
      const name = message?.mutuals;
      if (typeof name !== "string") return false;
      const table = /** @type {Record<string, (params: any) => Promise<unknown>>} */ (handlers);
      const handler = Object.hasOwn(table, name) ? table[name] : undefined;
      if (!handler || !allowed(name, message.params, origin(sender))) {
        reply({ error: wire(new ProtocolError("This is not for you to ask.", "refused")) });
        return false;
      }
      Promise.resolve().then(() => handler(message.params ?? {})).then(
        (value) => reply({ value }),
        (error) => reply({ error: wire(error) }),
      );
      return true;
    });
  }

  return { send, serve, allowed, origin, ProtocolError };
})();
Object.assign(globalThis, { Protocol });
