// Keyboard shortcuts and small conveniences of the dashboard; every page also works without this script.
"use strict";

(() => {
  /** @returns {HTMLElement[]} the rows that j and k walk through */
  const rows = () =>
    [...document.querySelectorAll("[data-row]")]
      .map((row) => /** @type {HTMLElement} */ (row))
      .filter((row) => (row.tagName === "SUMMARY" ? row.getClientRects()[0] : !row.closest("details:not([open])")));

  /** @param {EventTarget | null} target whether typing there is meant for a field */
  const typing = (target) =>
    target instanceof HTMLElement &&
    target.matches("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]");

  /** @param {number} step 1 for the next row, -1 for the one before */
  function walk(step) {
    const all = rows();
    const at = all.findIndex((row) => row.classList.contains("here"));
    stand(all[Math.max(0, Math.min(all.length - 1, at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step))]);
  }

  /** @param {HTMLElement | undefined} next the row to be at, if there is one */
  function stand(next) {
    if (!next) return;
    document.querySelector("[data-row].here")?.classList.remove("here");
    next.classList.add("here");
    /** @type {HTMLElement | null} */ (next.tagName === "SUMMARY" ? next : next.querySelector("a, button"))?.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  function tick() {
    const box = document.querySelector("[data-row].here input[type=checkbox]");
    if (box instanceof HTMLInputElement) box.checked = !box.checked;
  }

  /** @param {string} key chooses what kind of touch it was, and goes to its button */
  function touch(key) {
    const kind = /^[a-z]$/.test(key) ? document.querySelector(`input[data-key="${key}"]`) : null;
    if (!(kind instanceof HTMLInputElement)) return false;
    kind.checked = true;
    kind.form?.querySelector("button")?.focus();
    return true;
  }

  /** @param {string} id goes to a field, and unfolds what it stands in */
  function field(id) {
    const found = document.getElementById(id);
    const fold = found?.closest("details");
    if (fold) fold.open = true;
    found?.focus();
    if (found instanceof HTMLTextAreaElement) found.setSelectionRange(found.value.length, found.value.length);
    return found !== null;
  }

  /** @type {Record<string, string | undefined>} */
  const fields = {
    "/": "q", e: "note", r: "step", s: "first-draft", f: "first-fact", h: "first-filter", o: "first-circle",
  };

  /** @param {string} key presses what has this key in the row one is at, or else on the page; a fold opens so */
  function press(key) {
    if (!/^[a-z0-9]$/.test(key)) return false;
    const button = document.querySelector(`[data-row].here [data-here="${key}"]`)
      ?? document.querySelector(`main [data-press="${key}"]`);
    if (!(button instanceof HTMLElement)) return jump(key);
    button.click();
    if (button.tagName === "SUMMARY") button.parentElement?.querySelector("button")?.focus();
    return true;
  }

  /** @param {string} key a number: goes to that one of the people whom the page suggests */
  function jump(key) {
    const chosen = document.querySelectorAll("[data-jumps] > [data-row]")[Number(key) - 1];
    if (chosen instanceof HTMLElement) stand(chosen);
    return chosen !== undefined;
  }

  /** The people of the list from which one came to a person's page, in its order. */
  const LISTED = "mutuals-list";

  /** @param {Event} event remembers the list in which a person is being opened */
  function remember(event) {
    const link = event.target instanceof Element ? event.target.closest("main [data-row] a") : null;
    if (!(link instanceof HTMLAnchorElement) || !/^\/web\/person\/[^/]+$/.test(link.pathname)) return;
    const links = [...document.querySelectorAll("main [data-row] a[href*='/web/person/']")];
    const places = links.map((one) => one.getAttribute("href") ?? "");
    sessionStorage.setItem(LISTED, JSON.stringify([...new Set(places)]));
  }

  /** @param {number} step opens the person after or before this one in that list */
  function neighbour(step) {
    const listed = JSON.parse(sessionStorage.getItem(LISTED) ?? "[]");
    if (!Array.isArray(listed)) return;
    const at = listed.findIndex((place) => String(place).split("?")[0] === location.pathname);
    const next = at < 0 ? undefined : listed[at + step];
    if (typeof next === "string" && next.startsWith("/web/person/")) location.assign(next);
  }
  document.addEventListener("click", remember);

  function keys() {
    const dialog = document.getElementById("keys");
    if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
  }

  /** @type {Record<string, (() => void) | undefined>} */
  const actions = {
    j: () => walk(1),
    k: () => walk(-1),
    x: tick,
    u: () => /** @type {HTMLElement | null} */ (document.querySelector(".said button"))?.click(),
    "?": keys,
    "[": () => neighbour(-1),
    "]": () => neighbour(1),
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (typing(event.target)) {
      if (event.key === "Escape" && event.target instanceof HTMLElement) event.target.blur();
      return;
    }
    if (press(event.key)) return event.preventDefault();
    const action = actions[event.key];
    if (action) action();
    const id = fields[event.key];
    if (action || (id && field(id)) || touch(event.key)) event.preventDefault();
  });

  /** @param {HTMLButtonElement} button copies what it says to copy */
  function copies(button) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset["copies"] ?? "");
      button.firstChild?.replaceWith(button.dataset["told"] ?? "");
    });
  }

  /** @param {HTMLInputElement} all ticks every row with itself */
  function ticksAll(all) {
    all.hidden = false;
    all.addEventListener("change", () => {
      for (const box of document.querySelectorAll(".tick input")) {
        /** @type {HTMLInputElement} */ (box).checked = all.checked;
      }
    });
  }

  /** Sets up what the page has, once all of it is there. */
  function setUp() {
    for (const button of document.querySelectorAll("button[data-copies]")) {
      if (button instanceof HTMLButtonElement && navigator.clipboard) copies(button);
    }
    for (const button of document.querySelectorAll("[data-opens]")) button.addEventListener("click", keys);
    for (const field of document.querySelectorAll("input[data-zone]")) {
      if (field instanceof HTMLInputElement) field.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone;
    }
    const all = document.querySelector("[data-ticks-all]");
    if (all instanceof HTMLInputElement) ticksAll(all);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", setUp, { once: true });
  else setUp();
})();
