// Script of the first page: shows which companion offers itself, and pairs with it on one click.
import "../lib/log.js";
import "../lib/protocol.js";
import "../lib/people.js";
import "../lib/store.js";
import "../lib/dom.js";
import "../lib/plural.js";
import "../lib/consent.js";
import { fillWords, speak } from "./wording.js";

const $ = (/** @type {string} */ id) => Dom.$(document, `#${id}`);
let consentNeeded = false;

/** @param {string} words @param {boolean} good */
function say(words, good) {
  $("said").textContent = words;
  $("said").className = good ? "good" : "bad";
}

/** The click that pairs: the consent is asked first, while the browser still counts the click. */
async function pair() {
  const consent = consentNeeded ? Consent.request() : Promise.resolve(true);
  if (!(await consent)) return say(Dom.t("welcomeNoConsent"), false);
  say(Dom.t("optionsPairing_busy"), true);
  try {
    await Protocol.send("pair", { offered: true });
  } catch (error) {
    return say(/** @type {Error} */ (error).message, false);
  }
  say(Dom.t("optionsPaired"), true);
  $("offer").hidden = true;
  $("next").hidden = false;
}

/** @param {{fingerprint: string, port: number} | null} offer @param {boolean} paired whether this browser is paired */
function show(offer, paired) {
  $("how").hidden = offer !== null || paired;
  $("next").hidden = offer !== null || !paired;
  $("offer").hidden = offer === null;
  $("consent").hidden = !consentNeeded;
  if (paired) say(Dom.t("welcomePairedAlready"), true);
  $("pair").textContent = Dom.t(paired ? "welcomePairAnew" : "welcomePairDo");
  if (!offer) return;
  const [before, after] = Dom.t("welcomeFingerprint", "\n").split("\n");
  $("fingerprint").replaceChildren(before, Dom.h("code", { dir: "ltr" }, offer.fingerprint), after ?? "");
}

async function start() {
  await speak();
  fillWords(document);
  consentNeeded = await Consent.needed();
  const [offer, status] = await Promise.all([Protocol.send("pair.offer", {}), Protocol.send("status.get", {})]);
  show(offer, !["unpaired", "consent"].includes(status.state));
  $("pair").addEventListener("click", () => void pair());
  $("dashboard").addEventListener("click", () => void Protocol.send("dashboard.open", {}));
}

start().catch((error) => say(error.message, false));
