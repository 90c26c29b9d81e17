// The next step on the card: shown first, ticked with undo, added by key; contact that is due is said.
import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "../page.mjs";
import { CARD, key, open } from "./card_page.mjs";

const STEP = {
  words: "Send her the address", day: "2026-11-20", over: true,
  done: { item: "s1", words: "Send her the address", day: "2026-11-20", done: "2026-11-28" },
  undo: { item: "s1", words: "Send her the address", day: "2026-11-20" },
};
const answer = (more) => ({
  "person.get": { card: { ...CARD, ...more }, fresh: true, status: { state: "connected" } },
});

test("the next step stands under the head with its day, and a past day is marked", async () => {
  const { card } = await open(answer({ next_step: STEP }));
  const line = card.node.querySelector(".next");
  assert.match(line.textContent, /Send her the address.*2026/);
  assert.ok(line.querySelector(".over"));
  assert.equal(line.querySelector(".tick").getAttribute("aria-label"), "Done: Send her the address");
});

test("a tick writes the step as done, and Undo writes it as it was", async () => {
  const { card, window, writes } = await open(answer({ next_step: STEP }));
  card.node.querySelector(".tick").click();
  await until(window, () => writes().length === 1);
  assert.deepEqual([writes()[0].kind, writes()[0].body], ["step", STEP.done]);
  await until(window, () => [...card.acts.children].some((one) => one.textContent.startsWith("Undo")));
  [...card.acts.children].find((one) => one.textContent.startsWith("Undo")).click();
  await until(window, () => writes().length === 2);
  assert.deepEqual(writes()[1].body, STEP.undo);
});

test("contact that is due is said, and where nothing is due nothing is drawn", async () => {
  const { card } = await open(answer({ contact_due: "2026-11-19" }));
  assert.match(card.node.querySelector(".next").textContent, /time to be in touch \(since .*2026/);
  const { card: quiet } = await open();
  assert.equal(quiet.node.querySelector(".next"), null);
});

test("N adds a step with words and a day; Escape closes the field and nothing else", async () => {
  const { card, window, writes } = await open();
  card.node.focus();
  key(window, card.node, "n");
  const box = card.node.querySelector(".step");
  const [words, day] = box.querySelectorAll("input");
  key(window, words, "Escape");
  assert.equal(card.node.querySelector(".step"), null);
  key(window, card.node, "n");
  const [again, when] = card.node.querySelectorAll(".step input");
  again.value = "  Ask about Porto ";
  when.value = "2026-12-04";
  key(window, again, "Enter");
  await until(window, () => writes().length === 1);
  assert.deepEqual(writes()[0].body, { words: "Ask about Porto", day: "2026-12-04", start: "2026-12-04" });
  assert.equal(day.type, "date");
});
