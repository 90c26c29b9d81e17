// Shows in panel and options whether X's page is still understood, and copies a report without personal data.
import "../content/x/page_health.js";
import { clock } from "./wording.js";

/**
 * @param {HTMLElement} list filled with one line for each broken place, or one that says all is well
 * @returns {Promise<boolean>} whether X's page is understood
 */
export async function showHealth(list) {
  const { visits, dropped } = await Protocol.send("page_health.get", {});
  const broken = PageHealth.verdict(visits);
  const found = broken.map(({ place, page, since }) =>
    Dom.t("panelDoctorBroken", [place, page, clock(since)]),
  );
  if (dropped > 0) found.push(Dom.t("panelDoctorDropped", String(dropped)));
  const words = found.length > 0 ? found : [Dom.t(visits.length > 0 ? "panelDoctorFine" : "panelDoctorUnseen")];
  list.replaceChildren(...words.map((line) => Dom.h("li", { class: found.length > 0 ? "bad" : null }, line)));
  return broken.length === 0;
}

/** @param {HTMLElement} region says that it was copied */
export async function copyReport(region) {
  const report = await Protocol.send("page_health.get", {});
  await navigator.clipboard.writeText(JSON.stringify(report, null, 2));
  region.textContent = Dom.t("panelCopied");
}
