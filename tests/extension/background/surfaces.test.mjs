// Tests what the toolbar says: how many changes wait, else that X changed, else nothing.
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
