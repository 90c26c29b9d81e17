// Script of the options page: settings bound by name, pairing by code, and destructive actions with confirmation.
import "../lib/log.js";
import "../lib/protocol.js";
import "../lib/people.js";
import "../lib/store.js";
import "../lib/dom.js";
import "../lib/plural.js";
import "../lib/consent.js";
import { copyPage, copyReport, showHealth } from "./health.js";
import { bindLanguage } from "./languages.js";
import { bindTopics } from "./topics.js";
import { fillWords, sayLink, speak } from "./wording.js";

const FEATURES = ["badge", "profile", "hovercard", "usercell", "vet"];
const ORIGINS = [
  "https://x.com/*",
  "https://mobile.x.com/*",
  "https://twitter.com/*",
  "https://mobile.twitter.com/*",
  "http://127.0.0.1/*",
];
let consentNeeded = false;
let links = 0; // what has been said of the connection, or asked about it: an older answer is not shown over it
/** @type {Promise<unknown>} settled once the port that was chosen is kept */
let portKept = Promise.resolve();
const $ = (/** @type {string} */ id) => Dom.$(document, `#${id}`);
const input = (/** @type {string} */ id) => /** @type {HTMLInputElement} */ ($(id));

/** @param {string} id @param {string} words @param {boolean} good */
function say(id, words, good) {
  if (id === "link") links += 1;
  $(id).textContent = words;
  $(id).className = good ? "good" : "bad";
}

async function showLink() {
  const number = (links += 1);
  const status = await Protocol.send("status.get", {});
  if (number !== links) return;
  sayLink($("link"), status);
  $("unpair").hidden = status.state === "unpaired";
}

/** @param {SubmitEvent} event */
async function pair(event) {
  event.preventDefault();
  const consent = consentNeeded ? Consent.request() : Promise.resolve(true); // first: the click counts only now
  if (!(await consent)) return say("link", Dom.t("welcomeNoConsent"), false);
  say("link", Dom.t("optionsPairing_busy"), true);
  try {
    await portKept; // else the companion at the port before would be asked
    await Protocol.send("pair", { code: input("code").value });
    input("code").value = "";
    say("link", Dom.t("optionsPaired"), true);
    $("unpair").hidden = false;
  } catch (error) {
    say("link", /** @type {Error} */ (error).message, false);
  }
}

/** @param {Options} options */
function showFeatures(options) {
  $("features").replaceChildren(...FEATURES.map((id) => {
    const box = /** @type {HTMLInputElement} */ (Dom.h("input", { type: "checkbox", "data-feature": id }));
    box.checked = options.features[id] !== false;
    box.addEventListener("change", () => void setFeature(id, box.checked));
    return Dom.h("label", { class: "switch" }, box, Dom.h("span", null, Dom.t(`optionsFeature_${id}`)));
  }));
}

/** @param {string} id @param {boolean} on */
async function setFeature(id, on) {
  const { features } = await Store.options();
  await Protocol.send("options.set", { features: { ...features, [id]: on } });
}

/** @param {Options} options */
function bindSwitches(options) {
  for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("[data-option]"))) {
    const name = /** @type {"tap" | "blur" | "hidden" | "lists" | "time" | "toolbar"} */ (box.dataset.option);
    box.checked = options[name] ?? true;
    box.addEventListener("change", () => void Protocol.send("options.set", { [name]: box.checked }));
  }
}

/** @param {Options} options */
function bindPort(options) {
  input("port").value = String(options.port);
  input("port").addEventListener("change", async () => {
    const port = Number(input("port").value);
    if (!Number.isInteger(port) || port < 1024 || port > 65535) return say("link", Dom.t("optionsPortBad"), false);
    portKept = Protocol.send("options.set", { port });
    await portKept;
    await Protocol.send("queue.retry", {});
    await showLink();
  });
}

/** Letters and digits are X's own or the card's: another sign opens the search. @param {Options} options */
function bindPalette(options) {
  const field = input("palette");
  field.value = options.palette;
  field.addEventListener("change", () => {
    const palette = field.value.trim();
    const fits = !/[\p{L}\p{N}]/u.test(palette);
    field.setCustomValidity(fits ? "" : Dom.t("optionsPaletteBad"));
    if (fits) void Protocol.send("options.set", { palette });
    else field.reportValidity();
  });
}

