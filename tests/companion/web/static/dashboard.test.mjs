// Tests the dashboard's keys: walking through rows, ticking, search, touches, undo, help, and typing left alone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { dashboardPage, run } from "./pages.mjs";

const row = (name) =>
  `<li data-row id="${name}" class="tick"><input type="checkbox"><a href="#${name}">${name}</a></li>`;
const BODY = `
  <input id="q"><p class="said"><button>Undo</button></p><button data-opens="keys"></button>
  <dialog id="keys"></dialog><input type="checkbox" data-ticks-all hidden>
  <form><input type="radio" name="what" data-key="c"><button id="save"></button></form>
  <ul>${["wren", "ines", "tomo"].map(row).join("")}</ul>`;

function open() {
  const { window } = dashboardPage(BODY);
  const page = { window, document: window.document, $: (id) => window.document.getElementById(id) };
  run({ window }, "dashboard.js");
  page.press = (key, more = {}, target = window.document.body) => {
    const event = new window.KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
    return !target.dispatchEvent(event);
  };
  page.here = () => [...window.document.querySelectorAll(".here")].map((row) => row.id);
  return page;
}

test("j and k walk through the rows and stop at both ends", () => {
  const { press, here, document } = open();
  for (const [key, id] of [
    ["j", "wren"], ["j", "ines"], ["j", "tomo"], ["j", "tomo"], ["k", "ines"], ["k", "wren"], ["k", "wren"],
  ]) {
    assert.equal(press(key), true);
    assert.deepEqual(here(), [id]);
    assert.equal(document.activeElement.textContent, id);
  }
});

test("k first goes to the last row", () => {
  const { press, here } = open();
  press("k");
  assert.deepEqual(here(), ["tomo"]);
});

test("x ticks and unticks the row one is at, and none before there is one", () => {
  const { press, document } = open();
  const ticked = () => [...document.querySelectorAll(".tick input")].map((box) => box.checked);
  press("x");
  assert.deepEqual(ticked(), [false, false, false]);
  press("j");
  press("j");
  press("x");
  assert.deepEqual(ticked(), [false, true, false]);
  press("x");
  assert.deepEqual(ticked(), [false, false, false]);
});

test("a number goes to one of the people suggested, and a key of that row is for them alone", () => {
  const { press, here, document } = open();
  const list = document.querySelector("ul");
  list.dataset.jumps = "";
  const pressed = [];
  for (const row of list.children) {
    const later = Object.assign(document.createElement("button"), { textContent: "Later" });
    later.dataset.here = "l";
    later.addEventListener("click", () => pressed.push(row.id));
    row.append(later);
  }
  assert.equal(press("l"), false, "nobody is gone to yet");
  assert.equal(press("2"), true);
  assert.deepEqual(here(), ["ines"]);
  assert.equal(document.activeElement.textContent, "ines");
  press("l");
  assert.equal(press("9"), false);
  press("1");
  assert.deepEqual([pressed, here()], [["ines"], ["wren"]]);
  const fold = document.createElement("details");
  fold.innerHTML = "<summary data-here=x>Just talked</summary><button>Call</button>";
  document.getElementById("wren").append(fold);
  press("x");
  assert.equal(document.activeElement.textContent, "Call");
});

test("the box above the table appears with the script and ticks all rows of the page", () => {
  const { document, window } = open();
  const all = document.querySelector("[data-ticks-all]");
  assert.equal(all.hidden, false);
  all.checked = true;
  all.dispatchEvent(new window.Event("change"));
  assert.ok([...document.querySelectorAll(".tick input")].every((box) => box.checked));
});

test("/ goes to the search and Escape leaves it", () => {
  const { press, document, $ } = open();
  press("/");
  assert.equal(document.activeElement, $("q"));
  press("Escape", {}, $("q"));
  assert.notEqual(document.activeElement, $("q"));
});

test("keys typed into a field are text, but those at a tick box are keys", () => {
  const { press, here, $, document } = open();
  assert.equal(press("j", {}, $("q")), false);
  assert.deepEqual(here(), []);
  assert.equal(press("j", {}, document.querySelector(".tick input")), true);
  assert.deepEqual(here(), ["wren"]);
});

test("a key with Ctrl, Alt or Meta belongs to the browser, and so does one without an action", () => {
  const { press, here } = open();
  for (const held of ["ctrlKey", "altKey", "metaKey"]) assert.equal(press("j", { [held]: true }), false, held);
  assert.equal(press("y"), false);
  assert.deepEqual(here(), []);
});

test("the letter of a touch chooses it and goes to its button", () => {
  const { press, document, $ } = open();
  assert.equal(press("c"), true);
  assert.equal(document.querySelector("[data-key=c]").checked, true);
  assert.equal(document.activeElement, $("save"));
});

test("u presses the undo that the page offers", () => {
  const { press, document } = open();
  let pressed = 0;
  document.querySelector(".said button").addEventListener("click", () => { pressed += 1; });
  press("u");
  assert.equal(pressed, 1);
});

test("? and the button of the footer open the list of keys", () => {
  const { press, $ } = open();
  press("?");
  assert.equal($("keys").open, true);
  $("keys").open = false;
  $("keys").ownerDocument.querySelector("[data-opens]").click();
  assert.equal($("keys").open, true);
});

test("a chat's zone is filled in with the browser's own, and one that stands there stays", () => {
  const page = dashboardPage('<input id="a" data-zone><input id="b" data-zone value="Asia/Tokyo">');
  run(page, "dashboard.js");
  const shown = (id) => page.window.document.getElementById(id).value;
  assert.equal(shown("a"), Intl.DateTimeFormat().resolvedOptions().timeZone);
  assert.equal(shown("b"), "Asia/Tokyo");
});

test("rows in a month that is folded are left out, and its summary is one to stop at", () => {
  const { window } = dashboardPage(`<details open><summary data-row id="june">June</summary>
    <a data-row id="act" href="#"><b>act</b></a></details>
    <details><summary data-row id="may">May</summary><p data-row id="old"><a href="#">old</a></p></details>`);
  window.HTMLElement.prototype.getClientRects = function () {
    return this.id ? [1] : [];
  };
  window.HTMLElement.prototype.scrollIntoView ??= function () {};
  run({ window }, "dashboard.js");
  const here = () => window.document.querySelector(".here")?.id;
  const seen = ["j", "j", "j", "j"].map((key) => {
    window.document.body.dispatchEvent(new window.KeyboardEvent("keydown", { key, bubbles: true }));
    return here();
  });
  assert.deepEqual(seen, ["june", "act", "may", "may"]);
});
