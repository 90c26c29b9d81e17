// Tests typing ahead: keys pressed before the editor is there reach it, all of them and in the order of pressing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { CARD_FILES, openPage, pressKey, settle, until } from "../page.mjs";
import { badge } from "../x_page.mjs";

const CARD = {
  ...badge(), note: { text: "Phone first. ", rev: 1, at: 5, viewer: "1", post: null, versions: 1 }, tags: [],
  tags_rev: 0, alias_rev: 0, former: [], recycled: null, relation: {}, trend: [], last: {}, seen: {}, coverage: {},
  judgement: { value: null, state: "unknown", balance: { you: 0, they: 0 }, reasons: [], sentence: "" },
};
const STATUS = { state: "connected" };
const SHOW = { token: "t", look: { theme: "dark", size: 17 } };

/** The page inside a frame; its card comes with `arrive`. `press` is a key of the user's in the frame. */
function open() {
  let arrive = () => {};
  const there = new Promise((resolve) => { arrive = resolve; });
  const answers = {
    "overlay.claim": () => ({
      purpose: "card", viewer: { id: "1", handle: "adaquill" }, person: { id: CARD.id, handle: CARD.handle },
      post: null, first: null,
    }),
    "person.get": () => there.then(() => ({ card: CARD, fresh: true, status: STATUS })),
    "tags.get": () => ({ tags: [] }),
  };
  const window = openPage({
    html: '<main id="card"></main>', url: "https://mutuals.example/card/card.html",
    files: [...CARD_FILES, "card/main.js"], answer: (name, params) => answers[name]?.(params) ?? {},
  });
  const told = [];
  const parent = {};
  Object.defineProperty(window, "parent", { value: parent });
  const port = { postMessage: (message) => told.push(message) };
  window.dispatchEvent(
    Object.assign(new window.Event("message"), { source: parent, origin: "https://x.com", ports: [port] }),
  );
  const say = (data) => port.onmessage({ data });
  const { document } = window;
  const field = () => document.querySelector("textarea, input");
  const press = (key) => {
    if (pressKey(window, key, {}, document.activeElement) && field()) type(window, field(), key);
  };
  const drawn = () => until(window, () => told.some((one) => one.drawn));
  return { window, say, press, arrive, field, drawn, ready: () => until(window, field) };
}

/** What a browser does with a key in a field; jsdom does not. */
function type(window, field, key) {
  field.setRangeText(key, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new window.Event("input", { bubbles: true }));
}

test("keys of the page, then of the frame, pressed while the card loads stand in the note in that order", async () => {
  const { say, press, arrive, field, drawn, ready } = open();
  say({ show: SHOW });
  await drawn();
  say({ act: "E" });
  for (const typed of "he") say({ typed });
  for (const key of "llo") press(key);
  arrive();
  await ready();
  assert.equal(field().value, "Phone first. hello");
});

test("an action asked for before anything is shown waits for it, with what is typed after it", async () => {
  const { say, press, arrive, ready, field } = open();
  for (const key of "lo") press(key); // the focus was there before the word of what it is for
  say({ act: "E" });
  for (const typed of "hel") say({ typed });
  say({ show: SHOW });
  arrive();
  await ready();
  assert.equal(field().value, "Phone first. hello");
});

test("what is typed after an action is kept however slow the machine is", async () => {
  const { window, say, press, arrive, field, drawn, ready } = open();
  say({ show: SHOW });
  await drawn();
  for (const key of "he") press(key); // the frame has the focus, and the word of the action is on its way
  say({ act: "E" });
  for (const key of "llo") press(key);
  const late = window.performance.now() + 20_000;
  window.performance.now = () => late;
  arrive();
  await ready();
  await until(window, () => field().value.endsWith("hello"));
});

test("a key handed over late goes before what was typed into the note itself, and the caret stays", async () => {
  const { say, press, arrive, field, drawn, ready } = open();
  say({ show: SHOW });
  await drawn();
  say({ act: "E" });
  arrive();
  await ready();
  for (const key of "lo!") press(key);
  for (const typed of "hel") say({ typed });
  press("?");
  assert.equal(field().value, "Phone first. hello!?");
});

