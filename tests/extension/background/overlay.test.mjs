// Tests who gets what from the background: frames only what was announced for them, content scripts never a note.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";
import { Browser, CONTENT, note, VIEWER, WREN } from "./browser.mjs";

const TOKEN = "11111111-2222-4333-8444-555555555555";
const PAGE = { ...CONTENT, frameId: 0, documentId: "page" };
const FRAME = { id: "ours", url: "chrome-extension://ours/card/card.html", tab: { id: 1 }, frameId: 7, documentId: "f7" };
const LATER = "Date.now = ((now) => () => now() + 11_000)(Date.now)";
const SECRET = "owes me a lamp";
const CARD = {
  id: WREN.id, handle: WREN.handle, name: "Wren", score: 54, state: "warm", band: "warm", alias: "W.",
  note: { text: SECRET, rev: 1, versions: 1 }, tags: [{ name: "small press", colour: null }], follows_me: true,
  i_follow: true, judgement: { value: 54, state: "warm", was: null, confidence: 1, sentence: "They answer." },
};
const ask = (more = {}) => ({ token: TOKEN, purpose: "card", viewer: VIEWER, person: WREN, post: null, ...more });

async function paired() {
  const browser = await (await new Browser().wake()).pair();
  browser.companion.answers["/v1/person"] = () => [200, CARD];
  browser.companion.answers["/v1/queue"] = () => [200, {
    people: [{ badge: { id: "2000004", handle: "bolaprints" } }], waiting: 1, decided_today: 0, whole: false,
  }];
  return browser;
}
const refused = (promise) => assert.rejects(promise, { code: "refused" });

test("a frame that was announced gets its card, and then asks about that person as that account", async () => {
  const browser = await paired();
  await browser.send("overlay.expect", ask(), PAGE);
  const claim = await browser.send("overlay.claim", { token: TOKEN }, FRAME);
  assert.equal(claim.first.card.note.text, SECRET);
  assert.deepEqual({ ...claim.person }, WREN);
  const { card } = await browser.send("person.get", { viewer: VIEWER, person: WREN }, FRAME);
  assert.equal(card.note.text, SECRET);
  assert.equal(browser.companion.paths().filter((path) => path === "/v1/person").length, 2);
});

for (const [what, sender, before] of [
  ["of another tab", { ...FRAME, tab: { id: 2 } }],
  ["that is a page of its own", { ...FRAME, frameId: 0 }],
  ["that is no page of ours", { ...FRAME, url: "https://x.com/home" }],
  ["of another extension", { ...FRAME, id: "theirs" }],
  ["whose token was used before", FRAME, (browser) => browser.send("overlay.claim", { token: TOKEN }, FRAME)],
  ["that comes too late", FRAME, (browser) => vm.runInContext(LATER, browser.context)],
]) {
  test(`a frame ${what} is refused`, async () => {
    const browser = await paired();
    await browser.send("overlay.expect", ask(), PAGE);
    await before?.(browser);
    await refused(browser.send("overlay.claim", { token: TOKEN }, sender));
  });
}

test("a guessed token gives nothing, and without a claim a frame gets nothing at all", async () => {
  const browser = await paired();
  await refused(browser.send("overlay.claim", { token: "guess" }, FRAME));
  await refused(browser.send("person.get", { viewer: VIEWER, person: WREN }, FRAME));
  await refused(browser.send("tags.get", {}, FRAME));
});

test("a token that a stranger tried is spent", async () => {
  const browser = await paired();
  await browser.send("overlay.expect", ask(), PAGE);
  await refused(browser.send("overlay.claim", { token: TOKEN }, { ...FRAME, tab: { id: 2 } }));
  await refused(browser.send("overlay.claim", { token: TOKEN }, FRAME));
});

test("only the main frame of a tab announces, with a token of its own and for a known purpose", async () => {
  const browser = await paired();
  await refused(browser.send("overlay.expect", ask(), { ...PAGE, frameId: 3 }));
  await refused(browser.send("overlay.expect", ask(), FRAME));
  await refused(browser.send("overlay.expect", ask({ token: "short" }), PAGE));
  await refused(browser.send("overlay.expect", ask({ purpose: "everything" }), PAGE));
});

test("a claim is about one person, one account and one document, and outlives the background", async () => {
  const browser = await paired();
  await browser.send("overlay.expect", ask(), PAGE);
  await browser.send("overlay.claim", { token: TOKEN }, FRAME);
  await browser.wake();
  await browser.send("person.get", { viewer: VIEWER, person: WREN }, FRAME);
  await refused(browser.send("person.get", { viewer: VIEWER, person: { id: "9", handle: "other" } }, FRAME));
  await refused(browser.send("person.get", { viewer: { id: "5", handle: "else" }, person: WREN }, FRAME));
  await refused(browser.send("person.get", { viewer: VIEWER, person: WREN }, { ...FRAME, documentId: "f8" }));
  await refused(browser.send("person.get", { viewer: VIEWER }, FRAME));
  await refused(browser.send("write.put", note("mine", { id: "9", handle: "other" }), FRAME));
  await refused(browser.send("browser.export", {}, FRAME));
  await refused(browser.send("pair", { code: "abcd2345" }, FRAME));
});

