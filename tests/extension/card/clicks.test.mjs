// Tests that a click in a frame counts only once its control is known to lie open, and the frame to have stood still.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage, settle } from "../page.mjs";

/** A button in a frame that has stood still for a second; `answer` is the page's, `click` the user's. */
function open() {
  const window = openPage({ html: "<button></button>", files: ["card/clicks.js"], answer: () => ({}) });
  const told = [];
  window.Session = { tell: (said) => told.push(said) };
  let [clicks, refused] = [0, 0];
  window.Clicks.guard(() => { refused += 1; });
  const button = window.document.querySelector("button");
  button.addEventListener("click", () => { clicks += 1; });
  const began = window.performance.now() + 1000;
  window.performance.now = () => began;
  const click = () => {
    const event = new window.MouseEvent("click", { bubbles: true, cancelable: true, detail: 1 });
    const isInside = (one) => String(one) === "Symbol(impl)";
    const inside = (object) => object[Object.getOwnPropertySymbols(object).find(isInside)];
    inside(event).isTrusted = true;
    inside(button)._dispatch(inside(event));
  };
  const asked = () => told.filter(({ sight }) => sight).length;
  return { window, ...window.Clicks, click, asked, counts: () => ({ clicks, refused }) };
}

test("a click counts once the page has answered that its control lies open, and not before", async () => {
  const { window, click, asked, answered, counts } = open();
  click();
  await settle(window);
  assert.deepEqual([asked(), counts()], [1, { clicks: 0, refused: 0 }]);
  answered(true);
  await settle(window);
  assert.deepEqual(counts(), { clicks: 1, refused: 0 });
});

test("a click on what the page hides is refused", async () => {
  const { window, click, answered, counts } = open();
  click();
  answered(false);
  await settle(window);
  assert.deepEqual(counts(), { clicks: 0, refused: 1 });
});

test("right after the frame was moved nothing is asked, and nothing happens", async () => {
  const { window, click, moved, asked, counts } = open();
  moved();
  click();
  await settle(window);
  assert.deepEqual([asked(), counts()], [0, { clicks: 0, refused: 0 }]);
});

test("word of a move that comes behind the click, and before the answer, ends the click", async () => {
  const { window, click, moved, answered, counts } = open();
  click();
  window.performance.now = () => 1e6;
  moved();
  answered(true);
  await settle(window);
  assert.deepEqual(counts(), { clicks: 0, refused: 0 });
});
