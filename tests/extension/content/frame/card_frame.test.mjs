// Tests the frame on X's page from the outside: what it announces, what it tells, and what stands in when it fails.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage, settle, until } from "../../page.mjs";

const VIEWER = { id: "1000001", handle: "adaquill" };
const ASK = { purpose: "card", viewer: VIEWER, person: { id: "2000001", handle: "wrenwrites" }, post: null };

/** A frame whose inside is played by the test: `sent` is what it was sent, `say` speaks for it. */
function open(answer = () => ({ ok: true })) {
  const window = openPage({ html: "<main></main>", answer });
  const frame = new window.CardFrame(window.document.querySelector("main"));
  const sent = [];
  frame.port = { postMessage: (message) => sent.push(JSON.parse(JSON.stringify(message))), close() {} };
  const expected = () => window.messages.filter(({ name }) => name === "overlay.expect").map(({ params }) => params);
  return { window, frame, sent, expected, say: (message) => frame.receive(message) };
}

/** A frame in its shadow, as on X's page, beside a button of the page. */
function within() {
  const page = open();
  const { document } = page.window;
  document.querySelector("main").innerHTML = "<button></button><div tabindex='-1'></div>";
  const shadow = document.querySelector("div").attachShadow({ mode: "open" });
  shadow.append(page.frame.iframe);
  page.frame.iframe.checkVisibility = () => true;
  page.window.CardFrame.WAIT_MS = 1; // as in Chromium
  return { ...page, shadow };
}

test("it stands in a credentialless iframe that is unseen until something is drawn", () => {
  const { frame, say } = open();
  frame.show(ASK);
  assert.deepEqual([frame.iframe.credentialless, frame.iframe.className], [true, "pending"]);
  say({ drawn: true });
  assert.equal(frame.iframe.className, "");
});

test("once it is up it is announced to the background with a token of its own, and gets that token", async () => {
  const { window, frame, sent, expected, say } = open();
  frame.show({ ...ASK, act: "V" });
  assert.equal(expected().length, 0);
  say({ ready: true });
  await until(window, () => sent.length === 1);
  const [{ token, act, ...about }] = expected();
  assert.deepEqual(JSON.parse(JSON.stringify(about)), ASK);
  assert.equal(act, undefined, "what to do is for the frame alone");
  assert.deepEqual([sent[0].show.token, sent[0].show.act], [token, "V"]);
  frame.show(ASK);
  await until(window, () => sent.length === 2);
  assert.notEqual(sent[1].show.token, token);
});

test("keys pressed before it is drawn are for it, which only then gets the focus", () => {
  const { window, frame, say } = open();
  const page = frame.port;
  frame.port = null;
  frame.iframe.checkVisibility = () => true;
  let focused = 0;
  frame.iframe.focus = () => { focused += 1; };
  frame.run("E");
  assert.deepEqual([window.CardFrame.focused() === frame, focused], [true, 0], "an empty document would swallow them");
  frame.port = page;
  say({ drawn: true });
  assert.deepEqual([window.CardFrame.next, focused], [null, 1]);
});

for (const [what, happens] of [
  ["a press of the pointer", ({ window }) => window.dispatchEvent(new window.Event("pointerdown"))],
  ["a frame that was closed", ({ frame }) => { frame.iframe.checkVisibility = () => false; }],
]) {
  test(`after ${what} the keys are the page's`, () => {
    const page = open();
    page.frame.port = null;
    page.frame.iframe.checkVisibility = () => true;
    page.frame.run("E");
    assert.equal(page.window.CardFrame.focused(), page.frame);
    happens(page);
    assert.equal(page.window.CardFrame.focused(), undefined);
  });
}

for (const [what, happens, asked] of [
  ["its document takes the keys", ({ shadow }) => shadow.host.focus(), 0],
  ["its document does not take the keys", () => {}, 1],
  ["the user goes elsewhere", ({ window }) => window.document.querySelector("button").focus(), 0],
]) {
  test(`where ${what} the page asks for them ${asked} times: two that ask would lose keys of the user's`, async () => {
    const page = within();
    let focused = 0;
    page.frame.iframe.focus = () => { focused += 1; };
    page.frame.run("E");
    happens(page);
    assert.equal(page.window.CardFrame.focused(), page.frame, "until it is known they are handed on");
    await until(page.window, () => page.window.CardFrame.next === null);
    assert.equal(focused, asked);
  });
}

test("a refusal is met with one more token, for the background may have been stopped, and no third", async () => {
  const { window, frame, expected, say } = open();
  frame.show(ASK);
  say({ ready: true });
  await until(window, () => expected().length === 1);
  say({ refused: true });
  await until(window, () => expected().length === 2);
  say({ refused: true });
  await settle(window);
  assert.equal(expected().length, 2);
});

test("where nothing is drawn in time a line says so, without a private word, and goes when something is", async () => {
  const { window, frame, say } = open();
  window.CardFrame.PATIENCE_MS = 0;
  frame.show(ASK);
  await until(window, () => !frame.fallback.hidden);
  assert.match(frame.fallback.textContent, /side panel/);
  say({ drawn: true });
  assert.equal(frame.fallback.hidden, true);
});

test("what is said before its document is there is said once it is", () => {
  const { window, frame, sent } = open();
  const { port } = frame;
  frame.port = null;
  frame.send({ act: "E" });
  frame.send({ typed: "a" });
  window.MessageChannel = class { port1 = port; port2 = {}; };
  frame.connect();
  assert.deepEqual(sent, [{ act: "E" }, { typed: "a" }]);
});

test("its height is bounded, whatever it says", () => {
  const { frame, say } = open();
  for (const [height, shown] of [[240, "240px"], [-5, "24px"], [1e9, "20000px"], [NaN, "20000px"], ["x", "20000px"]]) {
    say({ height });
    assert.equal(frame.iframe.style.blockSize, shown);
  }
});

test("after the extension was updated every frame's place says so", () => {
  const { window, frame } = open();
  frame.show(ASK);
  assert.equal(window.CardFrame.orphaned("Mutuals was updated."), false);
  assert.deepEqual([frame.fallback.hidden, frame.fallback.textContent], [false, "Mutuals was updated."]);
});
