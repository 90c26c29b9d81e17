// The panel's queue of new followers: one at a time, a key for each decision, and the list of all followers.
import "../lib/tables.js";
import "../lib/writing.js";
import "../card/parts.js";
import "../card/vetting/report_view.js";
import { personRow } from "./person_row.js";

const $ = (/** @type {string} */ id) => Dom.$(document, `#${id}`);
const select = (/** @type {string} */ id) => /** @type {HTMLSelectElement} */ ($(id));

/** @type {Api["vet.queue"]["result"]["people"]} */
let people = [];
let at = 0;
/** @type {ViewerKey | null} */
let viewer = null;
/** @type {VetShown | null} */
let shown = null;
/** @type {{handle: string, id: string | null, item: string} | null} the decision last made here, for Z */
let last = null;

/** Asks for the stack anew. @param {ViewerKey | null} who whose followers */
export async function showQueue(who) {
  viewer = who;
  if (!viewer) return;
  const found = await Protocol.send("vet.queue", { viewer });
  people = found.people;
  at = 0;
  const done = people.length === 0;
  $("queue-section").hidden = false;
  $("queue-count").textContent = Dom.t(!done ? "vetQueue" : found.whole ? "vetQueueDone" : "vetQueueUnseen", [
    String(found.waiting),
    String(found.decided_today),
  ]);
  $("queue-nav").hidden = done;
  await showCard(false);
}

/** @param {boolean} look whether this is the user's press to look at link and photo */
async function showCard(look) {
  const one = people[at];
  if (!one || !viewer) return $("queue").replaceChildren();
  const person = { id: one.badge.id, handle: one.badge.handle };
  const ask = (/** @type {boolean} */ out) =>
    Protocol.send("vet.get", { viewer: /** @type {ViewerKey} */ (viewer), person, look: out, looking: look && !out });
  const report = await ask(false);
  if (people[at] !== one) return;
  const view = VetReportView.create(report, { decide: (body) => void decide(one.badge, body), undo: () => void undo(),
    more: () => Protocol.send("vet.more", { viewer: /** @type {ViewerKey} */ (viewer), person }) });
  shown = view;
  const words = one.before && `${one.before.sentence}. ${one.before.news ?? ""}`;
  const before = words && Dom.h("p", { class: "quiet private", dir: "auto" }, words);
  $("queue").replaceChildren(
    Dom.h("ul", { class: "people" }, personRow(one.badge)), ...(before ? [before] : []), view.node,
  );
  if (look) view.update(await ask(true));
}

/** @param {Badge} who @param {VetDecision} body */
async function decide(who, body) {
  if (!viewer) return;
  last = { handle: who.handle, id: who.id, item: crypto.randomUUID() };
  await Writing.put({
    viewer, kind: "decision", person: { id: who.id, handle: who.handle }, body: { ...body, item: last.item },
    base: null,
  });
  if (body.decision === "follow_back") await chrome.tabs.create({ url: `https://x.com/${who.handle}` });
  await showQueue(viewer);
}

/** Takes the last decision back; who it was about is in the stack again. */
async function undo() {
  if (!last || !viewer) return;
  const { item, ...person } = last;
  last = null;
  await Writing.put({ viewer, kind: "decision", person, body: { item, gone: true }, base: null });
  await showQueue(viewer);
}

/** @param {number} step */
async function turn(step) {
  at = Math.min(Math.max(at + step, 0), people.length - 1);
  await showCard(false);
}

/** @param {string} key @returns {Promise<void> | undefined} undefined for a key without an action */
function act(key) {
  if (key === "ArrowRight") return turn(1);
  if (key === "ArrowLeft") return turn(-1);
  if (key === "v" || key === "V") return showCard(true);
  if (key === "z" || key === "Z") return undo();
  return shown?.press(key) ? Promise.resolve() : undefined;
}

/** The followers seen so far, filtered and sorted as chosen. */
async function showFollowers() {
  if (!viewer) return;
  const found = await Protocol.send("vet.followers", {
    viewer,
    show: select("followers-show").value,
    sort: select("followers-sort").value,
  });
  $("followers-count").textContent = Dom.t("followersCount", [String(found.people.length), String(found.total)]);
  $("followers").replaceChildren(...found.people.map(personRow));
}

/** @param {string} id @param {(value: string) => string} word @param {string[]} values */
function fill(id, word, values) {
  select(id).replaceChildren(...values.map((value) => Dom.h("option", { value }, word(value))));
  select(id).addEventListener("change", () => void showFollowers());
}

/** @param {(work: Promise<unknown>) => void} reportFailure reports the failure of a promise */
export function listenToQueue(reportFailure) {
  document.addEventListener("keydown", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (event.ctrlKey || event.metaKey || event.altKey || target.matches("input, select, textarea")) return;
    const work = act(Dom.keyOf(event));
    if (!work) return;
    event.preventDefault();
    reportFailure(work);
  });
  $("queue-back").addEventListener("click", () => reportFailure(turn(-1)));
  $("queue-on").addEventListener("click", () => reportFailure(turn(1)));
  $("queue-look").addEventListener("click", () => reportFailure(showCard(true)));
  fill("followers-show", (value) => Dom.t(`followersShow_${value}`), ["all", "not_followed", "followed"]);
  fill("followers-sort", (value) => Dom.t(`followersSort_${value}`), ["oldest", "newest", "score", "contact", "name"]);
  $("followers-list").addEventListener("toggle", () => reportFailure(showFollowers()));
}
