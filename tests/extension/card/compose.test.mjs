// Drafts on the card: the same as on the person's page, edited, copied or opened in X's composer, never sent.
import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "../page.mjs";
import { key, open } from "./card_page.mjs";

const DRAFTS = [
  { name: "hello", words: "", text: "Good morning @wrenwrites. How is your week?", gaps: [] },
  { name: "mentor", words: "", text: "@wrenwrites May I ask you something about [topic]?", gaps: ["topic"] },
  { name: "own-0", words: "After a chat", text: "It was good, @wrenwrites", gaps: [] },
];

/** A card with its drafts open. @param {{copies?: boolean, drafts?: object[]}} [how] */
async function drafts({ copies = true, drafts: given = DRAFTS } = {}) {
  const made = await open({ "drafts.get": { drafts: given } });
  const copied = [];
  const { window, card } = made;
  Object.defineProperty(window.navigator, "clipboard", { value: { writeText: async (one) => {
    if (!copies) throw new Error("not allowed");
    copied.push(one);
  } } });
  window.document.execCommand = () => false;
  card.node.focus();
  key(window, card.node, "s");
  if (given.length > 0) await until(window, () => card.node.querySelector(".say"));
  const box = card.node.querySelector(".say");
  return { ...made, box, copied, find: (css) => box.querySelector(css) };
}

test("S shows the five and the user's own, each opened in X's composer by a link and nothing else", async () => {
  const { box, find } = await drafts();
  const names = [...box.querySelectorAll(".picks button[aria-pressed] bdi")];
  assert.deepEqual(names.map((one) => one.textContent), ["Say hello", "Ask, greet or bring a link", "After a chat"]);
  assert.equal(find("textarea").value, DRAFTS[0].text);
  const address = new URL(find("a").href);
  assert.equal(address.origin + address.pathname, "https://x.com/intent/post");
  assert.equal(address.searchParams.get("text"), DRAFTS[0].text);
  assert.equal(find("a").target, "_blank");
});

test("numbers choose, and what was typed into one is still there after another", async () => {
  const { window, box, find } = await drafts();
  find("textarea").value = "Hello @wrenwrites & co";
  find("textarea").dispatchEvent(new window.Event("input"));
  assert.equal(new URL(find("a").href).searchParams.get("text"), "Hello @wrenwrites & co");
  key(window, box, "3");
  assert.equal(find("textarea").value, "It was good, @wrenwrites");
  assert.equal(find("[aria-pressed=true] bdi").textContent, "After a chat");
  key(window, box, "1");
  assert.equal(find("textarea").value, "Hello @wrenwrites & co");
  assert.equal(find(".count").textContent, "22 of 280");
});

test("C copies; a gap stops it, and the link, until it is filled in", async () => {
  const { window, box, find, copied } = await drafts();
  key(window, box, "2");
  key(window, box, "c");
  assert.deepEqual(copied, []);
  assert.equal(find("[role=status]").textContent, "Fill in [topic] first.");
  const press = new window.Event("click", { cancelable: true });
  assert.equal(find("a").dispatchEvent(press), false);
  const area = find("textarea");
  assert.equal(area.value.slice(area.selectionStart, area.selectionEnd), "[topic]");
  area.value = "@wrenwrites May I ask you something about ink?";
  area.dispatchEvent(new window.Event("input"));
  key(window, box, "c");
  await until(window, () => find("[role=status]").textContent === "Copied.");
  assert.deepEqual(copied, ["@wrenwrites May I ask you something about ink?"]);
});

test("a letter typed in the text is no key; Escape leaves the text first, then closes", async () => {
  const { window, card, box, find, copied } = await drafts();
  const typed = key(window, find("textarea"), "c");
  assert.equal(typed, true, "left to the field");
  assert.deepEqual(copied, []);
  key(window, find("textarea"), "Escape");
  assert.ok(box.isConnected);
  key(window, box, "Escape");
  assert.equal(card.node.querySelector(".say"), null);
  assert.equal(window.document.activeElement, card.node);
});

test("where the browser keeps the frame from the clipboard, the text is selected to be copied by key", async () => {
  const { window, box, find } = await drafts({ copies: false });
  key(window, box, "c");
  await until(window, () => find("[role=status]").textContent.includes("Ctrl+C"));
  const area = find("textarea");
  assert.equal(area.selectionEnd - area.selectionStart, DRAFTS[0].text.length);
});

test("a text too long for a link is only copied", async () => {
  const { window, find } = await drafts();
  find("textarea").value = "の".repeat(300);
  find("textarea").dispatchEvent(new window.Event("input"));
  assert.equal(find("a").hidden, true);
  assert.ok(find(".count").classList.contains("over"));
});

test("without drafts it says why, and opening or copying writes nothing", async () => {
  const { window, card, writes } = await drafts({ drafts: [] });
  await until(window, () => card.statusLine.textContent.startsWith("Without a handle"));
  assert.equal(card.node.querySelector(".say"), null);
  assert.deepEqual(writes(), []);
});
