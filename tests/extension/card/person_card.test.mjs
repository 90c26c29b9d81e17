// Tests the card: loading, known and unknown data, saving, and keys that work only inside the card.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openCardPage, until } from "../page.mjs";
import { badge } from "../x_page.mjs";

const NOTE = { text: "Phone first. https://a.example", rev: 4, at: 5, viewer: "1", post: "77", versions: 4 };
const CARD = {
  ...badge(), note: NOTE, tags: [{ name: "small press", colour: "#7a5af8" }], tags_rev: 2, alias_rev: 0,
  former: [{ handle: "oldwren", until: 9 }], recycled: null, relation: {},
  judgement: {
    value: 64, state: "warm", band: "warm", was: null, confidence: 0.9, balance: { you: 12, they: 9 }, reasons: [],
    sentence: "They answered in 18 of 26 weeks.",
  },
  trend: Array.from({ length: 26 }, (_, week) => [week % 2, 1]),
  last: { in: { at: 100, kind: "reply", post: "88" }, out: null }, seen: { first: 1, last: 2 },
  coverage: { inbound_since: 1 },
};

/** A page with one card on it. `answers` overrides what the background says. */
async function open(answers = {}) {
  const stock = {
    "person.get": { card: CARD, fresh: true, status: { state: "connected" } },
    "write.put": { op: "1", rev: 5, state: "saved" },
    "tags.get": { tags: [{ name: "printer", colour: "#0a8f6a", count: 2 }] },
    "versions.get": {
      versions: [
        { rev: 3, text: "older words", at: 2, viewer: "1" },
        { rev: 4, text: NOTE.text, at: 5, viewer: "1" },
      ],
    },
  };
  const window = await openCardPage({
    answer: (name, params) => {
      const given = answers[name] ?? stock[name];
      return typeof given === "function" ? given(params) : given;
    },
  });
  const card = new window.PersonCard({ handle: "wrenwrites", id: "2000001" }, true);
  window.document.body.append(card.node);
  await card.load();
  return {
    window,
    card,
    text: () => card.node.textContent,
    writes: () =>
      window.messages
        .filter((message) => message.name === "write.put")
        .map((message) => {
          const { op, at, ...change } = JSON.parse(JSON.stringify(message.params));
          assert.ok(op && at, "a write has its own id and time");
          return change;
        }),
  };
}
const key = (window, node, name, more = {}) =>
  node.dispatchEvent(new window.KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true, ...more }));
const box = (card) => card.node.querySelector("textarea");

test("number, state, sentence, balance, former handle, note and its source are on the card", async () => {
  const { card, text } = await open();
  for (const words of [
    "64", "Warm, talks back", "18 of 26 weeks", "you 12 · they 9", "@oldwren", "Phone first.", "4 versions",
    "Only on this computer", "small press",
  ]) {
    assert.ok(text().includes(words), words);
  }
  assert.ok(card.node.querySelector("a[href='https://x.com/wrenwrites/status/88']"), "the last contact is a link to its post");
  assert.ok(card.node.querySelector("a[href='https://x.com/wrenwrites/status/77']"), "the note's post is a link");
  assert.ok(card.node.querySelector("a[href='https://a.example']"), "an address in a note is a link");
  assert.equal(card.node.querySelectorAll(".spark rect").length, 13 + 26);
});

test("what an account plainly does stands beside the state, with its counts", async () => {
  const habits = [{ code: "thanks_automatically", count: 16, of: 24 }, { code: "mostly_sells", count: 20, of: 24 }];
  const { text } = await open({
    "person.get": { card: { ...CARD, habits }, fresh: true, status: { state: "connected" } },
  });
  assert.match(text(), /thanks automatically \(16 of 24\) · mostly sells \(20 of 24\)/);
});

test("unknown is said and never drawn as nought", async () => {
  const blank = {
    ...CARD, score: null,
    judgement: {
      ...CARD.judgement, value: null, state: "unknown", confidence: 0, balance: { you: 0, they: 0 }, sentence: "",
    },
    you: 0, they: 0, trend: [], last: {}, follows_me: null, i_follow: null,
  };
  const { card, text } = await open({ "person.get": { card: blank, fresh: true, status: { state: "connected" } } });
  assert.ok(text().includes("Not known yet"));
  assert.ok(text().includes("Who follows whom was not seen yet"));
  assert.equal(card.node.querySelector(".ringbox b").textContent, "?");
  assert.equal(card.node.querySelector(".bal"), null);
});

