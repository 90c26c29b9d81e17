// Tests the options page: pairing, switches, port, permission, topics, own selectors, forgetting, the saved copy.
import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "../module_page.mjs";
import { openExtensionPage } from "./extension_page.mjs";
import { CONNECTED } from "./panel_page.mjs";

const OPTIONS = {
  port: 17653, tap: true, features: { usercell: false }, hidden: false, blur: true, toolbar: true,
  selectors: { post: "article" },
};
const $ = (window, id) => window.document.getElementById(id);
const sent = (window, name) => window.messages.filter((message) => message.name === name).map(({ params }) => params);

/** The page over a background that is connected, with other answers for some messages. */
async function open(answers = {}) {
  const window = await openExtensionPage("options", {
    "options.get": () => OPTIONS,
    "options.set": () => OPTIONS,
    "status.get": () => CONNECTED,
    "page_health.get": () => ({ visits: [] }),
    "vet.topics": ({ topics }) => ({ topics: (topics ?? ["letterpress"]).filter(Boolean) }),
    "queue.retry": () => CONNECTED,
    ...answers,
  });
  await until(() => $(window, "topics").value !== "" && $(window, "link").textContent !== "");
  return window;
}

/** Fills a field in and sends its form. */
function submit(window, form, field, value) {
  $(window, field).value = value;
  $(window, form).dispatchEvent(new window.Event("submit", { cancelable: true }));
}

/** Changes a field. */
function change(window, node, values) {
  Object.assign(node, values);
  node.dispatchEvent(new window.Event("change"));
}

test("a right code pairs, empties the field and offers to forget the pairing", async () => {
  const window = await open({ "status.get": () => ({ ...CONNECTED, state: "unpaired", message: "Not paired." }),
    "pair": () => ({ instance: "house-1" }) });
  assert.equal($(window, "unpair").hidden, true);
  submit(window, "pair", "code", "abcd-2345");
  await until(() => /^Paired\./.test($(window, "link").textContent));
  assert.deepEqual(sent(window, "pair").map(({ code }) => code), ["abcd-2345"]);
  assert.deepEqual([$(window, "link").className, $(window, "code").value], ["good", ""]);
  assert.equal($(window, "unpair").hidden, false);
});

/** An answer that is given when the test says so: `give` makes it. */
function later() {
  const held = {};
  held.answer = new Promise((resolve) => { held.give = resolve; });
  return held;
}

test("a code that is sent right after the port was changed waits until the port is kept", async () => {
  const kept = later();
  const window = await open({ "options.set": () => kept.answer, "pair": () => ({ instance: "house-1" }) });
  change(window, $(window, "port"), { value: "18000" });
  submit(window, "pair", "code", "abcd-2345");
  await until(() => sent(window, "options.set").length === 1);
  assert.deepEqual(sent(window, "pair"), []);
  kept.give(OPTIONS);
  await until(() => /^Paired\./.test($(window, "link").textContent));
});

test("a state from before a pairing is not shown over it, however late it comes", async () => {
  const before = { ...CONNECTED, state: "unpaired", message: "Not paired." };
  const old = later();
  const asked = [];
  const window = await open({
    "status.get": () => { asked.push(1); return asked.length > 1 ? old.answer : before; },
    "pair": () => ({ instance: "house-1" }),
  });
  change(window, $(window, "port"), { value: "18000" });
  await until(() => asked.length === 2);
  submit(window, "pair", "code", "abcd-2345");
  await until(() => /^Paired\./.test($(window, "link").textContent));
  old.give(before);
  await new Promise((resolve) => { setTimeout(resolve); });
  assert.match($(window, "link").textContent, /^Paired\./);
  assert.equal($(window, "unpair").hidden, false);
});

test("a wrong code is said in the companion's words, and stays to be mended", async () => {
  const window = await open({ "pair": () => { throw new Error("That code does not work."); } });
  submit(window, "pair", "code", "wrong");
  await until(() => $(window, "link").textContent === "That code does not work.");
  assert.deepEqual([$(window, "link").className, $(window, "code").value], ["bad", "wrong"]);
});

test("forgetting the pairing shows the state after it", async () => {
  let status = CONNECTED;
  const window = await open({
    "status.get": () => status,
    "unpair": () => { status = { ...CONNECTED, state: "unpaired", message: "Not paired." }; },
  });
  assert.equal($(window, "unpair").hidden, false);
  $(window, "unpair").click();
  await until(() => $(window, "unpair").hidden);
  assert.equal($(window, "link").className, "bad");
});

test("the switches show what is set, and send what is changed", async () => {
  const window = await open();
  const box = (css) => window.document.querySelector(css);
  assert.deepEqual(["tap", "blur", "hidden", "toolbar"].map((name) => box(`[data-option=${name}]`).checked), [
    true, true, false, true,
  ]);
  change(window, box("[data-option=hidden]"), { checked: true });
  assert.deepEqual({ ...sent(window, "options.set")[0] }, { hidden: true });
});

test("a feature is on unless it was switched off, and switching one leaves the others", async () => {
  const window = await open();
  const features = [...window.document.querySelectorAll("[data-feature]")];
  assert.deepEqual(features.filter((box) => !box.checked).map((box) => box.dataset.feature), ["usercell"]);
  await window.chrome.storage.local.set({ options: OPTIONS });
  change(window, features.find((box) => box.dataset.feature === "badge"), { checked: false });
  await until(() => sent(window, "options.set").length > 0);
  assert.deepEqual({ ...sent(window, "options.set")[0].features }, { usercell: false, badge: false });
});