async function showPermission() {
  const [hosts, data] = await Promise.all([chrome.permissions.contains({ origins: ORIGINS }), Consent.granted()]);
  $("grant").hidden = hosts && data;
  $("permission").textContent = Dom.t(!hosts ? "link_permission" : data ? "optionsPermissionFine" : "link_consent");
}

/** @returns {Promise<boolean>} what the user answered */
function askPermission() {
  const wanted = { origins: ORIGINS };
  return consentNeeded ? Consent.request(wanted) : chrome.permissions.request(wanted);
}

/** @param {SubmitEvent} event */
function askForget(event) {
  event.preventDefault();
  const handle = People.withoutAt(input("handle").value);
  if (!People.isHandle(handle)) return say("forgotten", Dom.t("optionsForgetBad"), false);
  $("sure-words").textContent = Dom.t("optionsForgetSure", handle);
  /** @type {HTMLDialogElement} */ ($("sure")).showModal();
}

async function forget() {
  const dialog = /** @type {HTMLDialogElement} */ ($("sure"));
  const handle = People.withoutAt(input("handle").value);
  if (dialog.returnValue !== "yes") return;
  try {
    const { viewer } = /** @type {{viewer?: ViewerKey}} */ (await chrome.storage.local.get("viewer"));
    await Protocol.send("person.forget", { viewer: viewer ?? null, person: { handle } });
    say("forgotten", Dom.t("optionsForgotten", handle), true);
    input("handle").value = "";
  } catch (error) {
    say("forgotten", /** @type {Error} */ (error).message, false);
  }
}

async function saveCopy() {
  const { held } = await Protocol.send("browser.export", {});
  const url = URL.createObjectURL(new Blob([JSON.stringify(held, null, 2)], { type: "application/json" }));
  Dom.h("a", { href: url, download: `mutuals-browser-${new Date().toLocaleDateString("sv-SE")}.json` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

async function wipeTime() {
  await Protocol.send("time.wipe", {});
  say("time-wiped", Dom.t("optionsTimeWiped"), true);
}

/** @param {Options} options */
function bindSelectors(options) {
  const box = /** @type {HTMLTextAreaElement} */ (/** @type {unknown} */ ($("selectors")));
  box.value = Object.entries(options.selectors).map(([name, css]) => `${name} = ${css}`).join("\n");
  $("selectors-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const pairs = box.value
      .split("\n")
      .map((line) => /^\s*(\w+)\s*=\s*(.+?)\s*$/.exec(line))
      .filter((match) => match !== null);
    await Protocol.send("options.set", { selectors: Object.fromEntries(pairs.map((match) => [match[1], match[2]])) });
    say("selectors-saved", Dom.t("optionsSaved"), true);
  });
}

async function start() {
  await speak();
  fillWords(document);
  consentNeeded = await Consent.needed();
  const options = await Protocol.send("options.get", {});
  showFeatures(options);
  bindSwitches(options);
  bindPort(options);
  bindPalette(options);
  bindLanguage(options, say);
  bindSelectors(options);
  $("pair").addEventListener("submit", (event) => void pair(/** @type {SubmitEvent} */ (event)));
  $("unpair").addEventListener("click", () => void Protocol.send("unpair", {}).then(showLink));
  $("forget").addEventListener("submit", (event) => askForget(/** @type {SubmitEvent} */ (event)));
  $("sure").addEventListener("close", () => void forget());
  $("copy").addEventListener("click", () => void copyReport($("copied")));
  $("copy-page").addEventListener("click", () => void copyPage($("copied")));
  $("time-wipe").addEventListener("click", () => void wipeTime());
  $("export").addEventListener("click", () => void saveCopy());
  $("grant").addEventListener(
    "click",
    () => void askPermission().then(showPermission),
  );
  await Promise.all([showLink(), showPermission(), showHealth($("health")), bindTopics(say)]);
}

start().catch((error) => say("link", error.message, false));
