// Tests that what an action gave the focus to has it until the user presses something, though the browser took it away.
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
  port.onmessage({ data: { show: { token: "t", look: { theme: "dark", size: 17 }, act: "" } } });
  const field = () => window.document.querySelector("input");
  await until(window, () => field() && window.document.activeElement === field());
  await until(window, () => true);
  return { window, field, comeBack: () => window.dispatchEvent(new window.Event("focus")) };
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

test("once the user has pressed something there, the focus stays where they took it", async () => {
  for (const take of [
    (window, field) => pressKey(window, "a", {}, field),
    (window) => window.document.body.dispatchEvent(new window.Event("pointerdown", { bubbles: true })),
  ]) {
    const { window, field, comeBack } = await opened();
    take(window, field());
    field().blur();
    comeBack();
    assert.equal(window.document.activeElement, window.document.body);
  }
});
