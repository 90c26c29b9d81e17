// Tests vetting in the card: reports, decisions made, changed and undone; X's own button is never pressed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openCardPage, source, until } from "../../page.mjs";
import { badge } from "../../x_page.mjs";

const TREE = [
  "section",
  { "class": "vet", "aria-label": "Vetting" },
  [
    "div",
    { class: "top" },
    ["ring", { value: 70 }],
    ["h3", {}, "Look closer"],
    ["p", { class: "unseen" }, ["button", { "data-more": "" }, "Ask X’s API (up to $0.11)"]],
  ],
  ["p", { class: "unseen", hidden: true }],
  ["div", { class: "d" }, ...["follow_back", "wait", "no", "undo"].map((one) => ["button", { "data-as": one }, one])],
  [
    "div",
    { class: "chips" },
    ...[
      "sells_followers", "adult", "never_posts", "does_not_follow_back", "behaves_badly", "own", "only_sells",
      "broadcasts", "automatic",
    ].map((one) => ["button", { "data-as": one }, one]),
    ["input", { "hidden": true, "aria-label": "own" }],
  ],
];
const REPORT = { id: "2000004", handle: "bolaprints", fingerprint: "a:b:c", wait_days: 30, tree: TREE };
const DECIDED = {
  item: "op-1", decision: "no", at: 1, days: null, reasons: ["adult"], text: "", post: null,
  sentence: "You passed on 3 Mar: adult", again: "bio", news: "Since then the bio changed.",
};

function answers(more = {}) {
  const card = {
    ...badge({ id: "2000004", handle: "bolaprints" }), note: null, tags: [], tags_rev: 0, alias_rev: 0, former: [],
    recycled: null, relation: {}, trend: [], last: {}, seen: {}, coverage: {},
    judgement: { value: null, state: "unknown", balance: { you: 0, they: 0 }, reasons: [], sentence: "" },
  };
  const table = {
    "person.get": { card, fresh: true, status: { state: "connected" } },
    "vet.get": REPORT,
    "tags.get": { tags: [] },
    "write.put": ({ op }) => ({ op, rev: 1, state: "saved" }),
    "vet.queue": { people: [], waiting: 0, decided_today: 2, whole: true },
    ...more,
  };
  return (name, params) => {
    const given = table[name];
    return typeof given === "function" ? given(params) : (given ?? {});
  };
}

async function vetted(more) {
  const window = await openCardPage({ answer: answers(more) });
  const said = [];
  window.Session.tell = (message) => said.push(message);
  const card = new window.PersonCard({ handle: "bolaprints", id: "2000004" }, true);
  window.document.body.append(card.node);
  await card.load();
  await window.Vet.open(card);
  const writes = () =>
    window.messages
      .filter(({ name, params }) => name === "write.put" && params.kind === "decision")
      .map(({ params }) => ({ ...JSON.parse(JSON.stringify(params.body)), op: params.op }));
  const press = (as) =>
    card.node.querySelector(`[data-as=${as}]`).dispatchEvent(new window.MouseEvent("click", { bubbles: true }));
  const key = (name) =>
    card.node.dispatchEvent(new window.KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));
  return { window, card, said, writes, press, key };
}
const plain = (write) => Object.fromEntries(Object.entries(write).filter(([name]) => name !== "op"));

test("the report comes at once from what was seen, then with link and photo looked at", async () => {
  const { window, card } = await vetted();
  assert.deepEqual(
    window.messages.filter(({ name }) => name === "vet.get").map(({ params }) => [params.look, params.looking]),
    [
      [false, true],
      [true, false],
    ],
  );
  assert.equal(card.node.querySelectorAll(".vet").length, 1);
});

test("a report that cannot be had is said in the card, in words", async () => {
  const { card } = await vetted({ "vet.get": () => { throw new Error("The companion is not running."); } });
  assert.equal(card.statusLine.textContent, "The companion is not running.");
  assert.equal(card.node.querySelector(".vet"), null);
});

test("V in the card vets, and again does not draw a second report", async () => {
  const { window, card, key } = await vetted();
  key("v");
  await until(window, () => window.messages.filter(({ name }) => name === "vet.get").length === 4);
  assert.equal(card.node.querySelectorAll(".vet").length, 1);
});

test("no, with a reason by its number; a second number changes the same decision", async () => {
  const { window, writes, key } = await vetted();
  key("1");
  await until(window, () => writes().length === 1);
  const { item, ...body } = plain(writes()[0]);
  assert.deepEqual(body, { decision: "no", reasons: ["sells_followers"], looked_at: "a:b:c" });
  key("3");
  await until(window, () => writes().length === 2);
  assert.deepEqual(plain(writes()[1]), {
    decision: "no",
    reasons: ["sells_followers", "never_posts"],
    looked_at: "a:b:c",
    item,
  });
});

