// Tests that what an action gave the focus to keeps it until the user takes it elsewhere.
import assert from "node:assert/strict";
import { test } from "node:test";
import { CARD_FILES, openPage, pressKey, until } from "../page.mjs";

/** The search, opened by its key; `field` is where its words go. */
async function opened() {
  const answers = {
    "overlay.claim": () => ({
      purpose: "palette", viewer: { id: "1", handle: "adaquill" }, person: {}, post: null, first: null,
    }),
    "search.find": () => ({ people: [] }),
  };
  const window = openPage({
    html: '<main id="card"></main>', url: "https://mutuals.example/card/card.html",
    files: [...CARD_FILES, "card/main.js"], answer: (name, params) => answers[name]?.(params) ?? {},
  });
  const parent = {};
  Object.defineProperty(window, "parent", { value: parent });
  const port = { postMessage: () => {} };
  window.dispatchEvent(
    Object.assign(new window.Event("message"), { source: parent, origin: "https://x.com", ports: [port] }),
  );
  const say = (data) => port.onmessage({ data });
  say({ show: { token: "t", look: { theme: "dark", size: 17 }, act: "" } });
  const field = () => window.document.querySelector("input");
  await until(window, () => field() && window.document.activeElement === field());
  await until(window, () => true);
  const lose = () => {
    window.document.activeElement.blur();
    window.dispatchEvent(new window.Event("blur"));
  };
  return { window, say, field, lose, comeBack: () => window.dispatchEvent(new window.Event("focus")) };
}

test("the field has the focus again when the frame gets it back", async () => {
  const { window, field, comeBack } = await opened();
  field().blur();
  comeBack();
  assert.equal(window.document.activeElement, field());
});

test("a key that finds nothing in the frame goes into the field, and those behind it", async () => {
  const { window, field } = await opened();
  field().blur();
  pressKey(window, "l", {}, window.document.body);
  assert.equal(field().value, "l");
  assert.equal(window.document.activeElement, field());
});

test("letters that were handed on, or typed there, leave the field the one that has the keys", async () => {
  for (const type of [({ say }) => say({ typed: "l" }), ({ window, field }) => pressKey(window, "l", {}, field())]) {
    const page = await opened();
    type(page);
    page.lose();
    page.comeBack();
    page.say({ typed: "a", at: page.window.performance.timeOrigin + page.window.performance.now() });
    pressKey(page.window, "m", {}, page.field());
    assert.equal(page.field().value, "lam");
    assert.equal(page.window.document.activeElement, page.field());
  }
});

test("a letter is there with its key, for the browser may take the focus away between the two", async () => {
  const { window, field } = await opened();
  assert.equal(pressKey(window, "l", {}, field()), false);
  assert.equal(pressKey(window, " ", {}, field()), false);
  assert.equal(field().value, "l ");
});

test("taking a letter back is the browser's from the first moment", async () => {
  const { window, field } = await opened();
  assert.equal(pressKey(window, "Backspace", {}, field()), true);
});

test("a key that an input method takes is the input method's", async () => {
  const { window, field } = await opened();
  assert.equal(pressKey(window, "\u314e", { keyCode: 229 }, field()), true);
  assert.equal(field().value, "");
});

test("once the focus has settled, letters are the browser's own", async () => {
  const { window, field } = await opened();
  const late = window.performance.now() + 2_000;
  window.performance.now = () => late;
  assert.equal(pressKey(window, "l", {}, field()), true);
});

test("what the user went on to has the focus again, not what had it before", async () => {
  const { window, lose, comeBack } = await opened();
  const button = window.document.querySelector("button");
  button.focus();
  lose();
  comeBack();
  assert.equal(window.document.activeElement, button);
});

test("after a press of the pointer, or a while outside, the focus stays where the user took it", async () => {
  for (const take of [
    ({ window }) => window.document.body.dispatchEvent(new window.Event("pointerdown", { bubbles: true })),
    ({ window }) => {
      const late = window.performance.now() + 500;
      window.performance.now = () => late;
    },
  ]) {
    const page = await opened();
    page.lose();
    take(page);
    page.comeBack();
    assert.equal(page.window.document.activeElement, page.window.document.body);
  }
});