test("the ring says aloud how sure the number is", async () => {
  const label = async (confidence) => {
    const card = { ...CARD, judgement: { ...CARD.judgement, confidence } };
    const page = await open({ "person.get": { card, fresh: true, status: { state: "connected" } } });
    return page.card.node.querySelector(".ringbox").getAttribute("aria-label");
  };
  assert.match(await label(0.9), /64 of 100, well supported/);
  assert.match(await label(0.5), /64 of 100, fairly sure/);
  assert.match(await label(0.1), /64 of 100, from little evidence/);
});

test("a handle that had another owner is said to, so nobody's notes are taken for another's", async () => {
  const { text } = await open({
    "person.get": {
      card: { ...CARD, recycled: { handle: "wrenwrites", id: "5", name: "Other" } },
      fresh: true,
      status: { state: "connected" },
    },
  });
  assert.match(text(), /belonged to somebody else before/);
});

test("with the companion away the card shows what the browser has and says so", async () => {
  const { text } = await open({ "person.get": { card: CARD, fresh: false, status: { state: "unreachable" } } });
  assert.match(text(), /companion is not running/);
  assert.ok(text().includes("Phone first."));
});

test("E opens the note, Ctrl+Enter keeps it and leaves, and the live region says so", async () => {
  const { window, card, writes, text } = await open();
  key(window, card.node, "e");
  box(card).value = "New words";
  box(card).dispatchEvent(new window.Event("input"));
  key(window, box(card), "Enter", { ctrlKey: true });
  await until(window, () => writes().length === 1 && text().includes("Saved"));
  assert.deepEqual(
    { kind: writes()[0].kind, text: writes()[0].body.text, base: writes()[0].base, person: writes()[0].person },
    { kind: "note", text: "New words", base: 4, person: { id: "2000001", handle: "wrenwrites" } },
  );
  assert.equal(card.node.querySelector("[role=status]").getAttribute("aria-live"), "polite");
});

test("leaving the page keeps what is typed", async () => {
  const { window, card, writes } = await open();
  card.editor.edit();
  box(card).value = "Half a thought";
  box(card).dispatchEvent(new window.Event("input"));
  card.close();
  await until(window, () => writes().length === 1);
  assert.equal(writes()[0].body.text, "Half a thought");
});

test("a line pasted from a slide is kept as two lines, and what was taken out is said", async () => {
  const { window, card, text, writes } = await open();
  card.editor.edit();
  box(card).value = "At the fair\vLikes\u007f raku";
  box(card).dispatchEvent(new window.Event("input"));
  assert.equal(box(card).value, "At the fair\nLikes raku");
  await until(window, () => text().includes("Characters that nobody can see were taken out"));
  card.close();
  await until(window, () => writes().length === 1);
  assert.equal(writes()[0].body.text, "At the fair\nLikes raku");
});

test("a pause in typing keeps it", async () => {
  const { window, card, writes } = await open();
  card.editor.edit();
  box(card).value = "Typed and left open";
  box(card).dispatchEvent(new window.Event("input"));
  await until(window, () => writes().length === 1);
  assert.ok(box(card), "the box stays open");
});

test("queued and failed are said in words, and the text stays", async () => {
  const queued = await open({ "write.put": { op: "1", rev: null, state: "queued" } });
  queued.card.editor.restore("Later");
  await until(queued.window, () => queued.text().includes("waits for the companion"));
  const failed = await open({ "write.put": () => { throw new Error("The disk is full."); } });
  failed.card.editor.restore("Precious");
  await until(failed.window, () => failed.text().includes("Not saved: The disk is full."));
  assert.ok(failed.text().includes("Precious"));
});