test("every number from 1 to 9 is a reason", async () => {
  const { window, card, writes, key } = await vetted();
  for (let number = 1; number <= 9; number += 1) if (number !== 6) key(String(number));
  await until(window, () => writes().length === 8);
  assert.deepEqual(writes()[7].reasons, [
    "sells_followers", "adult", "never_posts", "does_not_follow_back", "behaves_badly", "only_sells", "broadcasts",
    "automatic",
  ]);
  key("?");
  assert.match(card.node.querySelector(".help").textContent, /1–9no, with that reason/);
});

test("X's API is asked only on the press that names its price, and what came and was spent is said", async () => {
  const fresh = { ...REPORT, tree: ["section", {}, ["div", { class: "top" }, ["h3", {}, "Welcome"]]] };
  const { window, card } = await vetted({
    "vet.more": { words: "X’s API gave 20 posts for $0.11. Spent today: $0.11.", report: fresh },
  });
  const asked = () => window.messages.filter(({ name }) => name === "vet.more").length;
  assert.equal(asked(), 0);
  card.node.querySelector("[data-more]").dispatchEvent(new window.MouseEvent("click", { bubbles: true }));
  await until(window, () => card.node.querySelector(".vet h2").textContent === "Welcome");
  assert.equal(asked(), 1);
  await until(window, () => card.node.querySelector(".top + .unseen").textContent.includes("$0.11"));
});

test("a refusal of X's API is said in its sentence, and the button is there again", async () => {
  const { window, card } = await vetted({
    "vet.more": () => {
      throw new Error("This could cost up to $0.11, and $1.00 of today's cap of $1.00 are spent.");
    },
  });
  card.node.querySelector("[data-more]").dispatchEvent(new window.MouseEvent("click", { bubbles: true }));
  await until(window, () => /today's cap/.test(card.node.querySelector(".top + .unseen").textContent));
  assert.equal(card.node.querySelector("[data-more]").disabled, false);
});

test("own words are asked for and kept with Enter", async () => {
  const { window, card, writes, key } = await vetted();
  key("6");
  const field = card.node.querySelector(".vet input");
  assert.equal(field.hidden, false);
  field.value = "Rude to Ines";
  field.dispatchEvent(new window.KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  await until(window, () => writes().length === 1);
  assert.deepEqual([writes()[0].reasons, writes()[0].text], [["own"], "Rude to Ines"]);
});

test("wait has its days, and Z takes it back", async () => {
  const { window, writes, press, key } = await vetted();
  press("wait");
  await until(window, () => writes().length === 1);
  assert.deepEqual([writes()[0].decision, writes()[0].days], ["wait", 30]);
  key("z");
  await until(window, () => writes().length === 2);
  assert.deepEqual(plain(writes()[1]), { item: writes()[0].item, gone: true });
});

test("follow back keeps the decision and asks the page around for the focus on X's own button", async () => {
  const { window, said, writes, press } = await vetted();
  press("follow_back");
  await until(window, () => said.length === 1);
  assert.deepEqual(said.map(({ reach }) => reach), ["2000004"]);
  assert.equal(writes()[0].decision, "follow_back");
});

test("no file of ours presses anything on X's page", () => {
  for (const file of [
    "card/vetting/vet.js",
    "card/vetting/report_view.js",
    "content/features/why_followed.js",
    "content/features/vet.js",
    "content/frame/profile.js",
    "content/marks/vet_button.js",
  ]) {
    assert.doesNotMatch(source(file), /\.click\(|dispatchEvent/, file);
  }
});

test("what was decided before is on the card with what changed since, and can be taken back", async () => {
  const { window, card, writes } = await vetted({
    "person.get": {
      card: { ...answers()("person.get").card, decision: DECIDED },
      fresh: true,
      status: { state: "connected" },
    },
  });
  const notice = card.node.querySelector(".decided");
  assert.match(notice.textContent, /You passed on 3 Mar: adult\. Since then the bio changed\./);
  notice.querySelector("button").dispatchEvent(new window.MouseEvent("click", { bubbles: true }));
  await until(window, () => writes().length === 1);
  assert.deepEqual(plain(writes()[0]), { item: "op-1", gone: true });
});

test("the mirror draws the report about the user without a decision, then with link and photo looked at", async () => {
  const MIRROR = {
    ...REPORT,
    tree: [
      "section", { class: "vet" }, ["div", { class: "top" }, "Most would welcome you"],
      ["p", { class: "unseen", hidden: true }],
    ],
  };
  const window = await openCardPage({ purpose: "mirror", answer: answers({ "vet.get": MIRROR }) });
  window.document.body.append(window.Mirror.create());
  await window.Mirror.open();
  const asked = window.messages
    .filter(({ name }) => name === "vet.get")
    .map(({ params }) => [params.person.id, params.look]);
  assert.deepEqual(asked, [["1000001", false], ["1000001", true]]);
  assert.equal(window.document.querySelectorAll("[data-as]").length, 0);
});
