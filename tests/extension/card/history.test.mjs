// Tests the relationship in the card: logging a touch, counted facts, history, deleting a line and undo.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openCardPage, until } from "../page.mjs";
import { badge } from "../x_page.mjs";

const REASONS = [
  { code: "days_they_wrote", params: { messages: 12, days: 9 } },
  { code: "days_both_wrote", params: { days: 1 } },
  { code: "last_from_them", params: { at: 100 } },
  { code: "if_they_write_today", params: { score: 70 } },
  { code: "if_silent_for_days", params: { days: 30, score: 52 } },
];
const CARD = {
  ...badge(), note: null, tags: [], tags_rev: 0, alias_rev: 0, former: [], recycled: null, relation: {}, trend: [],
  last: {}, seen: { first: 1, last: 2 }, coverage: { inbound_since: 1 },
  judgement: {
    value: 64, state: "warm", band: "warm", was: null, confidence: 0.9, balance: { you: 12, they: 9 },
    reasons: REASONS, sentence: "They answer.",
  },
};
const LINE = {
  at: 1_790_000_000, direction: "in", kind: "reply", source: "page", post: "88", partial: false, automatic: false,
  ref: "88", chat: null, words: "",
};
const CALL = {
  ...LINE, direction: "both", kind: "call", source: "you", post: null, ref: "touch-1",
  words: "About the spring issue",
};
const FACTS = {
  they_answer: { count: 14, of: 18, share: 14 / 18 },
  you_answer: { count: 1, of: 2, share: null },
  you_start: { count: 0, of: 0, share: null },
  active: { count: 3, of: 6, share: 0.5 },
  marks: ["chat_only"],
  places: [{ name: "notifications", count: 4 }, { name: "off_x", count: 1 }],
  stages: [
    { name: "seen", reached: true, at: 1_790_000_000 },
    { name: "relevant", reached: null, at: null },
    { name: "talked", reached: true, at: 1_790_000_000 },
    { name: "regular", reached: false, at: null },
    { name: "off_x", reached: false, at: null },
  ],
};

