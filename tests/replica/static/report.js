// Tells the test server what the page saw: hashes of answers, events that no person caused, and its own errors.
"use strict";
(() => {
  const KINDS = ["click", "mousedown", "mouseup", "pointerdown", "pointerup", "keydown", "keyup", "keypress", "input", "submit", "focus"];
  const send = window.fetch.bind(window);

  function report(given) {
    send("/_replica/report", { method: "POST", body: JSON.stringify(given), keepalive: true }).catch(() => undefined);
  }

  async function heard(id, text) {
    const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    const hash = [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    report({ kind: "heard", id, hash });
  }

  for (const kind of KINDS) {
    window.addEventListener(kind, (event) => {
      if (event.isTrusted || event.target === window) return;
      const name = event.target.dataset?.testid ?? event.target.dataset?.mutuals ?? event.target.nodeName;
      report({ kind: "synthetic", event: `${kind} on ${name}` });
    }, true);
  }
  window.addEventListener("error", (event) => report({ kind: "error", message: String(event.message) }));
  window.addEventListener("unhandledrejection", (event) => report({ kind: "error", message: String(event.reason) }));
  Object.assign(window.Replica, { report, heard });
})();