test("the question after a follow may write its answer and read nothing", async () => {
  const browser = await paired();
  browser.companion.answers["/v1/writes"] = () => [200, { rev: 1, pid: "p" }];
  await browser.send("overlay.expect", ask({ purpose: "why" }), PAGE);
  assert.equal((await browser.send("overlay.claim", { token: TOKEN }, FRAME)).first, null);
  await browser.send("write.put", note("because"), FRAME);
  await refused(browser.send("person.get", { viewer: VIEWER, person: WREN }, FRAME));
});

test("a card asked for before its person changed is not handed over: the frame asks for the newer one", async () => {
  const other = { id: "9", handle: "ines" };
  for (const [changed, handed] of [[{ id: WREN.id, handle: "wrenwrites" }, null], [other, SECRET]]) {
    const browser = await paired();
    browser.companion.answers["/v1/sightings"] = () => [200, { changed: [changed] }];
    await browser.send("overlay.expect", ask(), PAGE);
    const seen = [{ op: "HomeTimeline", text: "{}" }];
    await browser.send("sightings.add", { viewer: VIEWER, seen, readings: [] }, PAGE);
    const { first } = await browser.send("overlay.claim", { token: TOKEN }, FRAME);
    assert.equal(first?.card.note.text ?? null, handed);
  }
});

test("a frame that goes through the queue may ask about those in it, once it was told who they are", async () => {
  const browser = await paired();
  const bola = { id: "2000004", handle: "bolaprints" };
  await browser.send("overlay.expect", ask({ purpose: "queue", person: VIEWER }), PAGE);
  await browser.send("overlay.claim", { token: TOKEN }, FRAME);
  await refused(browser.send("person.get", { viewer: VIEWER, person: bola }, FRAME));
  await browser.send("vet.queue", { viewer: VIEWER }, FRAME);
  await browser.send("person.get", { viewer: VIEWER, person: bola }, FRAME);
  await refused(browser.send("person.get", { viewer: VIEWER, person: WREN }, FRAME));
});

test("claims go with their tab", async () => {
  const browser = await paired();
  await browser.send("overlay.expect", ask(), PAGE);
  await browser.send("overlay.claim", { token: TOKEN }, FRAME);
  for (const listener of browser.chrome.tabs.onRemoved.listeners) listener(1);
  await new Promise((done) => { setTimeout(done, 0); });
  await refused(browser.send("person.get", { viewer: VIEWER, person: WREN }, FRAME));
});

test("no message gives a content script a note, whichever it sends", async () => {
  const browser = await paired();
  const types = readFileSync(new URL("../../../extension/lib/protocol_types.js", import.meta.url), "utf8");
  const names = [...types.matchAll(/^ \* {3}"([\w.]+)":/gm)].map(([, name]) => name);
  assert.ok(names.length > 25 && names.includes("person.get"), "every name of the protocol was found");
  const params = {
    ...ask(), handles: [WREN.handle], q: "lamp", limit: 9, before: null, show: "all", sort: "new", topics: null,
    look: false, looking: false, code: "abcd2345", counts: {}, seen: [], readings: [], op: "x", at: 1, path: "/",
  };
  browser.companion.answers["/v1/badges"] = () => [200, { badges: { wrenwrites: { ...CARD, note: true, tags: [] } } }];
  browser.companion.answers["/v1/search"] = () => [200, { people: [{ ...CARD, excerpt: SECRET }] }];
  browser.companion.answers["/v1/versions"] = () => [200, { versions: [{ text: SECRET }] }];
  const answers = await Promise.allSettled(names.map((name) => browser.send(name, params, PAGE)));
  const given = answers.map(({ value }) => JSON.stringify(value ?? null));
  assert.deepEqual(names.filter((_, at) => given[at].includes(SECRET)), []);
  const control = await browser.send("person.get", { viewer: VIEWER, person: WREN });
  assert.ok(JSON.stringify(control).includes(SECRET), "the panel gets it: the search would have found it");
});

test("only a frame opened to find people may search, and then asks about those found and nobody else", async () => {
  const browser = await paired();
  const INES = { id: "2000003", handle: "inesmakes" };
  browser.companion.answers["/v1/search"] = () => [200, { people: [{ ...INES, where: "note" }] }];
  browser.companion.answers["/v1/recent"] = () => [200, { people: [{ id: WREN.id, handle: WREN.handle }] }];
  const find = (q) => browser.send("search.find", { viewer: VIEWER, q, limit: 12 }, FRAME);
  const get = (person) => browser.send("person.get", { viewer: VIEWER, person }, FRAME);
  await browser.send("overlay.expect", ask(), PAGE);
  await browser.send("overlay.claim", { token: TOKEN }, FRAME);
  await refused(find("lamp"));
  const token = TOKEN.replace("1", "2");
  await browser.send("overlay.expect", ask({ token, purpose: "palette", person: VIEWER }), PAGE);
  await browser.send("overlay.claim", { token }, FRAME);
  await refused(get(INES));
  assert.equal((await find("lamp")).people[0].handle, INES.handle);
  await get(INES);
  await find("");
  await get(INES); // found before: its row may have been chosen while the next answer came
  await get(WREN);
  await refused(get({ id: "2000009", handle: "nobody" }));
  await refused(browser.send("search.find", { viewer: VIEWER, q: "lamp", limit: 12 }, PAGE));
});
