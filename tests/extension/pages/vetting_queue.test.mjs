// Tests the panel's queue of new followers: the order, keys and buttons, looking on a press only, deciding and undoing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "../module_page.mjs";
import { INES, WREN, openPanel, report } from "./panel_page.mjs";

const $ = (window, id) => window.document.getElementById(id);
const sent = (window, name) => window.messages.filter((message) => message.name === name);
const press = (window, key) =>
  window.document.body.dispatchEvent(new window.KeyboardEvent("keydown", { key, bubbles: true }));
const who = (window) => $(window, "queue").querySelector(".who b")?.textContent;

/** A panel with two people to decide about; `stack` can be changed by a test. */
async function open(more = {}) {
  const stack = [WREN, INES].map((badge) => ({ badge, since: 1_790_000_000, before: null }));
  const answers = {
    "vet.queue": () => ({ people: [...stack], waiting: stack.length, decided_today: 3, whole: true }),
    "vet.get": ({ look, looking }) => report(look ? "looked" : looking ? "looking" : "page only"),
    ...more,
  };
  const window = await openPanel({ answers });
  await until(() => !$(window, "queue-section").hidden);
  return { window, stack };
}

test("the queue begins with the first new follower, and says how many there are", async () => {
  const { window } = await open();
  await until(() => who(window) === "Wren Okafor");
  assert.equal($(window, "queue-count").textContent, "New followers to look at: 2");
  assert.equal($(window, "queue-nav").hidden, false);
});

test("an empty queue says what was done today and offers no buttons", async () => {
  const window = await openPanel();
  await until(() => !$(window, "queue-section").hidden);
  assert.equal($(window, "queue-count").textContent, "All new followers are looked at. Decided today: 2");
  assert.equal($(window, "queue-nav").hidden, true);
});

test("buttons and arrow keys turn through the stack and stop at its ends", async () => {
  const { window } = await open();
  await until(() => who(window) === "Wren Okafor");
  $(window, "queue-on").click();
  await until(() => who(window) === "Ines Duarte");
  press(window, "ArrowRight");
  $(window, "queue-back").click();
  await until(() => who(window) === "Wren Okafor");
  press(window, "ArrowLeft");
  press(window, "ArrowRight");
  await until(() => who(window) === "Ines Duarte");
});

test("link and photo are looked at on the button's press, and not before", async () => {
  const { window } = await open();
  await until(() => who(window) === "Wren Okafor");
  assert.deepEqual(sent(window, "vet.get").map((message) => message.params.look), [false]);
  $(window, "queue-look").click();
  await until(() => $(window, "queue").querySelector("h3")?.textContent === "looked");
  assert.deepEqual(sent(window, "vet.get").map((message) => message.params.look), [false, false, true]);
});

test("a decision is written, opens the profile for following back, and the next person comes up", async () => {
  const { window, stack } = await open();
  await until(() => who(window) === "Wren Okafor");
  stack.shift();
  $(window, "queue").querySelector("[data-as=follow_back]").click();
  await until(() => who(window) === "Ines Duarte");
  const [write] = sent(window, "write.put");
  assert.equal(write.params.kind, "decision");
  assert.equal(write.params.person.handle, "wrenwrites");
  assert.equal(write.params.body.decision, "follow_back");
  assert.deepEqual(window.chrome.tabs.opened, ["https://x.com/wrenwrites"]);
});

test("undo takes the last decision back before the stack is asked for again, and only once", async () => {
  const { window, stack } = await open();
  await until(() => who(window) === "Wren Okafor");
  const [first] = stack.splice(0, 1);
  $(window, "queue").querySelector("[data-as=wait]").click();
  await until(() => who(window) === "Ines Duarte");
  stack.unshift(first);
  press(window, "z");
  await until(() => who(window) === "Wren Okafor");
  const [decided, undone] = sent(window, "write.put").map((message) => message.params);
  assert.deepEqual({ ...undone.body }, { item: decided.body.item, gone: true });
  assert.equal(undone.person.handle, "wrenwrites");
  const order = window.messages.map((message) => message.name).filter((name) => /write.put|vet.queue/.test(name));
  assert.deepEqual(order, ["vet.queue", "write.put", "vet.queue", "write.put", "vet.queue"]);
  press(window, "z");
  await new Promise((done) => { setTimeout(done, 0); });
  assert.equal(sent(window, "write.put").length, 2);
});

test("an undo that cannot be written leaves the queue as it is and says why", async () => {
  let refuse = false;
  const { window, stack } = await open({
    "write.put": ({ op }) => {
      if (refuse) throw Object.assign(new Error("The companion refused the undo."), { code: "store" });
      return { op, rev: 1, state: "saved" };
    },
  });
  await until(() => who(window) === "Wren Okafor");
  stack.shift();
  $(window, "queue").querySelector("[data-as=wait]").click();
  await until(() => who(window) === "Ines Duarte");
  refuse = true;
  press(window, "Z");
  await until(() => $(window, "link").textContent === "The companion refused the undo.");
  assert.equal(sent(window, "vet.queue").length, 2);
});

test("letters typed into the search are no decisions", async () => {
  const { window } = await open();
  await until(() => who(window) === "Wren Okafor");
  $(window, "q").dispatchEvent(new window.KeyboardEvent("keydown", { key: "v", bubbles: true }));
  await new Promise((done) => { setTimeout(done, 0); });
  assert.deepEqual(sent(window, "vet.get").map((message) => message.params.look), [false]);
});

test("the list of followers is fetched when it is opened, filtered and sorted as chosen", async () => {
  const { window } = await open({ "vet.followers": () => ({ people: [WREN], total: 40 }) });
  assert.equal(sent(window, "vet.followers").length, 0);
  $(window, "followers-list").dispatchEvent(new window.Event("toggle"));
  await until(() => $(window, "followers-count").textContent === "1 of 40");
  $(window, "followers-show").value = "not_followed";
  $(window, "followers-show").dispatchEvent(new window.Event("change"));
  await until(() => sent(window, "vet.followers").length === 2);
  const { show, sort } = sent(window, "vet.followers")[1].params;
  assert.deepEqual([show, sort], ["not_followed", "oldest"]);
});
