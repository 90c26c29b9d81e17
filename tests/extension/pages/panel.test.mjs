// Tests the panel: search and recent people, connection state, waiting changes, health of the page, copied report.
import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "../module_page.mjs";
import { CONNECTED, INES, WREN, openPanel } from "./panel_page.mjs";

const $ = (window, id) => window.document.getElementById(id);
const names = (window) => [...$(window, "people").querySelectorAll(".who > b")].map((name) => name.textContent);
const sent = (window, name) => window.messages.filter((message) => message.name === name);

/** Types into the search field. */
function type(window, words) {
  $(window, "q").value = words;
  $(window, "q").dispatchEvent(new window.Event("input", { bubbles: true }));
}

test("without a search the panel lists the people met lately", async () => {
  const window = await openPanel();
  await until(() => names(window).length > 0);
  assert.deepEqual(names(window), ["Wren Okafor"]);
  assert.equal($(window, "people-title").textContent, "Lately");
  assert.equal(sent(window, "search.find").length, 0);
  const link = $(window, "people").querySelector("a");
  assert.equal(link.href, "https://x.com/wrenwrites");
  assert.match(link.textContent, /64/);
});

test("a search lists the matches with the words around them, and an empty field the recent people again", async () => {
  const window = await openPanel();
  type(window, " spring ");
  await until(() => names(window)[0] === "Ines Duarte");
  assert.equal($(window, "people-title").textContent, "Found");
  assert.equal($(window, "people").querySelector(".found").textContent, "printed the spring issue");
  assert.deepEqual({ ...sent(window, "search.find")[0].params.viewer }, { id: "1000001", handle: "adaquill" });
  assert.equal(sent(window, "search.find")[0].params.q, "spring");
  type(window, "");
  await until(() => names(window)[0] === "Wren Okafor");
});

test("a person's line has the balance of both sides, and none where nothing was exchanged", async () => {
  const people = [{ ...WREN, you: 2, they: 5 }, { ...INES, you: 0, they: 0 }];
  const window = await openPanel({ answers: { "recent.get": () => ({ people }) } });
  await until(() => names(window).length === 2);
  const lines = [...$(window, "people").querySelectorAll(".who > .line:not(.found)")].map((line) => line.textContent);
  assert.match(lines[0], / · you 2 · they 5$/);
  assert.ok(lines.every((line) => !/you 0|they 0/.test(line)), lines.join("; "));
});

test("where what they send could not be seen, a person's line says so instead of zero", async () => {
  const people = [{ ...WREN, you: 14, they: null }];
  const window = await openPanel({ answers: { "recent.get": () => ({ people }) } });
  await until(() => names(window).length === 1);
  assert.match($(window, "people").querySelector(".line").textContent, / · you 14 · they \?$/);
});

test("a person without a match in the words has no line for them", async () => {
  const window = await openPanel();
  await until(() => names(window).length > 0);
  assert.equal($(window, "people").querySelector(".found"), null);
});

test("a late answer to an older search is dropped", async () => {
  let release;
  const answers = {
    "search.find": ({ q }) =>
      q === "old" ? new Promise((done) => { release = () => done({ people: [WREN] }); }) : { people: [INES] },
  };
  const window = await openPanel({ answers });
  type(window, "old");
  await until(() => release);
  type(window, "new");
  await until(() => names(window)[0] === "Ines Duarte");
  release();
  await new Promise((done) => { setTimeout(done, 0); });
  assert.deepEqual(names(window), ["Ines Duarte"]);
});

test("nobody found and nobody met are each said in words", async () => {
  const nobody = () => ({ people: [] });
  const window = await openPanel({ answers: { "search.find": nobody, "recent.get": nobody } });
  await until(() => !$(window, "nobody").hidden);
  assert.match($(window, "nobody").textContent, /^Nobody here yet/);
  type(window, "wren");
  await until(() => $(window, "nobody").textContent === "Nobody matches “wren”.");
});

test("an address with a search opens with its results", async () => {
  const window = await openPanel({ query: "?q=%40inesmakes" });
  await until(() => names(window)[0] === "Ines Duarte");
  assert.equal($(window, "q").value, "@inesmakes");
});

test("a good connection is shown as good, with nothing to mend", async () => {
  const window = await openPanel();
  await until(() => $(window, "link").textContent !== "");
  assert.equal($(window, "link").className, "good");
  assert.match($(window, "link").textContent, /^Connected to the companion.*nothing saved yet/);
  assert.equal($(window, "fix").hidden, true);
  assert.equal($(window, "waiting-section").hidden, true);
});

