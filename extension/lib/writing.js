// Writes one change into the outbox, where it is durable, and asks the background to send it.
"use strict";

const Writing = (() => {
  /**
   * Writes one change: it is durable before anybody is asked to send it, so a background killed right now loses
   * nothing.
   * @param {Omit<Draft, "op" | "at">} change
   * @returns {Promise<Api["write.put"]["result"]>} rejected where the companion refused it
   */
  async function put(change) {
    const draft = { ...change, op: crypto.randomUUID(), at: Date.now() };
    await chrome.storage.local.set({ [Store.outboxKey(draft)]: draft });
    try {
      return await Protocol.send("write.put", draft);
    } catch (error) {
      if (error instanceof Protocol.ProtocolError && error.code !== "silent") throw error;
      // the background died on the way; it sends this when it wakes
      return { op: draft.op, rev: null, state: "queued" };
    }
  }

  return { put };
})();
Object.assign(globalThis, { Writing });
