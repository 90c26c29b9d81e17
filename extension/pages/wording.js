// Fills an extension page with its localised text, and describes the state of the connection.

const HALF_DAY_MS = 43_200_000;

/** @param {string} words text with literal input between backticks @returns {(string | HTMLElement)[]} */
function withCode(words) {
  return words.split("`").map((part, at) => (at % 2 ? Dom.h("code", { dir: "ltr" }, part) : part));
}

/** Takes the words of the chosen language, and loads the page again whenever another is chosen. */
export async function speak() {
  await Dom.speak();
  chrome.storage.onChanged.addListener((changes, area) => {
    if (area === "local" && changes.words) location.reload();
  });
}

/** Fills every element that names a message key. @param {Document} page */
export function fillWords(page) {
  page.documentElement.lang = Dom.language();
  page.documentElement.dir = Plural.direction();
  for (const node of page.querySelectorAll("[data-t]")) {
    node.replaceChildren(...withCode(Dom.t(node.getAttribute("data-t") ?? "")));
  }
  for (const node of page.querySelectorAll("[data-placeholder]")) {
    node.setAttribute("placeholder", Dom.t(node.getAttribute("data-placeholder") ?? ""));
  }
  for (const node of page.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", Dom.t(node.getAttribute("data-label") ?? ""));
  }
}

/**
 * @param {number} seconds
 * @returns {string} a clock time today and within half a day (an evening may end after midnight), else a date
 */
export function clock(seconds) {
  const then = new Date(seconds * 1000);
  const now = new Date();
  const near = Math.abs(then.getTime() - now.getTime()) < HALF_DAY_MS || then.toDateString() === now.toDateString();
  const form = /** @type {Intl.DateTimeFormatOptions} */ (
    near ? { hour: "2-digit", minute: "2-digit" } : { dateStyle: "medium" }
  );
  return new Intl.DateTimeFormat(Dom.language(), form).format(then);
}

/**
 * Shows the connection's state, the last acknowledged write and the number of waiting changes.
 * @param {HTMLElement} place
 * @param {Status} status
 */
export function sayLink(place, status) {
  const good = status.state === "connected";
  const saved = status.last_ack ? Dom.t("panelLastSaved", clock(status.last_ack.at)) : Dom.t("panelNeverSaved");
  const waiting = status.waiting > 0 ? Dom.t("panelWaitingSome", String(status.waiting)) : "";
  place.className = good ? "good" : "bad";
  place.replaceChildren(...withCode(good ? Dom.t("link_connected") : status.message),
    Dom.h("span", { class: "line" }, [saved, waiting].filter(Boolean).join(", ")));
}
