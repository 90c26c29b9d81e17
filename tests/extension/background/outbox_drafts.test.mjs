// The outbox: drafts that never reached the worker, kills at every step, and forgetting meanwhile.
import assert from "node:assert/strict";
import { test } from "node:test";
import { VIEWER, WREN, note } from "./browser.mjs";
import { leaveDraft, minding, paired, touched } from "./outbox_help.mjs";

test("a draft whose message never reached the worker is sent when the worker wakes", async () => {
  const { browser, kept } = await paired();
  await leaveDraft(browser, "the worker died right here");
  await browser.wake();
  await browser.send("queue.retry", {});
  assert.deepEqual(kept.map((write) => write.body.text), ["the worker died right here"]);
  assert.deepEqual(browser.waiting(), []);
});

test("a draft whose message never reached a worker that is awake is sent all the same", async () => {
  const { browser, kept } = await paired();
  await leaveDraft(browser, "X took the card away right here");
  const told = touched(browser);
  for (const [then] of browser.timers.splice(0)) then();
  await told;
  assert.deepEqual(kept.map((write) => write.body.text), ["X took the card away right here"]);
});

test("a draft shows on the card before anything was sent", async () => {
  const { browser } = await paired();
  browser.companion.away = true;
  await leaveDraft(browser, "there at once");
  const { card } = await browser.send("person.get", { viewer: VIEWER, person: WREN });
  assert.equal(card.note.text, "there at once");
  assert.equal(card.pending, true);
});

test("killed at every step of a save, the note arrives once", async () => {
  for (let calls = 0; calls < 40; calls += 1) {
    const { browser, kept, notes } = await minding();
    await leaveDraft(browser, "kept");
    const [draft] = browser.waiting();
    browser.killAfter(calls);
    const answered = browser.send("write.put", draft).then((reply) => reply.state === "saved");
    const finished = await Promise.race([
      answered,
      new Promise((resolve) => {
        setTimeout(() => resolve(false), 25);
      }),
    ]);
    await browser.wake();
    await browser.send("queue.retry", {});
    assert.deepEqual(kept.map((write) => write.text), ["kept"], `killed after ${calls} calls`);
    assert.equal(notes.wrenwrites.text, "kept");
    assert.deepEqual(browser.waiting(), []);
    if (finished) return assert.ok(calls > 8, "a save has more steps than this");
  }
  assert.fail("no save came to its end");
});

test("a note on its way does not arrive after its person was forgotten", async () => {
  const { browser, kept } = await paired();
  const order = [];
  const honest = browser.companion.answers["/v1/writes"];
  browser.companion.answers["/v1/writes"] = (body) => { order.push("write"); return honest(body); };
  browser.companion.answers["/v1/forget"] = () => { order.push("forget"); return [200, { forgotten: true }]; };
  browser.companion.away = true;
  await browser.send("write.put", note("about to go"));
  browser.companion.away = false;
  await Promise.all([browser.send("person.forget", { viewer: VIEWER, person: WREN }), browser.send("queue.retry", {})]);
  assert.equal(order.at(-1), "forget");
  assert.deepEqual(browser.waiting(), []);
  assert.ok(kept.length <= 1);
});