/** Every way in which the letters of a word can be shared out: page first, frame after, at any moment. */
function* arrivals(word) {
  for (let split = 0; split <= word.length; split += 1) {
    for (let early = 0; early <= split; early += 1) {
      for (let direct = split; direct <= word.length; direct += 1) yield { split, early, direct };
    }
  }
}

test("however the keys are shared between page and frame and the moments, the word is whole", async () => {
  let cases = 0;
  for (const { split, early, direct } of arrivals("word")) {
    const { say, press, arrive, field, drawn, ready } = open();
    say({ show: SHOW });
    await drawn();
    say({ act: "E" });
    for (const typed of "word".slice(0, early)) say({ typed });
    for (const key of "word".slice(split, direct)) press(key);
    arrive();
    await ready();
    for (const key of "word".slice(direct)) press(key);
    for (const typed of "word".slice(early, split)) say({ typed });
    assert.equal(field().value, "Phone first. word", JSON.stringify({ split, early, direct }));
    cases += 1;
  }
  assert.ok(cases > 30);
});

test("a letter taken back and a new line are taken back and a new line", async () => {
  const { say, press, arrive, field, drawn, ready } = open();
  say({ show: SHOW });
  await drawn();
  say({ act: "E" });
  for (const typed of ["a", "x", "Backspace", "Enter"]) say({ typed });
  for (const key of ["b", "y", "Backspace"]) press(key);
  arrive();
  await ready();
  assert.equal(field().value, "Phone first. a\nb");
});

test("keys after another action are the card's keys, as they are when they come slowly", async () => {
  const { say, arrive, drawn, ready, field } = open();
  say({ show: SHOW });
  await drawn();
  say({ act: "" });
  say({ typed: "t" });
  say({ typed: "a" });
  arrive();
  await ready();
  assert.deepEqual([field().tagName, field().value], ["INPUT", "a"]);
});

test("keys pressed while Tab is on its way into the card are for what it reaches", async () => {
  const { window, say, press, arrive, drawn, ready, field } = open();
  say({ show: SHOW });
  arrive();
  await drawn();
  await until(window, () => window.CardPage.shown().loaded);
  say({ typed: "e" });
  press("x");
  window.document.querySelector(".a").focus();
  await ready();
  assert.equal(field().value, "Phone first. x");
});

test("keys before a press of the pointer are not for what was pressed", async () => {
  const { window, say, press, arrive, drawn, field } = open();
  say({ show: SHOW });
  arrive();
  await drawn();
  press("e");
  window.document.body.dispatchEvent(new window.Event("pointerdown", { bubbles: true }));
  window.document.querySelector(".a").focus();
  await settle(window);
  assert.equal(field(), null);
});

test("keys that no action comes for do nothing", async () => {
  const { window, say, press, arrive, drawn, field } = open();
  say({ show: SHOW });
  arrive();
  await drawn();
  press("e");
  window.dispatchEvent(new window.Event("blur"));
  say({ act: "" });
  await settle(window);
  assert.equal(field(), null);
});

test("keys survive that the browser takes the focus away and gives it back on its way into the frame", async () => {
  const { window, say, press, arrive, field, drawn, ready } = open();
  say({ show: SHOW });
  await drawn();
  say({ act: "E" });
  say({ typed: "h" });
  press("e");
  window.document.activeElement.blur();
  window.dispatchEvent(new window.Event("blur"));
  window.dispatchEvent(new window.Event("focus"));
  for (const key of "llo") press(key);
  arrive();
  await ready();
  assert.equal(field().value, "Phone first. hello");
});

test("keys that went to the frame and to the page by turns stand in the order of their pressing", async () => {
  const { window, say, press, arrive, field, drawn, ready } = open();
  const { timeOrigin } = window.performance;
  say({ show: SHOW });
  await drawn();
  say({ act: "E" });
  press("h");
  const now = () => timeOrigin + window.performance.now();
  const [e, l] = [now() + 0.001, now() + 0.002];
  say({ typed: "e", at: e });
  say({ typed: "l", at: l });
  await settle(window);
  press("l");
  arrive();
  await ready();
  press("o");
  say({ typed: "!", at: now() });
  press("?");
  assert.equal(field().value, "Phone first. hello!?");
});
