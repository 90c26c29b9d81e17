// The note on the card: typing, saving, refusing what is too long, conflicts and earlier versions.
import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "../page.mjs";
import { box, key, open } from "./card_page.mjs";

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

test("a text that an earlier frame left is saved at once, since nobody may come to its box", async () => {
  const { window, card, writes } = await open();
  card.editor.resume({ text: "Left behind", base: 4 });
  assert.equal(box(card).value, "Left behind");
  await until(window, () => writes().length === 1);
  assert.deepEqual([writes()[0].body.text, writes()[0].base], ["Left behind", 4]);
});

test("a text that was left beside a note that has changed since is offered with it, and nothing is saved", async () => {
  const { card, writes, text } = await open();
  card.editor.resume({ text: "Left behind", base: 3 });
  assert.ok(text().includes("Left behind") && text().includes("Phone first."));
  assert.deepEqual(writes(), []);
});

test("a text that was left over words other than those of the same revision now overwrites nothing", async () => {
  const { card, writes, text } = await open();
  card.editor.resume({ text: "Left behind", base: 4, saw: "Before the backup was restored" });
  assert.ok(text().includes("Left behind") && text().includes("Phone first."));
  assert.deepEqual(writes(), []);
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

/** Types with an input method: the box has the text, and the event says whether the word is still being composed. */
function compose(window, node, text, isComposing) {
  node.value = text;
  node.dispatchEvent(new window.InputEvent("input", { isComposing }));
}

test("in the middle of a composition nothing is saved, and its end is saved once", async () => {
  const { window, card, writes } = await open();
  card.editor.edit();
  box(card).dispatchEvent(new window.CompositionEvent("compositionstart"));
  for (const text of ["し", "しみ", "しみz"]) {
    compose(window, box(card), text, true);
    card.editor.rest();
  }
  assert.deepEqual(writes(), []);
  for (const name of ["Escape", "Enter"]) key(window, box(card), name, { isComposing: true, ctrlKey: true });
  assert.equal(box(card).value, "しみz", "a key of the input method ends no edit");
  box(card).value = "清水";
  box(card).dispatchEvent(new window.CompositionEvent("compositionend"));
  compose(window, box(card), "清水さん", false);
  await until(window, () => writes().length === 1);
  assert.equal(writes()[0].body.text, "清水さん");
});

test("the end of a composition alone, without another input, is saved after the pause", async () => {
  const { window, card, writes } = await open();
  card.editor.edit();
  box(card).dispatchEvent(new window.CompositionEvent("compositionstart"));
  compose(window, box(card), "清水", true);
  box(card).dispatchEvent(new window.CompositionEvent("compositionend"));
  await until(window, () => writes().length === 1);
  assert.equal(writes()[0].body.text, "清水");
});

test("an end of a composition that never came blocks nothing for ever: the next input or leaving is kept", async () => {
  const typed = await open();
  typed.card.editor.edit();
  box(typed.card).dispatchEvent(new typed.window.CompositionEvent("compositionstart"));
  compose(typed.window, box(typed.card), "Shimizu", false);
  await until(typed.window, () => typed.writes().length === 1);
  const left = await open();
  left.card.editor.edit();
  box(left.card).dispatchEvent(new left.window.CompositionEvent("compositionstart"));
  compose(left.window, box(left.card), "清", true);
  left.card.close();
  await until(left.window, () => left.writes().length === 1);
  assert.equal(left.writes()[0].body.text, "清");
});

test("a save of another machine waits for the end of a composition; the choice then has the whole word", async () => {
  let refuse;
  const conflict = Object.assign(new Error("no"), { code: "conflict", details: { text: "Theirs", rev: 9 } });
  const { window, card, text } = await open({
    "write.put": () => new Promise((_, reject) => { refuse = () => reject(conflict); }),
  });
  card.editor.edit();
  compose(window, box(card), "Met ", false);
  await until(window, () => refuse);
  box(card).dispatchEvent(new window.CompositionEvent("compositionstart"));
  compose(window, box(card), "Met しみ", true);
  refuse();
  await until(window, () => card.editor.held.length === 1);
  assert.equal(box(card)?.value, "Met しみ", "the box stays");
  box(card).value = "Met 清水";
  box(card).dispatchEvent(new window.CompositionEvent("compositionend"));
  assert.equal(box(card), null);
  assert.ok(text().includes("Met 清水") && text().includes("Theirs"));
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