test("a conflict shows both texts and lets the user pick", async () => {
  const refuse = Object.assign(new Error("changed"), {
    code: "conflict",
    details: { stored: { text: "Theirs", rev: 9 } },
  });
  let first = true;
  const { window, card, text, writes } = await open({
    "write.put": () => {
      if (first) {
        first = false;
        throw refuse;
      }
      return { op: "2", rev: 10, state: "saved" };
    },
  });
  card.editor.restore("Mine");
  await until(window, () => text().includes("Theirs") && text().includes("Mine"));
  [...card.node.querySelectorAll(".picks button")].at(-1).click();
  await until(window, () => writes().length === 2);
  assert.deepEqual({ text: writes()[1].body.text, base: writes()[1].base }, { text: "Theirs\n\nMine", base: 9 });
});

test("an earlier version can be read and made the note again", async () => {
  const { window, card, writes, text } = await open();
  card.node.querySelector(".note .small button").click();
  await until(window, () => text().includes("older words"));
  card.node.querySelector(".versions .btn").click();
  await until(window, () => writes().length === 1);
  assert.equal(writes()[0].body.text, "older words");
});

test("a tag is added by keyboard from the suggestions, and removed again", async () => {
  const { window, card, writes } = await open();
  key(window, card.node, "t");
  const input = card.node.querySelector("[role=combobox]");
  await until(window, () => card.node.querySelectorAll("[role=option]").length === 1);
  key(window, input, "ArrowDown");
  assert.equal(card.node.querySelector("[aria-selected=true]").textContent, "printer");
  key(window, input, "Enter");
  await until(window, () => writes().length === 1);
  assert.deepEqual(writes()[0], {
    viewer: writes()[0].viewer, kind: "tags", person: { id: "2000001", handle: "wrenwrites" },
    body: { tags: ["small press", "printer"] }, base: 2,
  });
});

test("a suggested tag has its colour, and one without a colour is plain", async () => {
  const tags = [{ name: "printer", colour: "#0a8f6a", count: 2 }, { name: "riso", colour: null, count: 1 }];
  const { window, card } = await open({ "tags.get": { tags } });
  key(window, card.node, "t");
  const options = () => [...card.node.querySelectorAll("[role=option]")];
  await until(window, () => options().length === 2);
  assert.match(options()[0].getAttribute("style"), /^background: ?rgb\(.*\); ?color: ?rgb\(.*\);?$/);
  assert.equal(options()[1].getAttribute("style") ?? "", "");
});

test("keys do nothing while typing, and letters with Ctrl or Alt are the browser's", async () => {
  const { window, card } = await open();
  key(window, card.node, "e", { ctrlKey: true });
  assert.equal(box(card), null);
  card.editor.edit();
  key(window, box(card), "?");
  assert.equal(card.node.querySelector(".help"), null);
});

test("? lists the keys of the registry, so a later feature's key is there by itself", async () => {
  const { window, card, text } = await open();
  window.CardActions.add({ id: "vet", label: "actNote", key: "V", order: 1, run: () => {} });
  key(window, card.node, "?");
  assert.ok(card.node.querySelector(".help"));
  assert.ok([...card.node.querySelectorAll(".help kbd")].some((node) => node.textContent === "V"));
  assert.ok(text().includes("save and leave"));
});

test("a change made elsewhere is shown, and never over what is being typed", async () => {
  let text = "First";
  const { window, card } = await open({
    "person.get": () => ({
      card: { ...CARD, note: { ...NOTE, text, rev: text === "First" ? 4 : 5 } },
      fresh: true,
      status: { state: "connected" },
    }),
  });
  text = "Second";
  card.changed({ handle: "WrenWrites" });
  await until(window, () => card.node.textContent.includes("Second"));
  card.editor.edit();
  text = "Third";
  await card.load();
  assert.equal(box(card).value, "Second");
});

test("a note too long to be saved is refused in words, and in the box when the card is opened again", async () => {
  const { window, card, writes } = await open();
  const long = "😀".repeat(window.Tables.LIMITS.note + 2);
  key(window, card.node, "e");
  box(card).value = long;
  box(card).dispatchEvent(new window.Event("input"));
  assert.match(card.node.textContent, /2 characters too many/);
  card.close();
  assert.match(card.statusLine.textContent, /10002 characters, and 10000 fit/);
  assert.deepEqual(writes(), []);
  const again = new window.PersonCard({ handle: "WrenWrites", id: "2000001" }, true);
  window.document.body.append(again.node);
  await again.load();
  assert.equal(box(again).value, long);
});

