// The next step while a change waits: the card shows it at once, as the companion will.
import assert from "node:assert/strict";
import { test } from "node:test";
import { stepAfter } from "../../../extension/background/pending_step.js";
import { Browser, VIEWER, WREN } from "./browser.mjs";

const TODAY = "2026-11-29";
const after = (step, body, op = "op-1") => stepAfter(step, body, op, TODAY);
const added = (words, day, op) => after(null, { words, ...(day ? { day, start: day } : {}) }, op);

test("a step that is added is shown with what a tick and an undo write", () => {
  assert.deepEqual(added("Send it", "2026-11-20"), {
    item: "op-1", rev: null, words: "Send it", day: "2026-11-20", over: true,
    done: { item: "op-1", words: "Send it", day: "2026-11-20", start: "2026-11-20", done: TODAY },
    undo: { item: "op-1", words: "Send it", day: "2026-11-20", start: "2026-11-20" },
  });
  assert.equal(added("Some day", "").day, null);
});

test("of two the earlier day is shown, one without a day last", () => {
  const first = added("Soon", "2026-12-01", "a");
  assert.equal(after(first, { words: "Later", day: "2026-12-02" }, "b"), first);
  assert.equal(after(first, { words: "Some day" }, "b"), first);
  assert.equal(after(first, { words: "Sooner", day: "2026-11-30" }, "b").words, "Sooner");
  assert.equal(after(added("Some day", "", "a"), { words: "Dated", day: "2027-01-01" }, "b").words, "Dated");
});

test("a change keeps the revision it is based on, and one that is put off moves this time only", () => {
  const step = { ...added("Send it", "2026-11-20", "a"), rev: 4 };
  assert.deepEqual([after(step, { item: "a", words: "Send both" }).words, after(step, { item: "a", words: "x" }).rev],
    ["Send both", 4]);
  const later = after(step, { ...step.undo, later: "2026-12-06" });
  assert.deepEqual([later.day, later.over, later.undo.day], ["2026-12-06", false, "2026-11-20"]);
  assert.equal(later.done.later, undefined);
});

test("done or taken away it leaves, its undo brings it back; another person's step is no concern of it", () => {
  const step = added("Send it", "2026-11-20", "a");
  assert.equal(after(step, step.done), null);
  assert.deepEqual(after(null, step.undo), step);
  assert.equal(after(step, { item: "a", gone: true }), null);
  assert.equal(after(step, { item: "b", gone: true }), step);
  assert.equal(after(step, { item: "b", words: "x", done: TODAY }), step);
});

test("when one that comes again is next due is the companion's to say", () => {
  assert.equal(after(null, { item: "a", words: "Hello", day: "2026-12-01", every: "week" }).done, null);
});

test("applied twice it is the same: the browser's copy has it already", () => {
  const body = { words: "Send it", day: "2026-12-01" };
  assert.deepEqual(after(after(null, body), body), after(null, body));
});

test("steps written while the companion is away are on the card, also after a restart of the browser", async () => {
  const browser = await new Browser().wake();
  await browser.pair();
  browser.companion.away = true;
  const write = (body) => browser.send("write.put", {
    op: crypto.randomUUID(), at: Date.now(), viewer: VIEWER, person: WREN, kind: "step", base: null, body,
  });
  const { op, state } = await write({ words: "Send it", day: "2027-01-08" });
  assert.equal(state, "queued");
  await write({ item: op, words: "Send both", day: "2027-01-09" });
  await browser.wake();
  const { card } = await browser.send("person.get", { viewer: VIEWER, person: WREN });
  assert.deepEqual([card.next_step.item, card.next_step.words, card.next_step.day], [op, "Send both", "2027-01-09"]);
  assert.equal(card.pending, true);
});
