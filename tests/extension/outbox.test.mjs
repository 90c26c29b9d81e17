// What is written is never lost: with the companion away, with the worker killed, with the data folder changed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Browser, VIEWER, WREN, note } from "./background.mjs";

/** A browser paired with a companion that keeps what it is sent. */
async function paired() {
  const browser = await new Browser().wake();
  const kept = [];
  browser.companion.answers["/v1/writes"] = (body) => { kept.push(body); return [200, { rev: kept.length, at: body.at, repeated: false, pid: "2000001" }]; };
  await browser.pair();
  return { browser, kept };
}

test("a note that the companion acknowledges is saved and leaves the queue", async () => {
  const { browser, kept } = await paired();
  const done = await browser.send("write.put", note("phone first"));
  assert.equal(done.state, "saved");
  assert.equal(done.rev, 1);
  assert.deepEqual(browser.waiting(), []);
  assert.equal(kept[0].body.text, "phone first");
  assert.equal(kept[0].instance, "house-1");
});

test("with the companion away a note is queued, shown, and sent in order once it is back", async () => {
  const { browser, kept } = await paired();
  browser.companion.away = true;
  for (const text of ["one", "two", "three"]) assert.equal((await browser.send("write.put", note(text))).state, "queued");
  const { card, fresh, status } = await browser.send("person.get", { viewer: VIEWER, person: WREN });
  assert.equal(card.note.text, "three");
  assert.equal(card.unsent, true);
  assert.equal(fresh, false);
  assert.equal(status.state, "unreachable");
  assert.equal(status.waiting, 3);
  browser.companion.away = false;
  assert.equal((await browser.send("queue.retry", {})).waiting, 0);
  assert.deepEqual(kept.map((write) => write.body.text), ["one", "two", "three"]);
});

test("a worker killed before the answer sends the same op again, under the same id", async () => {
  const { browser, kept } = await paired();
  let tells = 0;
  const honest = browser.companion.answers["/v1/writes"];
  browser.companion.answers["/v1/writes"] = (body) => { honest(body); tells += 1; if (tells === 1) throw new TypeError("gone"); return [200, { rev: 1, at: 0, repeated: true, pid: "2000001" }]; };
  await browser.send("write.put", note("kept"));
  await browser.wake();
  await browser.send("queue.retry", {});
  assert.equal(kept.length, 2);
  assert.equal(kept[0].op, kept[1].op);
  assert.deepEqual(browser.waiting(), []);
});

test("before pairing everything waits, and pairing sends it", async () => {
  const browser = await new Browser().wake();
  const kept = [];
  browser.companion.answers["/v1/writes"] = (body) => { kept.push(body.body.text); return [200, { rev: 1, at: 0, repeated: false, pid: "1" }]; };
  assert.equal((await browser.send("write.put", note("first day"))).state, "queued");
  await browser.pair();
  assert.deepEqual(kept, ["first day"]);
});

test("a write for another data folder is parked with its reason, not sent to the wrong one", async () => {
  const { browser, kept } = await paired();
  browser.companion.away = true;
  await browser.send("write.put", note("for house 1"));
  browser.companion.away = false;
  browser.companion.answers["/v1/pair"] = () => [200, { token: "u".repeat(43), instance: "house-2", api: 1, version: "0.1.0" }];
  await browser.pair();
  assert.deepEqual(kept, []);
  const status = await browser.send("status.get", {});
  assert.equal(status.parked.length, 1);
  assert.match(status.parked[0].reason, /parkedInstance/);
});

test("a conflict tells the writer the other text and does not block the queue", async () => {
  const { browser } = await paired();
  browser.companion.answers["/v1/writes"] = (body) => (body.body.text === "mine" ? [409, { error: "conflict", message: "changed", stored: { text: "theirs", rev: 4, at: 1 } }] : [200, { rev: 5, at: 0, repeated: false, pid: "1" }]);
  await assert.rejects(browser.send("write.put", note("mine")), (error) => error.code === "conflict" && error.details.stored.text === "theirs");
  assert.equal((await browser.send("write.put", note("next"))).state, "saved");
});

test("a change that the companion refuses for good is parked, and can be given up", async () => {
  const { browser } = await paired();
  browser.companion.answers["/v1/writes"] = () => [422, { error: "body", message: "too long", field: "text" }];
  await assert.rejects(browser.send("write.put", note("x")), (error) => error.code === "body");
  const { parked } = await browser.send("status.get", {});
  assert.equal(parked[0].reason, "too long");
  assert.equal((await browser.send("queue.drop", { op: parked[0].op })).parked.length, 0);
});

test("the person and the op are written in one step, so that no kill can come between", async () => {
  const { browser } = await paired();
  browser.companion.away = true;
  const storage = browser.chrome.storage.local;
  const seen = [];
  storage.listeners.push((changes) => seen.push(Object.keys(changes)));
  await browser.send("write.put", note("both or none"));
  const step = seen.find((keys) => keys.some((key) => key.startsWith("outbox:")));
  assert.ok(step.includes("p:1000001:wrenwrites"));
});

test("nothing waits, no alarm: the browser is not woken for nothing", async () => {
  const { browser } = await paired();
  await browser.send("write.put", note("done"));
  assert.deepEqual(browser.chrome.alarms.set, {});
  browser.companion.away = true;
  await browser.send("write.put", note("later"));
  assert.deepEqual(Object.keys(browser.chrome.alarms.set), ["outbox"]);
});
