// Tests the question after a follow or a block: an answer is kept, an empty one is not, a long one is refused.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openCardPage, settle, until } from "../page.mjs";

const WREN = { id: "2000001", handle: "wrenwrites" };

/** The question about Wren, with what was written and how often it ended. */
async function open(act = "") {
  const window = await openCardPage({ purpose: "why", answer: (_name, { op }) => ({ op, rev: 1, state: "saved" }) });
  let ended = 0;
  const node = window.WhyFollowed.create(WREN, act, () => { ended += 1; });
  window.document.body.append(node);
  const field = node.querySelector("input");
  field.reportValidity = () => {};
  return {
    window,
    node,
    field,
    answer(text) {
      field.value = text;
      field.dispatchEvent(new window.KeyboardEvent("keydown", { key: "Enter" }));
    },
    press: (key) => field.dispatchEvent(new window.KeyboardEvent("keydown", { key })),
    ended: () => ended,
    writes: () => window.messages.filter(({ name }) => name === "write.put").map(({ params }) => params),
  };
}

test("the reason is written as a decision to follow back, about this person and for this account", async () => {
  const { window, field, answer, press, ended, writes } = await open();
  assert.match(field.getAttribute("aria-label"), /@wrenwrites/);
  press("a");
  assert.equal(ended(), 0);
  answer("  met at the zine fair ");
  assert.equal(ended(), 1);
  await until(window, () => writes().length === 1);
  const { kind, body, person, viewer } = JSON.parse(JSON.stringify(writes()[0]));
  assert.deepEqual([kind, person.handle, viewer.id], ["decision", "wrenwrites", "1000001"]);
  assert.deepEqual(body, { decision: "follow_back", text: "met at the zine fair", reasons: [] });
});

test("an empty answer ends the question and writes nothing", async () => {
  const { window, answer, ended, writes } = await open();
  answer("   ");
  assert.equal(ended(), 1);
  await settle(window);
  assert.deepEqual(writes(), []);
});

test("an answer too long to be kept stays in its field, with the reason, until it fits", async () => {
  const { window, field, answer, ended, writes } = await open();
  answer("x".repeat(501));
  assert.match(field.validationMessage, /501 characters, and 500 fit/);
  assert.deepEqual([ended(), writes().length, field.value.length], [0, 0, 501]);
  answer("x".repeat(500));
  await until(window, () => writes().length === 1);
  assert.equal(ended(), 1);
});

test("after a block a reason is one press, and words of one's own are kept as such", async () => {
  const pressed = await open("blocked");
  const chip = pressed.node.querySelector("button");
  chip.click();
  assert.equal(pressed.ended(), 1);
  await until(pressed.window, () => pressed.writes().length === 1);
  assert.deepEqual(JSON.parse(JSON.stringify(pressed.writes()[0].body)), {
    decision: "blocked", reasons: ["sells_followers"],
  });
  const typed = await open("blocked");
  typed.answer("rude to Ines");
  await until(typed.window, () => typed.writes().length === 1);
  assert.deepEqual(JSON.parse(JSON.stringify(typed.writes()[0].body)), {
    decision: "blocked", text: "rude to Ines", reasons: ["own"],
  });
});
