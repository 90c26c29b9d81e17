// Tests the background's messages: results, who may send what, and what is cached.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Browser, CONTENT, VIEWER, WREN, note } from "./browser.mjs";
import { derived } from "./fake_companion.mjs";

const BADGE = {
  id: "2000001", handle: "wrenwrites", name: "Wren Okafor", score: 64, state: "warm", band: "warm", note: true,
  tags: ["small press"], alias: null, follows_me: true, i_follow: true, you: 12, they: 9, last_in: 1, last_out: 2,
  was: null, at: 3,
};

async function paired() {
  const browser = await new Browser().wake();
  browser.companion.answers["/v1/badges"] = ({ handles }) => [
    200,
    { badges: Object.fromEntries(handles.map((handle) => [handle, handle === "wrenwrites" ? BADGE : null])) },
  ];
  return browser.pair();
}

test("badges are kept in the browser, strangers too, and answer when the companion is away", async () => {
  const browser = await paired();
  await browser.send("badges.get", { viewer: VIEWER, handles: ["wrenwrites", "nobodyyouknow"] });
  browser.companion.away = true;
  await browser.wake();
  const { badges } = await browser.send("badges.get", {
    viewer: VIEWER,
    handles: ["wrenwrites", "nobodyyouknow", "neverasked"],
  });
  assert.equal(badges.wrenwrites.score, 64);
  assert.equal(badges.nobodyyouknow, null);
  assert.ok(!("neverasked" in badges));
});

test("with the companion away, those met lately are those the browser holds, as many as asked for", async () => {
  const browser = await paired();
  browser.companion.answers["/v1/person"] = ({ person }) => [200, { ...person, tags: [], note: null }];
  const ines = { id: "2000002", handle: "inesmakes" };
  for (const person of [WREN, ines]) await browser.send("person.get", { viewer: VIEWER, person });
  browser.companion.away = true;
  const recent = async (limit) =>
    (await browser.send("recent.get", { viewer: VIEWER, limit })).people.map(({ handle }) => handle);
  assert.deepEqual((await recent(20)).sort(), ["inesmakes", "wrenwrites"]);
  assert.equal((await recent(1)).length, 1);
});

test("the same badges again write nothing, so no page redraws for nothing", async () => {
  const browser = await paired();
  await browser.send("badges.get", { viewer: VIEWER, handles: ["wrenwrites"] });
  const before = browser.chrome.storage.local.sets;
  await browser.send("badges.get", { viewer: VIEWER, handles: ["wrenwrites"] });
  assert.equal(browser.chrome.storage.local.sets, before);
});

test("another account's cache is another cache", async () => {
  const browser = await paired();
  await browser.send("badges.get", { viewer: VIEWER, handles: ["wrenwrites"] });
  browser.companion.away = true;
  const { badges } = await browser.send("badges.get", {
    viewer: { id: "1000002", handle: "adaworks" },
    handles: ["wrenwrites"],
  });
  assert.deepEqual(Object.keys(badges), []);
});

test("a content script may not pair, forget, export or change the port", async () => {
  const browser = await paired();
  for (const [name, params] of [
    ["pair", { code: "x" }],
    ["person.forget", { viewer: VIEWER, person: WREN }],
    ["browser.export", {}],
    ["options.set", { port: 80 }],
    ["nonsense", {}],
  ]) {
    await assert.rejects(browser.send(name, params, CONTENT), `${name} was answered`);
  }
  assert.equal((await browser.send("options.set", { hidden: true }, CONTENT)).hidden, true);
});

test("other extensions and other sites get nothing", async () => {
  const browser = await paired();
  for (const sender of [
    { id: "theirs", url: "chrome-extension://theirs/x.html" },
    { id: "ours", url: "https://evil.example/", tab: { id: 2 } },
    { id: "ours", url: "https://x.com.evil.example/", tab: { id: 2 } },
  ]) {
    await assert.rejects(browser.send("badges.get", { viewer: VIEWER, handles: ["wrenwrites"] }, sender));
  }
});

test("the keys never go into storage that pages can read, nor into a copy of it", async () => {
  const browser = await paired();
  await browser.send("badges.get", { viewer: VIEWER, handles: ["wrenwrites"] });
  const { held } = await browser.send("browser.export", {});
  const secret = browser.companion.secret;
  for (const purpose of ["head", "up", "down", "client"]) {
    assert.ok(!JSON.stringify(held).includes(derived(secret, purpose).toString("hex")));
  }
  assert.ok(!JSON.stringify(held).includes("CryptoKey"));
  for (const [name, key] of Object.entries(browser.indexedDB.values.get("current").keys)) {
    assert.equal(name === "client" ? false : key.extractable, false);
  }
});

test("each way the link can fail has its own name", async () => {
  const browser = await paired();
  const state = async () => (await browser.send("person.get", { viewer: VIEWER, person: WREN })).status.state;
  const unsealed = {};
  browser.companion.answers["/v1/person"] = () => [401, { error: "proof" }, unsealed];
  assert.equal(await state(), "unpaired");
  browser.companion.answers["/v1/person"] = () => [426, { error: "version" }, unsealed];
  assert.equal(await state(), "version");
  browser.companion.answers["/v1/person"] = () => [404, { hello: "another server" }, unsealed];
  assert.equal(await state(), "foreign");
  browser.companion.answers["/v1/person"] = () => [415, { error: "content-type" }, { "X-Mutuals-Api": "1" }];
  assert.equal(await state(), "version");
  browser.companion.away = true;
  assert.equal(await state(), "unreachable");
  browser.chrome.permissions.granted = false;
  assert.equal(await state(), "permission");
});

