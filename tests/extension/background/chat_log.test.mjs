// Tests the key that logs a talk from X's chat: with the right person, once, and never where that is not sure.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Browser, VIEWER, WREN } from "./browser.mjs";

const chat = (path) => ({ id: 1, url: `https://x.com/i/chat/${path}` });

async function paired({ viewer = VIEWER, handle = "wrenwrites" } = {}) {
  const browser = await (await new Browser().wake()).pair();
  browser.companion.answers["/v1/person"] = ({ person }) => [200, { id: person.id, handle, tags: [], note: null }];
  browser.companion.answers["/v1/writes"] = () => [200, { rev: 1, pid: "2000001" }];
  browser.companion.answers["/v1/recent"] = () => [200, { people: [] }];
  await browser.send("recent.get", { viewer, limit: 1 });
  const writes = () => browser.companion.calls.filter(({ path }) => path === "/v1/writes").map(({ body }) => body);
  const press = async (tab, command = "log-chat") => {
    browser.chrome.action.badge = "";
    for (const listener of browser.chrome.commands.onCommand.listeners) listener(command, tab);
    for (let turn = 0; turn < 200 && browser.chrome.action.badge === ""; turn += 1) {
      await new Promise((done) => { setTimeout(done, 5); });
    }
    return browser.chrome.action.badge;
  };
  return { browser, writes, press };
}

test("the key logs a talk today with the other person of the chat, whichever id comes first", async () => {
  const { writes, press } = await paired();
  for (const path of ["1000001-2000001", "2000001-1000001?tab=all"]) assert.equal(await press(chat(path)), "✓");
  assert.equal(writes().length, 2);
  for (const { kind, person, viewer, body } of writes()) {
    assert.deepEqual([kind, person, viewer.id, body.what], ["touch", WREN, "1000001", "chat"]);
    assert.equal(body.day, new Date().toLocaleDateString("sv-SE"));
    assert.equal("text" in body, false);
  }
});

test("a group, another page, a chat of another account and an account not known log nothing and say so", async () => {
  const { writes, press } = await paired();
  const others = [
    chat("g1900000000000000001"), chat("2000001-2000002"), chat("1000001-1000001"), chat("1000001-x"),
    { id: 1, url: "https://x.com/wrenwrites" }, { id: 1, url: "https://evil.example/i/chat/1000001-2000001" }, { id: 1 },
  ];
  for (const tab of others) assert.equal(await press(tab), "?", tab.url);
  const handleOnly = await paired({ viewer: { id: null, handle: "adaquill" } });
  assert.equal(await handleOnly.press(chat("1000001-2000001")), "?");
  assert.deepEqual([...writes(), ...handleOnly.writes()], []);
});

test("somebody never seen is not written about under an empty name", async () => {
  const { writes, press } = await paired({ handle: "" });
  assert.equal(await press(chat("1000001-2000001")), "?");
  assert.deepEqual(writes(), []);
});

test("after a moment the toolbar says again what it said before", async () => {
  const { browser, press } = await paired();
  assert.equal(await press(chat("1000001-2000001")), "✓");
  for (const [then] of browser.timers.splice(0)) then();
  for (let turn = 0; turn < 200 && browser.chrome.action.badge !== ""; turn += 1) {
    await new Promise((done) => { setTimeout(done, 5); });
  }
  assert.equal(browser.chrome.action.badge, "");
});
