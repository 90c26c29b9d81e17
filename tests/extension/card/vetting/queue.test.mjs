// Tests the queue of new followers in its dialog: it turns by keys, by buttons and by a swipe.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openCardPage, settle } from "../../page.mjs";

const PEOPLE = ["bolaprints", "bargainbarn", "inesmakes"]
  .map((handle, at) => ({ badge: { id: `200000${at}`, handle } }));

/** A queue of three, the first one shown; `turned` lists whose card was drawn. */
async function started() {
  const window = await openCardPage({
    answer: (name) => (name === "vet.queue" ? { people: PEOPLE, waiting: 3, decided_today: 0, whole: true } : {}),
  });
  const turned = [];
  let node = null;
  window.Vet.open = async () => {};
  const show = (person) => {
    node?.remove();
    turned.push(person.handle);
    node = window.document.createElement("div");
    node.tabIndex = -1;
    window.document.body.append(node);
    return { node, load: async () => {} };
  };
  await window.VetQueue.start(show, () => turned.push("done"));
  await settle(window);
  const press = (/** @type {string} */ word) =>
    [...node.querySelectorAll("button")].find((button) => button.textContent === word).click();
  const swipe = (dx, dy = 0) => {
    const at = (type, name, x, y) => {
      const event = new window.Event(type, { bubbles: true });
      event[name] = [{ clientX: x, clientY: y }];
      node.dispatchEvent(event);
    };
    at("touchstart", "touches", 200, 200);
    at("touchend", "changedTouches", 200 + dx, 200 + dy);
  };
  const key = (name) => node.dispatchEvent(new window.KeyboardEvent("keydown", { key: name, bubbles: true }));
  const lose = () => {
    node.blur();
    window.dispatchEvent(new window.Event("focus"));
    return window.document.activeElement === node;
  };
  const disabled = () => [...node.querySelectorAll("button")].map((one) => one.disabled);
  return { turned, press, swipe, key, lose, disabled };
}

test("buttons turn as the arrow keys do, and none leads beyond the ends", async () => {
  const { turned, press, key, disabled } = await started();
  assert.deepEqual(disabled(), [true, false]);
  press("Later");
  key("ArrowRight");
  assert.deepEqual(disabled(), [false, true]);
  key("ArrowRight");
  press("Back");
  assert.deepEqual(turned, ["bolaprints", "bargainbarn", "inesmakes", "bargainbarn"]);
});

test("a finger that moves sideways turns; one that scrolls or slips does not", async () => {
  const { turned, swipe } = await started();
  swipe(-20);
  swipe(-90, 120);
  swipe(-90, 10);
  swipe(90);
  assert.deepEqual(turned, ["bolaprints", "bargainbarn", "bolaprints"]);
});

test("each card has the keys again when the browser took them away on the frame's way to the focus", async () => {
  const { turned, press, lose } = await started();
  assert.ok(lose(), "the first");
  press("Later");
  assert.ok(lose(), "the second");
  assert.deepEqual(turned, ["bolaprints", "bargainbarn"]);
});
