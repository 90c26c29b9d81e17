// Tests the five cards by keyboard: walking in both directions of writing, choices, skipping, typing left alone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { dashboardPage, run } from "./pages.mjs";

const BODY = `<section data-cards><ol class="fivecards"><li tabindex="-1"><button class="strong">2</button></li>
  <li tabindex="-1"><a href="/web/circles">See</a></li><li tabindex="-1"><input id="topics"></li></ol></section>
  <section id="archive"><a href="/web/import">Import</a></section><div data-newest></div>`;

function open(direction = "ltr") {
  const page = dashboardPage(BODY);
  const { document } = page.window;
  document.documentElement.dir = direction;
  run(page, "first.js");
  const cards = [...document.querySelectorAll("li")];
  const press = (key) => document.activeElement.dispatchEvent(
    new page.window.KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  return { document, cards, press };
}

test("one card takes part in the tab order, and the arrows walk from it to the ends", () => {
  const { document, cards, press } = open();
  assert.deepEqual(cards.map((card) => card.tabIndex), [0, -1, -1]);
  cards[0].focus();
  press("ArrowRight");
  press("ArrowRight");
  press("ArrowRight");
  assert.equal(document.activeElement, cards[2]);
  assert.deepEqual(cards.map((card) => card.tabIndex), [-1, -1, 0]);
  press("ArrowLeft");
  assert.equal(document.activeElement, cards[1]);
});

test("in a language from right to left the arrows go the other way", () => {
  const { document, cards, press } = open("rtl");
  cards[0].focus();
  press("ArrowLeft");
  assert.equal(document.activeElement, cards[1]);
});

test("Enter goes to a card's choice, and Esc skips to the archive", () => {
  const { document, cards, press } = open();
  cards[1].focus();
  press("Enter");
  assert.equal(document.activeElement.textContent, "See");
  press("Escape");
  assert.equal(document.activeElement.textContent, "Import");
});

test("arrows in a field move its cursor and no card", () => {
  const { document, press } = open();
  document.getElementById("topics").focus();
  assert.equal(press("ArrowLeft"), true);
  assert.equal(document.activeElement.id, "topics");
});
