// The panel's lists: the circles that the user fills, and who is in the chosen one, latest contact first.
import { personRow } from "./person_row.js";

const $ = (/** @type {string} */ id) => Dom.$(document, `#${id}`);
const CHOSEN = "panel_list";
const DISCUSSION = "panel_discussion"; // whether those are left out who only post links
/** The first lists, which the companion leaves to be named here, until the user gives them another name. */
const NAMES = /** @type {Record<string, string>} */ ({ "watchlist": "listWatchlist", "say-things": "listSayThings" });
let requests = 0;

/** @param {PeopleList} list @returns {string} */
const named = ({ id, name }) => name || Dom.t(NAMES[id] ?? "listWatchlist");

/** @param {ViewerKey} viewer @param {string} shown @returns {(list: PeopleList) => HTMLElement} */
function pill(viewer, shown) {
  return (list) => Dom.h("button", {
    type: "button", class: "plain", "aria-pressed": String(list.id === shown), disabled: list.count === 0,
    onclick: () => void choose(viewer, list.id),
  }, Dom.h("bdi", null, named(list)), Dom.h("span", { class: "quiet" }, ` ${list.count}`));
}

/** @param {ViewerKey} viewer @param {string} id */
async function choose(viewer, id) {
  await chrome.storage.local.set({ [CHOSEN]: id });
  await showLists(viewer);
  /** @type {HTMLElement | null} */ (document.querySelector("#lists-nav [aria-pressed=true]"))?.focus();
}

/** Shows those who talk alone, or everybody again. @param {ViewerKey} viewer @param {boolean} on */
async function discuss(viewer, on) {
  await chrome.storage.local.set({ [DISCUSSION]: on });
  await showLists(viewer);
}

/** Draws the lists; nothing where nobody is in any. @param {ViewerKey | null} viewer whose lists */
export async function showLists(viewer) {
  if (!viewer) return;
  const mine = (requests += 1);
  const stored = await chrome.storage.local.get([CHOSEN, DISCUSSION]);
  const discussion = Boolean(stored[DISCUSSION]);
  const asked = { viewer, list: String(stored[CHOSEN] ?? ""), discussion };
  const { lists, shown, people, left_out: left } = await Protocol.send("lists.get", asked);
  if (mine !== requests) return;
  $("lists-section").hidden = shown === "";
  $("lists-nav").replaceChildren(...lists.map(pill(viewer, shown)));
  const box = /** @type {HTMLInputElement} */ ($("lists-discussion"));
  box.checked = discussion;
  box.onchange = () => void discuss(viewer, box.checked);
  $("lists-left").textContent = left > 0 ? Plural.count("listsLeft", left, [String(left)]) : "";
  $("lists").replaceChildren(...people.map(personRow));
}

/** Puts the lists before the new followers, or behind them, as the options say. @param {Options} options */
export function placeLists({ lists }) {
  if (lists === false) $("queue-section").after($("lists-section"));
  else $("queue-section").before($("lists-section"));
}