test("a missing pairing is shown as bad, in its own words, with the way to the options", async () => {
  const status = { ...CONNECTED, state: "unpaired", message: "Not paired. Run `mutuals pair`." };
  const window = await openPanel({ answers: { "status.get": () => status } });
  await until(() => $(window, "link").className === "bad");
  assert.equal($(window, "link").querySelector("code").textContent, "mutuals pair");
  assert.equal($(window, "fix").hidden, false);
});

test("a companion that is away leaves nothing to mend in the options", async () => {
  const status = { ...CONNECTED, state: "unreachable", message: "The companion is not running." };
  const window = await openPanel({ answers: { "status.get": () => status } });
  await until(() => $(window, "link").className === "bad");
  assert.equal($(window, "fix").hidden, true);
});

test("a refused change is listed and given up only at the second press", async () => {
  const parked = [{ op: "op-1", kind: "note", handle: "wrenwrites", at: 1_790_000_000, reason: "Too long." }];
  const answers = { "status.get": () => ({ ...CONNECTED, waiting: 2, parked }), "queue.drop": () => CONNECTED };
  const window = await openPanel({ answers });
  await until(() => !$(window, "waiting-section").hidden);
  assert.match($(window, "waiting-count").textContent, /wait to be sent: 2\./);
  assert.match($(window, "parked").textContent, /@wrenwrites note, .*: Too long\./);
  const button = $(window, "parked").querySelector("button");
  button.click();
  assert.equal(button.textContent, "Really give up this change?");
  assert.equal(sent(window, "queue.drop").length, 0);
  button.click();
  await until(() => $(window, "waiting-section").hidden);
  assert.equal(sent(window, "queue.drop")[0].params.op, "op-1");
});

test("a failed request of the page is shown where the connection's state is", async () => {
  const fail = () => { throw new Error("The companion refused this."); };
  const window = await openPanel({ answers: { "dashboard.open": fail } });
  await until(() => $(window, "link").className === "good");
  $(window, "dashboard").click();
  await until(() => $(window, "link").className === "bad");
  assert.equal($(window, "link").textContent, "The companion refused this.");
});

test("health says unseen before any page, fine where all was found, and names what is missing", async () => {
  const visit = (count) => ({ page: "home", at: 1_790_000_000, counts: { post: count } });
  const health = async (visits) => {
    const window = await openPanel({ answers: { "page_health.get": () => ({ visits }) } });
    await until(() => $(window, "doctor").children.length > 0);
    return $(window, "doctor").firstChild;
  };
  assert.match((await health([])).textContent, /^Open X and look/);
  const fine = await health([visit(3)]);
  assert.match(fine.textContent, /^All places we need/);
  assert.equal(fine.className, "");
  const broken = await health(Array.from({ length: 12 }, () => visit(0)));
  assert.match(broken.textContent, /^post is missing on home pages since/);
  assert.equal(broken.className, "bad");
});

test("the report is copied whole, and the panel says so only then", async () => {
  const window = await openPanel({ answers: { "page_health.get": () => ({ visits: [], version: "0.1.0" }) } });
  assert.equal($(window, "copied").textContent, "");
  $(window, "copy").click();
  await until(() => $(window, "copied").textContent !== "");
  assert.match($(window, "copied").textContent, /^Copied\./);
  assert.equal(JSON.parse(window.copied[0]).version, "0.1.0");
});

test("the page of X looked at last is copied as an outline; where there is none it says what to do", async () => {
  const window = await openPanel();
  const press = async (pages) => {
    window.chrome.tabs.pages = pages;
    $(window, "copied").textContent = "";
    $(window, "copy-page").click();
    await until(() => $(window, "copied").textContent !== "");
    return $(window, "copied").textContent;
  };
  assert.match(await press([]), /^Open the page of X/);
  assert.match(await press([{ id: 1, lastAccessed: 5 }]), /^Open the page of X/);
  assert.deepEqual(window.copied, []);
  const x = (inside) => `<html xmlns="http://www.w3.org/1999/xhtml"><body>${inside}</body></html>`;
  const said = await press([
    { id: 1, lastAccessed: 5, answer: x("<p>Wren</p>") },
    { id: 2, lastAccessed: 9, answer: x("<article data-testid=\"tweet\">Wren writes</article>") },
  ]);
  assert.match(said, /^Copied: .*without its texts, names/);
  assert.match(window.copied[0], /<article data-testid="tweet">/);
  assert.equal(window.copied[0].includes("Wren"), false);
});

