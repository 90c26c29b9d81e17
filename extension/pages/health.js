// Shows in panel and options whether X's page is still understood, and copies a report without personal data.
import "../lib/page_verdict.js";
import { outline } from "./page_outline.js";
import { clock } from "./wording.js";

const X_PAGES = ["https://x.com/*", "https://mobile.x.com/*", "https://twitter.com/*", "https://mobile.twitter.com/*"];

/**
 * @param {HTMLElement} list filled with one line for each broken place, or one that says all is well
 * @returns {Promise<boolean>} whether X's page is understood
 */
export async function showHealth(list) {
  const { visits, dropped } = await Protocol.send("page_health.get", {});
  const broken = PageVerdict.broken(visits);
  const found = broken.map(({ place, page, since }) =>
    Dom.t("panelDoctorBroken", [place, page, clock(since)]),
  );
  if (dropped > 0) found.push(Dom.t("panelDoctorDropped", String(dropped)));
  const words = found.length > 0 ? found : [Dom.t(visits.length > 0 ? "panelDoctorFine" : "panelDoctorUnseen")];
  const client = visits.at(-1)?.client;
  const drawn = client ? [Dom.h("li", {}, Dom.t(`panelDoctorClient_${client === "x-web" ? "next" : "classic"}`))] : [];
  const lines = words.map((line) => Dom.h("li", { class: found.length > 0 ? "bad" : null }, line));
  list.replaceChildren(...lines, ...drawn);
  return broken.length === 0;
}

/** @param {HTMLElement} region says that it was copied */
export async function copyReport(region) {
  const report = await Protocol.send("page_health.get", {});
  await navigator.clipboard.writeText(JSON.stringify(report, null, 2));
  region.textContent = Dom.t("panelCopied");
}

/**
 * Copies an outline of the page of X that was looked at last, for a report.
 * @param {HTMLElement} region says that it was copied, or that no such page is open
 */
export async function copyPage(region) {
  const tabs = await chrome.tabs.query({ url: X_PAGES });
  const [last] = tabs.sort((one, other) => (other.lastAccessed ?? 0) - (one.lastAccessed ?? 0));
  const page = last?.id === undefined ? null : await chrome.tabs.sendMessage(last.id, "page.copy").catch(() => null);
  if (typeof page === "string") await navigator.clipboard.writeText(outline(page));
  region.textContent = Dom.t(typeof page === "string" ? "panelDoctorPageCopied" : "panelDoctorNoPage");
}
