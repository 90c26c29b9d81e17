// Tests that letters stand in a field by the time of their pressing, whatever the order in which they come.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "../page.mjs";

/** A field with some text, the caret at its end. */
function open(text = "To: ", tag = "input") {
  const window = openPage({ html: `<${tag}></${tag}>`, files: ["card/key_order.js"], answer: () => ({}) });
  const field = window.document.querySelector(tag);
  field.value = text;
  field.focus();
  field.setSelectionRange(text.length, text.length);
  return { window, field, place: window.KeyOrder.place, forget: window.KeyOrder.forget };
}

/** Every order of some things. */
function* orders(things) {
  if (things.length === 0) yield [];
  for (const [at, first] of things.entries()) {
    for (const rest of orders(things.toSpliced(at, 1))) yield [first, ...rest];
  }
}

test("in every one of 120 orders of coming the word is the one that was pressed, and the caret is at its end", () => {
  const keys = [..."lamps"].map((key, at) => [key, 1000 + at]);
  const all = [...orders(keys)];
  assert.equal(all.length, 120);
  for (const order of all) {
    const { field, place } = open();
    for (const [key, pressed] of order) place(key, pressed);
    assert.equal(field.value, "To: lamps", JSON.stringify(order));
    assert.equal(field.selectionStart, "To: lamps".length);
  }
});

test("a letter taken back late is the one before it", () => {
  const { field, place } = open();
  place("a", 1);
  place("x", 2);
  place("b", 4);
  place("Backspace", 3);
  assert.equal(field.value, "To: ab");
});

test("what a reader sees as one letter is taken back whole", () => {
  for (const letter of ["a", "\u{1f33f}", "\u{1f469}\u200d\u{1f33e}", "e\u0301"]) {
    const { field, place } = open(`To: ${letter}`);
    place("Backspace", 1);
    assert.equal(field.value, "To: ");
  }
});

test("a new line that comes late stands before what was pressed after it", () => {
  const { field, place } = open("", "textarea");
  place("a", 1);
  place("b", 3);
  place("Enter", 2);
  assert.equal(field.value, "a\nb");
});

test("after letters of the browser's own a key stands where the caret is", () => {
  const { field, place, forget } = open();
  place("a", 5);
  forget();
  field.value = "To: abc";
  field.setSelectionRange(7, 7);
  place("!", 1);
  assert.equal(field.value, "To: abc!");
});

test("where no field has the keys they are told as keys", () => {
  const { window, field, place } = open();
  const heard = [];
  field.blur();
  window.addEventListener("keydown", ({ key }) => heard.push(key));
  place("e", 1);
  assert.deepEqual(heard, ["e"]);
  assert.equal(field.value, "To: ");
});

test("a date and a box to tick keep their own keys", () => {
  for (const type of ["date", "checkbox", "radio", "number"]) {
    const { window, field, place } = open("");
    field.type = type;
    assert.equal(window.KeyOrder.active(), null, type);
    place("1", 1);
    assert.equal(field.checked, false);
  }
});