async function open(answers = {}) {
  const stock = {
    "person.get": { card: CARD, fresh: true, status: { state: "connected" } },
    "write.put": (params) => ({ op: params.op, rev: 1, state: "saved" }),
    "relationship.get": FACTS,
    "history.get": ({ before }) =>
      before === null
        ? { lines: [CALL, LINE], before: 7 }
        : { lines: [{ ...LINE, ref: "5", direction: "out" }], before: null },
    "history.remove": ({ ref }) => ({ line: ref === "88" ? LINE : null }),
    "history.restore": { restored: true },
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
  const sent = (name) =>
    window.messages
      .filter((message) => message.name === name)
      .map((message) => JSON.parse(JSON.stringify(message.params)));
  const press = (key, node = card.node.ownerDocument.activeElement) =>
    node.dispatchEvent(new window.KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  const button = (label) => [...card.node.querySelectorAll("button")].find((one) => one.textContent.startsWith(label));
  card.node.focus();
  return { window, card, sent, press, button, text: () => card.node.textContent };
}

/** Opens "More" and waits for its lines. */
async function opened(answers) {
  const page = await open(answers);
  page.press("m");
  await until(page.window, () => page.card.node.querySelector(".more h2"));
  return page;
}

for (const [key, what] of [["c", "call"], ["m", "meal"], ["t", "meeting"], ["o", "chat"]]) {
  test(`L and ${key} log a touch of today: ${what}`, async () => {
    const { window, press, sent, card } = await open();
    press("l");
    press(key);
    await until(window, () => sent("write.put").length === 1);
    const [{ kind, body, person }] = sent("write.put");
    assert.deepEqual([kind, body.what, person.id, "words" in body], ["touch", what, "2000001", false]);
    assert.ok(Math.abs(body.when - Date.now() / 1000) < 5);
    assert.equal(card.node.querySelector(".touch"), null);
  });
}

test("another day and a few words go with the touch, and letters typed there choose nothing", async () => {
  const { window, press, sent, card, button } = await open();
  press("l");
  const [day, words] = card.node.querySelectorAll(".touch input");
  day.value = "2026-03-09";
  words.value = "About the spring issue";
  words.focus();
  press("m");
  assert.equal(sent("write.put").length, 0);
  button("A meal").click();
  await until(window, () => sent("write.put").length === 1);
  const { body } = sent("write.put")[0];
  assert.deepEqual(
    [body.what, body.words, new Date(body.when * 1000).toDateString()],
    ["meal", "About the spring issue", "Mon Mar 09 2026"],
  );
});

test("Escape closes the question and nothing is written", async () => {
  const { press, sent, card } = await open();
  press("l");
  press("Escape");
  assert.equal(card.node.querySelector(".touch"), null);
  assert.equal(card.node.ownerDocument.activeElement, card.node);
  press("c");
  assert.equal(sent("write.put").length, 0);
});

test("what was logged can be taken back by U, and the offer then is gone", async () => {
  const { window, press, sent, button } = await open();
  press("l");
  press("c");
  await until(window, () => button("Undo"));
  press("u");
  await until(window, () => sent("write.put").length === 2);
  const [made, back] = sent("write.put");
  assert.deepEqual(back.body, { item: made.op, gone: true });
  assert.equal(button("Undo"), undefined);
});

test("the facts say what was counted, what is too little and what is not known", async () => {
  const { card, text } = await opened();
  for (const words of [
    "14 of 18 · 78%", "1 of 2 · too few to say", "Notifications 4 · Off X 1",
    "Only in chats", "They wrote on 9 days (12 messages).",
    "On one of them both did.", "If they write today it becomes 70.", "After 30 silent days it would be 52.",
  ]) {
    assert.ok(text().includes(words), words);
  }
  assert.ok(!text().includes("You start"), "nothing of nothing is not a fact");
  assert.deepEqual(
    [...card.node.querySelectorAll(".stages li")].map((one) => one.className),
    ["yes", "unknown", "yes", "no", "no"],
  );
});

test("the history has both directions with kind, source, link and words, and goes on", async () => {
  const { window, card, text, button } = await opened();
  for (const words of ["A call About the spring issue", "written down by you", "They replied", "seen on X"]) {
    assert.ok(text().includes(words), words);
  }
  assert.ok(card.node.querySelector(".tl a[href='https://x.com/wrenwrites/status/88']"));
  button("Earlier").click();
  await until(window, () => text().includes("You replied"));
  assert.equal(button("Earlier"), undefined);
});

test("the history stands under one heading for each day, which an earlier page goes on with", async () => {
  const line = (ref, at, day = null) => ({ ...LINE, ref, at, day });
  const noon = new Date(2026, 2, 3, 12).getTime() / 1000;
  const { window, card, button } = await opened({
    "history.get": ({ before }) => before === null
      ? { lines: [line("9", noon + 86_400), line("8", noon, "2026-03-03"), line("7", noon - 60)], before: 7 }
      : { lines: [line("6", noon - 120), line("5", noon - 86_400)], before: null },
  });
  const shown = () => [...card.node.querySelectorAll(".days h3")].map((day) => [
    day.textContent, day.nextElementSibling.querySelectorAll("li").length,
  ]);
  assert.deepEqual(shown(), [["Wed, Mar 4, 2026", 1], ["Tue, Mar 3, 2026", 2]]);
  assert.equal(card.node.querySelectorAll(".tl time")[1].textContent, "", "a date alone has no time of day");
  button("Earlier").click();
  await until(window, () => card.node.querySelectorAll(".tl li").length === 5);
  assert.deepEqual(shown(), [["Wed, Mar 4, 2026", 1], ["Tue, Mar 3, 2026", 3], ["Mon, Mar 2, 2026", 1]]);
});

test("a line is deleted, said so, and put back by undo", async () => {
  const { window, card, sent, button, text } = await opened();
  card.node.querySelectorAll(".tl button")[1].click();
  await until(window, () => text().includes("Deleted from the history"));
  assert.deepEqual([sent("history.remove")[0].ref, sent("history.remove")[0].direction], ["88", "in"]);
  button("Undo").click();
  await until(window, () => sent("history.restore").length === 1);
  assert.deepEqual(sent("history.restore")[0].line, LINE);
});

test("what is open follows a change, and closes again by the same key", async () => {
  let lines = [LINE];
  const { window, card, press, text } = await opened({ "history.get": () => ({ lines, before: null }) });
  lines = [CALL, LINE];
  await card.load();
  await until(window, () => text().includes("About the spring issue"));
  press("m");
  assert.equal(card.node.querySelector(".more"), null);
});

test("without the companion it is said in words and nothing is left open", async () => {
  const { window, press, card, text } = await open({
    "relationship.get": () => {
      throw new Error("The companion does not answer.");
    },
  });
  press("m");
  await until(window, () => text().includes("The companion does not answer."));
  await until(window, () => !card.node.querySelector(".more"));
});
