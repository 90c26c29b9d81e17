// Script of the panel: search, recently met people, waiting changes, and whether X's page is still understood.
import "../lib/log.js";
import "../lib/protocol.js";
import "../lib/people.js";
import "../lib/store.js";
import "../lib/dom.js";
import "../lib/plural.js";
import "../drawing/charts.js";
import { listenToChats, showChats } from "./chats.js";
import { copyPage, copyReport, showHealth } from "./health.js";
import { placeLists, showLists } from "./lists.js";
import { personRow } from "./person_row.js";
import { listenToQueue, showQueue } from "./vetting_queue.js";
import { clock, fillWords, sayLink, speak } from "./wording.js";

const PAUSE_MS = 15; // a search takes some ten milliseconds; one of an older question is dropped
/** States that the options page can mend. */
const NEED_OPTIONS = new Set(["unpaired", "permission", "foreign", "version"]);
const $ = (/** @type {string} */ id) => Dom.$(document, `#${id}`);
const field = () => /** @type {HTMLInputElement} */ ($("q"));
let requests = 0;

/** @returns {Promise<ViewerKey | null>} whose browser this was last */
async function viewer() {
  return /** @type {ViewerKey | undefined} */ ((await chrome.storage.local.get("viewer")).viewer) ?? null;
}

/** Shows people found, or those met lately; an answer that comes late for an older question is dropped. */
async function showPeople() {
  const q = field().value.trim();
  const mine = (requests += 1);
  const who = await viewer();
  const { people } = q
    ? await Protocol.send("search.find", { viewer: who, q, limit: 50 })
    : await Protocol.send("recent.get", { viewer: who, limit: 20 });
  if (mine !== requests) return;
  document.body.classList.toggle("searching", q !== ""); // the hits are right under the field then
  $("people-title").textContent = Dom.t(q ? "panelFound" : "panelRecent");
  $("people").replaceChildren(...people.map(personRow));
  $("nobody").hidden = people.length > 0;
  $("nobody").textContent = q ? Dom.t("panelNoMatch", q) : Dom.t("panelNobody");
}

/** @param {Parked} change @returns {HTMLElement} */
function parkedRow(change) {
  const button = Dom.h(
    "button",
    { type: "button", class: "plain", onclick: () => void giveUp(change, button) },
    Dom.t("panelDrop"),
  );
  const what = Dom.t(`kind_${change.kind}`);
  return Dom.h(
    "li",
    null,
    Dom.h("b", null, `@${change.handle ?? "?"}`),
    ` ${what}, ${clock(change.at)}: ${change.reason} `,
    button,
  );
}

/** The first press asks, the second does it. @param {Parked} change @param {HTMLElement} button */
async function giveUp(change, button) {
  if (button.dataset.sure) return showStatus(await Protocol.send("queue.drop", { op: change.op }));
  button.dataset.sure = "1";
  button.textContent = Dom.t("panelDropSure");
}

/** @param {Status} status */
function showStatus(status) {
  sayLink($("link"), status);
  $("fix").hidden = !NEED_OPTIONS.has(status.state);
  $("waiting-section").hidden = status.waiting + status.parked.length + status.unread === 0;
  const lines = [[status.waiting, "panelWaitingChanges"], [status.unread, "panelUnread"]];
  $("waiting-count").replaceChildren(
    ...lines.flatMap(([count, key]) =>
      count ? [Dom.h("span", { class: "line" }, Dom.t(String(key), String(count)))] : [],
    ),
  );
  $("parked").replaceChildren(...status.parked.map(parkedRow));
}

/** Lists what of X's page was found, and says in one line at the top where X has changed. */
async function showPageHealth() {
  $("changed").hidden = await showHealth($("doctor"));
}

/** Blurs what the user wrote, for shared screens, and begins with lists or new followers, as the options say. */
async function adoptOptions() {
  const options = await Store.options();
  document.body.classList.toggle("veiled", Boolean(options.blur));
  placeLists(options);
}

/** Draws anew what people are in. */
async function showChanged() {
  const who = await viewer();
  await Promise.all([showPeople(), showChats(who), showLists(who)]);
}

/** @param {Promise<unknown>} work a failure of it is shown in the line of the connection's state */
function reportFailure(work) {
  work.catch((error) => { $("link").textContent = error.message; $("link").className = "bad"; });
}

/** Arrow keys walk through the people; Escape goes back to the search. @param {KeyboardEvent} event */
function walk(event) {
  const shown = document.body.classList.contains("searching") ? "#people a" : "#lists a, #people a";
  const rows = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(shown)]);
  const at = rows.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  if (event.key === "ArrowDown") rows[Math.min(at + 1, rows.length - 1)]?.focus();
  else if (event.key === "ArrowUp") (at > 0 ? rows[at - 1] : field()).focus();
  else if (event.key === "/" && document.activeElement !== field()) field().focus();
  else return;
  event.preventDefault();
}

function listen() {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  field().addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => reportFailure(showPeople()), PAUSE_MS);
  });
  document.addEventListener("keydown", walk);
  for (const id of ["options", "fix"]) $(id).addEventListener("click", () => chrome.runtime.openOptionsPage());
  $("dashboard").addEventListener("click", () => reportFailure(Protocol.send("dashboard.open", {})));
  $("retry").addEventListener("click", () => reportFailure(Protocol.send("queue.retry", {}).then(showStatus)));
  $("copy").addEventListener("click", () => reportFailure(copyReport($("copied"))));
  $("copy-page").addEventListener("click", () => reportFailure(copyPage($("copied"))));
  chrome.storage.onChanged.addListener((changes) => {
    if (changes.options) reportFailure(adoptOptions());
    if (changes.touched) reportFailure(showChanged());
    if (changes.link || Object.keys(changes).some((key) => key.startsWith("outbox:"))) {
      reportFailure(Protocol.send("status.get", {}).then(showStatus));
    }
  });
}

await speak();
fillWords(document);
field().value = new URLSearchParams(location.search).get("q") ?? "";
listen();
listenToQueue(reportFailure);
listenToChats(() => reportFailure(viewer().then(showChats)));
reportFailure(adoptOptions());
reportFailure(viewer().then(showChats));
reportFailure(viewer().then(showLists));
reportFailure(viewer().then(showQueue));
field().focus();
reportFailure(Promise.all([showPeople(), Protocol.send("status.get", {}).then(showStatus), showPageHealth()]));
