// Entry point of the background: registers every listener in the first turn and reads all state from storage.
import "../lib/log.js";
import "../lib/protocol.js";
import "../lib/people.js";
import "../lib/tables.js";
import "../lib/store.js";
import "../lib/dom.js";
import "../lib/consent.js";
import "../lib/page_verdict.js";
import { touch } from "./cache.js";
import { hex } from "./bytes.js";
import { logChat } from "./chat_log.js";
import { CompanionError, call, pair, pairBySecret, unpair } from "./companion.js";
import { permissionsChanged } from "./consent.js";
import { pageHealthGet, pageHealthReport } from "./page_health.js";
import { choose, keepSpare, renew, speak } from "./languages.js";
import { migrate } from "./migrate.js";
import {
  admitFrame, forgetTab, lineGet, overlayClaim, overlayExpect, overlayFind, overlayQueue, vetWaiting,
} from "./overlay.js";
import { dropOffer, offerIn, pairFound, pairOffer, welcome } from "./pairing_offer.js";
import { ALARM, drain, drop, queue, unpark } from "./outbox.js";
import {
  badgesGet, chatsGet, listsGet, personForget, personGet, recentGet, tagsGet, versionsGet, writePut,
} from "./people.js";
import { draftsGet, relationshipGet, historyGet, historyRemove, historyRestore } from "./relationship.js";
import { connectionReport } from "./connection_report.js";
import { flush, sightingsAdd } from "./sightings.js";
import { answered, onTransition, setLink } from "./status.js";
import { makeMenus, menuClicked, openPanel, openPerson, showWaiting, suggestPeople } from "./surfaces.js";
import { look, sign, timeWipe } from "./time_spent.js";
import { vetFollowers, vetGet, vetMore, vetTopics } from "./vet.js";
import { noteViewer } from "./viewer.js";

const UNANNOUNCED_MS = 1000; // a message on its way has come by then
const ready = Promise.all([migrate(), speak()]);

/**
 * @template P, R
 * @param {(params: P, sender: chrome.runtime.MessageSender) => Promise<R>} handler
 * @returns {(params: P, sender: chrome.runtime.MessageSender) => Promise<R>} the same, once the data is of this version
 */
function whenReady(handler) {
  return async (params, sender) => {
    await ready;
    await noteViewer(/** @type {{viewer?: ViewerKey}} */ (params)?.viewer);
    if (sender?.tab) sign().catch(logged("time"));
    return handler(params, sender);
  };
}

/** @param {Parameters<typeof writePut>[0]} params */
async function write(params) {
  try {
    return await writePut(params);
  } finally {
    await showWaiting();
  }
}

/** Sends everything that waits. @param {{anew?: boolean}} [how] @returns {Promise<Status>} */
async function retry(how) {
  await drain(how);
  await flush();
  await showWaiting();
  return connectionReport();
}

/** @param {Api["pair"]["params"]} params @param {chrome.runtime.MessageSender} sender */
async function pairWith(params, sender) {
  const instance = "code" in params ? await pair(params.code) : await pairOffered(sender.tab?.id);
  await setLink({ state: "connected", message: "" });
  await retry();
  await touch([{ handle: "" }]);
  return { instance };
}

/** @param {number | undefined} tab @returns {Promise<string>} the data folder's id */
async function pairOffered(tab) {
  const offer = await offerIn(tab);
  if (tab === undefined || !offer) throw new CompanionError("pairing", Dom.t("optionsCodeWrong"), null, 403);
  const { port } = await Store.options();
  await Store.setOptions({ port: offer.port });
  try {
    const instance = await pairBySecret(hex(offer.secret));
    await dropOffer(tab);
    return instance;
  } catch (error) {
    await Store.setOptions({ port });
    throw error;
  }
}

/** @param {Partial<Options>} change @returns {Promise<Options>} */
async function setOptions(change) {
  if (change.language === undefined) return Store.setOptions(change);
  await choose(change.language);
  const options = await Store.setOptions(change);
  makeMenus();
  await retry({ anew: true }); // the state of the link is kept in words
  return options;
}

async function leave() {
  await unpair();
  await setLink({ state: "unpaired", message: Dom.t("link_unpaired") });
  return { ok: /** @type {const} */ (true) };
}

/** @param {{path?: string}} params */
async function openDashboard({ path }) {
  const { url } = await call("/v1/dashboard", path ? { path } : {});
  const { language } = await Store.options();
  await answered();
  await chrome.tabs.create({ url: language ? `${url}${url.includes("?") ? "&" : "?"}language=${language}` : url });
  return { ok: /** @type {const} */ (true) };
}

async function exportHeld() {
  return { held: await chrome.storage.local.get(null) };
}

