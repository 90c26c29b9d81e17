// Tests the script of the import page: each phase in words, sending in pieces, repeats, refusals and its buttons.
import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "../../../extension/module_page.mjs";
import { choose, dashboardPage, drag, reply, runStatic } from "./pages.mjs";

const BODY = `<section id="import" data-kinds="tweets" data-part="40" data-token="form-token" data-calls="/web/import">
  <div class="drop" data-for="nothing done failed receiving">
    <input type="file" id="file"><input type="checkbox" id="look"></div>
  <p id="what"></p><div id="run" hidden><progress id="bar" max="1"></progress><p id="count"></p></div><p id="wrong"></p>
  <button data-do="pause" data-for="sending"></button><button data-do="stop" data-for="reading"></button>
  <button data-do="go_on" data-for="asking stopped"></button>
  <button data-do="discard" data-for="asking stopped receiving"></button>
  <div id="result" hidden><dl id="counts"></dl><div id="problems" hidden><ul></ul></div>
    <p data-for="done"><a href="/web/people">See</a></p>
  </div></section>`;
const STATE = {
  phase: "nothing", name: "", message: "", have: 0, size: 0, read: 0, total: 0, done: 0, interactions: 0, left: null,
  counts: [], problems: [],
};
const READING = {
  ...STATE, phase: "reading", name: "a.zip", read: 50e6, total: 200e6, done: 0.4, interactions: 1234, left: 30,
};

/** A whole zip without members that the import opens: an end record and 78 bytes of comment. */
function emptyZip(window) {
  const bytes = new Uint8Array(100);
  bytes.set([0x50, 0x4b, 5, 6]);
  bytes[20] = 78;
  const file = new window.File([bytes], "a.zip", { lastModified: 7 });
  file.slice = (from, to) => new Blob([bytes.slice(from, to)]);
  return file;
}

/** The page over a table: path without its query -> reply; pauses between tries take no time. */
async function open(table) {
  const page = dashboardPage(BODY, (url) => {
    const found = table[url.replace("/web/import/", "").split("?")[0]];
    return typeof found === "function" ? found(url) : reply(found ?? {});
  });
  page.window.setTimeout = (work) => setTimeout(work, 0);
  await runStatic(page, "import.js");
  const $ = (id) => page.window.document.getElementById(id);
  const buttons = [...page.window.document.querySelectorAll("[data-do]")];
  const visible = () => buttons.filter((node) => !node.hidden).map((node) => node.dataset.do);
  const paths = () => page.calls.map((call) => call.url.replace("/web/import/", ""));
  return { page, $, visible, paths, press: (what) => page.window.document.querySelector(`[data-do=${what}]`).click() };
}

test("with nothing going on the page asks for a file and shows no button", async () => {
  const { page, $, visible } = await open({ state: STATE });
  await until(() => page.calls.length > 0 && visible().length === 0);
  assert.equal(page.window.document.querySelector(".drop").hidden, false);
  assert.equal($("run").hidden, true);
});

test("reading is said with file, progress and time left, and polled until it is done", async () => {
  let state = READING;
  const { $, visible } = await open({ state: () => reply(state) });
  await until(() => $("what").textContent === "Reading a.zip");
  assert.equal($("count").textContent, "50.0 MB of 200.0 MB, about 30 s left · Interactions: 1,234");
  assert.equal($("bar").value, 0.4);
  assert.deepEqual(visible(), ["stop"]);
  state = { ...STATE, phase: "done", name: "a.zip", counts: [["Posts", "21"]], problems: ["like.js is damaged."] };
  await until(() => !$("result").hidden);
  assert.equal($("what").textContent, "a.zip is imported.");
  assert.equal($("counts").textContent, "Posts21");
  assert.equal($("problems").hidden, false);
  assert.equal($("problems").textContent.trim(), "like.js is damaged.");
  assert.deepEqual(visible(), []);
});

test("each other phase has its words and its buttons", async () => {
  for (const [phase, words, buttons] of [
    ["receiving", /^a\.zip was sent in part/, ["discard"]], ["asking", /^Is a\.zip meant for here/, ["go_on", "discard"]],
    ["stopped", /^a\.zip was not read to its end/, ["go_on", "discard"]], ["failed", /^a\.zip was not imported/, []],
  ]) {
    const { $, visible } = await open({ state: { ...STATE, phase, name: "a.zip", message: "Why." } });
    await until(() => words.test($("what").textContent), phase);
    assert.equal($("wrong").textContent, "Why.");
    assert.deepEqual(visible(), buttons, phase);
  }
});

test("a file is announced, then sent in pieces one after the other, then watched", async () => {
  let have = 0, ended = false;
  const { page, $, paths } = await open({
    state: () => reply(have < 100 ? STATE : ended ? { ...STATE, phase: "done", name: "a.zip" } : READING),
    begin: { id: "up-1", have: 0 },
    part: (url) => reply({ have: (have = Math.min(100, Number(/offset=(\d+)/.exec(url)[1]) + 40)) }),
  });
  choose(page, emptyZip(page.window));
  await until(() => $("what").textContent === "Reading a.zip");
  assert.deepEqual(paths().filter((path) => path !== "state"), [
    "begin", "part?upload=up-1&offset=0", "part?upload=up-1&offset=40", "part?upload=up-1&offset=80",
  ]);
  const begin = page.calls.find((call) => call.url.endsWith("begin"));
  assert.equal(String(begin.body), "name=a.zip&size=100&modified=7&sending=100&look=0&form_token=form-token");
  const part = page.calls.find((call) => call.url.includes("part"));
  assert.equal(part.headers["X-Mutuals-Form"], "form-token");
  assert.equal(part.body.size, 40);
  ended = true;
  await until(() => !$("result").hidden);
});

