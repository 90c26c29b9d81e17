// The decisions of a list without leaving its page: what is shown, which keys wait for it, and what happens without it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { dashboardPage, run } from "./pages.mjs";

const ADDRESS = "http://127.0.0.1:17653/web/";
const list = (name, done, { title = "List", said = "" } = {}) => `<html><head><title>${title}</title></head><body>
  <div class="said" role="status">${said}</div><main id="main" tabindex="-1"><b id="name">${name}</b>
  <form method="post" action="/web/decide"><input name="pid" value="${name}">
  <button data-press="k">Keep</button></form><i id="done">${done}</i></main><input id="q"></body></html>`;
const UNDO = '<form method="post" action="/web/undo"><button class="undo">Undo</button></form>';
const answer = (page, { redirected = true, url = `${ADDRESS}?said=done`, status = 200 } = {}) =>
  ({ text: async () => page, redirected, url, status });

/** A list's page whose decisions are answered one by one, by `arrive`; `gone` has what was sent as a form. */
function open() {
  const asked = [];
  const page = dashboardPage(list("wren", 0), () => new Promise((arrive, fail) => asked.push({ arrive, fail })));
  const { window } = page;
  const $ = (css) => window.document.querySelector(css);
  const gone = [];
  window.HTMLFormElement.prototype.submit = function () { gone.push(this.getAttribute("action")); };
  const press = (...keys) => {
    for (const key of keys) {
      const event = new window.KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
      (window.document.activeElement ?? window.document.body).dispatchEvent(event);
    }
  };
  const settle = () => new Promise((done) => setTimeout(done, 5));
  const arrive = async (said) => {
    asked.shift().arrive(said);
    await settle();
  };
  run(page, "in_place.js");
  run(page, "dashboard.js");
  const sent = () => page.calls.map((call) => `${new URL(call.url, ADDRESS).pathname} ${call.body.get("pid") ?? ""}`);
  return { page, window, $, press, asked, arrive, settle, gone, sent };
}

test("a decision shows the next person, what was done and its undo, in the same page", async () => {
  const { $, press, arrive, sent, page, window } = open();
  press("k");
  assert.deepEqual(sent(), ["/web/decide wren"]);
  assert.equal(page.calls[0].method, "POST");
  const place = $(".said");
  await arrive(answer(list("ines", 1, { title: "One looked at", said: UNDO })));
  assert.equal($("#name").textContent, "ines");
  assert.equal($(".said"), place, "the place itself stays, or a screen reader is silent");
  assert.equal($(".said .undo").textContent, "Undo");
  assert.equal(window.document.title, "One looked at");
  assert.equal(window.location.search, "?said=done");
  press("u");
  assert.deepEqual(sent(), ["/web/decide wren", "/web/undo "]);
});

test("keys pressed while a decision is under way are for those who come next, one by one", async () => {
  const { press, arrive, sent } = open();
  press("k", "k", "k", "Shift");
  assert.deepEqual(sent(), ["/web/decide wren"], "the second is not for the person who is gone");
  await arrive(answer(list("ines", 1)));
  assert.deepEqual(sent().slice(1), ["/web/decide ines"]);
  press("k");
  await arrive(answer(list("tomo", 2)));
  assert.deepEqual(sent().slice(2), ["/web/decide tomo"]);
  await arrive(answer(list("lena", 3)));
  assert.deepEqual(sent().slice(3), ["/web/decide lena"], "pressed meanwhile, after those that waited");
});

test("a button pressed twice decides once, and letters typed into a field stay there", async () => {
  const { $, press, arrive, sent } = open();
  $("button").click();
  $("button").click();
  assert.equal(sent().length, 1);
  $("#q").focus();
  press("k");
  await arrive(answer(list("ines", 1)));
  assert.equal(sent().length, 1);
});

test("the focus that stood on a decision goes to what came in its place", async () => {
  const { $, arrive, window } = open();
  $("button").focus();
  $("button").click();
  await arrive(answer(list("ines", 1)));
  assert.equal(window.document.activeElement, $("#main"));
});

test("the focus in a field elsewhere is left alone", async () => {
  const { $, arrive, window } = open();
  $("button").click();
  $("#q").focus();
  await arrive(answer(list("ines", 1)));
  assert.equal(window.document.activeElement, $("#q"));
});

test("a refusal is shown with its words, keeps the address, and the next key counts again", async () => {
  const { $, press, arrive, window, sent } = open();
  press("k");
  await arrive(answer(list("Too late", 0), { redirected: false, url: `${ADDRESS}decide`, status: 409 }));
  assert.equal($("#name").textContent, "Too late");
  assert.equal(window.location.href, ADDRESS);
  press("k");
  assert.equal(sent().length, 2);
});

for (const [what, end] of [
  ["nobody answers", (asked) => asked.shift().fail(new TypeError("gone"))],
  ["the answer is no page", (asked) => asked.shift().arrive(answer("{}", { redirected: false, status: 403 }))],
]) {
  test(`when ${what} the form is sent as without the script, and no key presses anything more`, async () => {
    const { press, asked, settle, gone, sent } = open();
    press("k");
    end(asked);
    await settle();
    assert.deepEqual(gone, ["/web/decide"]);
    press("k");
    assert.equal(sent().length, 1);
  });
}

test("a page come back to by the browser's history takes keys again", async () => {
  const { press, window, sent } = open();
  press("k");
  window.dispatchEvent(new window.Event("pageshow"));
  press("k");
  assert.equal(sent().length, 2);
});