Protocol.serve({
  "badges.get": whenReady(badgesGet),
  "person.get": whenReady(personGet),
  "line.get": whenReady(lineGet),
  "overlay.expect": whenReady(overlayExpect),
  "overlay.claim": whenReady(overlayClaim),
  "write.put": whenReady(write),
  "relationship.get": whenReady(relationshipGet),
  "drafts.get": whenReady(draftsGet),
  "history.get": whenReady(historyGet),
  "history.remove": whenReady(historyRemove),
  "history.restore": whenReady(historyRestore),
  "versions.get": whenReady(versionsGet),
  "vet.get": whenReady(vetGet),
  "vet.more": whenReady(vetMore),
  "vet.queue": whenReady(overlayQueue),
  "vet.waiting": whenReady(vetWaiting),
  "vet.followers": whenReady(vetFollowers),
  "vet.topics": whenReady(vetTopics),
  "search.find": whenReady(overlayFind),
  "recent.get": whenReady(recentGet),
  "tags.get": whenReady(tagsGet),
  "chats.get": whenReady(chatsGet),
  "lists.get": whenReady(listsGet),
  "person.forget": whenReady(personForget),
  "sightings.add": whenReady(sightingsAdd),
  "status.get": whenReady(connectionReport),
  "pair": whenReady(pairWith),
  "pair.found": whenReady(pairFound),
  "pair.offer": whenReady(pairOffer),
  "unpair": whenReady(leave),
  "options.get": whenReady(Store.options),
  "options.set": whenReady(setOptions),
  "queue.retry": whenReady(async () => { await unpark(); return retry(); }),
  "queue.drop": whenReady(async ({ op }) => { await drop(op); await showWaiting(); return connectionReport(); }),
  "page_health.report": whenReady(async (params) => { await pageHealthReport(params); return showWaiting(); }),
  "page_health.get": whenReady(pageHealthGet),
  "time.wipe": whenReady(timeWipe),
  "dashboard.open": whenReady(openDashboard),
  "browser.export": whenReady(exportHeld),
}, admitFrame);

/** @param {string} where @returns {(error: unknown) => void} */
const logged = (where) => (error) => Log.error(where, error);

chrome.alarms.onAlarm.addListener((alarm) => { if (alarm.name === ALARM) retry().catch(logged("alarm")); });
chrome.runtime.onStartup.addListener(() => {
  ready.then(keepSpare).catch(logged("language")); // the browser's own language may have been changed
  retry().catch(logged("start"));
});
chrome.runtime.onInstalled.addListener(({ reason }) => {
  ready.then(renew).catch(logged("language")).then(makeMenus);
  retry().catch(logged("install"));
  if (reason === "install") welcome().catch(logged("welcome"));
});
/** What waits goes off after a consent; after it was taken back the link says so at once. */
for (const change of [chrome.permissions.onAdded, chrome.permissions.onRemoved]) {
  change.addListener(() => {
    permissionsChanged().then(() => retry({ anew: true })).catch(logged("permissions"));
  });
}
// Firefox for Android has no context menus, no keyboard commands and no omnibox; the rest works without them.
chrome.contextMenus?.onClicked.addListener((info, tab) => { menuClicked(info, tab).catch(logged("menu")); });
chrome.tabs.onRemoved.addListener((tab) => { forgetTab(tab).catch(logged("tabs")); });
chrome.tabs.onActivated.addListener(() => { look().catch(logged("time")); });
chrome.tabs.onUpdated.addListener((_tab, { url }) => { if (url) look().catch(logged("time")); });
chrome.windows?.onFocusChanged.addListener(() => { look().catch(logged("time")); });
chrome.commands?.onCommand.addListener((command, tab) => {
  if (command === "open-panel") openPanel(tab).catch(logged("panel"));
  if (command === "log-chat") ready.then(() => logChat(tab, showWaiting)).catch(logged("chat"));
});
chrome.omnibox?.onInputChanged.addListener((text, suggest) => {
  suggestPeople(text, suggest).catch(logged("omnibox"));
});
chrome.omnibox?.onInputEntered.addListener((text) => { openPerson(text).catch(logged("omnibox")); });
/** What a frame wrote down while X's page took it away, so that its message may never have come. */
chrome.storage.onChanged.addListener((changes, area) => {
  const unannounced = Object.entries(changes).some(([key, { newValue }]) =>
    key.startsWith(Store.OUTBOX) && newValue && !(/** @type {{state?: string}} */ (newValue).state));
  if (area === "local" && unannounced) setTimeout(() => { retry().catch(logged("outbox")); }, UNANNOUNCED_MS);
});
// drafts left by a card whose message never came
ready.then(async () => { if ((await queue()).length > 0) await retry(); }).catch(logged("wake"));
onTransition((link) => { if (link.state === "connected") retry({ anew: true }).catch(logged("link")); });
