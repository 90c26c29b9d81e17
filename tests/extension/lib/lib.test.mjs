// Tests the shared library: handles and addresses of X, and the redacted log.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { JSDOM } from "jsdom";

const { window } = new JSDOM("<!doctype html><body></body>", { runScripts: "outside-only", url: "https://x.com/" });
window.chrome = { i18n: { getMessage: () => "" }, runtime: { id: "ours", getURL: (path) => `ours://${path}` } };
const context = window;
for (const name of ["log", "protocol", "people", "tables", "dom"]) {
  context.eval(readFileSync(new URL(`../../../extension/lib/${name}.js`, import.meta.url), "utf8"));
}
const { People, Log, Protocol, Tables } = context;

test("a handle comes from an address of X, never from X's own pages or other sites", () => {
  const table = {
    "/wrenwrites": "wrenwrites", "https://x.com/WrenWrites": "WrenWrites", "https://twitter.com/wren?s=20": "wren",
    "/wren/following": "wren", "/wren/verified_followers": "wren", "/home": null, "/i/chat": null,
    "/Settings": null, "/wren/status/12": null, "https://evil.example/wren": null, "/wren/photo": null,
    "/way_too_long_for_a_handle_of_x": null, "": null, "javascript:alert(1)": null,
  };
  for (const [href, handle] of Object.entries(table)) assert.equal(People.handleFromHref(href), handle, href);
});

const CASES = JSON.parse(readFileSync(new URL("../../cases/handles.json", import.meta.url), "utf8"));

test("two spellings of a handle are the same here as in the companion", () => {
  for (const { written, shown, folded } of CASES.spellings) {
    assert.equal(People.withoutAt(written), shown, JSON.stringify(written));
    assert.equal(People.fold(written), folded, JSON.stringify(written));
    assert.ok(People.same(written, folded), JSON.stringify(written));
  }
  assert.ok(!People.same(null, null) && !People.same("wren", "ines"));
});

test("a page of X's own is nobody, in any case", () => {
  for (const page of CASES.pages) assert.ok(!People.isHandle(page) && !People.isHandle(page.toUpperCase()), page);
});

test("every kind of page is told from its address, old tabs and new", () => {
  const table = {
    "/home": "home", "/search?q=x": "search", "/hashtag/books": "search",
    "/notifications/mentions": "notifications", "/wren": "profile", "/wren/all": "profile",
    "/wren/with_replies": "profile", "/wren/status/1": "status", "/wren/followers": "followers",
    "/wren/following": "following", "/i/lists/5": "list", "/i/history/likes": "other", "/": "other",
  };
  for (const [path, kind] of Object.entries(table)) assert.equal(People.page(path).kind, kind, path);
});

test("the log keeps no handle, no id and no quoted text", () => {
  Log.error("card", new Error('@wrenwrites 2000001 said "phone first"'));
  assert.ok(!/wren|2000001|phone/.test(JSON.stringify(Log.all())));
  Log.error("card", new Error('@inesmakes 2000002 said "hello"'));
  assert.deepEqual([...Log.all()].map(({ times }) => times), [2], "the same error counts up");
});

test("limits count what people see as one character once, as the companion does", () => {
  assert.equal(Tables.count("a😀é"), 3);
  assert.ok(Tables.fits("😀".repeat(Tables.LIMITS.alias), "alias"));
  assert.ok(!Tables.fits("😀".repeat(Tables.LIMITS.alias) + "a", "alias"));
  assert.ok(!Tables.fits("a".repeat(Tables.LIMITS.tag + 1), "tag"));
});

test("who asks is told by extension and address: our pages, our frames, X's pages in a tab, and nobody else", () => {
  const x = "https://x.com/home", tab = { id: 1 };
  for (const [sender, origin] of [
    [{ id: "ours", url: "ours://pages/panel.html" }, "page"],
    [{ id: "ours", url: "ours://card/card.html", tab }, "overlay"],
    [{ id: "ours", url: x, tab }, "content"], [{ id: "ours", url: "https://mobile.twitter.com/i", tab }, "content"],
    [{ id: "ours", url: x }, null], [{ id: "ours", url: "https://x.com.evil.example/", tab }, null],
    [{ id: "ours", url: "http://x.com/", tab }, null], [{ id: "ours", tab }, null],
    [{ id: "ours", url: `http://mutuals-${"0f".repeat(16)}.localhost:17653/web/pair`, tab }, "pairing"],
    [{ id: "ours", url: `http://mutuals-${"0f".repeat(16)}.localhost:17653/web`, tab }, null],
    [{ id: "ours", url: `http://mutuals-${"0f".repeat(16)}.localhost.example:17653/web/pair`, tab }, null],
    [{ id: "ours", url: "http://127.0.0.1:17653/web/pair", tab }, null],
    [{ id: "theirs", url: "ours://pages/panel.html" }, null], [{ id: "theirs", url: x, tab }, null],
  ]) {
    assert.equal(Protocol.origin(sender), origin, JSON.stringify(sender));
  }
});

test("an account is known by its id, and by its handle in any case until the id was seen", () => {
  assert.equal(People.viewerKey({ id: "1000001", handle: "adaquill" }), "1000001");
  assert.equal(People.viewerKey({ id: null, handle: "AdaQuill" }), "@adaquill");
});

/** The words of a page at whose start the storage holds something, and gets something more a moment later. */
async function spoken(held, later = {}) {
  const heard = [];
  window.chrome.storage = {
    local: { get: async (key) => ({ [key]: held[key] }) },
    onChanged: { addListener: (listener) => heard.push(listener) },
  };
  const speaking = context.Dom.speak();
  await new Promise(setImmediate);
  const changes = Object.fromEntries(Object.entries(later).map(([key, newValue]) => [key, { newValue }]));
  for (const listener of heard) listener(changes, "local");
  await speaking;
  return context.Dom.t("close");
}

test("where the browser has no words, those that the background keeps are spoken, also if they come late", async () => {
  assert.equal(await spoken({ spareWords: { close: "Spare" } }), "Spare");
  assert.equal(await spoken({}, { spareWords: { close: "Later" } }), "Later");
  assert.equal(await spoken({ words: { close: "Chosen" }, spareWords: { close: "Spare" } }), "Chosen");
  const { getMessage } = window.chrome.i18n;
  window.chrome.i18n.getMessage = () => "The browser's";
  assert.equal(await spoken({ spareWords: { close: "Spare" } }), "The browser's");
  window.chrome.i18n.getMessage = getMessage;
});

test("words that the browser did not have yet are asked for again", () => {
  const { getMessage } = window.chrome.i18n;
  assert.equal(context.Dom.t("undo"), "undo");
  window.chrome.i18n.getMessage = () => "Undo";
  assert.equal(context.Dom.t("undo"), "Undo");
  window.chrome.i18n.getMessage = getMessage;
});
