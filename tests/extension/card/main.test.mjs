// Tests the page inside the frames: whose port it takes, what it shows for a token, and what it tells around it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { CARD_FILES, openPage, settle, until } from "../page.mjs";
import { badge } from "../x_page.mjs";

const VIEWER = { id: "1000001", handle: "adaquill" };
const CARD = {
  ...badge(), note: { text: "Phone first.", rev: 1, at: 5, viewer: "1", post: null, versions: 1 }, tags: [],
  tags_rev: 0, alias_rev: 0, former: [], recycled: null, relation: {}, trend: [], last: {}, seen: {}, coverage: {},
  judgement: { value: null, state: "unknown", balance: { you: 0, they: 0 }, reasons: [], sentence: "" },
};
const STATUS = { state: "connected" };
const LOOK = { theme: "dark", size: 17 };

/** The whole page with its entry point; `say` speaks as the content script, `told` is what it was told. */
function open({ purpose = "card", claim } = {}) {
  const answers = {
    "overlay.claim": claim ??
      (() => ({ purpose, viewer: VIEWER, person: { id: CARD.id, handle: CARD.handle }, post: null,
        first: { card: CARD, fresh: true, status: STATUS } })),
    "person.get": () => ({ card: CARD, fresh: true, status: STATUS }),
  };
  const window = openPage({
    html: '<main id="card"></main>', url: "https://mutuals.example/card/card.html",
    files: [...CARD_FILES, "card/main.js"], answer: (name, params) => answers[name]?.(params) ?? {},
  });
  const told = [];
  const parent = {};
  Object.defineProperty(window, "parent", { value: parent });
  const port = { postMessage: (message) => told.push(message) };
  const offer = (source, origin, given = port) => {
    const event = new window.Event("message");
    Object.assign(event, { source, origin, ports: [given] });
    window.dispatchEvent(event);
  };
  const say = (data) => port.onmessage({ data });
  const change = (people) => {
    const news = { touched: { newValue: { people } } };
    for (const listener of window.chrome.storage.onChanged.listeners) listener(news, "local");
  };
  return { window, told, parent, port, offer, say, change, text: () => window.document.body.textContent };
}

test("it takes one port, from the page of X around it and from nobody else", () => {
  const { told, parent, offer, port } = open();
  offer({}, "https://x.com");
  offer(parent, "https://evil.example");
  offer(parent, "https://x.com.evil.example");
  assert.equal(port.onmessage, undefined);
  offer(parent, "https://x.com");
  assert.equal(told.length, 1);
  const second = { postMessage: () => assert.fail("a second port was spoken to") };
  offer(parent, "https://x.com", second);
  assert.equal(second.onmessage, undefined);
});

test("a change heard of while the card is on its way is shown: the card asks again", async () => {
  let hand = () => {};
  const claim = () => new Promise((resolve) => { hand = resolve; });
  const { window, parent, offer, say, text, change } = open({ claim });
  offer(parent, "https://x.com");
  say({ show: { token: "t", look: LOOK } });
  await settle(window);
  const person = { id: CARD.id, handle: CARD.handle };
  change([person]);
  const old = { ...CARD, note: { ...CARD.note, text: "As it was." } };
  hand({ purpose: "card", viewer: VIEWER, person, post: null, first: { card: old, fresh: true, status: STATUS } });
  await until(window, () => text().includes("Phone first."));
});

test("a token that the background knows shows the card in X's theme and size, in our own direction", async () => {
  const { window, told, parent, offer, say, text } = open();
  offer(parent, "https://x.com");
  say({ show: { token: "t", look: LOOK } });
  await until(window, () => told.some(({ drawn }) => drawn));
  assert.match(text(), /Phone first\./);
  const { style, dir } = window.document.documentElement;
  assert.deepEqual([style.fontSize, dir], ["17px", "ltr"]);
  assert.ok(told.some(({ scheme }) => scheme === "dark"));
  assert.doesNotMatch(JSON.stringify(told), /Phone|Wren|warm/i, "nothing private is told around");
});

test("words from right to left stay so on a page of X that runs from left to right", async () => {
  const { window, told, parent, offer, say } = open();
  window.Plural.direction = () => "rtl";
  offer(parent, "https://x.com");
  say({ show: { token: "t", look: { ...LOOK, direction: "ltr" } } });
  await until(window, () => told.some(({ drawn }) => drawn));
  assert.equal(window.document.documentElement.dir, "rtl");
});

test("a token that it does not know shows nothing and says so", async () => {
  const { window, told, parent, offer, say, text } = open({ claim: () => { throw new Error("no"); } });
  offer(parent, "https://x.com");
  say({ show: { token: "guess", look: LOOK } });
  await until(window, () => told.some(({ refused }) => refused));
  assert.equal(text(), "");
});

test("Escape is told around, unless it ended something in the card", async () => {
  const { window, told, parent, offer, say } = open({ purpose: "dialog" });
  offer(parent, "https://x.com");
  say({ show: { token: "t", look: LOOK } });
  await until(window, () => told.some(({ drawn }) => drawn));
  const press = (node) =>
    node.dispatchEvent(new window.KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true }));
  window.CardPage.shown().editor.edit();
  press(window.document.querySelector("textarea"));
  assert.equal(told.some(({ escape }) => escape), false);
  press(window.document.querySelector(".m"));
  assert.equal(told.some(({ escape }) => escape), true);
});

test("after an unfollow it asks why, with the five reasons, and keeps the one that is pressed", async () => {
  const { window, parent, offer, say } = open({ purpose: "why" });
  offer(parent, "https://x.com");
  say({ show: { token: "t1", look: LOOK, act: "unfollowed" } });
  await until(window, () => window.document.querySelector(".asked"));
  const { placeholder } = window.document.querySelector(".asked input");
  assert.equal(placeholder, "Why did you unfollow @wrenwrites? Esc to skip");
  const chips = [...window.document.querySelectorAll(".asked .chip")];
  assert.deepEqual([chips.length, chips[0].textContent], [5, "sells followers"]);
  chips[0].click();
  await until(window, () => window.messages.some(({ name }) => name === "write.put"));
  const { kind, body } = window.messages.find(({ name }) => name === "write.put").params;
  assert.deepEqual([kind, { ...body, reasons: [...body.reasons] }],
    ["decision", { decision: "unfollowed", reasons: ["sells_followers"] }]);
});

test("after a follow it only asks, without reasons against", async () => {
  const { window, parent, offer, say } = open({ purpose: "why" });
  offer(parent, "https://x.com");
  say({ show: { token: "t1", look: LOOK } });
  await until(window, () => window.document.querySelector(".asked"));
  assert.equal(window.document.querySelectorAll(".asked .chip").length, 0);
  assert.match(window.document.querySelector(".asked input").placeholder, /^Why did you follow @/);
});

test("a dialog that was closed keeps nothing, and what was typed is saved", async () => {
  const { window, told, parent, offer, say, text } = open({ purpose: "dialog" });
  offer(parent, "https://x.com");
  say({ show: { token: "t", look: LOOK } });
  await until(window, () => told.some(({ drawn }) => drawn));
  const { editor } = window.CardPage.shown();
  editor.edit();
  editor.box.value = "Half a thought";
  editor.box.dispatchEvent(new window.Event("input"));
  say({ leave: true });
  await until(window, () => window.messages.some(({ name }) => name === "write.put"));
  assert.equal(text(), "");
  assert.equal(window.messages.find(({ name }) => name === "write.put").params.viewer.id, VIEWER.id);
});
