// Tests what the toolbar says (how many changes wait, that X changed, or nothing), and browsers that lack a part.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Browser, CONTENT, note } from "./browser.mjs";

const visit = (count) => ({
  counts: { page: "home", at: 5, tap: true, failing: [], counts: { post: count }, anchor: { post: 0 } },
});

test("after three pages without a place that was there the toolbar shows a mark, until it is found again", async () => {
  const browser = await (await new Browser().wake()).pair();
  const badge = () => browser.chrome.action.badge;
  for (const count of [3, 0, 0]) await browser.send("page_health.report", visit(count), CONTENT);
  assert.equal(badge(), "");
  await browser.send("page_health.report", visit(0), CONTENT);
  assert.equal(badge(), "!");
  await browser.send("page_health.report", visit(2), CONTENT);
  assert.equal(badge(), "");
});

test("changes that wait are told first, and one who wants no number sees neither", async () => {
  const browser = await (await new Browser().wake()).pair();
  for (const count of [0, 0, 0]) await browser.send("page_health.report", visit(count), CONTENT);
  browser.companion.away = true;
  await browser.send("write.put", note("waits"));
  assert.equal(browser.chrome.action.badge, "1");
  await browser.send("options.set", { toolbar: false });
  await browser.send("page_health.report", visit(0), CONTENT);
  assert.equal(browser.chrome.action.badge, "");
});

test("where a browser has no menus, commands and omnibox, as on Android, the rest works: notes are kept", async () => {
  const browser = new Browser();
  browser.lacks = ["contextMenus", "commands", "omnibox", "sidePanel"];
  await browser.wake();
  for (const listener of browser.chrome.runtime.onInstalled.listeners) listener({ reason: "install" });
  const answer = await browser.send("write.put", note("typed on a phone"));
  assert.equal(answer.state, "queued");
  assert.equal(browser.chrome.action.badge, "1");
});
