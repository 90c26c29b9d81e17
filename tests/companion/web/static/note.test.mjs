// The note that saves itself: after a pause or on leaving it, with its revision, and never before a key.
import assert from "node:assert/strict";
import { test } from "node:test";
import { dashboardPage, reply, run } from "./pages.mjs";

const BODY = `<small data-note-state data-saving="saving …" data-saved="saved" data-failed="Not saved."></small>
  <form action="/web/person/1/note" method="post"><input type="hidden" name="base" value="4">
  <textarea id="note" name="text">as stored</textarea><button>Save note</button></form>`;

/** @param {(url: string, init: any) => any} fetch */
function open(fetch = () => reply({ rev: 5 })) {
  const page = dashboardPage(BODY, fetch);
  const { window } = page;
  window.FormData.prototype.entries ??= () => [];
  const find = (css) => window.document.querySelector(css);
  const settle = () => new Promise((done) => setTimeout(done, 20));
  const type = (text) => {
    find("#note").value = text;
    find("#note").dispatchEvent(new window.Event("input"));
  };
  return { page, find, settle, type, leave: () => find("#note").dispatchEvent(new window.Event("blur")) };
}

test("an old text that the browser brought back is not shown, and nothing is saved before a key", async () => {
  const { page, find, settle, leave } = open();
  find("#note").value = "an older text";
  run(page, "note.js");
  assert.equal(find("#note").value, "as stored");
  leave();
  await settle();
  assert.equal(page.calls.length, 0);
});

test("what was typed is saved on leaving, and the next save carries the new revision", async () => {
  const { page, find, settle, type, leave } = open();
  run(page, "note.js");
  assert.equal(find("button").hidden, true);
  type("as typed");
  leave();
  await settle();
  assert.equal(page.calls.length, 1);
  assert.equal(page.calls[0].headers.Accept, "application/json");
  assert.equal(page.calls[0].body.get("text"), "as typed");
  assert.equal(page.calls[0].body.get("base"), "4");
  assert.match(find("[data-note-state]").textContent, /^saved /);
  type("more");
  leave();
  await settle();
  assert.equal(page.calls[1].body.get("base"), "5");
});

test("when the companion is gone the text stays, it is said, and the button comes back", async () => {
  const { page, find, settle, type, leave } = open(() => { throw new Error("gone"); });
  run(page, "note.js");
  type("as typed");
  leave();
  await settle();
  assert.equal(find("#note").value, "as typed");
  assert.equal(find("[data-note-state]").textContent, "Not saved.");
  assert.equal(find("button").hidden, false);
});

test("a note changed elsewhere sends the form, whose page shows both texts", async () => {
  const { page, settle, type, leave } = open(() => reply({}, 409));
  let sent = 0;
  page.window.HTMLFormElement.prototype.submit = () => { sent += 1; };
  run(page, "note.js");
  type("as typed");
  leave();
  await settle();
  assert.equal(sent, 1);
});
