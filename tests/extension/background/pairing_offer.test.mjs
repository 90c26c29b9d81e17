// Tests pairing with one click and Firefox's consent: who may offer, what the page learns, when nothing is sent.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { Browser, CONTENT, VIEWER, WREN, note } from "./browser.mjs";
import { CODE } from "./fake_companion.mjs";

const SECRET = createHash("sha512").update(`mutuals/2 code ${CODE.replace("-", "")}`).digest("hex");
const NAME = `mutuals-${"0f".repeat(16)}.localhost`;
const page = (port = 20000, more = {}) =>
  ({ id: "ours", url: `http://${NAME}:${port}/web/pair`, tab: { id: 7 }, frameId: 0, ...more });
const ours = { id: "ours", url: "chrome-extension://ours/pages/welcome.html", tab: { id: 7 } };
const TYPES = [
  "personalCommunications", "websiteContent", "websiteActivity", "browsingActivity", "personallyIdentifyingInfo",
  "locationInfo",
];
/** Waits until something is true. */
async function until(holds) {
  for (let turn = 0; turn < 200 && !(await holds()); turn += 1) await settled();
  assert.ok(await holds());
}
const settled = () => new Promise((done) => { setTimeout(done, 20); });

test("the companion's page leads to the extension's own page in its tab, and one click pairs at its port", async () => {
  const browser = await new Browser().wake();
  await browser.send("pair.found", { secret: SECRET }, page());
  assert.deepEqual(browser.chrome.tabs.opened, [[7, "chrome-extension://ours/pages/welcome.html"]]);
  const offer = await browser.send("pair.offer", {}, ours);
  assert.deepEqual([offer.port, Object.keys(offer).sort()], [20000, ["fingerprint", "port"]]);
  assert.match(offer.fingerprint, /^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/);
  assert.equal(browser.companion.calls.length, 0, "nothing is sent before the click");
  assert.equal((await browser.send("pair", { offered: true }, ours)).instance, "house-1");
  assert.equal(browser.companion.host, "127.0.0.1:20000");
  assert.equal((await browser.send("options.get", {})).port, 20000);
  assert.equal(await browser.send("pair.offer", {}, ours), null, "an offer is used once");
});

test("the offer of one tab is not another's, and grows old", async () => {
  const browser = await new Browser().wake();
  await browser.send("pair.found", { secret: SECRET }, page());
  assert.equal(await browser.send("pair.offer", {}, { ...ours, tab: { id: 8 } }), null);
  browser.session.data["pairing:7"].at -= 15 * 60_000;
  assert.equal(await browser.send("pair.offer", {}, ours), null);
  await assert.rejects(browser.send("pair", { offered: true }, ours));
});

test("a frame, a wrong secret, X's page and our own pages offer nothing", async () => {
  const browser = await new Browser().wake();
  for (const [secret, sender] of [[SECRET, page(20000, { frameId: 1 })], ["00", page()], [SECRET, page(80)]]) {
    assert.deepEqual(await browser.send("pair.found", { secret }, sender), { ok: false });
  }
  await assert.rejects(browser.send("pair.found", { secret: SECRET }, CONTENT));
  await assert.rejects(browser.send("pair.found", { secret: SECRET }, ours));
  await assert.rejects(browser.send("pair", { offered: true }, page()), "a local page cannot press the button");
  await assert.rejects(browser.send("pair.offer", {}, page()));
  assert.deepEqual(browser.chrome.tabs.opened, []);
});

test("a companion that does not know the secret is not paired with, and the port stays", async () => {
  const browser = await new Browser().wake();
  browser.companion.code = "ZZZZZ-99999";
  await browser.send("pair.found", { secret: SECRET }, page());
  await assert.rejects(browser.send("pair", { offered: true }, ours));
  assert.deepEqual(browser.companion.calls.map(({ path }) => path), ["/v1/pair"]);
  assert.equal((await browser.send("options.get", {})).port, 17653);
});

test("the first page opens after the installation, and not after an update", async () => {
  const browser = await new Browser().wake();
  const [installed] = browser.chrome.runtime.onInstalled.listeners;
  installed({ reason: "update" });
  await settled();
  assert.deepEqual(browser.chrome.tabs.opened, []);
  installed({ reason: "install" });
  await until(() => browser.chrome.tabs.opened.length > 0);
  assert.deepEqual(browser.chrome.tabs.opened, ["chrome-extension://ours/pages/welcome.html"]);
});

test("in Firefox not one request goes out before the consent, and what was written goes after it", async () => {
  const browser = await new Browser().wake();
  await browser.pair();
  browser.companion.calls = [];
  browser.companion.answers["/v1/writes"] = () => [200, { rev: 1, pid: "1" }];
  browser.companion.answers["/v1/sightings"] = () => [200, { changed: [] }];
  const { permissions } = browser.chrome;
  permissions.data = TYPES.slice(1);
  for (const listener of permissions.onRemoved.listeners) listener({});
  await until(async () => (await browser.send("status.get", {})).state === "consent");
  await browser.send("write.put", note("kept here"));
  const seen = [{ op: "a", url: "b", at: 1, text: "c" }];
  await browser.send("sightings.add", { viewer: VIEWER, seen, readings: [] });
  await browser.send("person.get", { viewer: VIEWER, person: WREN });
  await browser.send("badges.get", { viewer: VIEWER, handles: ["wrenwrites"] });
  assert.deepEqual(browser.companion.calls, []);
  assert.equal((await browser.send("status.get", {})).waiting, 1);
  permissions.data = TYPES;
  for (const listener of permissions.onAdded.listeners) listener({});
  await until(() => browser.companion.calls.length >= 2);
  assert.deepEqual(browser.companion.calls.map(({ path }) => path).sort(), ["/v1/sightings", "/v1/writes"]);
  assert.equal((await browser.send("status.get", {})).state, "connected");
});
