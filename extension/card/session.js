// The frame's two connections: a port to the content script around it, and what the background lets it know.
"use strict";

const Session = (() => {
  const X = /^https:\/\/(?:[a-z]+\.)?(?:x|twitter)\.com$/;
  /** @type {MessagePort | null} */
  let port = null;
  /** @type {Api["overlay.claim"]["result"] | null} */
  let claim = null;
  /** @type {(message: ToFrame) => void} */
  let receive = () => {};

  /**
   * Takes the first port that the page around hands over, and no other. Whoever framed this page may hand one over:
   * nothing private ever goes through it, and nothing is known here without the background.
   * @param {MessageEvent} event
   */
  function take(event) {
    const [first] = event.ports;
    if (event.source !== window.parent || window.parent === window || !X.test(event.origin) || !first || port) return;
    port = first;
    port.onmessage = (message) => receive(message.data);
    tell({ ready: true });
  }

  /** Tells the content script around of sizes, keys and wishes, never a private word. @param {FromFrame} message */
  function tell(message) {
    port?.postMessage(message);
  }

  /**
   * Asks the background for what a token stands for. It is answered once.
   * @param {string} token
   * @returns {Promise<Api["overlay.claim"]["result"]>} rejected where the background knows nothing of it
   */
  async function open(token) {
    claim = await Protocol.send("overlay.claim", { token });
    return claim;
  }

  /** Forgets whom this frame was about. */
  function close() {
    claim = null;
  }

  /** @returns {boolean} whether the extension that this page belongs to still runs: it was not updated or removed */
  function isAlive() {
    return Boolean(globalThis.chrome?.runtime?.id);
  }

  /** @param {(message: ToFrame) => void} listener */
  function onMessage(listener) {
    receive = listener;
  }

  addEventListener("message", take);

  return {
    tell, open, close, isAlive, onMessage,
    viewer: () => claim?.viewer ?? { id: null, handle: null },
  };
})();
Object.assign(globalThis, { Session });