test("joining both texts of a conflict beyond the limit is refused, and both stay", async () => {
  let turn = 0;
  const theirs = "t".repeat(9_000);
  const { window, card, writes } = await open({
    "write.put": () => {
      if (turn++ > 0) return { op: "2", rev: 9, state: "saved" };
      const details = { stored: { text: theirs, rev: 8 } };
      throw Object.assign(new Error("no"), { code: "conflict", details });
    },
  });
  key(window, card.node, "e");
  box(card).value = "m".repeat(9_000);
  box(card).dispatchEvent(new window.Event("input"));
  card.editor.leave();
  await until(window, () => card.node.querySelectorAll(".picks button").length === 3);
  card.node.querySelectorAll(".picks button")[2].click();
  assert.equal(writes().length, 1);
  assert.match(card.statusLine.textContent, /Together they are longer than 10000/);
  assert.match(card.node.textContent, /m{9000}/);
  assert.match(card.node.textContent, /t{9000}/);
});

test("a tag and a name too long to be kept are refused in words and stay in their boxes", async () => {
  const { window, card, writes } = await open();
  key(window, card.node, "t");
  const tag = card.node.querySelector("[role=combobox]");
  tag.value = "g".repeat(41);
  key(window, tag, "Enter");
  assert.match(card.statusLine.textContent, /41 characters, and 40 fit/);
  assert.equal(tag.value.length, 41);
  card.editAlias();
  const name = card.node.querySelector(".tagbox input:not([role])");
  name.value = "😀".repeat(61);
  key(window, name, "Enter");
  assert.match(card.statusLine.textContent, /61 characters, and 60 fit/);
  assert.ok(name.isConnected);
  assert.deepEqual(writes(), []);
  name.value = "😀".repeat(60);
  key(window, name, "Enter");
  await until(window, () => writes().length === 1);
  assert.equal(writes()[0].body.alias, "😀".repeat(60));
});

test("once what waited has arrived the card says so, also while a text is being typed", async () => {
  let status = { state: "unreachable" }, pending = true;
  const { window, card } = await open({
    "write.put": () => ({ op: "1", rev: null, state: "queued" }),
    "person.get": () => ({ card: { ...CARD, pending }, fresh: true, status }),
  });
  await card.saveSmall("alias", { alias: "Bird" }, 0);
  assert.match(card.statusLine.textContent, /waits for the companion/);
  key(window, card.node, "e");
  box(card).value = "more";
  box(card).dispatchEvent(new window.Event("input"));
  status = { state: "connected" };
  pending = false;
  card.changed({ handle: "wrenwrites" });
  await until(window, () => /^Saved/.test(card.statusLine.textContent));
  assert.equal(box(card).value, "more");
});

test("a card in a browser that is not paired leads to the page that pairs", async () => {
  const { window, card } = await open({
    "person.get": { card: CARD, fresh: false, status: { state: "unpaired" } },
  });
  let opened = 0;
  window.chrome.runtime.openOptionsPage = () => { opened += 1; };
  card.node.querySelector(".notice button").click();
  assert.equal(opened, 1);
});

test("a note is saved soon after the last key, but once a second at most while one types on and on", async () => {
  const { window, card } = await open();
  key(window, card.node, "e");
  const waits = [];
  let now = 5000, rest = () => {};
  window.performance.now = () => now;
  window.setTimeout = (then, ms) => { waits.push(ms); rest = then; return 1; };
  const typed = (text) => {
    box(card).value = text;
    box(card).dispatchEvent(new window.Event("input"));
  };
  typed("a");
  now += 250;
  rest();
  now += 300;
  typed("ab");
  now += 2000;
  typed("abc");
  const draft = 300; // the pause of the draft, which is kept in the browser alone
  assert.deepEqual(waits.filter((ms) => ms !== draft), [250, 700, 250]);
});
