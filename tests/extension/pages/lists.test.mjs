// The panel's lists: named in the user's language, one chosen and remembered, before the new followers or behind them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "../module_page.mjs";
import { INES, WREN, openPanel } from "./panel_page.mjs";

const LISTS = [
  { id: "watchlist", name: "", count: 2 }, { id: "say-things", name: "", count: 0 },
  { id: "printers", name: "Printers", count: 1 },
];
const $ = (window, id) => window.document.getElementById(id);
const asked = (window) => window.messages.filter((one) => one.name === "lists.get").map(({ params }) => params.list);

/** A panel over lists; the one that is asked for is shown. */
async function lists(options = {}) {
  const answer = ({ list, discussion }) => (list === "printers"
    ? { lists: LISTS, shown: "printers", people: [INES], left_out: 0 }
    : { lists: LISTS, shown: "watchlist", people: discussion ? [WREN] : [WREN, INES], left_out: Number(discussion) });
  const window = await openPanel({ answers: { "lists.get": answer } });
  await until(() => $(window, "lists").childElementCount > 0);
  if (options.lists !== undefined) {
    await window.chrome.storage.local.set({ options });
    window.chrome.storage.onChanged.tell({ options: { newValue: options } });
  }
  return window;
}
const names = (window) => [...$(window, "lists").querySelectorAll(".who > b")].map((one) => one.textContent);

test("the lists stand first, each with its name and how many are in it; an empty one cannot be chosen", async () => {
  const window = await lists();
  const pills = [...$(window, "lists-nav").children];
  assert.deepEqual(pills.map((one) => one.textContent), ["The Watchlist 2", "People Who Say Things 0", "Printers 1"]);
  assert.deepEqual(pills.map((one) => one.disabled), [false, true, false]);
  assert.deepEqual(names(window), ["Wren Okafor", "Ines Duarte"]);
  assert.equal([...$(window, "lists").querySelectorAll(".ringbox b")].at(-1).textContent, "?", "unknown is not empty");
  const order = [...window.document.querySelectorAll("main > section")].map((one) => one.id).filter(Boolean);
  assert.ok(order.indexOf("lists-section") < order.indexOf("queue-section"), order.join());
});

test("a list is chosen by a press, keeps the focus, and is the one that is opened next", async () => {
  const window = await lists();
  $(window, "lists-nav").children[2].click();
  await until(() => names(window).join() === "Ines Duarte");
  await until(() => window.document.activeElement?.textContent === "Printers 1");
  assert.equal((await window.chrome.storage.local.get("panel_list")).panel_list, "printers");
  assert.deepEqual(asked(window).slice(-1), ["printers"]);
});

test("the options put the new followers first", async () => {
  const window = await lists({ lists: false });
  await until(() => $(window, "queue-section").nextElementSibling === $(window, "lists-section"));
});

test("where nobody is in any list there is no such section", async () => {
  const window = await openPanel();
  await until(() => asked(window).length > 0);
  assert.equal($(window, "lists-section").hidden, true);
});

test("arrow keys walk from the search through the list and on to the people met lately", async () => {
  const window = await lists();
  await until(() => $(window, "people").childElementCount > 0);
  const press = (key) => window.document.activeElement.dispatchEvent(
    new window.KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  for (let turn = 0; turn < 3; turn += 1) press("ArrowDown");
  assert.ok($(window, "people").contains(window.document.activeElement));
});

test("a switch leaves out who only posts links, says how many, and is remembered", async () => {
  const window = await lists();
  const box = $(window, "lists-discussion");
  assert.equal(box.checked, false);
  box.checked = true;
  box.dispatchEvent(new window.Event("change"));
  await until(() => names(window).join() === "Wren Okafor");
  assert.equal($(window, "lists-left").textContent, "1 person only posts links.");
  assert.equal((await window.chrome.storage.local.get("panel_discussion")).panel_discussion, true);
});
