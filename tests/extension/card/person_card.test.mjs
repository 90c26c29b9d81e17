// Tests the card: loading, known and unknown data, saving, and keys that work only inside the card.
import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "../page.mjs";
import { CARD, NOTE, box, key, open } from "./card_page.mjs";

test("a card that is drawn anew keeps the focus at its place, and its keys with it", async () => {
  const { window, card } = await open();
  const link = () => card.node.querySelector("a");
  link().focus();
  const before = link();
  await card.load();
  assert.notEqual(link(), before, "it was drawn anew");
  assert.equal(window.document.activeElement, link());
  key(window, window.document.activeElement, "e");
  assert.ok(box(card));
});

test("so does the button that adds a tag, which is drawn anew with the tags", async () => {
  const { window, card } = await open();
  card.node.querySelector(".chip.add").focus();
  await card.load();
  assert.equal(window.document.activeElement, card.node.querySelector(".chip.add"));
});

test("where the place is gone the card itself has the focus", async () => {
  const { window, card } = await open();
  card.node.querySelector("a").focus();
  card.keepFocus(() => card.node.querySelectorAll("a").forEach((link) => link.remove()));
  assert.equal(window.document.activeElement, card.node);
});

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

test("what X's page about the account says is on the card as X's word; nothing where it was not opened", async () => {
  const said = async (about) => {
    const { card } = await open({
      "person.get": { card: { ...CARD, about }, fresh: true, status: { state: "connected" } },
    });
    return card.node.querySelector(".about")?.textContent ?? null;
  };
  const all = { place: "Ghana", sure: false, via: "Ghana Android App", renames: 2, renamed_at: 1709460000 };
  assert.match(
    await said(all),
    /^X says: based in Ghana, not certain · connected via Ghana Android App · handle changes: 2, last .*2024/,
  );
  const part = { place: "Ghana", sure: true, via: null, renames: 0, renamed_at: 1709460000 };
  assert.equal(await said(part), "X says: based in Ghana · handle changes: 0");
  assert.equal(await said(null), null);
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
  assert.equal(box(card).value, "Third", "nothing was typed: the next letter is not saved over what is newer");
  box(card).value = "Third and mine";
  box(card).dispatchEvent(new window.Event("input"));
  text = "Fourth";
  await card.load();
  assert.equal(box(card).value, "Third and mine");
});

test("a text from elsewhere that comes in the middle of a word waits for its end", async () => {
  let text = "First";
  const { window, card } = await open({
    "person.get": () => ({ card: { ...CARD, note: { ...NOTE, text } }, fresh: true, status: { state: "connected" } }),
  });
  card.editor.edit();
  box(card).dispatchEvent(new window.Event("compositionstart"));
  text = "Second";
  await card.load();
  assert.equal(box(card).value, "First");
  box(card).dispatchEvent(new window.Event("compositionend"));
  assert.equal(box(card).value, "Second", "the word was given up: nothing was typed");
});

test("an answer asked for before the one on screen does not cover it", async () => {
  const told = (words) => ({
    card: { ...CARD, note: { ...NOTE, text: words, rev: 5 } }, fresh: true, status: { state: "connected" },
  });
  let answer = (done) => done(told("Before"));
  const { card, text } = await open({ "person.get": () => new Promise((done) => answer(done)) });
  const waiting = [];
  answer = (done) => waiting.push(done);
  const [older, newer] = [card.load(), card.load()];
  await until(card.node.ownerDocument.defaultView, () => waiting.length === 2);
  waiting[1](told("Second"));
  await newer;
  waiting[0](told("First"));
  await older;
  assert.match(text(), /Second/);
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

test("in a chat that runs the card says how often both wrote there, and nothing once it is over", async () => {
  const soon = Math.floor(Date.now() / 1000) + 900;
  const person = (until) => ({ card: { ...CARD, chat_now: { tag: "#bookchat", until, they: 2, you: 1 } },
    fresh: true, status: { state: "connected" } });
  const { text } = await open({ "person.get": person(soon) });
  assert.match(text(), /#bookchat until .*You both are there: they 2, you 1/);
  const { text: later } = await open({ "person.get": person(soon - 1800) });
  assert.doesNotMatch(later(), /#bookchat/);
});