test("an upload that was begun before goes on where it was", async () => {
  const { page, paths } = await open({ state: STATE, begin: { id: "up-1", have: 80 }, part: { have: 100 } });
  choose(page, emptyZip(page.window));
  await until(() => paths().at(-1) === "state" && paths().length > 2);
  assert.deepEqual(paths().filter((path) => path.startsWith("part")), ["part?upload=up-1&offset=80"]);
});

test("a piece that had arrived although its answer was lost is not sent again", async () => {
  let lost = true;
  const { page, paths, $ } = await open({
    state: STATE,
    begin: { id: "up-1", have: 0 },
    part: (url) => {
      if (!url.endsWith("offset=0")) return reply({ have: 100 });
      if (!lost) return reply({ error: "conflict", message: "This piece is here already.", have: 80 }, 409);
      lost = false;
      throw new TypeError("Failed to fetch");
    },
  });
  choose(page, emptyZip(page.window));
  await until(() => paths().includes("part?upload=up-1&offset=80"));
  assert.ok(!paths().includes("part?upload=up-1&offset=40"));
  assert.equal($("wrong").textContent, "");
});

test("what the companion refuses is final and shown in its words", async () => {
  const { page, $, paths } = await open({
    state: STATE, begin: () => reply({ error: "store", message: "Make room." }, 500),
  });
  choose(page, emptyZip(page.window));
  await until(() => $("wrong").textContent === "Make room.");
  assert.equal(paths().filter((path) => path === "begin").length, 1);
  assert.match($("what").textContent, /^The file was sent in part/);
});

test("a companion that stays silent is tried six times and then said to be away", async () => {
  const { $, page } = await open({ state: () => { throw new TypeError("Failed to fetch"); } });
  await until(() => /^The companion does not answer/.test($("wrong").textContent));
  assert.equal(page.calls.length, 6);
});

test("a file that is no whole zip is not announced", async () => {
  const { page, $, paths } = await open({ state: STATE });
  const file = new page.window.File(["cut off"], "b.zip");
  file.slice = (from, to) => new Blob(["cut off".slice(from, to)]);
  choose(page, file);
  await until(() => /^b\.zip is not a whole zip file/.test($("wrong").textContent));
  assert.ok(!paths().includes("begin"));
});

test("stopping the sending leaves the rest for later", async () => {
  const release = [];
  const { page, press, paths } = await open({
    state: { ...STATE, phase: "receiving", name: "a.zip" },
    begin: { id: "up-1", have: 0 },
    part: () => new Promise((done) => { release.push(() => done(reply({ have: 40 }))); }),
  });
  choose(page, emptyZip(page.window));
  await until(() => release.length === 1);
  press("pause");
  release[0]();
  await until(() => paths().at(-1) === "state");
  assert.equal(release.length, 1);
});

test("stop, go on and throw away ask the companion and show how things stand then", async () => {
  let state = { ...READING };
  const { $, press, page } = await open({
    state: () => reply(state),
    stop: () => reply((state = { ...STATE, phase: "stopped", name: "a.zip" })),
    go_on: () => reply((state = READING)),
    discard: () => reply((state = STATE)),
  });
  await until(() => $("what").textContent === "Reading a.zip");
  press("stop");
  await until(() => $("what").textContent === "a.zip was not read to its end.");
  press("go_on");
  await until(() => $("what").textContent === "Reading a.zip");
  state = { ...STATE, phase: "stopped", name: "a.zip" };
  await until(() => $("what").textContent === "a.zip was not read to its end.");
  press("discard");
  await until(() => $("what").textContent === "");
  const posted = page.calls.filter((call) => call.method === "POST");
  assert.ok(posted.every((call) => String(call.body) === "form_token=form-token"));
});

test("the focus goes to the next thing to do when its button disappears", async () => {
  let state = { ...STATE, phase: "asking", name: "a.zip" };
  const { page, $, press, visible } = await open({
    state: () => reply(state),
    go_on: () => reply((state = { ...STATE, phase: "done", name: "a.zip" })),
  });
  await until(() => visible().includes("go_on"));
  page.window.document.querySelector("[data-do=go_on]").focus();
  press("go_on");
  await until(() => !$("result").hidden);
  assert.equal(page.window.document.activeElement.textContent, "See");
});

test("a file held over the drop area marks it, and dropping sends the file", async () => {
  const { page, paths } = await open({ state: STATE, begin: { id: "up-1", have: 100 } });
  const drop = page.window.document.querySelector(".drop");
  drag(page, drop, "dragover", emptyZip(page.window));
  assert.ok(drop.classList.contains("over"));
  assert.ok(!paths().includes("begin"));
  drag(page, drop, "drop", emptyZip(page.window));
  assert.ok(!drop.classList.contains("over"));
  await until(() => paths().includes("begin"));
});
