// Tests the first page: with and without an offer, the consent before anything else, what it says when it is refused.
import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "../module_page.mjs";
import { openExtensionPage } from "./extension_page.mjs";

const UNPAIRED = { state: "unpaired", message: "Not paired.", last_ack: null, waiting: 0, parked: [], unread: 0 };
const OFFER = { fingerprint: "K7QX-2MNP", port: 17653 };
const $ = (window, id) => window.document.getElementById(id);

async function open(answers, permissions = {}) {
  const window = await openExtensionPage("welcome", {
    "pair.offer": () => OFFER, "status.get": () => UNPAIRED, "pair": () => ({ instance: "house-1" }), ...answers,
  }, "", permissions);
  await until(() => $(window, "pair").textContent !== "");
  return window;
}

test("with an offer there is one button, and the companion's name beside it", async () => {
  const window = await open({});
  assert.equal($(window, "offer").hidden, false);
  assert.equal($(window, "how").hidden, true);
  assert.match($(window, "fingerprint").textContent, /It says it is K7QX-2MNP; the terminal shows the same/);
  assert.equal($(window, "consent").hidden, true);
  $(window, "pair").click();
  await until(() => /^Paired\./.test($(window, "said").textContent));
  assert.deepEqual(window.chrome.permissions.asked, [], "Chromium has no such question");
  assert.deepEqual([$(window, "offer").hidden, $(window, "next").hidden], [true, false]);
});

test("without an offer the page says how to come to one, and that notes work already", async () => {
  const window = await open({ "pair.offer": () => null });
  assert.deepEqual([$(window, "offer").hidden, $(window, "how").hidden], [true, false]);
  assert.match(window.document.body.textContent, /mutuals setup/);
  assert.match(window.document.body.textContent, /Notes work at once/);
});

test("a paired browser is told so, and pairs anew only on a click", async () => {
  const window = await open({ "status.get": () => ({ ...UNPAIRED, state: "connected" }) });
  assert.equal($(window, "said").textContent, "This browser is paired already.");
  assert.equal($(window, "pair").textContent, "Pair anew");
  assert.deepEqual(window.messages.filter(({ name }) => name === "pair"), []);
});

test("in Firefox the click asks for the consent before anything is waited for; declined, nothing is sent", async () => {
  const asked = [];
  let answer = false;
  const firefox = { data: [], request: (wanted) => { asked.push(wanted); return Promise.resolve(answer); } };
  const window = await open({}, firefox);
  assert.equal($(window, "consent").hidden, false);
  $(window, "pair").click();
  assert.equal(asked.length, 1, "in the very turn of the click");
  assert.ok(asked[0].data_collection.includes("personalCommunications"));
  await until(() => /Nothing was sent/.test($(window, "said").textContent));
  assert.deepEqual(window.messages.filter(({ name }) => name === "pair"), []);
  answer = true;
  $(window, "pair").click();
  await until(() => /^Paired\./.test($(window, "said").textContent));
});
