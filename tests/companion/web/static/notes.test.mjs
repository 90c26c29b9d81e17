// Tests the script of the notes page: what it sends of a chosen or dropped file, and each refusal in words.
import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "../../../extension/module_page.mjs";
import { choose, dashboardPage, drag, reply, runStatic } from "./pages.mjs";

const BODY = `<section id="notes" data-token="form-token" data-call="/web/import/notes/look" data-most="100"
  data-viewer="1000001"><div class="drop"><input type="file" id="file"></div><p id="wrong"></p></section>`;
const FILE = { name: "notes.csv", size: 50 };

async function open(fetch) {
  const page = dashboardPage(BODY, fetch);
  await runStatic(page, "notes.js");
  const wrong = page.window.document.getElementById("wrong");
  return { page, wrong, drop: page.window.document.querySelector(".drop") };
}

test("a chosen file is sent whole with its name, the account and the form's token", async () => {
  const { page } = await open(() => reply({ message: "no" }, 422));
  choose(page, FILE);
  await until(() => page.calls.length === 1);
  const [call] = page.calls;
  assert.equal(call.url, "/web/import/notes/look?name=notes.csv&viewer=1000001");
  assert.equal(call.headers["X-Mutuals-Form"], "form-token");
  assert.deepEqual([call.method, call.body], ["POST", FILE]);
});

test("what the companion has against a file is shown in its words", async () => {
  const { page, wrong } = await open(() => reply({ message: "This is no export that Mutuals knows." }, 422));
  choose(page, FILE);
  await until(() => wrong.textContent === "This is no export that Mutuals knows.");
});

test("a file that is too large is not sent, and the command for it is named", async () => {
  const { page, wrong } = await open();
  choose(page, { name: "big.json", size: 101 });
  assert.match(wrong.textContent, /^big\.json is larger than 4 MB\. Take it in with: mutuals import notes FILE$/);
  assert.equal(page.calls.length, 0);
  choose(page, { name: "fits.json", size: 100 });
  assert.equal(page.calls.length, 1);
});

test("a companion that is away is said to be, and the words go with the next file", async () => {
  let away = true;
  const { page, wrong } = await open(() => {
    if (away) throw new TypeError("Failed to fetch");
    return new Promise(() => {});
  });
  choose(page, FILE);
  await until(() => /does not answer/.test(wrong.textContent));
  away = false;
  choose(page, FILE);
  assert.equal(wrong.textContent, "");
});

test("the drop area is marked while a file is over it, and takes the dropped file", async () => {
  const { page, drop } = await open();
  assert.equal(drag(page, drop, "dragover"), true);
  assert.ok(drop.classList.contains("over"));
  drag(page, drop, "dragleave");
  assert.ok(!drop.classList.contains("over"));
  drag(page, drop, "dragover", FILE);
  assert.equal(page.calls.length, 0, "a file that is only held over it is not sent");
  assert.equal(drag(page, drop, "drop", FILE), true);
  assert.ok(!drop.classList.contains("over"));
  assert.equal(page.calls.length, 1);
});