test("the health of the page names the program of X that drew it, where that is known", async () => {
  const last = async (visit) => {
    const seen = { page: "home", at: 1, counts: { post: 3 } };
    const visits = [seen, { ...seen, at: 2, ...visit }];
    const window = await openPanel({ answers: { "page_health.get": () => ({ visits }) } });
    await until(() => $(window, "doctor").children.length > 0);
    return [...$(window, "doctor").children].slice(1).map((line) => line.textContent);
  };
  assert.match((await last({ client: "classic" }))[0], /usual program/);
  assert.match((await last({ client: "x-web" }))[0], /new program \(x-web\)/);
  assert.deepEqual([await last({ client: null }), await last({})], [[], []]);
});

test("people written about anywhere are listed anew, and a changed link is asked for", async () => {
  let people = [WREN];
  const window = await openPanel({ answers: { "recent.get": () => ({ people }) } });
  await until(() => names(window).length === 1);
  people = [INES, WREN];
  window.chrome.storage.onChanged.tell({ touched: { newValue: { people: [] } } });
  await until(() => names(window).length === 2);
  const before = sent(window, "status.get").length;
  window.chrome.storage.onChanged.tell({ link: {} });
  await until(() => sent(window, "status.get").length > before);
});

test("arrow keys walk from the search through the people and back", async () => {
  const window = await openPanel({ answers: { "recent.get": () => ({ people: [WREN, INES] }) } });
  await until(() => names(window).length === 2);
  const press = (key) =>
    window.document.activeElement.dispatchEvent(new window.KeyboardEvent("keydown", { key, bubbles: true }));
  const links = [...$(window, "people").querySelectorAll("a")];
  for (const [key, focused] of [
    ["ArrowDown", links[0]], ["ArrowDown", links[1]], ["ArrowDown", links[1]], ["ArrowUp", links[0]],
    ["ArrowUp", $(window, "q")],
  ]) {
    press(key);
    assert.equal(window.document.activeElement, focused, key);
  }
});

test("the last saved change has its time today and its day later, and waiting ones are counted", async () => {
  const words = async (last_ack, waiting) => {
    const window = await openPanel({ answers: { "status.get": () => ({ ...CONNECTED, last_ack, waiting }) } });
    await until(() => $(window, "link").textContent !== "");
    return $(window, "link").querySelector(".line").textContent;
  };
  assert.match(await words({ at: Date.now() / 1000 }, 0), /^last saved \d\d:\d\d [AP]M$/);
  assert.match(await words({ at: 1_700_000_000 }, 3), /^last saved Nov 1[45], 2023, 3 waiting$/);
});

test("the ring of a score is drawn in the panel's size", async () => {
  const window = await openPanel();
  await until(() => names(window).length > 0);
  const ring = $(window, "people").querySelector(".ringbox").firstElementChild;
  assert.equal(ring.getAttribute("width"), "36");
});

test("a press on options and a way to mend open the options page", async () => {
  const window = await openPanel();
  let opened = 0;
  window.chrome.runtime.openOptionsPage = () => { opened += 1; };
  $(window, "options").click();
  $(window, "fix").click();
  assert.equal(opened, 2);
});

test("try again sends what waits and shows the state after it", async () => {
  const answers = { "status.get": () => ({ ...CONNECTED, waiting: 2 }), "queue.retry": () => CONNECTED };
  const window = await openPanel({ answers });
  await until(() => !$(window, "waiting-section").hidden);
  $(window, "retry").click();
  await until(() => $(window, "waiting-section").hidden);
  assert.equal(sent(window, "queue.retry").length, 1);
});

test("the hits stand right under the field: while one searches nothing else is shown", async () => {
  const window = await openPanel();
  await until(() => names(window).length > 0);
  assert.equal(window.document.body.classList.contains("searching"), false);
  type(window, "spring");
  await until(() => names(window)[0] === "Ines Duarte");
  assert.equal(window.document.body.classList.contains("searching"), true);
});

test("that X changed is one quiet line at the top, and no line while all is found", async () => {
  const visit = (count) => ({ page: "home", at: 5, counts: { post: count } });
  const line = async (counts) => {
    const visits = counts.map(visit);
    const window = await openPanel({ answers: { "page_health.get": () => ({ visits }) } });
    await until(() => $(window, "doctor").children.length > 0);
    return $(window, "changed");
  };
  assert.equal((await line([1, 1, 1])).hidden, true);
  const said = await line([1, 0, 0, 0]);
  assert.equal(said.hidden, false);
  assert.match(said.textContent, /^X changed its page/);
});
