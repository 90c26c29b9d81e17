// Drafts in the dashboard: X's way of counting, the composer's link, gaps that stop a copy.
import assert from "node:assert/strict";
import { test } from "node:test";
import { dashboardPage, run } from "./pages.mjs";

/** @param {string} text @param {string} gaps @param {string} answers */
function draft(text, gaps = "", answers = "") {
  const page = dashboardPage(`<div data-draft data-answers="${answers}" data-gaps="${gaps}"><textarea></textarea>
    <a data-compose></a><button data-copy hidden></button><span data-length></span><span data-says></span></div>`);
  const find = (css) => page.window.document.querySelector(css);
  const copied = [];
  Object.defineProperty(page.window.navigator, "clipboard", { value: { writeText: async (one) => copied.push(one) } });
  find("textarea").value = text;
  run(page, "post_length.js");
  run(page, "drafts.js");
  return { page, find, copied };
}

for (const [text, length] of [
  ["good morning", 12], ["陶芸家です", 10], [`https://a.example/${"x".repeat(102)}`, 23], ["👩‍👩‍👧‍👦", 2], ["👍🏽", 2],
  ["🇵🇹", 2], ["1️⃣", 2], ["\n", 1], ["C++ 100% #1 ©", 13], ["の".repeat(140), 280],
]) {
  test(`a draft is counted X's way: ${text.slice(0, 20)}`, () => {
    assert.equal(draft(text).find("[data-length]").textContent, `${length} of 280`);
  });
}

test("the link holds exactly what stands in the field, as it is changed", () => {
  const { page, find } = draft("hi", "", "77");
  const text = "Tea & cake? 100% #bookchat C++\n@ferngate https://a.example/x?y=1&z=2";
  find("textarea").value = text;
  find("textarea").dispatchEvent(new page.window.Event("input"));
  const address = new URL(find("a").href);
  assert.equal(address.searchParams.get("text"), text);
  assert.equal(address.searchParams.get("in_reply_to"), "77");
});

test("a text too long for a link is only copied, and says so", () => {
  const { find } = draft("の".repeat(300));
  assert.equal(find("a").hidden, true);
  assert.match(find("[data-says]").textContent, /copy it/);
  assert.ok(find("[data-length]").classList.contains("over"));
});

test("a gap stops copying and opening until it is filled in", () => {
  const { page, find, copied } = draft("I liked [last post]", "last post");
  find("[data-copy]").click();
  assert.deepEqual(copied, []);
  assert.match(find("[data-says]").textContent, /Fill in \[last post\] first/);
  const press = new page.window.Event("click", { cancelable: true });
  assert.equal(find("a").dispatchEvent(press), false);
  find("textarea").value = "I liked that";
  find("[data-copy]").click();
  assert.deepEqual(copied, ["I liked that"]);
});