test("forgetting a person empties cache and queue of them and of nobody else", async () => {
  const browser = await paired();
  browser.companion.answers["/v1/forget"] = () => [200, { forgotten: true }];
  browser.companion.away = true;
  await browser.send("write.put", note("about wren"));
  await browser.send("write.put", note("about ines", { id: "2000002", handle: "inesmakes" }));
  await assert.rejects(
    browser.send("person.forget", { viewer: VIEWER, person: WREN }),
    "it must not say so while the companion is away",
  );
  browser.companion.away = false;
  browser.companion.answers["/v1/writes"] = () => [500, { error: "store" }];
  await browser.send("person.forget", { viewer: VIEWER, person: WREN });
  const left = JSON.stringify(browser.chrome.storage.local.data);
  assert.ok(!left.includes("about wren"));
  assert.deepEqual(browser.waiting().map((change) => change.body.text), ["about ines"]);
  assert.deepEqual(browser.storage.data.touched.people, [WREN], "open pages are told to redraw");
});

test("the start of the browser sends what waits, without another write or alarm", async () => {
  const browser = await paired();
  browser.companion.away = true;
  await browser.send("write.put", note("typed before the browser closed"));
  await browser.wake();
  await browser.send("queue.retry", {}); // after this nothing tries again by itself
  browser.companion.away = false;
  const written = new Promise((resolve) => {
    browser.companion.answers["/v1/writes"] = ({ body }) => {
      resolve(body.text);
      return [200, { rev: 1, pid: "p" }];
    };
  });
  for (const listener of browser.chrome.runtime.onStartup.listeners) listener();
  assert.equal(await written, "typed before the browser closed");
});

test("pages seen while the companion is away are sent when it answers again", async () => {
  const browser = await paired();
  const taken = [];
  browser.companion.answers["/v1/sightings"] = (body) => {
    taken.push(...body.seen.map((seen) => seen.text));
    return [
      200,
      {
        people: 1,
        posts: 0,
        relations: 0,
        interactions: 0,
        problems: [],
        changed: [{ id: "2000001", handle: "wrenwrites" }],
      },
    ];
  };
  browser.companion.away = true;
  const page = (text) => ({
    viewer: VIEWER,
    seen: [{ op: "Followers", url: "https://x.com/i/api/graphql/a/Followers", at: 1, text }],
    readings: [],
  });
  await browser.send("sightings.add", page("{1}"));
  assert.equal((await browser.send("status.get", {})).unread, 1);
  browser.companion.away = false;
  await browser.send("sightings.add", page("{2}"));
  assert.deepEqual(taken, ["{1}", "{2}"]);
  assert.equal((await browser.send("status.get", {})).unread, 0);
});

test("many large pages go in requests that the companion takes", async () => {
  const browser = await paired();
  const sizes = [];
  browser.companion.answers["/v1/sightings"] = (body) => {
    sizes.push(body.seen.map((seen) => seen.text.length));
    return [200, { changed: [] }];
  };
  const seen = [900_000, 900_000, 900_000, 3_000_000, 10].map((size) => ({
    op: "Followers",
    url: "https://x.com/i/api/graphql/a/Followers",
    at: 1,
    text: "x".repeat(size),
  }));
  await browser.send("sightings.add", { viewer: VIEWER, seen, readings: [] });
  assert.deepEqual(sizes, [[900_000, 900_000], [900_000], [3_000_000], [10]]);
});

test("the browser's copy is bounded: those longest not looked at go first", async () => {
  const browser = await paired();
  const { data } = browser.chrome.storage.local;
  for (let person = 0; person < 5200; person += 1) {
    data[`p:1000001:crowd${person}`] = { badge: { ...BADGE, handle: `crowd${person}` }, at: person };
  }
  browser.companion.answers["/v1/badges"] = ({ handles }) => [
    200,
    { badges: Object.fromEntries(handles.map((handle) => [handle, { ...BADGE, handle }])) },
  ];
  for (let from = 0; from < 520; from += 40) {
    await browser.send("badges.get", {
      viewer: VIEWER,
      handles: Array.from({ length: 40 }, (_, at) => `new${from + at}`),
    });
  }
  const people = Object.keys(data).filter((key) => key.startsWith("p:"));
  assert.ok(people.length < 5000, String(people.length));
  assert.ok(!("p:1000001:crowd0" in data));
  assert.ok("p:1000001:crowd5199" in data && "p:1000001:new0" in data);
});

test("data of a newer version is left alone and said so", async () => {
  const browser = await new Browser().wake();
  browser.chrome.storage.local.data.schema = 99;
  await browser.wake();
  await assert.rejects(browser.send("badges.get", { viewer: VIEWER, handles: ["a"] }), /newerData/);
  assert.equal(browser.chrome.storage.local.data.schema, 99);
});
