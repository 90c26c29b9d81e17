// Time by kind of page: what counts, what does not, how it is told and wiped.
import assert from "node:assert/strict";
import { test } from "node:test";
import vm from "node:vm";
import { counted, sourceOf } from "../../../extension/background/time_spent.js";
import { openPage } from "../page.mjs";
import { Browser, CONTENT, VIEWER } from "./browser.mjs";

globalThis.People = openPage().People;
const MINUTE = 60_000;
const NOON = new Date(2026, 10, 29, 12).getTime();
const DAY = "2026-11-29";

test("an address of X has its source, whoever's it is, and every other address has none", () => {
  const at = (path) => sourceOf(`https://x.com${path}`);
  assert.deepEqual(["/home", "/i/lists/7", "/wrenwrites/lists"].map(at), ["home", "lists", "profiles"]);
  assert.deepEqual(["/hashtag/bookchat", "/search?q=%23bookchat&f=live", "/search?q=ink", "/explore"].map(at),
    ["chats", "chats", "other", "other"]);
  assert.deepEqual(["/notifications", "/messages", "/i/chat/1-2", "/wrenwrites", "/wrenwrites/followers"].map(at),
    ["notifications", "messages", "messages", "profiles", "profiles"]);
  assert.deepEqual(["/wrenwrites/status/5", "/settings"].map(at), ["posts", "other"]);
  assert.deepEqual([undefined, "", "about:blank", "https://x.com.example/home", "https://notx.com/home"].map(sourceOf),
    [null, null, null, null, null]);
});

test("time is added to its day; a long pause counts as five minutes, and a clock set back as none", () => {
  const watch = { source: "home", at: NOON };
  assert.deepEqual(counted({}, watch, NOON + 2 * MINUTE), { [DAY]: { home: 2 * MINUTE } });
  assert.deepEqual(counted({ [DAY]: { home: 5, lists: 7 } }, watch, NOON + 90 * MINUTE),
    { [DAY]: { home: 5 + 5 * MINUTE, lists: 7 } });
  const days = {};
  assert.equal(counted(days, watch, NOON - MINUTE), days);
  assert.equal(counted(days, null, NOON), days);
});

test("days older than the latest ninety leave", () => {
  const days = Object.fromEntries(Array.from({ length: 90 }, (_, at) =>
    [new Date(2026, 7, 1 + at).toLocaleDateString("sv-SE"), { home: 1 }]));
  const more = counted(days, { source: "home", at: NOON }, NOON + 1);
  assert.equal(Object.keys(more).length, 90);
  assert.ok(!("2026-08-01" in more) && DAY in more);
});

/** A browser whose clock a test sets, with X's home before the user. */
async function measuring() {
  const browser = await new Browser().wake();
  const told = [];
  browser.companion.answers["/v1/time"] = (body) => { told.push(body); return [200, { days: 1 }]; };
  await browser.pair();
  let now = NOON;
  browser.companion.clock = () => now;
  vm.runInContext("Date", browser.context).now = () => now;
  const looked = () => browser.modules.get("time_spent").namespace.look(); // one look at a time: those before are done
  const show = async (url) => {
    browser.chrome.tabs.active = url ? [{ url }] : [];
    browser.chrome.tabs.onActivated.listeners.forEach((listener) => listener({}));
    await looked();
  };
  const pass = (ms) => { now += ms; };
  return { browser, told, show, looked, pass, time: () => browser.storage.data.time };
}

test("what is before the user counts until they turn to something else, and is told by day in seconds", async () => {
  const { told, show, pass, time } = await measuring();
  await show("https://x.com/home");
  pass(3 * MINUTE);
  await show("https://x.com/i/lists/7");
  pass(2 * MINUTE);
  await show("https://news.example");
  pass(60 * MINUTE);
  await show("https://x.com/home");
  assert.deepEqual(time(), { [DAY]: { home: 3 * MINUTE, lists: 2 * MINUTE } });
  assert.deepEqual(told.at(-1).days, { [DAY]: { home: 180, lists: 120 } });
  assert.match(told.at(-1).browser, /^[0-9a-f-]{36}$/);
});

test("a message of a page is a sign of use; with the machine left alone or its window behind none counts", async () => {
  const { browser, show, looked, pass, time } = await measuring();
  browser.companion.answers["/v1/badges"] = () => [200, { badges: {} }];
  const sign = async () => {
    await browser.send("badges.get", { viewer: VIEWER, handles: ["a"] }, CONTENT);
    await looked();
  };
  await show("https://x.com/home");
  for (let turn = 0; turn < 3; turn += 1) { pass(4 * MINUTE); await sign(); }
  assert.equal(time()[DAY].home, 12 * MINUTE, "twelve minutes of reading, no pause of five");
  browser.chrome.idle.state = "idle";
  pass(4 * MINUTE);
  await sign();
  const before = time()[DAY].home;
  pass(60 * MINUTE);
  await sign();
  assert.equal(time()[DAY].home, before, "X goes on loading, nobody reads");
  browser.chrome.idle.state = "active";
  browser.chrome.windows.focused = false;
  await show("https://x.com/home");
  pass(4 * MINUTE);
  await show("https://x.com/home");
  assert.equal(time()[DAY].home, before);
});

test("switched off it measures nothing; wiped it is gone here, and in the companion once that answers", async () => {
  const { browser, told, show, pass, time } = await measuring();
  await show("https://x.com/home");
  pass(3 * MINUTE);
  await show("");
  browser.companion.away = true;
  await browser.send("options.set", { time: false });
  await browser.send("time.wipe", {});
  assert.equal(time(), undefined);
  browser.companion.away = false;
  await browser.send("queue.retry", {});
  pass(3 * MINUTE);
  await show("https://x.com/home");
  assert.deepEqual(told.at(-1).days, {});
  pass(3 * MINUTE);
  await show("");
  assert.equal(time(), undefined);
});

test("only the extension's own pages wipe", async () => {
  const { browser } = await measuring();
  await assert.rejects(browser.send("time.wipe", {}, CONTENT), { code: "refused" });
});
