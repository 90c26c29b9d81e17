// The panel's strip of chats: while one runs, with whom one talked so far; afterwards the way to the recap.
import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "../module_page.mjs";
import { INES, WREN, openPanel } from "./panel_page.mjs";

const END = Math.floor(Date.now() / 1000) + 1800;
const CHAT = {
  tag: "#bookchat", start: END - 3600, end: END, running: true, path: "/web/chats?chat=bookchat&day=2026-11-29",
  people: [{ badge: WREN, they: 2, you: 1 }, { badge: INES, they: 1, you: 0 }],
};

/** @param {object[]} chats */
async function strip(chats) {
  const answers = { "chats.get": () => ({ chats }), "dashboard.open": () => ({ ok: true }) };
  const window = await openPanel({ answers });
  await until(() => window.messages.some((one) => one.name === "chats.get"));
  await until(() => window.document.getElementById("chats").childElementCount === chats.length);
  return { window, node: window.document.getElementById("chats") };
}

test("while a chat runs the strip says until when, and with whom the user talked so far", async () => {
  const { node } = await strip([CHAT]);
  assert.equal(node.hidden, false);
  const hour = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit" }).format(new Date(END * 1000));
  assert.equal(node.querySelector("h2").textContent, `#bookchat until ${hour}`);
  assert.match(node.querySelector(".quiet").textContent, /You talked with 2 people/);
  const names = [...node.querySelectorAll(".who > b")].map((one) => one.textContent);
  assert.deepEqual(names, ["Wren Okafor", "Ines Duarte"]);
  assert.equal(node.querySelector(".quiet a").href, "https://x.com/search?q=%23bookchat&f=live");
});

test("once it is over the recap is one press away", async () => {
  const { window, node } = await strip([{ ...CHAT, running: false, people: CHAT.people.slice(0, 1) }]);
  assert.match(node.querySelector("h2").textContent, /: over$/);
  assert.match(node.querySelector(".quiet").textContent, /You talked with 1 person/);
  node.querySelector("button").click();
  const [opened] = window.messages.filter((one) => one.name === "dashboard.open");
  assert.equal(opened.params.path, CHAT.path);
});

test("outside of the hours there is no strip", async () => {
  const { node } = await strip([]);
  assert.equal(node.hidden, true);
});

test("a sighting that changes somebody draws the strip anew", async () => {
  const { window, node } = await strip([{ ...CHAT, people: [] }]);
  assert.match(node.querySelector(".quiet").textContent, /Nobody you talked with/);
  const before = window.messages.filter((one) => one.name === "chats.get").length;
  window.chrome.storage.onChanged.tell({ touched: { newValue: { people: [] } } });
  await until(() => window.messages.filter((one) => one.name === "chats.get").length > before);
});

test("late in the evening a chat that ends after midnight says the hour, not tomorrow's date", async () => {
  const chat = { ...CHAT, end: new Date(2026, 10, 30, 0, 10).getTime() / 1000 };
  const { window, node } = await strip([chat]);
  const now = new Date(2026, 10, 29, 23, 40).getTime();
  window.eval(`Date = class extends Date { constructor(...given) { super(...(given.length ? given : [${now}])); } }`);
  window.chrome.storage.onChanged.tell({ touched: { newValue: { people: [] } } });
  await until(() => /12:10/.test(node.querySelector("h2").textContent));
  assert.match(node.querySelector("h2").textContent, /^#bookchat until 12:10\sAM$/);
});
