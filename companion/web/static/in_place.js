// Sends the decisions of a list and shows the answer in the same page, so that keys pressed meanwhile are never lost.
"use strict";

(() => {
  /** What an answer brings anew: what was done, with its undo, and the next person of the list. */
  const PARTS = [".said", "#main"];
  /** @type {string[] | null} the keys pressed while a decision is under way, in order; null while none is */
  let waiting = null;

  /** @param {HTMLFormElement} form @returns {Promise<Response>} the page after it, redirects followed */
  function send(form) {
    const fields = [...new FormData(form)].map(([name, value]) => [name, String(value)]);
    return fetch(form.action, { method: "POST", body: new URLSearchParams(fields) });
  }

  /** @param {Response} answer shows this list again, or a refusal, in this page; another page as its own */
  async function show(answer) {
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    const places = PARTS.map((part) => ({ old: document.querySelector(part), fresh: next.querySelector(part) }));
    const whole = places.every(({ old, fresh }) => old && fresh);
    if (!whole || (answer.redirected && new URL(answer.url).pathname !== location.pathname)) return leave(answer);
    const focused = document.activeElement?.closest(PARTS.join());
    // the places stay, so that a screen reader says what comes in
    for (const { old, fresh } of places) old?.replaceChildren(...(fresh?.childNodes ?? []));
    document.title = next.title;
    if (answer.redirected) history.replaceState(null, "", answer.url);
    if (focused && !focused.contains(document.activeElement)) document.getElementById("main")?.focus();
  }

  /** @param {Response} answer is another page; the keys that wait are not for it @returns {Promise<void>} never done */
  function leave(answer) {
    if (!answer.redirected) throw new TypeError(`an answer without a page: ${answer.status}`);
    location.assign(answer.url);
    return new Promise(() => {});
  }

  /** Presses what waited, until one of the keys sends the next decision; the rest waits for that one. */
  function pressOn() {
    const keys = waiting ?? [];
    waiting = null;
    while (keys.length && !waiting) {
      const key = keys.shift();
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    }
    if (keys.length) waiting = keys;
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== "post" || !form.closest(PARTS.join())) return;
    event.preventDefault();
    if (waiting) return; // pressed twice: the second was for the person who is gone
    waiting = [];
    send(form).then(show).then(pressOn).catch(() => form.submit()); // as without this script: the browser says why
  });

  addEventListener("keydown", (event) => {
    const field = event.target instanceof Element && event.target.matches("input, select, textarea, [contenteditable]");
    const letter = /^[a-z0-9]$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!waiting || field || !letter) return;
    waiting.push(event.key);
    event.stopImmediatePropagation();
    event.preventDefault();
  }, true);

  addEventListener("pageshow", () => (waiting = null)); // come back to by the browser's history
})();
