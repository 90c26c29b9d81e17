// The next step on the card: shown first, ticked with undo, added by key; contact that is due is said.
import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "../page.mjs";
import { CARD, key, open } from "./card_page.mjs";

const STEP = {
  item: "s1", rev: 4, words: "Send her the address", day: "2026-11-20", over: true,
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
  assert.deepEqual([writes()[0].base, writes()[0].saw], [4, STEP.words], "a change made elsewhere is not covered");
  await until(window, () => [...card.acts.children].some((one) => one.textContent.startsWith("Undo")));
  [...card.acts.children].find((one) => one.textContent.startsWith("Undo")).click();
  await until(window, () => writes().length === 2);
  assert.deepEqual(writes()[1].body, STEP.undo);
});

test("Undo pressed while a change is on its way takes that one back, and never the one before", async () => {
  const late = [];
  const put = () => new Promise((resolve) => late.push(() => resolve({ op: "1", rev: 5, state: "saved" })));
  const { card, window, writes } = await open({ ...answer({ next_step: STEP }), "write.put": put });
  card.node.querySelector(".next .words").click();
  const [words] = card.node.querySelectorAll(".step input");
  words.value = "Send her both addresses";
  key(window, words, "Enter");
  await until(window, () => late.length === 1);
  late[0]();
  await until(window, () => card.node.querySelector(".step") === null);
  card.node.querySelector(".tick").click();
  await until(window, () => late.length === 2);
  key(window, card.node, "u");
  assert.equal(writes().length, 2, "there is nothing to take back yet");
  late[1]();
  await until(window, () => writes().length === 3);
  assert.deepEqual(writes().slice(1).map((one) => one.body), [STEP.done, STEP.undo]);
  assert.ok(![...card.acts.children].some((one) => one.textContent.startsWith("Undo")));
});

test("nothing is offered to be taken back of a change that was refused", async () => {
  const refused = () => { throw new Error("No room."); };
  const { card, window } = await open({ ...answer({ next_step: STEP }), "write.put": refused });
  card.node.querySelector(".tick").click();
  await until(window, () => card.statusLine.textContent.includes("No room."));
  await until(window, () => ![...card.acts.children].some((one) => one.textContent.startsWith("Undo")));
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

/** A card with a step, and its box open. */
async function changing(more = {}, answers = {}) {
  const made = await open({ ...answer({ next_step: { ...STEP, ...more } }), ...answers });
  made.card.node.querySelector(".next .words").click();
  const box = made.card.node.querySelector(".step");
  const button = (words) => [...box.querySelectorAll("button")].find((one) => one.textContent === words);
  return { ...made, box, button, fields: [...box.querySelectorAll("input")] };
}

test("a press on the words changes them and the day, and Undo writes what it was", async () => {
  const { card, window, writes, fields } = await changing();
  assert.deepEqual(fields.map((one) => one.value), [STEP.words, STEP.day]);
  fields[0].value = "Send her both addresses";
  fields[1].value = "2027-01-08";
  key(window, fields[0], "Enter");
  await until(window, () => writes().length === 1);
  const { body, base, saw } = writes()[0];
  assert.deepEqual(body, { item: "s1", words: "Send her both addresses", day: "2027-01-08", start: "2027-01-08" });
  assert.deepEqual([base, saw], [4, STEP.words]);
  await until(window, () => card.node.querySelector(".step") === null);
  key(window, card.node, "u");
  await until(window, () => writes().length === 2);
  assert.deepEqual(writes()[1].body, STEP.undo);
});

test("a step that comes again keeps its rule when its words change", async () => {
  const { window, writes, fields } = await changing({ undo: { ...STEP.undo, every: "3 weeks", start: "2026-11-20" } });
  fields[0].value = "Ask";
  key(window, fields[0], "Enter");
  await until(window, () => writes().length === 1);
  assert.equal(writes()[0].body.every, "3 weeks");
});

test("later is tomorrow, next week or a day to come, and leaves the rule alone", async () => {
  const day = (days) => new Date(Date.now() + days * 86_400_000).toLocaleDateString("sv-SE");
  for (const [words, days] of [["Tomorrow", 1], ["Next week", 7]]) {
    const { window, writes, button } = await changing();
    button(words).click();
    await until(window, () => writes().length === 1);
    assert.deepEqual(writes()[0].body, { ...STEP.undo, later: day(days) });
  }
  const { card, window, writes, button, fields } = await changing();
  button("On that day").click();
  assert.equal(card.statusLine.textContent, "Choose a day to come.");
  fields[1].value = day(30);
  button("On that day").click();
  await until(window, () => writes().length === 1);
  assert.equal(writes()[0].body.later, day(30));
});

test("where a step was changed elsewhere, what was typed stays and what is stored is shown", async () => {
  const conflict = () => { throw Object.assign(new Error("It was changed elsewhere."), { code: "conflict" }); };
  const { card, window, messages, fields } = await changing({}, { "write.put": conflict }).then((made) =>
    ({ ...made, messages: made.window.messages }));
  fields[0].value = "Mine";
  const before = messages.filter((one) => one.name === "person.get").length;
  key(window, fields[0], "Enter");
  await until(window, () => card.statusLine.textContent.includes("changed elsewhere"));
  assert.equal(messages.filter((one) => one.name === "person.get").length, before + 1);
  assert.equal(card.node.querySelector(".step input").value, "Mine");
});

test("another step is added beside the one that is there", async () => {
  const { card, window, writes, button } = await changing();
  button("Another step").click();
  const [words] = card.node.querySelectorAll(".step input");
  assert.equal(words.value, "");
  words.value = "Ring her";
  key(window, words, "Enter");
  await until(window, () => writes().length === 1);
  assert.deepEqual([writes()[0].body, writes()[0].base], [{ words: "Ring her" }, null]);
});

test("one that comes again and waits for the companion cannot be ticked: its next day is not known here", async () => {
  const { card } = await open(answer({ next_step: { ...STEP, done: null } }));
  assert.equal(card.node.querySelector(".next .tick"), null);
});
