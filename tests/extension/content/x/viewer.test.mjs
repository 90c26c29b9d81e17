// Tests finding the logged-in account: id in the cookie, handle in the navigation, and switched accounts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "../../page.mjs";
import { frame } from "../../x_page.mjs";

const FEW = ["lib/people.js", "content/x/selector_table.js", "content/x/selectors.js", "content/x/viewer.js"];
const open = (html, cookie) => openPage({ html, cookie, files: FEW });
const plain = (value) => JSON.parse(JSON.stringify(value));

for (const [cookie, id] of [
  ["twid=u%3D1000001", "1000001"], ['a=b; twid="u=42"; c=d', "42"], ["nottwid=u%3D7", null], ["twid=u%3Dabc", null],
  ["", null],
]) {
  test(`the cookie ${cookie || "(none)"} says ${id}`, () => {
    assert.equal(open("", "x=y").Viewer.idFromCookie(cookie), id);
  });
}

test("id and handle are found together", () => {
  assert.deepEqual(plain(open(frame(""), "twid=u%3D1000001").Viewer.now()), { id: "1000001", handle: "adaquill" });
});

test("without the profile link the account switcher tells the handle", () => {
  const html = frame("").replace(/<a href="\/adaquill"[^>]*><\/a>/, "");
  assert.equal(open(html, "twid=u%3D1000001").Viewer.now().handle, "adaquill");
});

test("nobody logged in is nobody", () => {
  const { Viewer } = open("<main></main>", "x=y");
  assert.deepEqual(plain(Viewer.now()), { id: null, handle: null });
  assert.equal(Viewer.isKnown(), false);
});

test("right after a switch the old handle still on screen is not given to the new id", () => {
  const window = open(frame(""), "twid=u%3D1000001");
  window.Viewer.check(0);
  const seen = [];
  window.Viewer.onChange((viewer) => seen.push(plain(viewer)));
  window.document.cookie = "twid=u%3D1000002";
  assert.deepEqual(plain(window.Viewer.check(6000)), { id: "1000002", handle: null });
  window.document.querySelector("nav a:last-child").setAttribute("href", "/adaworks");
  assert.deepEqual(plain(window.Viewer.check(12_000)), { id: "1000002", handle: "adaworks" });
  assert.equal(seen.length, 2);
});

test("a navigation that is redrawn after a switch still shows the account before", () => {
  const window = open(frame(""), "twid=u%3D1000001");
  window.Viewer.check(0);
  window.document.cookie = "twid=u%3D1000002";
  window.Viewer.check(6000);
  const header = window.document.querySelector("header");
  header.remove();
  window.Viewer.check(12_000);
  window.document.body.append(header);
  assert.deepEqual(plain(window.Viewer.check(18_000)), { id: "1000002", handle: null });
});

test("a navigation that is redrawn for a moment does not make the viewer a stranger", () => {
  const window = open(frame(""), "twid=u%3D1000001");
  window.Viewer.check(0);
  window.document.querySelector("header").remove();
  assert.deepEqual(plain(window.Viewer.check(6000)), { id: "1000001", handle: "adaquill" });
});

test("handles are the same whatever their case", () => {
  assert.equal(open(frame(""), "twid=u%3D1").Viewer.isSelf("AdaQuill"), true);
});