test("a port is taken from 1024 to 65535, tried at once, and refused in words otherwise", async () => {
  const window = await open();
  for (const wrong of ["1023", "65536", "17.5", ""]) {
    change(window, $(window, "port"), { value: wrong });
    await until(() => $(window, "link").textContent === "A port is a number from 1024 to 65535.", wrong);
  }
  assert.equal(sent(window, "options.set").length, 0);
  for (const right of ["1024", "65535"]) {
    change(window, $(window, "port"), { value: right });
    await until(() => sent(window, "options.set").at(-1)?.port === Number(right));
  }
  await until(() => sent(window, "queue.retry").length === 2 && $(window, "link").className === "good");
});

test("a missing permission is said, and can be given again", async () => {
  const window = await open();
  assert.equal($(window, "grant").hidden, true);
  assert.match($(window, "permission").textContent, /all is well/);
  window.chrome.permissions.granted = false;
  window.chrome.permissions.request = async () => false;
  $(window, "grant").click();
  await until(() => !$(window, "grant").hidden);
  assert.match($(window, "permission").textContent, /does not let Mutuals reach this computer/);
});

test("a person is deleted only after the question is answered with yes", async () => {
  const window = await open({ "person.forget": () => ({ forgotten: true }) });
  submit(window, "forget", "handle", " @wrenwrites ");
  assert.equal($(window, "sure").open, true);
  assert.equal($(window, "sure-words").textContent, "Delete everything about @wrenwrites? This cannot be undone.");
  const answer = (value) => {
    $(window, "sure").returnValue = value;
    $(window, "sure").dispatchEvent(new window.Event("close"));
  };
  answer("no");
  await new Promise((done) => { setTimeout(done, 0); });
  assert.equal(sent(window, "person.forget").length, 0);
  answer("yes");
  await until(() => $(window, "forgotten").textContent === "Everything about @wrenwrites is gone.");
  assert.deepEqual({ ...sent(window, "person.forget")[0].person }, { handle: "wrenwrites" });
  assert.equal($(window, "handle").value, "");
});

test("what is no handle is not asked about, and a refusal to delete is shown", async () => {
  const window = await open({ "person.forget": () => { throw new Error("The companion is away."); } });
  submit(window, "forget", "handle", "not a handle");
  assert.match($(window, "forgotten").textContent, /^Type a handle/);
  assert.ok(!$(window, "sure").open);
  submit(window, "forget", "handle", "wrenwrites");
  $(window, "sure").returnValue = "yes";
  $(window, "sure").dispatchEvent(new window.Event("close"));
  await until(() => $(window, "forgotten").textContent === "The companion is away.");
  assert.deepEqual([$(window, "forgotten").className, $(window, "handle").value], ["bad", "wrenwrites"]);
});

test("topics are saved one a line, and shown as they were kept", async () => {
  const window = await open();
  assert.equal($(window, "topics").value, "letterpress");
  submit(window, "topics-form", "topics", "riso\n\nsmall press");
  await until(() => $(window, "topics-saved").textContent === "Saved: 2 topics");
  assert.equal($(window, "topics").value, "riso\nsmall press");
});

test("own selectors are read as name = selector, and other lines are left out", async () => {
  const window = await open();
  assert.equal($(window, "selectors").value, "post = article");
  submit(window, "selectors-form", "selectors", " post = article[role] \nnonsense\nname=div > span");
  await until(() => $(window, "selectors-saved").textContent === "Saved");
  assert.deepEqual({ ...sent(window, "options.set")[0].selectors }, { post: "article[role]", name: "div > span" });
});

test("what the browser holds is saved as a file with the day in its name", async () => {
  const window = await open({ "browser.export": () => ({ held: { viewer: "ada" } }) });
  const saved = [];
  window.URL.createObjectURL = () => "blob:copy";
  window.HTMLAnchorElement.prototype.click = function () { saved.push([this.getAttribute("href"), this.download]); };
  $(window, "export").click();
  await until(() => saved.length === 1);
  assert.equal(saved[0][0], "blob:copy");
  assert.match(saved[0][1], /^mutuals-browser-\d{4}-\d\d-\d\d\.json$/);
});

test("a background that does not answer is said where the link's state is", async () => {
  const window = await openExtensionPage("options", { "options.get": () => { throw new Error("No answer."); } });
  await until(() => $(window, "link").textContent === "No answer.");
  assert.equal($(window, "link").className, "bad");
});

test("time is measured until it is switched off, and a press wipes it", async () => {
  const window = await open({ "time.wipe": () => ({ ok: true }) });
  const box = window.document.querySelector("[data-option=time]");
  assert.equal(box.checked, true, "on where nothing is said");
  change(window, box, { checked: false });
  await until(() => sent(window, "options.set").some((one) => one.time === false));
  $(window, "time-wipe").click();
  await until(() => $(window, "time-wiped").textContent.startsWith("Wiped here."));
  assert.equal(sent(window, "time.wipe").length, 1);
});

test("the language is offered by its own name, and another one is chosen and kept", async () => {
  const window = await open({ "options.get": () => ({ ...OPTIONS, language: "de" }) });
  const list = $(window, "language");
  const offered = [...list.options].map(({ value }) => value);
  assert.deepEqual(offered, ["", "en", "es", "pt_BR", "de", "fr", "ja", "ko", "ar"]);
  assert.equal(list.value, "de");
  change(window, list, { value: "ar" });
  await until(() => sent(window, "options.set").length > 0);
  assert.deepEqual(sent(window, "options.set").map(({ language }) => language), ["ar"]);
});

test("a language that cannot be taken is told", async () => {
  const window = await open({ "options.set": () => { throw new Error("No such language."); } });
  change(window, $(window, "language"), { value: "ja" });
  await until(() => $(window, "language-said").textContent === "No such language.");
});
